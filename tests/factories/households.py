"""Households and their applications. ``relief_world()`` is a tree with officers, standards and programmes in force.

Invented persons of area 990000 alone. ``filled()`` completes a draft file by its actions; ``at_decision()`` walks an
application to its deciding step.
"""

from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal

from django.utils import timezone

from services.accounts.models import User
from services.casework import actions as casework
from services.casework.enums import RouteState, StepKind
from services.casework.models import ReviewRoute, RouteStep
from services.organizations.actions import assign_staff
from services.organizations.enums import Kind, Role
from services.organizations.models import Organization
from services.payments.actions import open_fund, set_account
from services.payments.enums import FundKind
from services.payments.models import FundSource
from services.privacy.actions import give_consent
from services.privacy.enums import Purpose
from services.privacy.queries import current_notice
from services.relief.actions import applying, files, reviewing
from services.relief.enums import AmountKind, CheckResult, ProgrammeKind, Relation, VersionState
from services.relief.models import Application, Household, IncomeTest, LivingLine, Programme
from services.relief.rules.typed import TypedAnswers, TypedMember, TypedMoney
from services.workers.models import Worker
from tests.factories.accounts import StaffFactory, WorkerUserFactory
from tests.factories.organizations import small_tree
from tests.factories.workers import WorkerFactory, identity_number

VISITED = (
    (StepKind.VERIFY, Kind.GRASSROOTS_UNION, 3),
    (StepKind.HOME_VISIT, Kind.GRASSROOTS_UNION, 5),
    (StepKind.APPROVE, Kind.COUNTY_UNION, 3),
)
PLAIN = ((StepKind.VERIFY, Kind.GRASSROOTS_UNION, 3), (StepKind.APPROVE, Kind.COUNTY_UNION, 3))
SPOUSE_BORN, CHILD_BORN = date(1974, 4, 3), date(2012, 9, 1)
PARTICULARS = {
    "address": "示例市甲县东河镇示例路1号",
    "marital": "married",
    "housing": "rented",
    "housing_area": Decimal("48.50"),
    "medical_insurance": "employees",
    "living_allowance": None,
}


@dataclass
class ReliefWorld:
    """``union`` and ``county`` are the officers at her two desks, ``…_two`` their colleagues, ``finance`` pays."""

    tree: dict[str, Organization]
    test: IncomeTest
    line: LivingLine
    fund: FundSource
    programmes: dict[str, Programme]
    her: Worker
    now: datetime
    officers: dict[str, User] = field(default_factory=dict)
    people: int = 400

    def officer(self, where: str, *, role: str = Role.CASE_OFFICER) -> User:
        return officer_at(self.tree[where], role=role)

    def woman(self, unit: str = "unit_a", **fields) -> Worker:
        """Another woman with an account, her consent on record, and a bank card."""
        her = WorkerFactory(organization=self.tree[unit], user=WorkerUserFactory(), **fields)
        self.agrees(her)
        card = f"62179900{her.pk:08d}"
        set_account(her, holder="示例乙", bank="示例银行", bank_branch="", number=card, by=her.user, now=self.now)
        return her

    def agrees(self, her: Worker) -> None:
        notice = current_notice(Purpose.RELIEF)
        give_consent(her.user, purpose=Purpose.RELIEF, notice=notice, language="zh-hans", now=self.now)

    def number(self, born: date, *, female: bool = True) -> str:
        """Another invented identity number of somebody born on a day."""
        self.people += 1
        return identity_number(born, self.people, female=female)


def officer_at(organization: Organization, *, role: str = Role.CASE_OFFICER) -> User:
    """Somebody who holds a post there and may enter the desk."""
    person = StaffFactory(password_changed_at=timezone.now())
    assign_staff(person, organization=organization, role=role, by=None, valid_from=date(2020, 1, 1))
    return User.objects.get(pk=person.pk)


def relief_world(*, budget: str = "100000", line: str = "820") -> ReliefWorld:
    tree, now = small_tree(), timezone.now()
    city = tree["city"]
    fund = open_fund(
        organization=city,
        code="care",
        year=now.year,
        name="示例帮扶资金",
        kind=FundKind.CITY,
        budget=Decimal(budget),
        by=None,
        now=now,
    )
    test = IncomeTest.objects.create(
        version=1, organization=city, state=VersionState.ACTIVE, exclusions=["two_homes", "trades"]
    )
    living = LivingLine.objects.create(
        organization=city, valid_from=date(now.year - 1, 1, 1), monthly=Decimal(line), source="示例"
    )
    _routes(city)
    world = ReliefWorld(tree, test, living, fund, _programmes(city, fund), None, now)
    world.her = world.woman()
    for name, where, role in (
        ("union", "unit_a", Role.GRASSROOTS_OFFICER),
        ("county", "county_a", Role.CASE_OFFICER),
        ("city", "city", Role.FEDERATION_OFFICER),
        ("finance", "city", Role.FINANCE_OFFICER),
    ):
        world.officers[name] = world.officer(where, role=role)
        world.officers[f"{name}_two"] = world.officer(where, role=role)
    return world


def _routes(city: Organization) -> None:
    for code, steps in (("relief-filing", VISITED), ("relief-aid", PLAIN)):
        route = ReviewRoute.objects.create(
            code=code, service="relief", name="示例流程", organization=city, state=RouteState.ACTIVE
        )
        for position, (kind, level, days) in enumerate(steps, 1):
            RouteStep.objects.create(route=route, position=position, kind=kind, level=level, working_days=days)


def programme(city: Organization, code: str, kind: str, **fields) -> Programme:
    """A version in force; ``fields`` override what a plain one holds."""
    values = {"name": f"示例{code}", "route_code": "relief-aid", "state": VersionState.ACTIVE, "organization": city}
    return Programme.objects.create(code=code, kind=kind, **(values | fields))


def _programmes(city: Organization, fund: FundSource) -> dict[str, Programme]:
    months = {"months": {"deep": "6", "relative": "3", "sudden": "3"}, "per": "household"}
    bands = {"bands": [{"over": "0", "sum": "3000"}, {"over": "20000", "sum": "5000"}]}
    made = [
        programme(
            city,
            "filing",
            ProgrammeKind.FILING,
            route_code="relief-filing",
            documents=[{"kind": "application", "required": False, "when": ""}],
        ),
        programme(
            city,
            "festival",
            ProgrammeKind.FESTIVAL_CARE,
            conditions=[{"code": "on_file"}],
            amount_kind=AmountKind.MONTHS_OF_LINE,
            amount=months,
            caps={"per_award": "4000"},
            once_a_year=True,
            fund=fund,
        ),
        programme(
            city,
            "emergency",
            ProgrammeKind.EMERGENCY,
            conditions=[{"code": "event_in", "events": ["serious_illness", "accident"]}],
            amount_kind=AmountKind.COST_BANDS,
            amount=bands,
            same_cause_once=True,
            fund=fund,
        ),
        programme(
            city,
            "study",
            ProgrammeKind.STUDY_AID,
            conditions=[{"code": "school_stage", "stages": ["senior", "college"]}],
            amount_kind=AmountKind.BY_STAGE,
            amount={"sums": {"college": {"on_file": "5000", "other": "4000"}}},
            fund=fund,
        ),
    ]
    return {one.code: one for one in made}


def drafted(world: ReliefWorld, her: Worker | None = None, *, code: str = "filing") -> Application:
    """An application of hers, begun and nothing more."""
    her = her or world.her
    return applying.begin_application(her, code=code, by=her.user, now=world.now)


def members_of(world: ReliefWorld, **changes) -> list[TypedMember]:
    """A husband and a child at college; ``changes`` go to the child."""
    spouse = TypedMember(
        Relation.SPOUSE,
        "示例丁",
        SPOUSE_BORN,
        world.number(SPOUSE_BORN, female=False),
        {"work": "laid_off", "health": "well"},
    )
    child = {
        "relation": Relation.CHILD,
        "name": "示例戊",
        "birth_date": CHILD_BORN,
        "id_number": world.number(CHILD_BORN),
        "particulars": {"work": "at_school", "health": "well", "school_stage": "college", "school_type": "public"},
    }
    return [spouse, TypedMember(**(child | changes))]


def filled(world: ReliefWorld, application: Application, *, income: str = "24000", rigid: str = "3000") -> Household:
    """Her file with three persons, an income and a cost, by the actions that she would use."""
    household, by, now = application.household, application.case.worker.user, world.now
    household.refresh_from_db()

    def seen() -> int:
        return Household.objects.unscoped().values_list("version", flat=True).get(pk=household.pk)

    files.save_members(household, members_of(world), by=by, now=now, seen=seen())
    money = [TypedMoney(True, "wages", Decimal(income)), TypedMoney(False, "medical", Decimal(rigid))]
    files.save_money(household, money, by=by, now=now, seen=seen())
    files.save_causes(
        household, cause="serious_illness", more=["schooling"], single_parent=False, by=by, now=now, seen=seen()
    )
    files.save_particulars(
        household, PARTICULARS, herself={"work": "at_work", "health": "well"}, by=by, now=now, seen=seen()
    )
    return Household.objects.unscoped().get(pk=household.pk)


def answered(world: ReliefWorld, application: Application, **typed) -> Application:
    """What happened, as she says it; by default a serious illness of this month."""
    application = Application.objects.unscoped().get(pk=application.pk)
    values = {"event": "serious_illness", "event_on": timezone.localdate(world.now), "cost": Decimal("12000")}
    return applying.save_answers(
        application,
        TypedAnswers(**(values | typed)),
        by=application.case.worker.user,
        now=world.now,
        seen=application.version,
    )


def submitted(world: ReliefWorld, application: Application) -> Application:
    casework.submit(application.case, by=application.case.worker.user, now=world.now)
    return fresh(application)


def fresh(application: Application) -> Application:
    found = Application.objects.unscoped().select_related(
        "case__worker__user", "case__route", "case__authorisation", "programme__fund", "household__worker"
    )
    return found.get(pk=application.pk)


def at_decision(world: ReliefWorld, application: Application) -> Application:
    """Submitted, checked by her union, visited and its exclusions confirmed where that belongs to it."""
    application = submitted(world, application)
    casework.pass_step(application.case, by=_at_desk(world, application), now=world.now)
    if application.programme.kind == ProgrammeKind.FILING:
        visited(world, application)
        casework.pass_step(application.case, by=_at_desk(world, application, "union_two"), now=world.now)
    if application.household.state == "draft":
        confirmed(world, application)
    return fresh(application)


def confirmed(world: ReliefWorld, application: Application) -> None:
    """None of the exclusions applies, says a colleague of whoever decides."""
    by = _at_desk(world, application, "county_two")
    for code in world.test.exclusions:
        reviewing.check_exclusion(fresh(application), code=code, result=CheckResult.ABSENT, by=by, now=world.now)


def _at_desk(world: ReliefWorld, application: Application, known: str = "") -> User:
    """The officer that the world knows at the case's present desk, or another one there."""
    desk = fresh(application).case.desk
    usual = {world.tree["unit_a"].pk: "union", world.tree["county_a"].pk: "county"}.get(desk.pk)
    if usual is None:
        return officer_at(desk)
    return world.officers[known if known.startswith(usual) else usual]


def visited(world: ReliefWorld, application: Application):
    return reviewing.record_visit(
        fresh(application),
        visited_on=timezone.localdate(world.now),
        companion="示例己",
        met="本人",
        finding="与申报情况一致",
        agrees=True,
        by=_at_desk(world, application, "union_two"),
        now=world.now,
    )


def approved(world: ReliefWorld, application: Application) -> Application:
    casework.approve(application.case, by=_at_desk(world, application), now=world.now)
    return fresh(application)


def on_file(world: ReliefWorld, her: Worker | None = None) -> Household:
    """A household that was put on file by the whole way."""
    application = drafted(world, her)
    filled(world, application)
    return approved(world, at_decision(world, application)).household
