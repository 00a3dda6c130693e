"""Applications for relief whose term is over, as the notice promises it."""

from datetime import date

from django.db.models import F, Max, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.utils.timezone import localdate

from services.casework.enums import Stage
from services.casework.models import Case
from services.casework.queries.ended import ended_by as cases_ended_by
from services.payments.models import Payable
from services.privacy.rules import ended_by
from services.relief.enums import LIVE_FILES, AwardState
from services.relief.models import Award
from services.relief.queries.files import SERVICE
from services.relief.rules.retention import NOTHING_YEARS, Ended, term_of

_COLUMNS = ("pk", "stage", "stage_since", "award_state", "file_state", "left", "last_paid")


def due(today: date, years: int) -> list[int]:
    """Keys of the cases kept for ``years`` whose term is over, the oldest first."""
    return [row[0] for row in _ended(today).values_list(*_COLUMNS) if _is_over(row, today, years)]


def is_due(case: int, today: date, years: int) -> bool:
    """Whether a case is due now: asked again under its lock."""
    row = _ended(today).filter(pk=case).values_list(*_COLUMNS).first()
    return row is not None and _is_over(row, today, years)


def payables_of(case: Case) -> QuerySet[Payable]:
    """All that was ever owed for it, the decisions that were cancelled included."""
    return Payable.objects.own(service=SERVICE, case_number=case.number)


def _ended(today: date) -> QuerySet[Case]:
    """What ended long enough ago for the shorter term: whether it is over, the rule says."""
    file = OuterRef("relief__household")
    paid = Award.objects.own(household=file, state=AwardState.PAID).order_by().values("household")
    on_file = Subquery(paid.annotate(last=Max("paid_at")).values("last"))
    rows = cases_ended_by(ended_by(today, NOTHING_YEARS)).filter(service=SERVICE)
    return rows.exclude(relief__award__state__in=(AwardState.DUE, AwardState.FAILED)).annotate(
        award_state=F("relief__award__state"),
        file_state=F("relief__household__state"),
        left=F("relief__household__exited_on"),
        last_paid=Coalesce(on_file, "relief__award__paid_at"),
    )


def _is_over(row: tuple, today: date, years: int) -> bool:
    _pk, stage, since, award, file, left, last_paid = row
    ended = Ended(
        on=localdate(since),
        nothing=stage != Stage.CLOSED or award == AwardState.CANCELLED,
        open=file in LIVE_FILES,
        left=left,
        last_paid=localdate(last_paid) if last_paid else None,
    )
    term = term_of(ended)
    return term is not None and term[0] == years and term[1] <= ended_by(today, years)
