"""The steps of a draw: the list is frozen, then the public number is entered, once; the order follows from both."""

import logging
from datetime import datetime

from django.utils import timezone
from django.utils.formats import date_format
from wagtail.log_actions import log

from services.bookings import errors
from services.bookings.actions.draws import put_in_order
from services.bookings.actions.locking import lock_draw, places_transaction
from services.bookings.enums import DrawState, EntryState
from services.bookings.models import Draw, DrawEntry, DrawLine
from services.bookings.policies import may_run
from services.bookings.rules import draw as rules
from services.foundation.errors import Refused

logger = logging.getLogger(__name__)
_LINES_AT_ONCE = 500


def freeze_draw(draw: Draw, *, by, now: datetime) -> Draw:
    """Close the list and publish its digest; ``by`` None is the clock. Repeating it changes nothing.

    Raises ``TooEarlyToFreeze`` before the announced moment, ``NumberKnown`` from the day of the number on,
    ``DrawNotThere`` for a void draw, ``Busy`` while women are entering. Lock: the draw, shared by whoever is entering.
    """
    if by is not None:
        may_run(by, draw.offering).insist()
    with places_transaction():
        draw = lock_draw(draw.pk)
        if draw.state == DrawState.VOID:
            raise errors.DrawNotThere()
        if draw.state != DrawState.ANNOUNCED:
            return draw
        if now < draw.freezes_at:
            raise errors.TooEarlyToFreeze(at=date_format(timezone.localtime(draw.freezes_at), "DATETIME_FORMAT"))
        if timezone.localdate(now) >= draw.number_on:
            raise errors.NumberKnown()
        _freeze(draw, by=by, now=now)
        log(draw, "bookings.draw_frozen", user=by, data={"entries": draw.entries_count, "digest": draw.frozen_digest})
        return draw


def _freeze(draw: Draw, *, by, now: datetime) -> None:
    standing = DrawEntry.objects.unscoped().filter(offering=draw.offering, state=EntryState.ENTERED)
    entries = dict(standing.values_list("number", "pk"))
    announced = rules.Announced(draw.token, draw.number, draw.source, draw.where, draw.number_on, draw.digits)
    draw.frozen_text = rules.frozen_text(announced, entries, frozen_at=now)
    draw.frozen_digest = rules.digest(draw.frozen_text)
    draw.entries_count, draw.frozen_at, draw.frozen_by, draw.state = len(entries), now, by, DrawState.FROZEN
    draw.save(update_fields=["frozen_text", "frozen_digest", "entries_count", "frozen_at", "frozen_by", "state"])
    DrawLine.objects.bulk_create(
        (DrawLine(draw=draw, entry_id=entries[number]) for number in sorted(entries)), batch_size=_LINES_AT_ONCE
    )


def freeze_due(now: datetime) -> int:
    """Close every list whose moment has come; returns how many were closed. One that can't be closed is left."""
    due = Draw.objects.filter(state=DrawState.ANNOUNCED, freezes_at__lte=now, number_on__gt=timezone.localdate(now))
    done = 0
    for draw in due.select_related("offering__organization").order_by("pk"):
        try:
            done += freeze_draw(draw, by=None, now=now).state == DrawState.FROZEN
        except Refused as refusal:
            logger.info("draw %s is not frozen: %s", draw.pk, refusal.code)
    return done


def enter_number(draw: Draw, *, typed: str, by, now: datetime) -> Draw:
    """Enter the public number; the order is drawn in the same moment. It can be entered once; the same again is fine.

    Raises ``DrawNotThere`` before the list is frozen, ``TooEarlyForNumber``, ``NumberMalformed``, ``NumberFixed``, and
    ``SecondPersonNeeded`` for the officer who froze the list herself. Lock: the draw.
    """
    may_run(by, draw.offering).insist()
    with places_transaction():
        draw = lock_draw(draw.pk)
        number = rules.public_digits(typed, digits=draw.digits)
        if number is None:
            raise errors.NumberMalformed(digits=draw.digits)
        if draw.public_number:
            if draw.public_number == number and draw.state != DrawState.VOID:
                return draw
            raise errors.NumberFixed()
        if draw.state != DrawState.FROZEN:
            raise errors.DrawNotThere()
        if timezone.localdate(now) < draw.number_on:
            raise errors.TooEarlyForNumber(day=date_format(draw.number_on, "DATE_FORMAT"))
        if by.pk == draw.frozen_by_id:
            raise errors.SecondPersonNeeded()
        put_in_order(draw, number, by=by, now=now)
        log(draw, "bookings.draw_numbered", user=by, data={"number": number})
        return draw
