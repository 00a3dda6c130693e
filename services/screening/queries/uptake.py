"""How many places of a programme were given, booked, attended: by organisation, set-based at any size of tree."""

from dataclasses import dataclass, field

from django.db.models import Count, F, Q, Sum
from django.db.models.functions import Length, Substr

from services.bookings.enums import LIVE, BookingState, WaitingState
from services.bookings.models import Allocation, Booking, WaitingEntry
from services.bookings.queries.holdings import holding_of
from services.organizations.models import Organization
from services.screening.models import Programme

# What each figure counts; the lists behind the figures use the same states.
BOOKED_STATES = tuple(str(state) for state in LIVE)
ATTENDED_STATES = (str(BookingState.ATTENDED),)
WAITING_STATES = (str(WaitingState.WAITING), str(WaitingState.OFFERED))


@dataclass(frozen=True, slots=True)
class Figures:
    """Whole numbers of places or women.

    ``allocated``: received from above (for the level itself: kept, not passed on). ``booked``: women of these unions
    who hold a place now, attended ones included. ``attended``: of these, who came. ``waiting``: on the waiting list.
    ``left``: places neither passed on nor taken.
    """

    allocated: int = 0
    booked: int = 0
    attended: int = 0
    waiting: int = 0
    left: int = 0

    def __add__(self, other: "Figures") -> "Figures":
        return Figures(*(getattr(self, name) + getattr(other, name) for name in self.__slots__))

    @property
    def share(self) -> float | None:
        """Booked of allocated, in per cent; None where nothing was allocated."""
        return 100 * self.booked / self.allocated if self.allocated else None


@dataclass(frozen=True, slots=True)
class UptakeRow:
    organization: Organization
    figures: Figures
    has_children: bool


@dataclass(frozen=True, slots=True)
class Uptake:
    """``rows``: one a child organisation; ``kept``: the level itself; ``total`` is their sum."""

    organization: Organization
    rows: list[UptakeRow] = field(default_factory=list)
    kept: Figures = field(default_factory=Figures)

    @property
    def total(self) -> Figures:
        return sum((row.figures for row in self.rows), start=self.kept)


def uptake(programme: Programme, organization: Organization) -> Uptake:
    """The figures of an organisation and of each child, in five queries whatever their number.

    The caller has made sure that the viewer reaches ``organization``.
    """
    depth = len(organization.path) + Organization.steplen
    places = _places(programme, organization, depth)
    women = _bookings(programme, organization, depth)
    waiting = _waiting(programme, organization, depth)
    kept = _kept(programme, organization)

    def figures(path: str) -> Figures:
        allocated, left = places.get(path, (0, 0))
        booked, attended = women.get(path, (0, 0))
        if path == organization.path:
            allocated, left = kept
        return Figures(allocated, booked, attended, waiting.get(path, 0), left)

    children = Organization.objects.below(organization.path).filter(depth=organization.depth + 1)
    shown = [child for child in children if child.closed_on is None or figures(child.path) != Figures()]
    rows = [UptakeRow(child, figures(child.path), child.numchild > 0) for child in shown]
    return Uptake(organization, rows, figures(organization.path))


def _places(programme, organization, depth: int) -> dict[str, tuple[int, int]]:
    """By child: places that came into its subtree from outside, and those left anywhere in it."""
    entered = Q(parent__isnull=True) | Q(giver_length__lt=depth)
    rows = (
        Allocation.objects.below(organization.path)
        .filter(offering=programme.offering_id)
        .exclude(organization__path=organization.path)
        .annotate(branch=Substr("organization__path", 1, depth), giver_length=Length("parent__organization__path"))
        .order_by()
        .values("branch")
        .annotate(came=Sum("slots", filter=entered), free=Sum(F("slots") - F("passed_down") - F("used")))
        .values_list("branch", "came", "free")
    )
    return {branch: (came or 0, free or 0) for branch, came, free in rows}


def _kept(programme, organization) -> tuple[int, int]:
    rows = Allocation.objects.unscoped().filter(offering=programme.offering_id, organization=organization)
    held = holding_of(rows)
    return (held.slots - held.passed_down, held.left) if held else (0, 0)


def _bookings(programme, organization, depth: int) -> dict[str, tuple[int, int]]:
    rows = (
        Booking.objects.below(organization.path)
        .filter(offering=programme.offering_id, state__in=BOOKED_STATES)
        .annotate(branch=Substr("worker__organization__path", 1, depth))
        .order_by()
        .values("branch")
        .annotate(booked=Count("pk"), attended=Count("pk", filter=Q(state__in=ATTENDED_STATES)))
        .values_list("branch", "booked", "attended")
    )
    return {branch: (booked, attended) for branch, booked, attended in rows}


def _waiting(programme, organization, depth: int) -> dict[str, int]:
    rows = (
        WaitingEntry.objects.below(organization.path)
        .filter(offering=programme.offering_id, state__in=WAITING_STATES)
        .annotate(branch=Substr("worker__organization__path", 1, depth))
        .order_by()
        .values("branch")
        .annotate(count=Count("pk"))
        .values_list("branch", "count")
    )
    return dict(rows)


def from_above(programme: Programme, organization: Organization) -> int:
    """Women of the organisation and those below it who have a place that a level above it kept."""
    booked = Booking.objects.below(organization.path).filter(offering=programme.offering_id, state__in=BOOKED_STATES)
    return booked.exclude(allocation__organization__path__startswith=organization.path).count()
