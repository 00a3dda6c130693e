"""Reads of draws: the one in force, who is on its list, what came of it."""

from datetime import datetime

from django.db.models import Count, F, QuerySet

from services.bookings.enums import DrawState, EntryState, OfferingState
from services.bookings.models import Draw, DrawEntry, DrawLine, Offering


def draw_in_force(offering: Offering) -> Draw | None:
    """The one draw of the offering that isn't void, with the people who took its steps."""
    return _draws().exclude(state=DrawState.VOID).filter(offering=offering).first()


def _draws() -> QuerySet[Draw]:
    return Draw.objects.defer("frozen_text").select_related("replaces", "replaced_by")


def draws_of(offering: Offering) -> QuerySet[Draw]:
    """Every draw of the offering, the void ones too, the newest first."""
    people = ("announced_by", "frozen_by", "numbered_by", "started_by", "voided_by")
    return _draws().filter(offering=offering).select_related(*people).order_by("-number")


def draw_takes_entries(offering: Offering, now: datetime) -> bool:
    """The list is still open."""
    rows = Draw.objects.filter(offering=offering, state=DrawState.ANNOUNCED, freezes_at__gt=now)
    return rows.exists()


def own_draw_entry(offering: Offering, worker) -> DrawEntry | None:
    """Her part in the draws of the offering, left or not, with the times she would like."""
    rows = DrawEntry.objects.own(offering=offering, worker=worker, doubled=False)
    return rows.prefetch_related("choices__session__venue").first()


def own_draws_ahead(worker) -> QuerySet[DrawEntry]:
    """The draws she is in that are not over, in the order of entering."""
    rows = DrawEntry.objects.own(worker=worker, state=EntryState.ENTERED, offering__drawn_at__isnull=True)
    return rows.order_by("entered_at")


def takes_part(offering: Offering, worker) -> bool:
    return DrawEntry.objects.own(offering=offering, worker=worker, state=EntryState.ENTERED).exists()


def entries_standing(offering: Offering) -> int:
    return DrawEntry.objects.unscoped().filter(offering=offering, state=EntryState.ENTERED).count()


def line_of(draw: Draw, entry: DrawEntry) -> DrawLine | None:
    """Her line in one draw, with the place or the waiting-list entry that came of it."""
    return DrawLine.objects.own(draw=draw, entry=entry).select_related("booking", "waiting").first()


def published_lines(draw: Draw) -> QuerySet[DrawLine]:
    """What everybody may read of a draw: place, entry number, outcome; in drawn order, no person behind it."""
    rows = DrawLine.objects.unscoped().filter(draw=draw, place__isnull=False).order_by("place")
    return rows.values("place", "outcome", number=F("entry__number"))


def outcomes(draw: Draw) -> dict[str, int]:
    """How many entries came to what. One query."""
    rows = DrawLine.objects.unscoped().filter(draw=draw).order_by()
    return dict(rows.values_list("outcome").annotate(Count("pk")))


def published_draw(token: str) -> Draw | None:
    """A draw by its public token, once its offering has left preparation."""
    return _draws().select_related("offering").exclude(offering__state=OfferingState.DRAFT).filter(token=token).first()
