"""Announcing how places are given, and announcing again: each draw has a number, and the old ones stay to be read.

The rules in words: docs/decisions/0010-draw.md.
"""

from datetime import date, datetime

from django.db import transaction
from django.utils import timezone
from django.utils.formats import date_format
from wagtail.log_actions import log

from services.bookings import errors
from services.bookings.actions.locking import lock_draw
from services.bookings.enums import DrawState, EntryState, OfferingState, SignUpMode
from services.bookings.models import Booking, Draw, DrawEntry, DrawLine, Offering, WaitingEntry
from services.bookings.policies import may_run
from services.bookings.rules import draw as rules

_OPEN_ENDED = (DrawState.ANNOUNCED, DrawState.FROZEN)
_LINES_AT_ONCE = 500


@transaction.atomic
def announce_draw(
    offering: Offering,
    *,
    mode: str,
    after_draw: str,
    source: str,
    where: str,
    number_on: date,
    digits: int,
    freezes_at: datetime,
    by,
    now: datetime,
) -> Draw:
    """Have the places of an offering drawn. Until somebody enters it can be called again to correct what is announced.

    Raises ``DrawNeedsWindow``, ``DrawNeedsWaitingList``, ``SignUpBegan``, ``DrawFixed``, ``ListClosesOutside``,
    ``NumberTooEarly``. Locks: the offering, the draw.
    """
    may_run(by, offering).insist()
    offering = _locked(offering)
    draw = Draw.objects.select_for_update(no_key=True).filter(offering=offering).exclude(state=DrawState.VOID).first()
    if draw is None:
        _insist_not_begun(offering, now=now)
        draw = Draw(offering=offering, number=_next_number(offering))
    elif draw.replaces_id or draw.state != DrawState.ANNOUNCED or _entered(offering):
        raise errors.DrawFixed()
    announced = {"source": source, "where": where, "number_on": number_on, "digits": digits, "freezes_at": freezes_at}
    _announce(draw, offering, announced, by=by, now=now)
    offering.mode, offering.after_draw, offering.drawn_at = mode, after_draw, None
    offering.save(update_fields=["mode", "after_draw", "drawn_at"])
    log(draw, "bookings.draw_announced", user=by, data={"mode": str(mode)})
    return draw


def _locked(offering: Offering) -> Offering:
    return Offering.objects.select_for_update(no_key=True, of=("self",)).get(pk=offering.pk)


def _next_number(offering: Offering) -> int:
    return offering.draws.count() + 1


def _entered(offering: Offering) -> bool:
    return DrawEntry.objects.unscoped().filter(offering=offering, state=EntryState.ENTERED).exists()


def _insist_not_begun(offering: Offering, *, now: datetime) -> None:
    running = offering.state == OfferingState.OPEN and offering.opens_at and offering.opens_at <= now
    taken = Booking.objects.unscoped().filter(offering=offering).exists()
    if running or taken or WaitingEntry.objects.unscoped().filter(offering=offering).exists():
        raise errors.SignUpBegan()


def _announce(draw: Draw, offering: Offering, announced: dict, *, by, now: datetime) -> None:
    """Write down what is announced, after asking whether it can be kept."""
    if not (offering.opens_at and offering.closes_at):
        raise errors.DrawNeedsWindow()
    if not offering.waiting_list:
        raise errors.DrawNeedsWaitingList()
    begin, end = max(offering.opens_at, now), offering.closes_at
    if not begin < announced["freezes_at"] < end:
        raise errors.ListClosesOutside(begin=_moment(begin), end=_moment(end))
    if announced["number_on"] <= timezone.localdate(announced["freezes_at"]):
        raise errors.NumberTooEarly()
    for name, value in announced.items():
        setattr(draw, name, value)
    draw.announced_at, draw.announced_by = now, by
    draw.save()


def _moment(moment: datetime) -> str:
    return date_format(timezone.localtime(moment), "DATETIME_FORMAT")


@transaction.atomic
def choose_first_come(offering: Offering, *, by, now: datetime) -> Offering:
    """Go back to first come, first served, as long as nobody has entered; the announced draw stays published as void.

    Repeating it changes nothing. Raises ``DrawFixed``. Locks: the offering, the draw.
    """
    may_run(by, offering).insist()
    offering = _locked(offering)
    if offering.mode == SignUpMode.FIRST_COME:
        return offering
    draw = Draw.objects.select_for_update(no_key=True).filter(offering=offering).exclude(state=DrawState.VOID).first()
    if _entered(offering) or (draw and draw.state != DrawState.ANNOUNCED):
        raise errors.DrawFixed()
    if draw:
        _void(draw, by=by, now=now)
    offering.mode = SignUpMode.FIRST_COME
    offering.save(update_fields=["mode"])
    return offering


def _void(draw: Draw, *, by, now: datetime, reason: str = "") -> None:
    draw.state, draw.voided_at, draw.voided_by = DrawState.VOID, now, by
    draw.save(update_fields=["state", "voided_at", "voided_by"])
    log(draw, "bookings.draw_voided", user=by, data={"reason": reason} if reason else None)


@transaction.atomic
def announce_again(
    draw: Draw,
    *,
    reason: str,
    source: str,
    where: str,
    number_on: date,
    digits: int,
    freezes_at: datetime,
    by,
    now: datetime,
) -> Draw:
    """The next numbered draw, when the announced one can't be kept; the old one stays published as void, with why.

    Women who entered stay entered, and others may join until the new list closes. From the day of the old number on
    another officer than those before must do it, for the order could be worked out by then; once a number was entered
    nobody can. Raises ``ReasonMissing``, ``PlacesGiven``, ``SecondPersonNeeded``, ``ListClosesOutside``,
    ``NumberTooEarly``. Locks: the draw, the offering.
    """
    draw = lock_draw(draw.pk)
    may_run(by, draw.offering).insist()
    _insist_reason(reason)
    if draw.state == DrawState.VOID:
        raise errors.DrawNotThere()
    if draw.state not in _OPEN_ENDED:
        raise errors.PlacesGiven()
    if timezone.localdate(now) >= draw.number_on and by.pk in (draw.announced_by_id, draw.frozen_by_id):
        raise errors.SecondPersonNeeded()
    offering = _locked(draw.offering)
    _void(draw, by=by, now=now, reason=reason)
    after = Draw(offering=offering, number=draw.number + 1, replaces=draw, reason=reason.strip())
    announced = {"source": source, "where": where, "number_on": number_on, "digits": digits, "freezes_at": freezes_at}
    _announce(after, offering, announced, by=by, now=now)
    log(after, "bookings.draw_announced", user=by, data={"reason": reason})
    return after


def _insist_reason(reason: str) -> None:
    if not reason.strip():
        raise errors.ReasonMissing()


@transaction.atomic
def correct_number(draw: Draw, *, typed: str, reason: str, by, now: datetime) -> Draw:
    """The same frozen list drawn with the number as it truly came out; possible until the first place is given.

    Nothing is chosen here: list, source and day are those of the draw it replaces, which stays published. Raises
    ``ReasonMissing``, ``DrawNotThere``, ``SecondPersonNeeded``, ``NumberMalformed``, ``NumberFixed`` (the same number).
    Lock: the draw.
    """
    draw = lock_draw(draw.pk)
    may_run(by, draw.offering).insist()
    _insist_reason(reason)
    if draw.state != DrawState.ORDERED:
        raise errors.DrawNotThere()
    if by.pk == draw.numbered_by_id:
        raise errors.SecondPersonNeeded()
    number = rules.public_digits(typed, digits=draw.digits)
    if number is None:
        raise errors.NumberMalformed(digits=draw.digits)
    if number == draw.public_number:
        raise errors.NumberFixed()
    _void(draw, by=by, now=now, reason=reason)
    kept = ("offering", "source", "where", "number_on", "digits", "freezes_at", "announced_at", "announced_by")
    frozen = ("frozen_at", "frozen_by", "frozen_text", "frozen_digest", "entries_count")
    after = Draw.objects.create(
        **{name: getattr(draw, name) for name in (*kept, *frozen)},
        number=draw.number + 1,
        replaces=draw,
        reason=reason.strip(),
        state=DrawState.FROZEN,
    )
    entries = DrawLine.objects.unscoped().filter(draw=draw).values_list("entry_id", flat=True)
    DrawLine.objects.bulk_create((DrawLine(draw=after, entry_id=key) for key in entries), batch_size=_LINES_AT_ONCE)
    put_in_order(after, number, by=by, now=now)
    log(after, "bookings.draw_numbered", user=by, data={"number": number, "reason": reason})
    return after


def put_in_order(draw: Draw, number: str, *, by, now: datetime) -> None:
    """Fix the number and the place of every line; the draw is locked and frozen."""
    lines = {line.entry.number: line for line in DrawLine.objects.unscoped().filter(draw=draw).select_related("entry")}
    for place, entry in enumerate(rules.drawn_order(draw.frozen_digest, number, lines), start=1):
        lines[entry].place = place
    DrawLine.objects.unscoped().bulk_update(lines.values(), ["place"], batch_size=_LINES_AT_ONCE)
    draw.public_number, draw.numbered_at, draw.numbered_by, draw.state = number, now, by, DrawState.ORDERED
    draw.save(update_fields=["public_number", "numbered_at", "numbered_by", "state"])
