"""A hardship file and an application in review at the town's own desk, for the matrix of addresses."""

from datetime import timedelta
from decimal import Decimal
from types import SimpleNamespace

from django.utils import timezone

from services.casework.enums import RouteState, Stage, StepKind
from services.casework.models import Case, ReviewRoute, RouteStep
from services.relief.enums import ProgrammeKind, Relation
from services.relief.models import Application, Household, Member, OutsideAid, Programme, ReturnVisit
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
