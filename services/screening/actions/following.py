"""Follow-ups: opened by a result, worked on in dated tries, ended by a coded outcome."""

from datetime import date, datetime

from django.db import transaction
from django.utils import timezone

from services.messaging.enums import Channel
from services.screening import errors, policies
from services.screening.enums import (
    OPEN_FOLLOW_UPS,
    AttemptOutcome,
    ContactChannel,
    FollowUpOutcome,
    FollowUpState,
)
from services.screening.models import ContactAttempt, FollowUp, Result
from services.screening.rules import following as rules
from services.screening.rules.results import Examined, recall

_CHANNELS = {Channel.IN_SITE: ContactChannel.PORTAL, Channel.SMS: ContactChannel.SMS}


def begin_or_end(result: Result, examined: Examined, *, told=(), now: datetime) -> FollowUp | None:
    """What a version of a result means for the follow-up: opened when she is called back, ended when she isn't.

    ``told`` are the messages that went to her. Runs inside the transaction that writes the version.
    """
    follow_up = FollowUp.objects.unscoped().select_for_update().filter(result=result).first()
    if not recall(examined):
        if follow_up is not None and follow_up.is_open:
            _end(follow_up, FollowUpOutcome.CORRECTED, by=None, now=now)
        return follow_up
    if follow_up is None:
        follow_up = FollowUp.objects.create(result=result, opened_at=now)
    elif follow_up.outcome == FollowUpOutcome.CORRECTED:
        follow_up.state, follow_up.outcome, follow_up.closed_at = FollowUpState.TO_NOTIFY, "", None
        follow_up.save(update_fields=["state", "outcome", "closed_at"])
    if follow_up.is_open:
        for message in told:
            if message.channel in _CHANNELS:
                _try(follow_up, _CHANNELS[message.channel], AttemptOutcome.SENT, by=None, now=now)
    return follow_up


def note_read(result: Result, *, now: datetime) -> None:
    """She has read it in the portal: she knows."""
    follow_up = FollowUp.objects.unscoped().select_for_update().filter(result=result).first()
    if follow_up is not None and follow_up.is_open:
        _try(follow_up, ContactChannel.PORTAL, AttemptOutcome.REACHED, by=None, now=now)


def record_attempt(follow_up: FollowUp, *, on: date, channel: str, outcome: str, by, now: datetime) -> FollowUp:
    """Write down one try to reach her. Raises ``FollowUpEnded`` or ``AttemptInFuture``. Lock: the follow-up."""
    with transaction.atomic():
        follow_up = _locked(follow_up)
        policies.may_follow_up(by, follow_up).insist()
        if not follow_up.is_open:
            raise errors.FollowUpEnded()
        if not timezone.localdate(follow_up.opened_at) <= on <= timezone.localdate(now):
            raise errors.AttemptInFuture()
        return _try(follow_up, channel, outcome, by=by, now=now, on=on)


def close_follow_up(follow_up: FollowUp, *, outcome: str, by, now: datetime) -> FollowUp:
    """End it with a coded outcome. Raises ``FollowUpEnded``, ``OutcomeMissing`` or ``TooFewAttempts``.

    Lock: the follow-up.
    """
    with transaction.atomic():
        follow_up = _locked(follow_up)
        policies.may_follow_up(by, follow_up).insist()
        if not follow_up.is_open:
            raise errors.FollowUpEnded()
        tried = [rules.Tried(row.on, row.channel, row.outcome) for row in follow_up.attempts.all()]
        needed = follow_up.result.booking.offering.screening_programme.attempts_needed
        missing = rules.why_not_closed(outcome, tried, needed=needed)
        if missing == "too_few_attempts":
            raise errors.TooFewAttempts(needed=needed, made=rules.days_tried(tried))
        if missing:
            raise errors.OutcomeMissing()
        return _end(follow_up, outcome, by=by, now=now)


def refuse_follow_up(follow_up: FollowUp, *, by, now: datetime) -> FollowUp:
    """She wants no more contact: it ends at once. Repeating it changes nothing. Lock: the follow-up."""
    policies.may_read_own(by, follow_up.result).insist()
    with transaction.atomic():
        follow_up = _locked(follow_up)
        return _end(follow_up, FollowUpOutcome.REFUSED, by=by, now=now) if follow_up.is_open else follow_up


def stop_for_withdrawal(consent, *, by, now: datetime) -> None:
    """Her consent to the screening has ended: so does every follow-up of hers. In the withdrawal's transaction."""
    hers = FollowUp.objects.own(result__booking__worker__user=consent.giver_id, state__in=OPEN_FOLLOW_UPS)
    for follow_up in hers.select_for_update(of=("self",)).order_by("pk"):
        _end(follow_up, FollowUpOutcome.WITHDRAWN, by=by, now=now)


def _locked(follow_up: FollowUp) -> FollowUp:
    rows = FollowUp.objects.unscoped().select_for_update(of=("self",))
    return rows.select_related(
        "result__booking__worker__organization",
        "result__booking__session__venue",
        "result__booking__offering__screening_programme",
    ).get(pk=follow_up.pk)


def _try(follow_up: FollowUp, channel: str, outcome: str, *, by, now: datetime, on: date | None = None) -> FollowUp:
    ContactAttempt.objects.create(
        follow_up=follow_up, on=on or timezone.localdate(now), channel=channel, outcome=outcome, by=by, at=now
    )
    state = rules.after_attempt(follow_up.state, str(outcome))
    if state != follow_up.state:
        follow_up.state = state
        follow_up.save(update_fields=["state"])
    return follow_up


def _end(follow_up: FollowUp, outcome: str, *, by, now: datetime) -> FollowUp:
    follow_up.state, follow_up.outcome = rules.state_after(str(outcome)), outcome
    follow_up.closed_at, follow_up.closed_by = now, by
    follow_up.save(update_fields=["state", "outcome", "closed_at", "closed_by"])
    return follow_up
