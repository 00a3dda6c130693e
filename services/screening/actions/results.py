"""Results: entered and corrected by the clinic, read by her, looked at with a reason by those she agreed to."""

from datetime import date, datetime

from django.db import transaction
from django.urls import reverse

from services.bookings.enums import BookingState
from services.bookings.models import Booking
from services.messaging.actions import notify
from services.privacy.actions import hold_consent, record_look
from services.privacy.enums import Purpose
from services.screening import errors, policies
from services.screening.actions.following import begin_or_end, note_read
from services.screening.models import FollowUp, Result, ResultVersion
from services.screening.notifications import NEWS
from services.screening.queries.results import current_version, day_of_booking
from services.screening.rules.results import Examined, Findings, contradictions, next_due


def enter_result(booking: Booking, *, findings: Findings, by, now: datetime, reason: str = "") -> Result:
    """Write down what the site found, or correct it; an abnormal or unclear one opens a follow-up by itself.

    She is told that there is news, not what. The same values again change nothing; other values are a correction and
    want a ``reason``. Raises ``ResultConsentMissing``, ``NotAttended``, ``ResultContradicts``, ``NextDueNotAhead`` or
    ``CorrectionReasonMissing``. Locks: her consent, then the booking.
    """
    policies.may_handle_results(by, booking.session.venue).insist()
    with transaction.atomic():
        if not hold_consent(booking.worker.user_id, Purpose.SCREENING, now=now):
            raise errors.ResultConsentMissing()
        state = Booking.objects.unscoped().select_for_update(no_key=True).values_list("state", flat=True)
        if state.get(pk=booking.pk) != BookingState.ATTENDED:
            raise errors.NotAttended()
        examined = findings.examined(day_of_booking(booking))
        said = findings.as_json(_due(booking, findings, examined))
        return _write(booking, said, examined, by=by, now=now, reason=reason)


def _due(booking: Booking, findings: Findings, examined: Examined) -> date | None:
    if codes := contradictions(examined):
        raise errors.ResultContradicts(codes)
    if findings.next_due is None:
        return next_due(examined, fallback_months=_interval(booking))
    if findings.next_due <= examined.on:
        raise errors.NextDueNotAhead()
    return findings.next_due


def _interval(booking: Booking) -> int | None:
    """The interval of the terms under which she was admitted."""
    record = getattr(booking, "eligibility", None)
    return record.terms.interval_months if record else None


def _write(booking: Booking, said: str, examined: Examined, *, by, now: datetime, reason: str) -> Result:
    result, made = Result.objects.unscoped().get_or_create(booking=booking, defaults={"entered_at": now})
    before = None if made else current_version(result)
    if before is not None:
        if before.findings == said:
            return result
        if not reason.strip():
            raise errors.CorrectionReasonMissing()
        Result.objects.unscoped().filter(pk=result.pk).update(
            read_at=None, unread_reminded_at=None, next_round_told_at=None
        )
    number = before.number + 1 if before else 1
    ResultVersion.objects.create(
        result=result,
        number=number,
        findings=said,
        reason=reason.strip() if before else "",
        entered_by=by,
        entered_at=now,
    )
    told = notify(
        NEWS.key,
        to=booking.worker.user,
        context={},
        dedupe_key=f"{result.pk}:{number}",
        link=reverse("screening:result", args=[booking.token]),
    )
    begin_or_end(result, examined, told=told, now=now)
    return result


def read_result(result: Result, *, by, now: datetime) -> ResultVersion:
    """She opens her result: its current version. The first time is noted, and ends the wait of a follow-up."""
    policies.may_read_own(by, result).insist()
    with transaction.atomic():
        if Result.objects.unscoped().filter(pk=result.pk, read_at__isnull=True).update(read_at=now):
            note_read(result, now=now)
    return current_version(result)


def look_at_result(follow_up: FollowUp, *, by, reason: str) -> dict:
    """What was found, for those who follow up; the look is recorded first, and she can read of it.

    Raises what ``record_look`` raises.
    """
    policies.may_follow_up(by, follow_up).insist()
    return _look(follow_up.result, by=by, reason=reason)


def look_at_phone(follow_up: FollowUp, *, by, reason: str) -> str:
    """The number under which she can be called; recorded likewise."""
    policies.may_follow_up(by, follow_up).insist()
    if not follow_up.is_open:
        raise errors.FollowUpEnded()
    worker = follow_up.result.booking.worker
    path = worker.organization.path
    record_look(viewer=by, subject=worker, fields=["phone"], reason=reason, organization_path=path)
    return worker.phone


def look_for_correction(result: Result, *, by, reason: str) -> dict:
    """What the site entered, so that its staff can correct it; recorded likewise."""
    policies.may_reopen(by, result.booking).insist()
    return _look(result, by=by, reason=reason)


def _look(result: Result, *, by, reason: str) -> dict:
    version = current_version(result)
    path = result.booking.worker.organization.path
    record_look(viewer=by, subject=version, fields=["findings"], reason=reason, organization_path=path)
    return version.values()
