"""Relief in the demo: standards in force, and half a year of households and applications at every stage.

Everything is planned as it happened (``DemoContext.at``) and done through the actions, so that the month ends of the
figures fall where they belong. Invented women of the demo's unions; their children and husbands are invented too.
"""

from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from decimal import Decimal

from django.contrib.auth import get_user_model
from django.utils.timezone import localdate, make_aware

from services.accounts.enums import UserKind
from services.accounts.models import User
from services.casework import demo_examples
from services.casework.models import Case
from services.foundation.demo import DemoContext
from services.organizations.actions import assign_staff
from services.organizations.enums import Kind, Role
from services.organizations.models import Organization
from services.privacy.actions import rewrite_notice
from services.privacy.enums import Purpose
from services.privacy.queries import current_notice
from services.relief import demo_looks, demo_money, demo_standards, demo_stories
from services.relief.actions import standards
from services.relief.enums import ProgrammeKind
from services.relief.models import Programme
from services.workers.demo import FIRST_UNIT
from services.workers.models import Worker

# Days before today on which the standards came into force.
BEGUN = 200
COUNTIES = ("SZ-02", "SZ-03", "SZ-04")
UNITS_IN_A_COUNTY = 5


@dataclass
class Scene:
    """Who acts in the stories. ``officers``: by code of the organisation, two where a second person is needed."""

    context: DemoContext
    programmes: dict[str, Programme]
    women: list[Worker]
    officers: dict[str, list[User]] = field(default_factory=dict)

    def day(self, days_ago: int, hour: int = 10) -> datetime:
        """A moment of a day before today; 0 is this morning, always before now."""
        moment = make_aware(datetime.combine(self.context.today - timedelta(days=days_ago), time(hour)))
        return min(moment, self.context.now)

    def officer(self, case: Case, *, second: bool = False) -> User:
        """Whoever handles the case where it lies."""
        people = self.officers[case.desk.code]
        return people[-1] if second else people[0]


def load(context: DemoContext) -> None:
    """Leaves ``relief.programmes``."""
    began = context.now - timedelta(days=BEGUN)
    _notice_in_force_earlier(context, began)
    city = context.made["organizations.city"]
    county = Organization.objects.get(code="SZ-01")
    routes = context.made["casework.routes"]
    by_kind = dict.fromkeys(ProgrammeKind.values, routes["short"]) | {ProgrammeKind.FILING.value: routes["full"]}
    fund, officer = context.made["payments.funds"]["hardship"], context.made["organizations.staff"]["city-officer"]
    programmes = demo_standards.load(
        city, routes=by_kind, fund=fund, by=officer, now=began, county=county, shown_on=context.today
    )
    _line_of_last_year(city, officer, context)
    context.made["relief.programmes"] = programmes
    demo_examples.load(context, "relief")
    scene = Scene(context, programmes, _women(), _officers(context))
    told = demo_stories.plan(scene)
    demo_money.plan(scene)
    demo_looks.plan(scene, told=told, city=officer, second=_officer(context, city, "复核"))


def _notice_in_force_earlier(context: DemoContext, began: datetime) -> None:
    """Women of the demo agreed months ago: the notice must have been in force by then."""
    notice = current_notice(Purpose.RELIEF)
    texts = {name: getattr(notice, name) for name in ("title", "body", "title_en", "body_en")}
    admin = context.made["organizations.staff"]["admin"]
    rewrite_notice(notice, by=admin, in_force_from=began, **texts)


def _line_of_last_year(city: Organization, officer, context: DemoContext) -> None:
    """Applications of the last winter are judged by the line of their own year."""
    standards.set_line(
        organization=city,
        monthly=Decimal(790),
        valid_from=date(context.today.year - 1, 1, 1),
        minimum_wage=demo_standards.MINIMUM_WAGE,
        source="示例：上一年度城乡最低生活保障标准",
        by=officer,
        today=localdate(context.now),
    )


def _units() -> list[Organization]:
    """The first union and its neighbour, and five unions in each of three other counties."""
    unions = Organization.objects.filter(kind=Kind.GRASSROOTS_UNION).order_by("code")
    chosen = list(unions.filter(code__startswith=FIRST_UNIT[:9])[:2])
    for county in COUNTIES:
        chosen += unions.filter(code__startswith=f"{county}-02")[:UNITS_IN_A_COUNTY]
    return chosen


def _women() -> list[Worker]:
    """By union in turn, so that every part of the story is found in every county."""
    by_unit = []
    for unit in _units():
        women = Worker.objects.unscoped().filter(organization=unit).select_related("organization").order_by("pk")
        by_unit.append(list(women[12:] if unit.code == FIRST_UNIT else women))
    mixed = []
    while any(by_unit):
        mixed += [women.pop(0) for women in by_unit if women]
    return mixed


def _officers(context: DemoContext) -> dict[str, list[User]]:
    """Those of the printed table where there are any; the others can't sign in: nobody needs them to."""
    staff = context.made["organizations.staff"]
    known = {FIRST_UNIT: staff["unit-officer"], "SZ-01": staff["county-officer"]}
    found = {}
    for place in [*_units(), *Organization.objects.filter(code__in=["SZ-01", *COUNTIES])]:
        first = known.get(place.code) or _officer(context, place, "经办")
        found[place.code] = [first, _officer(context, place, "复核")]
    return found


def _officer(context: DemoContext, place: Organization, part: str) -> User:
    grassroots = place.kind == Kind.GRASSROOTS_UNION
    user = get_user_model()(
        username=f"{place.code.lower()}-{'a' if part == '经办' else 'b'}",
        first_name=f"示例{part}",
        kind=UserKind.STAFF,
        password_changed_at=context.now,
    )
    user.set_unusable_password()
    user.save()
    role = Role.GRASSROOTS_OFFICER if grassroots else Role.CASE_OFFICER
    assign_staff(user, organization=place, role=role, by=None, valid_from=context.today)
    return user
