"""When she was last screened and where she lives, in her own words or as an officer writes them down for her."""

from datetime import date, datetime

from django.db import transaction
from django.utils import timezone

from services.bookings.policies import may_book_for
from services.screening import errors
from services.screening.enums import HistorySource
from services.screening.models import HistoryStatement, PastScreening, Programme, ResidenceStatement


@transaction.atomic
def state_last_screening(
    programme: Programme, *, worker, last_screened_on: date | None, arranged_by: str = "", by, now: datetime
) -> HistoryStatement:
    """Keep what she says for this programme; no date means never. Saying it again replaces what was said.

    ``arranged_by`` is a kind of programme, empty when she doesn't know. A date also becomes a past screening, so that
    no programme asks for it twice. What this system has seen itself is never overwritten. Raises
    ``StatementInFuture``. Lock: the statement's unique key.
    """
    may_book_for(by, worker).insist()
    if last_screened_on and last_screened_on > timezone.localdate(now):
        raise errors.StatementInFuture()
    before = HistoryStatement.objects.filter(programme=programme, worker=worker).first()
    if before and before.last_screened_on and before.last_screened_on != last_screened_on:
        declared = PastScreening.objects.own(worker=worker, source=HistorySource.DECLARED)
        declared.filter(screened_on=before.last_screened_on).delete()
    statement, _made = HistoryStatement.objects.update_or_create(
        programme=programme,
        worker=worker,
        defaults={"last_screened_on": last_screened_on, "stated_by": by, "stated_at": now},
    )
    if last_screened_on:
        past, made = PastScreening.objects.unscoped().get_or_create(
            worker=worker,
            screened_on=last_screened_on,
            defaults={"source": HistorySource.DECLARED, "kind": arranged_by},
        )
        if not made and arranged_by and not past.kind:
            past.kind = arranged_by
            past.save(update_fields=["kind"])
    return statement


@transaction.atomic
def state_residence(programme: Programme, *, worker, resident: bool, by, now: datetime) -> ResidenceStatement:
    """Keep whether she lives where the programme is for; saying it again replaces it. Lock: its unique key."""
    may_book_for(by, worker).insist()
    said = {"resident": resident, "stated_by": by, "stated_at": now}
    statement, _made = ResidenceStatement.objects.update_or_create(programme=programme, worker=worker, defaults=said)
    return statement
