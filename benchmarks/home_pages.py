"""The pages of homes at 2,000 homes, against the same pages at 100.

Two PostgreSQL databases hold the same city of eight counties and forty townships; one has a hundred homes, the other
two thousand, each with committee, teacher, rules, activities and the files of thirty children (3,000 and 60,000). What
is measured is the whole page as it is asked for and answered. Both databases take turns; each page's figure is the
middle one of several rounds at 2,000 homes, divided by the middle one at 100. Every list shows a full page, and must
cost the same number of queries in both. The children of a home are as many in both databases; the figures by county
have twenty times as many to tell of. How long it takes to roll up all of them at once, as after an import, is told
beside it; and at the end the rolled-up figures are compared with a recount.

Run: DATABASE_URL=postgres://user@host:5432/postgres python benchmarks/home_pages.py
"""

import os
import sys
import time
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings.test")

from benchmarks.staff_list import Side

SMALL, LARGE = 100, int(os.environ.get("BENCHMARK_HOMES", "2000"))
CHILDREN = 30
ROUNDS = int(os.environ.get("BENCHMARK_ROUNDS", "15"))
ALLOWED = 1.2
COUNTIES, TOWNS, FULL = 8, 5, 40
ROOT = "/admin/"
# Name → who asks, address below /admin/.
PAGES = {
    "list": ("city", "homes/list/"),
    "list, county": ("county", "homes/list/"),
    "list, a state": ("city", "homes/list/?state=operating"),
    "list, lacking a committee": ("city", "homes/list/?lacking=committee"),
    "matrix": ("city", "homes/matrix/"),
    "matrix, school homes": ("city", "homes/matrix/?profile=school"),
    "one home": ("city", "homes/LSZJ-990001-001/"),
    "one home, its teacher": ("teacher", "homes/LSZJ-990001-001/"),
    "activities": ("city", "homes/activities/"),
    "activities of a home": ("city", "homes/activities/?home=LSZJ-990001-001"),
    "volunteers": ("city", "homes/volunteers/"),
    "children of her home": ("teacher", "children/files/"),
    "children of a county": ("county", "children/files/"),
    "children of a home": ("county", "children/files/?home=LSZJ-990001-001"),
    "children to be reviewed": ("county", "children/files/?state=review_due"),
    "overdue care": ("county", "children/overdue/"),
    "children by county": ("city", "children/report/"),
    "children of one county": ("county", "children/report/"),
    "coverage by county": ("city", "homes/reports/coverage/"),
}


def build(homes: int) -> None:
    """The tree, the programme and its homes, and what goes on in them."""
    from services.childrens_homes.actions.homes import add_homes
    from services.childrens_homes.enums import HomeState, Profile, SiteType
    from services.childrens_homes.models import Home
    from services.organizations.actions.bulk import add_organizations
    from services.organizations.enums import Kind
    from services.organizations.models import Organization
    from tests.factories.childrens_homes import ProgrammeFactory
    from tests.factories.organizations import UnionFactory

    city = UnionFactory(kind=Kind.CITY_WF, code="FB", name="示例市妇联", division_code="990000")
    counties, towns = [], []
    for c in range(1, COUNTIES + 1):
        county = UnionFactory(parent=city, kind=Kind.COUNTY_WF, code=f"FB-{c}", division_code=f"99000{c}")
        counties.append(county)
        towns += [UnionFactory(parent=county, kind=Kind.TOWNSHIP_WF, code=f"FB-{c}-{t}") for t in range(TOWNS)]
    kind = Kind.SCHOOL
    # The first county has a full page of homes in both databases.
    spread = [n % TOWNS if n < FULL else n % len(towns) for n in range(homes)]
    schools = [
        (Organization(code=f"FB-S{n:05d}", name=f"示例第{n}小学", kind=kind, branch=kind.branch), towns[spread[n]])
        for n in range(homes)
    ]
    add_organizations(schools)
    programme = ProgrammeFactory(city=city, target=homes, target_school=homes, target_preschool=0)
    by_path = {county.path: county for county in Organization.objects.filter(kind=Kind.COUNTY_WF)}
    site = {"site_type": SiteType.PRIMARY_SCHOOL, "profile": Profile.SCHOOL, "room_m2": Decimal(48), "internet": True}
    hosts = Organization.objects.filter(code__startswith="FB-S").order_by("code")
    add_homes(programme, [{"host": host, "county": by_path[host.path[:8]], **site} for host in hosts])
    Home.objects.unscoped().update(state=HomeState.OPERATING)
    rows = list(Home.objects.unscoped().select_related("host", "county").order_by("pk"))
    _fill(rows)
    _children(rows)
    from benchmarks.figures_page import execute
    from services.figures.actions import fold

    began = time.perf_counter()
    fold()
    print(f"{homes} homes rolled up at once in {time.perf_counter() - began:.1f} s")
    execute("VACUUM ANALYZE")


def _fill(homes: list) -> None:
    from services.childrens_homes.models import (
        CareActivity,
        Committee,
        CommitteeMember,
        HomeStaff,
        RegulationDoc,
        Volunteer,
    )

    day = date(2026, 6, 1)
    groups = Committee.objects.bulk_create(
        Committee(kind="home_committee", organization=home.host, home=home, formed_on=day)
        for place, home in enumerate(homes)
        if place % 3
    )
    CommitteeMember.objects.bulk_create(
        CommitteeMember(committee=one, person_name="示例组长", post="township_deputy", position="chair")
        for one in groups
    )
    HomeStaff.objects.bulk_create(
        HomeStaff(home=home, person_name="示例教师", role="teacher", education="college", from_on=day) for home in homes
    )
    kinds = ("study", "activity", "management", "annual_plan")
    RegulationDoc.objects.bulk_create(
        RegulationDoc(home=home, kind=kind, year=2026, title="示例", on_wall=True) for home in homes for kind in kinds
    )
    CareActivity.objects.bulk_create(
        CareActivity(home=home, on=day + timedelta(days=n), kind="study", theme=f"示例{n}", hours=2, children=20)
        for home in homes
        for n in range(12)
    )
    Volunteer.objects.bulk_create(
        Volunteer(organization=home.county, person_name="示例志愿者", kind="youth") for home in homes
    )


def _children(homes: list) -> None:
    """Files in use: sealed and indexed as their actions would leave them."""
    from django.utils import timezone

    from services.child_files.actions.notices import ensure_first_notices
    from services.child_files.enums import Purpose
    from services.child_files.models import Child, ChildConsent, Enrolment, Guardian, GuardianshipLink
    from services.child_files.queries.consents import notices_in_force
    from services.foundation.rows import store_objects

    now, day = timezone.now(), date(2026, 6, 1)
    ensure_first_notices()
    notices = notices_in_force(timezone.now())
    store_objects(Child, [_child(home, place, now, day) for home in homes for place in range(CHILDREN)])
    keys = list(Child.objects.unscoped().order_by("pk").values_list("pk", "home_id"))
    # One guardian a home is enough for who agreed: what is measured never opens her.
    guardians = Guardian.objects.bulk_create(Guardian(home=home) for home in homes)
    of_home = {guardian.home_id: guardian for guardian in guardians}
    links = GuardianshipLink.objects.bulk_create(
        (
            GuardianshipLink(child_id=key, guardian=of_home[home], relation="mother", basis="parent", valid_from=day)
            for key, home in keys
        ),
        batch_size=5_000,
    )
    Enrolment.objects.bulk_create(
        (Enrolment(child_id=key, home_id=home, from_on=day) for key, home in keys), batch_size=5_000
    )
    ChildConsent.objects.bulk_create(
        (
            _consent(link, notices[purpose], purpose, now, day)
            for link in links
            for purpose in (Purpose.HOME_SERVICE, Purpose.STATISTICS)
        ),
        batch_size=5_000,
    )


def _child(home, place: int, now, day: date):
    from services.child_files.models import Child

    child = Child(
        code=f"{home.code}-{place + 1:04d}",
        home=home,
        state="review_due" if place == 0 else "active",
        state_since=now,
        created_at=now,
        name=f"示例{home.pk}甲{place}",
        birth_date=f"{2014 + place % 5}-0{1 + place % 9}-11",
        sex="FM"[place % 2],
        age_band=("6_8", "9_11", "12_13")[place % 3],
        school_class="三年级",
        has_traits=True,
        has_carer=True,
        complete=place % 4 > 0,
        review_due_on=day if place == 0 else day + timedelta(days=700),
    )
    child.index_person()
    return child


def _consent(link, notice, purpose, now, day: date):
    from services.child_files.models import ChildConsent

    return ChildConsent(
        child_id=link.child_id,
        purpose=purpose,
        answer="given",
        notice=notice,
        notice_digest=notice.digest,
        language="zh-hans",
        giver=link,
        relation="mother",
        basis="parent",
        method="sms_code",
        given_at=now,
        expires_on=day + timedelta(days=1_000),
    )


def staff() -> dict:
    """A signed-in client for each viewer."""
    from services.organizations.models import Organization
    from tests.screening.people import at_desk

    place = {code: Organization.objects.get(code=code) for code in ("FB", "FB-1", "FB-S00000")}
    return {
        "city": at_desk(place["FB"], "wf_officer"),
        "county": at_desk(place["FB-1"], "wf_officer"),
        "teacher": at_desk(place["FB-S00000"], "home_teacher"),
    }


class Homes(Side):
    prefix = "bench_homes"
    build, staff = staticmethod(build), staticmethod(staff)
    pages_of = staticmethod(lambda: PAGES)

    def ask(self, page: str) -> tuple[float, float, int, int]:
        from django.db import connection
        from django.test.utils import CaptureQueriesContext

        viewer, address = self.pages[page]
        client = self.clients[viewer]
        began = time.perf_counter()
        answer = client.get(f"{ROOT}{address}")
        seconds = time.perf_counter() - began
        with CaptureQueriesContext(connection) as asked:
            client.get(f"{ROOT}{address}")
        assert answer.status_code == 200, (page, answer.status_code)
        spent = sum(float(one["time"]) for one in asked.captured_queries)
        return seconds, spent, len(asked), answer.content.count(b"<tr")


def measure(small: Homes, large: Homes) -> bool:
    taken = {(side, page): [] for side in (small, large) for page in PAGES}
    for _round in range(ROUNDS):
        for side in (small, large):
            side.use()
            side.ask("list")
            for page in PAGES:
                taken[side, page].append(side.ask(page))
    middle = {key: [sorted(column)[ROUNDS // 2] for column in zip(*found, strict=True)] for key, found in taken.items()}
    worst, good = 0.0, True
    for page in PAGES:
        few, many = middle[small, page], middle[large, page]
        ratio = many[0] / few[0]
        worst, same = max(worst, ratio), few[2:] == many[2:]
        good = good and same
        print(
            f"{page:28} {1000 * few[0]:6.1f} ms  {1000 * many[0]:6.1f} ms  {ratio:.2f}  queries {few[2]} {many[2]}"
            f"  rows {few[3]} {many[3]}{'' if same else '  NOT THE SAME'}"
        )
    print(f"home_pages ratio {worst:.2f} (allowed {ALLOWED})")
    return all(_as_counted(side) for side in (small, large)) and good and worst <= ALLOWED


def _as_counted(side: Homes) -> bool:
    from services.figures.queries import differences

    side.use()
    found = differences()
    print(f"{side.name}: {len(found)} cells differ from a recount")
    return not found


def main() -> int:
    import django

    django.setup()
    from django.conf import settings

    if not settings.DATABASES["default"]["ENGINE"].endswith("postgresql"):
        print("This benchmark needs PostgreSQL: set DATABASE_URL.")
        return 2
    sides = []
    try:
        for homes in (SMALL, LARGE):
            sides.append(Homes(homes, settings.DATABASES["default"]["NAME"] if not sides else sides[0].before))
        return 0 if measure(*sides) else 1
    finally:
        for side in sides:
            side.drop()


if __name__ == "__main__":
    raise SystemExit(main())
