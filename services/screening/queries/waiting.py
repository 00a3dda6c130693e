"""The waiting lists of all programmes within a viewer's reach, and what moved one woman's place."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from django.db.models import F, Q, QuerySet
from django.db.models.functions import Coalesce

from services.bookings.enums import WaitingState
from services.bookings.models import PriorityChange, WaitingEntry
from services.bookings.queries.waiting import with_place, with_reasons
from services.bookings.rules import order_key
from services.screening.enums import Movement


def waiting_for(user, *, roles=None) -> QuerySet[WaitingEntry]:
    """Entries of women she reaches, with what a row shows but where she stands: see ``standing_of``."""
    return (
        WaitingEntry.objects.visible_to(user, roles=roles)
        .filter(offering__screening_programme__isnull=False)
        .select_related(
            "worker__organization",
            "session__venue",
            "booking",
            "offering__screening_programme",
            "offering__organization",
        )
        .defer("worker__id_number", "worker__note")
    )


def waiting_in_order(user) -> QuerySet[WaitingEntry]:
    """Entries of women she reaches, each with where she stands; for a few of them."""
    return with_place(with_reasons(waiting_for(user)))


def changes_for(user, *, roles=None) -> QuerySet[PriorityChange]:
    """What staff changed on the waiting lists of women she reaches, the latest first."""
    return (
        PriorityChange.objects.visible_to(user, roles=roles)
        .filter(by__isnull=False, entry__offering__screening_programme__isnull=False)
        .select_related("entry__worker__organization", "entry__offering__screening_programme", "by")
        .defer("entry__worker__id_number", "entry__worker__note")
        .order_by("-pk")
    )


def entry_behind(booking) -> WaitingEntry | None:
    """The entry of the waiting list through which she got the booking."""
    return WaitingEntry.objects.unscoped().filter(booking=booking).first()


@dataclass(frozen=True, slots=True)
class LastMovement:
    """The last thing that changed her place. ``change`` is her own recorded change, if it was one."""

    kind: Movement
    at: datetime
    change: PriorityChange | None = None


def last_movement(entry: WaitingEntry) -> LastMovement | None:
    """What moved her last since she joined, and when; None when nothing has. Three queries whatever the list holds.

    Only women who could be served before her are looked at. Nobody else is named: what she learns is that it happened.
    """
    moves = [move for part in (_departures, _arrivals, _reorderings) for move in part(entry)]
    return max(moves, key=lambda move: move.at, default=None)


def _rivals(entry: WaitingEntry, prefix: str = "") -> Q:
    """Those of the same offering who wait for what she waits for."""
    same = Q(**{f"{prefix}offering": entry.offering_id})
    if entry.session_id is None:
        return same
    return same & (Q(**{f"{prefix}session__isnull": True}) | Q(**{f"{prefix}session": entry.session_id}))


def _ahead(entry: WaitingEntry, *, priority: str = "priority", prefix: str = "") -> Q:
    """Rows that come before her in the order of ``rules.waiting_order`` when their priority is that of the column."""
    earlier = Q(**{f"{prefix}created_at__lt": entry.created_at})
    same_moment = Q(**{f"{prefix}created_at": entry.created_at, f"{prefix}pk__lt": entry.pk})
    return Q(**{f"{priority}__gt": entry.priority}) | Q(**{priority: entry.priority}) & (earlier | same_moment)


def _departures(entry: WaitingEntry) -> Iterator[LastMovement]:
    """The last woman ahead of her who stopped waiting: at the offer, if she was made one, else when she left."""
    gone = (
        WaitingEntry.objects.unscoped()
        .filter(_rivals(entry), _ahead(entry))
        .exclude(state=WaitingState.WAITING)
        .annotate(gone_at=Coalesce("booking__created_at", "changed_at"))
        .filter(gone_at__gt=entry.created_at)
        .order_by("-gone_at")
        .values_list("state", "booking", "gone_at")
        .first()
    )
    if gone:
        state, booking, at = gone
        served = booking is not None or state == WaitingState.PROMOTED
        yield LastMovement(Movement.SERVED if served else Movement.LEFT, at)


def _arrivals(entry: WaitingEntry) -> Iterator[LastMovement]:
    """The last woman who joined later and stands ahead all the same: or she herself waits behind."""
    came = (
        WaitingEntry.objects.unscoped()
        .filter(_rivals(entry), _ahead(entry), created_at__gt=entry.created_at)
        .order_by("-created_at")
        .values_list("created_at", flat=True)
        .first()
    )
    if came:
        yield LastMovement(Movement.GROUP_AHEAD, came)


def _reorderings(entry: WaitingEntry) -> Iterator[LastMovement]:
    """Her own last change, and the last of others that carried them past her, one way or the other."""
    was = _ahead(entry, priority="before", prefix="entry__")
    became = _ahead(entry, priority="after", prefix="entry__")
    past_her = Q(was, ~became) | Q(became, ~was)
    rows = (
        PriorityChange.objects.unscoped()
        .filter(Q(entry=entry) | _rivals(entry, "entry__") & past_her, at__gte=entry.created_at, by__isnull=False)
        .annotate(since=F("entry__created_at"))
        .order_by("-at", "-pk")
    )
    change = rows.first()
    if change is None:
        return
    if change.entry_id == entry.pk:
        up = change.after > change.before
        yield LastMovement(Movement.MOVED_UP if up else Movement.MOVED_DOWN, change.at, change)
        return
    ahead = order_key(change.after, change.since, change.entry_id) < order_key(
        entry.priority, entry.created_at, entry.pk
    )
    yield LastMovement(Movement.OTHER_AHEAD if ahead else Movement.OTHER_BEHIND, change.at)
