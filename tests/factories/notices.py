"""Public notices, their lines and objections as the actions leave them; days lie around today."""

from datetime import timedelta

from django.utils import timezone

from services.casework.enums import ObjectionAbout, Stage, StepKind
from services.casework.models import Case, NoticeLine, Objection, PublicNotice, ReviewRoute
from tests.factories.accounts import StaffFactory
from tests.factories.casework import WITH_NOTICE, AllowanceService, RouteFactory


def route_with_notice(organization, *, code: str = "noticed") -> ReviewRoute:
    """Its notice is the desk's own: the kind of ``organization``."""
    found = ReviewRoute.objects.filter(code=code).first()
    steps = [
        (kind, organization.kind if kind == StepKind.PUBLIC_NOTICE else level, days)
        for kind, level, days in WITH_NOTICE
    ]
    return found or RouteFactory(code=code, organization=organization, steps=steps)


def case_with_notice(worker, desk, *, stage: str = Stage.OBJECTION, number: str = "AL-1", route=None) -> Case:
    now = timezone.now()
    return Case.objects.create(
        number=number,
        service=AllowanceService.code,
        organization=worker.organization,
        path=worker.organization.path,
        worker=worker,
        stage=stage,
        route=route or route_with_notice(desk),
        position=2,
        desk=desk,
        desk_path=desk.path,
        due_on=now.date() + timedelta(days=9),
        created_at=now,
        submitted_at=now,
        stage_since=now,
    )


def standing_notice(organization, *, number: str = "GS-1", by=None) -> PublicNotice:
    now = timezone.now()
    today = timezone.localdate(now)
    return PublicNotice.objects.create(
        number=number,
        service=AllowanceService.code,
        organization=organization,
        title="示例公示",
        begins_on=today,
        ends_on=today + timedelta(days=7),
        working_days=5,
        contact="示例电话",
        published_by=by or StaffFactory(),
        published_at=now,
    )


def line_on(notice: PublicNotice, case: Case, *, position: int = 1) -> NoticeLine:
    return NoticeLine.objects.create(
        notice=notice,
        case=case,
        number=f"{notice.number}-{position:04d}",
        position=position,
        masked_name="示*乙",
        unit="",
        coarse=True,
        shown={"amount": "1,000.00 元"},
    )


def objection_to(line: NoticeLine, *, reference: str = "YY-26-000001-1") -> Objection:
    now = timezone.now()
    return Objection.objects.create(
        reference=reference,
        code_index=Objection.index_of(reference, "00000000"),
        line=line,
        about=ObjectionAbout.INCOME,
        text="示例",
        received_at=now,
        due_on=timezone.localdate(now) + timedelta(days=14),
    )
