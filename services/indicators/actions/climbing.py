"""A report goes up: signed for the place, accepted or sent back one level above, amended by versions."""

from datetime import datetime

from django.db import transaction
from django.utils.timezone import localdate
from wagtail.log_actions import log

from services.indicators import errors, notifications, policies
from services.indicators.actions.filling import locked
from services.indicators.actions.totalling import recount
from services.indicators.enums import COUNTED, WRITABLE, ReportState, RoundState
from services.indicators.models import Report, Value
from services.indicators.queries.reports import missing_below, open_points
from services.indicators.registry import recounted


def _log(report: Report, verb: str, *, by, now: datetime, **data) -> None:
    log(report, f"indicators.{verb}", user=by, data={"version": report.version, **data}, timestamp=now)


def _store(report: Report, *fields: str) -> None:
    report.changes += 1
    report.save(update_fields=[*fields, "changes"])


@transaction.atomic
def sign(report: Report, *, name: str, by, now: datetime, gap_words: str = "", seen: int | None = None) -> Report:
    """``name`` answers for the figures (statistics law 24). Reports below are accepted first, or the gap has a word.

    Raises ``PermissionDenied``, ``SignedBefore``, ``WrongState``, ``ChangedMeanwhile``, ``NameMissing``,
    ``PointsOpen``, ``GapUnexplained``. Lock: the report.
    """
    held = locked(report, seen=seen)
    policies.may_write(by, held.place.organization).insist()
    if held.state == ReportState.SIGNED:
        raise errors.SignedBefore()
    if held.state not in WRITABLE:
        raise errors.WrongState(state=held.get_state_display())
    if not name.strip():
        raise errors.NameMissing()
    if points := open_points(held):
        raise errors.PointsOpen(count=len(points))
    missing = missing_below(held.place)
    if missing and not gap_words.strip():
        raise errors.GapUnexplained(missing=", ".join(one.place.organization.name for one in missing[:5]))
    held.state, held.signed_name, held.signed_by, held.signed_at = ReportState.SIGNED, name.strip()[:40], by, now
    held.gap_words = gap_words.strip()[:300] if missing else ""
    held.returned_because, held.first_signed_on = "", held.first_signed_on or localdate(now)
    _store(held, "state", "signed_name", "signed_by", "signed_at", "gap_words", "returned_because", "first_signed_on")
    _log(held, "sign", by=by, now=now, **({"gaps": len(missing)} if missing else {}))
    return held


@transaction.atomic
def take_back(report: Report, *, by, now: datetime) -> Report:
    """Undo a signature that nobody has accepted. Raises ``PermissionDenied``, ``WrongState``."""
    held = locked(report)
    policies.may_write(by, held.place.organization).insist()
    if held.state != ReportState.SIGNED:
        raise errors.WrongState(state=held.get_state_display())
    held.state = ReportState.DRAFT
    _store(held, "state")
    _log(held, "take_back", by=by, now=now)
    return held


def _above(report: Report) -> Report | None:
    """The report that counts this one, held; taken before the report itself."""
    above = Report.objects.unscoped().select_for_update(of=("self",)).filter(place__below=report.place_id, latest=True)
    return above.select_related("place__organization").first()


@transaction.atomic
def accept(report: Report, *, by, now: datetime, seen: int | None = None) -> Report:
    """Count it. An earlier version stops counting; in a locked year the new one is locked at once.

    Raises ``PermissionDenied``, ``AcceptedBefore``, ``WrongState``, ``ChangedMeanwhile``, ``AboveSigned``.
    Locks: the report above, the report, the sums of the year.
    """
    above = _above(report)
    held = locked(report, seen=seen)
    policies.may_review(by, held).insist()
    if held.state in COUNTED:
        raise errors.AcceptedBefore()
    if held.state != ReportState.SIGNED:
        raise errors.WrongState(state=held.get_state_display())
    shut = held.place.round.state == RoundState.LOCKED
    if above is not None and not shut and above.state not in WRITABLE:
        raise errors.AboveSigned(above=above.place.organization.name)
    versions = Report.objects.unscoped().filter(place=held.place_id, state__in=COUNTED)
    versions.update(state=ReportState.REPLACED)
    held.state = ReportState.LOCKED if shut else ReportState.ACCEPTED
    held.accepted_by, held.accepted_at = by, now
    _store(held, "state", "accepted_by", "accepted_at")
    recount(held.place)
    _log(held, "accept", by=by, now=now)
    if shut:
        for follow in recounted:
            follow(held.place, by=by, now=now)
    return held


@transaction.atomic
def give_back(report: Report, *, words: str, by, now: datetime, seen: int | None = None) -> Report:
    """Send it back with words; of one that was accepted the version before it counts again. What is locked is amended.

    Raises ``PermissionDenied``, ``WordsMissing``, ``WrongState``, ``ChangedMeanwhile``, ``AboveSigned``.
    """
    above = _above(report)
    held = locked(report, seen=seen)
    policies.may_review(by, held).insist()
    if held.state not in (ReportState.SIGNED, ReportState.ACCEPTED):
        raise errors.WrongState(state=held.get_state_display())
    if not words.strip():
        raise errors.WordsMissing()
    counted = held.state == ReportState.ACCEPTED
    if counted and above is not None and above.state not in WRITABLE:
        raise errors.AboveSigned(above=above.place.organization.name)
    held.state, held.returned_because = ReportState.RETURNED, words.strip()[:300]
    held.accepted_by, held.accepted_at = None, None
    _store(held, "state", "returned_because", "accepted_by", "accepted_at")
    if counted:
        earlier = Report.objects.unscoped().filter(place=held.place_id, state=ReportState.REPLACED)
        before = earlier.order_by("-version").first()
        if before is not None:
            before.state = ReportState.ACCEPTED
            _store(before, "state")
        recount(held.place)
    _log(held, "give_back", by=by, now=now, reason=held.returned_because)
    notifications.tell_returned(held)
    return held


@transaction.atomic
def amend(report: Report, *, because: str, by, now: datetime) -> Report:
    """Begin the next version of a report that counts, with its values and a reason; the old one counts until the new
    one is accepted. Raises ``PermissionDenied``, ``WordsMissing``, ``NothingToAmend``, ``AmendedAlready``."""
    held = locked(report)
    policies.may_write(by, held.place.organization).insist()
    if not held.latest:
        raise errors.AmendedAlready()
    if held.state not in COUNTED:
        raise errors.NothingToAmend()
    if not because.strip():
        raise errors.WordsMissing()
    Report.objects.unscoped().filter(pk=held.pk).update(latest=False)
    made = Report.objects.create(
        place=held.place,
        version=held.version + 1,
        because=because.strip()[:300],
        first_signed_on=held.first_signed_on,
    )
    Value.objects.bulk_create(
        [
            Value(
                report=made,
                element_id=one.element_id,
                cut=one.cut,
                status=one.status,
                amount=one.amount,
                note=one.note,
                source=one.source,
            )
            for one in held.values.all()
        ],
        batch_size=1_000,
    )
    _log(made, "amend", by=by, now=now, reason=made.because)
    return made
