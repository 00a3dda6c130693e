"""Cases at every stage. ``casework_world()`` is a tree with officers; ``case_at(world, stage)`` walks there by verbs.

The tests' own service is ``allowance``: it misses nothing and objects to nothing unless a test says so.
"""

from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

import factory

from services.accounts.models import User
from services.casework import actions
from services.casework.enums import ConsentWay, RouteState, Stage, StepKind
from services.casework.models import Authorisation, Case, ReviewRoute, RouteStep
from services.casework.registry import CaseService, services
from services.organizations.enums import Kind, Role
from services.organizations.models import Organization
from services.workers.models import Worker
from tests.factories.accounts import WorkerUserFactory
from tests.factories.organizations import AssignmentFactory, UnionFactory, small_tree
from tests.factories.workers import WorkerFactory

MONDAY = datetime(2026, 3, 2, 2, 0, tzinfo=UTC)  # ten in the morning in Shanghai
WITH_NOTICE = (
    (StepKind.VERIFY, Kind.GRASSROOTS_UNION, 3),
    (StepKind.PUBLIC_NOTICE, Kind.TOWNSHIP_UNION, 5),
    (StepKind.APPROVE, Kind.COUNTY_UNION, 3),
)
SHORT = ((StepKind.VERIFY, Kind.GRASSROOTS_UNION, 3), (StepKind.APPROVE, Kind.COUNTY_UNION, 3))


class AllowanceService(CaseService):
    """A service that answers as the test tells it to, and remembers what it was told."""

    code = "allowance"
    letters = "AL"
    label = "示例补助"

    def __init__(self):
        self.lacks, self.hinders, self.heard = [], [], []

    def title(self, case) -> str:
        return "示例补助"

    def titles(self, cases) -> dict[int, str]:
        return {case.pk: "示例补助" for case in cases}

    def missing(self, case, *, now):
        return list(self.lacks)

    def obstacles(self, case, verb, *, by, now):
        return list(self.hinders)

    def entered(self, case, *, verb, by, now):
        self.heard.append((verb, case.stage))

    def her_address(self, case) -> str:
        return f"/my/cases/{case.token}/"


@contextmanager
def allowance_service():
    """The service registered for as long as the block runs."""
    service = AllowanceService()
    services.register(service.code, service)
    try:
        yield service
    finally:
        del services._items[service.code]


class RouteFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = ReviewRoute
        skip_postgeneration_save = True

    code = factory.Sequence(lambda n: f"route-{n}")
    service = AllowanceService.code
    name = "示例流程"
    organization = factory.SubFactory(UnionFactory)
    state = RouteState.ACTIVE

    @factory.post_generation
    def steps(self, create, extracted, **kwargs):
        for position, (kind, level, days) in enumerate(extracted or SHORT, start=1):
            RouteStep.objects.create(route=self, position=position, kind=kind, level=level, working_days=days)


class AuthorisationFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Authorisation

    worker = factory.SubFactory(WorkerFactory)
    representative = factory.SubFactory("tests.factories.accounts.StaffFactory")
    service = AllowanceService.code
    subject_code = "spring"
    way = ConsentWay.PAPER
    signed_on = MONDAY.date() - timedelta(days=3)
    valid_until = MONDAY.date() + timedelta(days=3650)
    recorded_at = MONDAY


@dataclass
class World:
    """``union``, ``town``, ``county`` and ``city`` are the officers there; ``union_two`` … are their colleagues."""

    tree: dict[str, Organization]
    route: ReviewRoute
    her: Worker
    officers: dict[str, User] = field(default_factory=dict)
    now: datetime = MONDAY

    def officer(self, where: str, *, role: str = Role.CASE_OFFICER) -> User:
        """Another officer at a place of the tree."""
        return AssignmentFactory(organization=self.tree[where], role=role).user

    def draft(self, her: Worker | None = None) -> Case:
        her = her or self.her
        return actions.open_case(
            service=self.route.service,
            subject_code="spring",
            worker=her,
            route_code=self.route.code,
            by=her.user,
            now=self.now,
        )

    def submitted(self, her: Worker | None = None) -> Case:
        case = self.draft(her)
        return actions.submit(case, by=case.worker.user, now=self.now)

    def verified(self, her: Worker | None = None) -> Case:
        return actions.pass_step(self.submitted(her), by=self.officers["union"], now=self.now)


def casework_world(*, steps=SHORT, **route) -> World:
    """A tree, a route in force, an applicant of ``unit_a``, an officer and a colleague at each of her desks."""
    tree = small_tree()
    her = WorkerFactory(organization=tree["unit_a"], user=WorkerUserFactory())
    world = World(tree, RouteFactory(organization=tree["city"], steps=steps, **route), her)
    for name, where, role in (
        ("union", "unit_a", Role.GRASSROOTS_OFFICER),
        ("town", "town_a", Role.CASE_OFFICER),
        ("county", "county_a", Role.CASE_OFFICER),
        ("city", "city", Role.FEDERATION_OFFICER),
    ):
        world.officers[name] = world.officer(where, role=role)
        world.officers[f"{name}_two"] = world.officer(where, role=role)
    return world


def case_at(world: World, stage: str, her: Worker | None = None) -> Case:
    """A case of hers that has come to ``stage`` by the verbs that lead there; notices need a route with one."""
    at, officers, now = world.now, world.officers, world.now
    if stage == Stage.DRAFT:
        return world.draft(her)
    if stage == Stage.WITHDRAWN:
        case = world.submitted(her)
        return actions.withdraw(case, by=case.worker.user, now=at)
    if stage == Stage.IN_REVIEW:
        return world.submitted(her)
    if stage == Stage.RETURNED:
        asked = [actions.AskedItem("income", "请补充收入证明")]
        return actions.return_case(world.submitted(her), items=asked, by=officers["union"], now=at)
    if stage in (Stage.REFUSED, Stage.APPEALED):
        case = actions.refuse(world.submitted(her), by=officers["union"], now=at, reason="材料与规定不符")
        return case if stage == Stage.REFUSED else actions.appeal(case, by=case.worker.user, now=at, reason="请再看")
    case = world.verified(her)
    if world.route.steps.filter(kind=StepKind.PUBLIC_NOTICE).exists():
        case = actions.publish(case, by=officers["town"], now=at)
        if stage == Stage.NOTICE:
            return case
        if stage == Stage.OBJECTION:
            return actions.object_to(case, now=at)
        at = now + timedelta(days=30)
        case = actions.end_notice(case, now=at)
    case = actions.approve(case, by=officers["county"], now=at)
    if stage == Stage.BEING_PAID:
        return actions.start_payment(case, now=at)
    return actions.close(case, now=at) if stage == Stage.CLOSED else case
