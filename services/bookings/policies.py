"""Who may book for whom, who runs an offering, who hands places on, who checks in."""

from django.utils.translation import gettext_lazy as _

from services.bookings.enums import ProviderKind
from services.bookings.models import Allocation, Booking, Offering, Session, Venue, VenueOperator
from services.foundation.scope import scope_of
from services.foundation.verdict import ALLOWED, Verdict
from services.organizations.enums import ROSTER_WRITERS, Role

_RUNNERS = frozenset({Role.FEDERATION_OFFICER})
_AT_THE_DOOR = frozenset({Role.CLINIC_OPERATOR})
_HOLDERS = frozenset({Role.FEDERATION_OFFICER, Role.GRASSROOTS_OFFICER})


def _holds(user, organization, roles: frozenset[str], reason: str) -> Verdict:
    return ALLOWED if scope_of(user).covers(organization.path, roles=roles) else Verdict(False, reason)


def is_herself(user, worker) -> bool:
    return bool(user and user.is_authenticated and worker.user_id and worker.user_id == user.pk)


def may_book_for(user, worker) -> Verdict:
    """She herself, or an officer of her union or of one above it."""
    if is_herself(user, worker):
        return ALLOWED
    return _holds(user, worker.organization, ROSTER_WRITERS, _("You may book only for women of your own unions."))


def may_change(user, booking: Booking) -> Verdict:
    return may_book_for(user, booking.worker)


def may_run(user, offering: Offering) -> Verdict:
    """Sessions, windows, opening and closing: federation officers at or above the offering's organisation."""
    return _holds(user, offering.organization, _RUNNERS, _("Only federation officers of this organisation may do it."))


def may_give(user, allocation: Allocation) -> Verdict:
    """Hand places on from this row: federation officers at or above the giving organisation."""
    return _holds(
        user, allocation.organization, _RUNNERS, _("Only federation officers of the giving organisation may do it.")
    )


def may_return(user, allocation: Allocation) -> Verdict:
    """Give unused places back upward: officers of the organisation that holds them."""
    return _holds(user, allocation.organization, _HOLDERS, _("Only its own officers may return its places."))


def may_reclaim(user, allocation: Allocation) -> Verdict:
    """Take unused places back: federation officers at or above the organisation that gave them."""
    if allocation.parent_id is None:
        return Verdict(False, _("These places were not given by another organisation."))
    return may_give(user, allocation.parent)


def may_move(user, allocation: Allocation) -> Verdict:
    """Move places into another pool: federation officers at or above the organisation that holds them, so that
    nobody takes from another district."""
    return may_give(user, allocation)


def works_at_sites(user) -> bool:
    """Holds the post of clinic staff today: being named at a site outlives the post and isn't enough."""
    return bool(scope_of(user).paths(roles=_AT_THE_DOOR))


def keeps_rooms(user, organization=None) -> bool:
    """Federation officers of the organisation or of one above it; of any at all when none is named."""
    scope = scope_of(user)
    return scope.covers(organization.path, roles=_RUNNERS) if organization else bool(scope.paths(roles=_RUNNERS))


def may_check_in(user, venue: Venue) -> Verdict:
    """Clinic staff who were named operators of the site, as long as they hold the post; in rooms of a union the
    federation officers of the organisation that keeps them, or of one above it."""
    if works_at_sites(user) and VenueOperator.objects.filter(venue=venue, user_id=user.pk).exists():
        return ALLOWED
    if venue.provider.kind == ProviderKind.OWN and keeps_rooms(user, venue.organization):
        return ALLOWED
    return Verdict(False, _("You are not registered as staff of this site."))


def may_read_scans(user) -> Verdict:
    """Clinic staff, those of the sites at which they were named."""
    if works_at_sites(user) and VenueOperator.objects.filter(user_id=user.pk).exists():
        return ALLOWED
    return Verdict(False, _("You are not registered as staff of this site."))


def may_mark_attendance(user, session: Session) -> Verdict:
    """Who came and who didn't: the staff of the site, or whoever runs the offering."""
    return may_check_in(user, session.venue) or may_run(user, session.offering)


def may_excuse(user, booking: Booking) -> Verdict:
    """Officers of her union or above, never she herself; and whoever runs the offering."""
    if is_herself(user, booking.worker):
        return Verdict(False, _("Your union's officer decides on an excuse."))
    return may_book_for(user, booking.worker) or may_run(user, booking.offering)


def may_reorder(user, offering: Offering) -> Verdict:
    """Move somebody on the waiting list: federation officers at or above the offering's organisation."""
    return may_run(user, offering)
