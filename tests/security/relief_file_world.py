"""A hardship file and an application in review at the town's own desk, for the matrix of addresses."""

from datetime import date, timedelta
from decimal import Decimal
from types import SimpleNamespace

from django.utils import timezone

from services.casework.enums import RouteState, Stage, StepKind
from services.casework.models import Case, ReviewRoute, RouteStep
from services.relief.enums import ProgrammeKind, Relation
from services.relief.models import Application, Household, Member, MoneyLine, OutsideAid, Programme, ReturnVisit
from services.workers.models import Worker
from tests.factories.workers import WorkerFactory


def relief_records(town) -> dict:
    """``household``, ``relief_case``, ``return_visit``, ``relief_worker``, and an overlap with aid from outside."""
    now, her = timezone.now(), WorkerFactory(organization=town)
    stamps = {"worker": her, "organization": town, "path": town.path}
    household = Household.objects.create(
        **stamps, number="DA-T-A-1-26-000099-1", created_at=now, changed_at=now, cause="accident"
    )
    Member.objects.create(
        household=household,
        relation=Relation.SELF,
        name=her.name,
        id_number=her.id_number,
        birth_date=her.birth_date,
    )
    case = _case(stamps, now)
    programme = Programme.objects.create(
        code="towns-relief", kind=ProgrammeKind.TEMPORARY, name="示例", organization=town, route_code=case.route.code
    )
    Application.objects.create(
        case=case, programme=programme, household=household, computed=Decimal(100), amount=Decimal(100)
    )
    aid = OutsideAid.objects.create(
        organization=town,
        giver="示例基金会",
        id_index=OutsideAid.index_of(her.id_number),
        id_last4=her.id_last4,
        given_on=timezone.localdate(now) - timedelta(days=5),
        amount="100",
        imported_at=now,
    )
    return {
        "relief_worker": her,
        "household": household,
        "relief_case": case,
        "return_visit": ReturnVisit.objects.create(household=household, due_on=timezone.localdate(now)),
        "relief_overlap": SimpleNamespace(key=f"outside:{aid.pk}"),
    }


def her_relief_records(city, town, owner) -> dict:
    """A draft of the owner's own, of a programme that the city keeps: ``her_relief_case``, ``her_child``."""
    now, her = timezone.now(), Worker.objects.own(user=owner).get()
    stamps = {"worker": her, "organization": town, "path": town.path}
    household = Household.objects.create(**stamps, number="DA-T-A-1-26-000098-1", created_at=now, changed_at=now)
    Member.objects.create(
        household=household,
        relation=Relation.SELF,
        name=her.name,
        id_number=her.id_number,
        birth_date=her.birth_date,
    )
    child = {"relation": Relation.CHILD, "name": "示例戊", "birth_date": date(2012, 9, 1)}
    MoneyLine.objects.create(household=household, incoming=True, kind="wages", yearly="100")
    application = Application.objects.create(
        case=_draft(stamps, now), programme=_asking_everything(city), household=household
    )
    return {
        "her_relief_case": application.case,
        "her_child": Member.objects.create(household=household, **child),
    }


def _asking_everything(city) -> Programme:
    """Of a city, so that visitors read it too; it has a page for every part."""
    return Programme.objects.create(
        code="citys-relief",
        kind=ProgrammeKind.STUDY_AID,
        name="示例",
        organization=city,
        conditions=[
            {"code": "category_in", "categories": ["deep"]},
            {"code": "event_in", "events": ["accident"]},
            {"code": "group_in", "groups": ["harsh_work"]},
        ],
        amount_kind="by_stage",
        amount={"sums": {"college": {"on_file": "1", "other": "1"}}},
        route_code="towns-route",
        state="active",
    )


def _draft(stamps: dict, now) -> Case:
    return Case.objects.create(
        **stamps,
        number="KN-T-A-1-26-000098-1",
        service="relief",
        subject_code="citys-relief",
        route=ReviewRoute.objects.get(code="towns-route"),
        created_at=now,
        stage_since=now,
    )


def _case(stamps: dict, now) -> Case:
    town = stamps["organization"]
    route = ReviewRoute.objects.create(
        code="towns-route", service="relief", name="示例流程", organization=town, state=RouteState.ACTIVE
    )
    for position, kind in enumerate((StepKind.VERIFY, StepKind.APPROVE), 1):
        RouteStep.objects.create(route=route, position=position, kind=kind, level=town.kind)
    return Case.objects.create(
        **stamps,
        number="KN-T-A-1-26-000099-1",
        service="relief",
        subject_code="towns-relief",
        route=route,
        stage=Stage.IN_REVIEW,
        position=1,
        desk=town,
        desk_path=town.path,
        due_on=timezone.localdate(now) + timedelta(days=3),
        created_at=now,
        submitted_at=now,
        stage_since=now,
    )
