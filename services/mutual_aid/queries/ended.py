"""Covers whose term is over, with all that was claimed on them, as the notice promises it."""

from datetime import date

from django.db.models import Exists, Max, Min, OuterRef, QuerySet, Subquery
from django.utils.timezone import localdate

from services.casework.enums import OVER
from services.casework.models import Case
from services.casework.queries.ended import ended_by as cases_ended_by
from services.mutual_aid.enums import BenefitState
from services.mutual_aid.models import Benefit, Claim, Cover, CoverVersion
from services.mutual_aid.queries.schemes import SERVICE
from services.mutual_aid.rules.retention import COVER_YEARS, term_of
from services.payments.models import Payable
from services.privacy.rules import ended_by
from services.workers.enums import NOBODY

_COLUMNS = ("pk", "last_day", "claim_ended", "last_paid")


def due(today: date, years: int) -> list[int]:
    """Keys of the covers kept for ``years`` whose term is over, the oldest first. One query."""
    return [row[0] for row in _ended(today).values_list(*_COLUMNS) if _is_over(row, today, years)]


def is_due(cover: int, today: date, years: int) -> bool:
    row = _ended(today).filter(pk=cover).values_list(*_COLUMNS).first()
    return row is not None and _is_over(row, today, years)


def payables_of(case: Case) -> QuerySet[Payable]:
    return Payable.objects.own(service=SERVICE, case_number=case.number)


def standing_in(cover: Cover) -> set[int]:
    """Stand-ins that are covered by the scheme on a day of this cover already: nobody is covered twice."""
    mine = CoverVersion.objects.own(cover=cover).aggregate(first=Min("first_day"), last=Max("last_day"))
    rows = CoverVersion.objects.own(scheme=cover.scheme_id, worker__state=NOBODY).order_by()
    return set(rows.filter(first_day__lte=mine["last"], last_day__gte=mine["first"]).values_list("worker", flat=True))


def _ended(today: date) -> QuerySet[Cover]:
    """Covers that ended long enough ago for the shorter term, and on which nothing is open: no claim that isn't over
    or is held back, no sum that isn't settled. Until when they are kept, the rule says."""
    day = ended_by(today, COVER_YEARS)
    present = CoverVersion.objects.own(cover=OuterRef("pk"), known_until__isnull=True)
    claims = Claim.objects.own(cover=OuterRef("pk"))
    over = cases_ended_by(today).filter(service=SERVICE).order_by().values("pk")
    open_claims = claims.exclude(case__in=over).exclude(case__stage__in=OVER, case__worker__state=NOBODY)
    owed = Benefit.objects.own(cover=OuterRef("pk")).exclude(state__in=(BenefitState.PAID, BenefitState.CANCELLED))
    paid = Benefit.objects.own(cover=OuterRef("pk"), state=BenefitState.PAID).order_by().values("cover")
    ends = claims.order_by().values("cover").annotate(last=Max("case__stage_since"))
    return (
        Cover.objects.unscoped()
        .exclude(worker__state=NOBODY)
        .annotate(
            last_day=Subquery(present.values("last_day")[:1]),
            claim_ended=Subquery(ends.values("last")),
            last_paid=Subquery(paid.annotate(last=Max("paid_at")).values("last")),
        )
        .filter(~Exists(open_claims), ~Exists(owed), last_day__lte=day)
        .order_by("last_day", "pk")
    )


def _is_over(row: tuple, today: date, years: int) -> bool:
    _pk, last_day, claim_ended, last_paid = row
    ends = [localdate(claim_ended)] if claim_ended else []
    term = term_of(last_day, ends, localdate(last_paid) if last_paid else None)
    return term[0] == years and term[1] <= ended_by(today, years)
