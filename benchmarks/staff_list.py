"""The list of bookings at 200,000 rows, against the same page at 2,000 rows.

Two PostgreSQL databases hold the same tree (a city, ten counties, 190 townships, 19,800 unions) and the same staff;
one has 2,000 women with a booking each, the other 200,000. What is measured is the whole page as it is asked for and
answered: middleware, scope, queries, template; by an officer of the city and by clerks of one and of a thousand
units, for the first page, pages far down, other orders, filters, searches. Both databases take turns; each page's
figure is the middle one of several rounds at 200,000 rows, divided by the middle one at 2,000. Every page shown is a
full one, and must cost the same number of queries in both. The clerk of a thousand units is compared with the clerk
of one as well. What the database itself needed is printed beside it.

Run: DATABASE_URL=postgres://user@host:5432/postgres python benchmarks/staff_list.py
"""

import os
import sys
import time
from datetime import date
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings.test")

SMALL, LARGE, UNITS = 2_000, 200_000, 1_000
ROUNDS = int(os.environ.get("BENCHMARK_ROUNDS", "15"))
ALLOWED = 1.2
# A thousand posts are a thousand tree paths to compare with; they may cost this much of the page with one.
UNITS_ALLOWED = 2.0
# Neighbours by key belong to unions far apart, as where all unions book at the same time.
SPREAD = 12_239
# So many women belong to the one unit of the clerk of one unit, in both databases: a page is full there too.
AT_ONE_UNIT = 60
_BOOKINGS = """
INSERT INTO bookings_booking (token, offering_id, session_id, allocation_id, worker_id, state, created_at, changed_at,
                              letters)
SELECT 'b' || w.id, %(offering)s, s.id, %(allocation)s, w.id,
       (ARRAY['confirmed', 'attended', 'attended', 'cancelled'])[1 + w.id %% 4],
       now() - interval '300 days' + w.id * interval '1 minute', now(), 'TJ'
FROM workers_worker w
JOIN (SELECT id, row_number() OVER (ORDER BY id) - 1 AS number FROM bookings_session) s
  ON s.number = w.id %% %(sessions)s
ORDER BY w.id
"""
_NAMES = """
UPDATE workers_worker SET name = substr('王李张刘陈杨黄赵周吴', 1 + (id % 10)::int, 1) || (id % 50)::text || '芳'
"""
_MOVE = """
UPDATE workers_worker SET organization_id = %(unit)s WHERE id IN (
    SELECT id FROM workers_worker ORDER BY id LIMIT %(women)s OFFSET 100)
"""
PHONE = "19900000001"


def build(women: int) -> None:
    """The tree, the women, the bookings; one woman has a number to be found by."""
    from benchmarks.figures_page import _TREE, _WOMEN, COUNTIES, TOWNSHIPS, UNIONS, execute, women_columns
    from services.bookings.models import Allocation, Pool
    from services.organizations.models import Organization
    from services.workers.models import Worker
    from tests.factories.bookings import SessionFactory, VenueFactory
    from tests.factories.screening import ProgrammeFactory

    execute(_TREE, counties=COUNTIES, townships=TOWNSHIPS, unions=UNIONS)
    city = Organization.objects.get(path="0001")
    programme = ProgrammeFactory(offering__organization=city, code="bench", year=2026)
    venues, sessions = [VenueFactory(organization=city) for _ in range(8)], max(40, women // 50)
    for number in range(sessions):
        SessionFactory(offering=programme.offering, venue=venues[number % 8], capacity=women)
    pool = Pool.objects.create(offering=programme.offering, general=True)
    root = Allocation.objects.create(offering=programme.offering, pool=pool, organization=city, slots=women)
    columns = women_columns()
    spread = _WOMEN.replace("o.number = n %% %(unions)s", f"o.number = n::bigint * {SPREAD} %% %(unions)s ORDER BY n")
    execute(spread.format(columns=", ".join(columns), values=", ".join(columns.values())), women=women, unions=UNIONS)
    execute(_NAMES)
    execute(_MOVE, unit=unit_of_one().pk, women=AT_ONE_UNIT)
    her = Worker.objects.unscoped().order_by("pk")[women // 2]
    Worker.objects.unscoped().filter(pk=her.pk).update(phone=PHONE, phone_index=Worker.index_of(PHONE), name="示例桂兰")
    execute("ALTER TABLE bookings_booking DISABLE TRIGGER USER")
    execute(_BOOKINGS, offering=programme.offering_id, allocation=root.pk, sessions=sessions)
    execute("ALTER TABLE bookings_booking ENABLE TRIGGER USER")
    execute("VACUUM ANALYZE")


def unit_of_one():
    from services.organizations.models import Organization

    return Organization.objects.filter(depth=4).order_by("path")[500]


def staff() -> dict:
    """A signed-in client for each viewer."""
    from services.organizations.models import Organization, StaffAssignment
    from tests.screening.people import at_desk

    unions = list(Organization.objects.filter(depth=4).order_by("path")[500 : 500 + UNITS])
    many = at_desk(unions[0], "grassroots_officer")
    StaffAssignment.objects.bulk_create(
        StaffAssignment(user=many.user, organization=union, role="grassroots_officer", valid_from=date(2020, 1, 1))
        for union in unions[1:]
    )
    return {
        "city": at_desk(Organization.objects.get(path="0001")),
        "county": at_desk(Organization.objects.get(path="00010003")),
        "one unit": at_desk(unit_of_one(), "grassroots_officer"),
        "1,000 units": many,
    }


def pages() -> dict[str, tuple[str, str]]:
    """Viewer and query of every page measured; what names a row is looked up in the database at hand."""
    from services.bookings.models import Booking
    from services.workers.models import Worker

    rows = Booking.objects.unscoped().order_by("pk")
    middle = rows[rows.count() // 2].pk
    session = rows.filter(pk__gt=middle).select_related("session").first().session
    token = Worker.objects.unscoped().get(phone_index=Worker.index_of(PHONE)).token
    deep = f"{session.starts_at:%Y%m%dT%H%M%S.%f}"
    county = "union=B00010003"
    return {
        "first page": ("city", ""),
        "far down": ("city", f"p=after~-pk~{middle}"),
        "far down, back": ("city", f"p=before~-pk~{middle}"),
        "by session": ("city", "ordering=session__starts_at"),
        "by session, far down": ("city", f"ordering=session__starts_at&p=after~session__starts_at~{deep}~{middle}"),
        "state": ("city", "state=cancelled"),
        "state and county": ("city", f"state=cancelled&{county}"),
        "session": ("city", f"session={session.token}"),
        "days": ("city", f"day_from={session.starts_at:%Y-%m-%d}&day_to={session.starts_at:%Y-%m-%d}"),
        "site": ("city", f"venue={session.venue_id}"),
        "name begins": ("city", "q=王"),
        "one name": ("city", "q=示例桂"),
        "one woman": ("city", f"person={token}"),
        "county's officer": ("county", ""),
        "clerk of 1 unit": ("one unit", ""),
        "clerk of 1,000 units": ("1,000 units", ""),
        "1,000 units, a state": ("1,000 units", "state=attended"),
    }


class Side:
    """One of the two databases, with its clients and pages. Other lists are measured by changing what stands first."""

    prefix, list_address, tick = "bench_list", "/admin/screening/bookings/", b'name="booking"'
    build, staff, pages_of = staticmethod(build), staticmethod(staff), staticmethod(pages)

    def __init__(self, women: int, maintenance: str):
        from django.conf import settings
        from django.db import connection

        from tests.database import postgres_template

        self.name = f"{self.prefix}_{women}_{os.getpid()}"
        default = settings.DATABASES["default"]
        default["TEST"]["TEMPLATE"] = postgres_template(default)
        default["TEST"]["NAME"] = self.name
        connection.close()
        connection.settings_dict["NAME"] = self.before = maintenance
        connection.creation.create_test_db(verbosity=0, autoclobber=True, serialize=False)
        self.build(women)
        self.clients, self.pages = self.staff(), self.pages_of()

    def use(self) -> None:
        from django.db import connection

        connection.close()
        connection.settings_dict["NAME"] = self.name

    def ask(self, page: str) -> tuple[float, float, int, int]:
        """Seconds of the page, of them in the database, queries, rows shown."""
        from django.db import connection
        from django.test.utils import CaptureQueriesContext

        viewer, query = self.pages[page]
        client, address = self.clients[viewer], f"{self.list_address}?{query}"
        began = time.perf_counter()
        answer = client.get(address)
        seconds = time.perf_counter() - began
        with CaptureQueriesContext(connection) as asked:
            client.get(address)
        assert answer.status_code == 200, (page, answer.status_code)
        spent = sum(float(one["time"]) for one in asked.captured_queries)
        return seconds, spent, len(asked), answer.content.count(self.tick)

    def drop(self) -> None:
        from django.db import connection

        self.use()
        connection.creation.destroy_test_db(self.before, verbosity=0)


def measure(small: Side, large: Side) -> bool:
    taken = {(side, page): [] for side in (small, large) for page in small.pages}
    for _round in range(ROUNDS):
        for side in (small, large):
            side.use()
            side.ask("first page")
            for page in side.pages:
                taken[side, page].append(side.ask(page))
    middle = {key: [sorted(column)[ROUNDS // 2] for column in zip(*found, strict=True)] for key, found in taken.items()}
    good = True
    for page in small.pages:
        few, most = middle[small, page], middle[large, page]
        same = few[2] == most[2] and few[3] == most[3]
        ratio = most[0] / few[0]
        good = good and same and ratio <= ALLOWED
        print(
            f"{page:22} {1000 * few[0]:6.1f} ms  {1000 * most[0]:6.1f} ms  {ratio:.2f}"
            f"  database {1000 * few[1]:5.0f} ms  {1000 * most[1]:5.0f} ms  queries {few[2]} {most[2]}"
            f"  rows {few[3]} {most[3]}{'' if same else '  NOT THE SAME'}"
        )
    worst = max(middle[large, page][0] / middle[small, page][0] for page in small.pages)
    units = middle[large, "clerk of 1,000 units"][0] / middle[large, "clerk of 1 unit"][0]
    print(f"staff_list ratio {worst:.2f} (allowed {ALLOWED}), 1,000 units to one {units:.2f} (allowed {UNITS_ALLOWED})")
    return good and units <= UNITS_ALLOWED


def main() -> int:
    import django

    django.setup()
    from django.conf import settings

    if not settings.DATABASES["default"]["ENGINE"].endswith("postgresql"):
        print("This benchmark needs PostgreSQL: set DATABASE_URL.")
        return 2
    sides = []
    try:
        for women in (SMALL, LARGE):
            sides.append(Side(women, settings.DATABASES["default"]["NAME"] if not sides else sides[0].before))
        return 0 if measure(*sides) else 1
    finally:
        for side in sides:
            side.drop()


if __name__ == "__main__":
    raise SystemExit(main())
