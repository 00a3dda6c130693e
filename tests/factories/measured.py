"""Cases, files and awards as they stand once decided, written straight into the tables: what figures are made of."""

from datetime import date, datetime, time, timedelta
from decimal import Decimal
from itertools import count

from django.utils import timezone

from services.casework.models import Case, CaseEvent
from services.payments.actions import raise_payable
from services.payments.models import Payable
from services.relief.models import Application, Award, Household
from tests.factories.workers import WorkerFactory

_numbers = count(1)


def at_ten(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time(10)))


def handed_in(unit, route, *, on: date, service: str = "relief", subject: str = "emergency", **fields) -> Case:
    """An application of another woman of ``unit``, under review since ``on``."""
    given = {"stage": "in_review", "position": 1, "desk": unit, "desk_path": unit.path, "due_on": on} | fields
    return Case.objects.create(
        number=f"KN-{next(_numbers)}",
        service=service,
        subject_code=subject,
        organization=unit,
        path=unit.path,
        worker=WorkerFactory(organization=unit),
        route=route,
        created_at=at_ten(on),
        submitted_at=at_ten(on),
        stage_since=at_ten(on),
        **given,
    )


def decided(unit, route, *, on: date, took: int, decided_on: date, contact: int = 1, rounds: int = 0, **fields) -> Case:
    """One that was approved, with the figures that were frozen then."""
    case = handed_in(unit, route, on=on, **fields)
    case.stage, case.due_on, case.decided_at = "approved", None, at_ten(decided_on)
    case.contact_took, case.decision_took, case.rounds = contact, took, rounds
    case.save()
    CaseEvent.objects.create(case=case, verb="approve", source="in_review", target="approved", at=at_ten(decided_on))
    return case


def file_of(unit, *, category: str, cause: str, state: str = "on_file", single_parent: bool = False) -> Household:
    return Household.objects.create(
        number=f"DA-{next(_numbers)}",
        worker=WorkerFactory(organization=unit),
        organization=unit,
        path=unit.path,
        state=state,
        category=category,
        cause=cause,
        single_parent=single_parent,
        on_file_since=date(2026, 1, 5),
        recheck_due_on=date(2027, 1, 5),
        created_at=timezone.now(),
        changed_at=timezone.now(),
    )


def awarded(case: Case, programme, *, amount: str, on: date, state: str = "due") -> Award:
    """The award of a decided case, with its payable; ``paid`` marks both as paid."""
    application = Application.objects.create(case=case, programme=programme, amount=Decimal(amount))
    award = Award.objects.create(
        application=application,
        programme=programme,
        programme_code=programme.code,
        kind=programme.kind,
        worker=case.worker,
        organization=case.organization,
        path=case.path,
        amount=Decimal(amount),
        fund=programme.fund,
        year=on.year,
        state=state,
        decided_at=at_ten(on),
        paid_at=at_ten(on + timedelta(days=3)) if state == "paid" else None,
    )
    owed = raise_payable(
        key=f"relief.{case.number}.1",
        service="relief",
        subject_code=programme.code,
        title=programme.name,
        case_number=case.number,
        worker=case.worker,
        organization=programme.fund.organization,
        path=case.path,
        fund=programme.fund,
        amount=Decimal(amount),
        by=None,
        now=at_ten(on),
    )
    if state == "paid":
        Payable.objects.unscoped().filter(pk=owed.pk).update(state="paid", paid_at=award.paid_at)
    return award
