"""Who may see and who may run activities."""

from django.utils.translation import gettext_lazy as _

from services.bookings.policies import is_herself, keeps_rooms
from services.foundation.scope import scope_of
from services.foundation.verdict import ALLOWED, Verdict
from services.organizations.enums import ROSTER_READERS, ROSTER_WRITERS, Role

RUNNERS = frozenset({Role.FEDERATION_OFFICER})
# Posts whose holders see the activities their organisations run or take part in.
READERS = ROSTER_READERS

_NOT_HERS = Verdict(False, _("Only federation officers of the organisation that runs the activity can do this."))


def may_enter_desk(user) -> Verdict:
    if scope_of(user).paths(roles=READERS):
        return ALLOWED
    return Verdict(False, _("You hold no post that deals with activities."))


def may_manage(user, activity) -> Verdict:
    """Federation officers of the activity's organisation or of one above it."""
    return ALLOWED if scope_of(user).covers(activity.organization.path, roles=RUNNERS) else _NOT_HERS


def may_create(user, organization=None) -> Verdict:
    """At ``organization``, or anywhere at all when none is named."""
    scope = scope_of(user)
    allowed = scope.covers(organization.path, roles=RUNNERS) if organization else bool(scope.paths(roles=RUNNERS))
    return ALLOWED if allowed else Verdict(False, _("Only federation officers can set up an activity."))


def may_sign_up_others(user) -> Verdict:
    """In the name of women of her own organisations; of each woman ``bookings`` asks again."""
    if scope_of(user).paths(roles=ROSTER_WRITERS):
        return ALLOWED
    return Verdict(False, _("Your posts read lists only: nobody can be signed up by you."))


def may_check_in_anywhere(user) -> Verdict:
    """Officers who run activities stand at the door with their phones."""
    if keeps_rooms(user):
        return ALLOWED
    return Verdict(False, _("This page is for the officers who run activities."))


def may_open_names(user) -> Verdict:
    """Names and numbers in clear: whoever may open them one by one, somewhere."""
    if scope_of(user).paths(roles=ROSTER_WRITERS):
        return ALLOWED
    return Verdict(False, _("Your posts read masked records only."))


def may_evaluate(user, booking) -> Verdict:
    """She herself."""
    return ALLOWED if is_herself(user, booking.worker) else Verdict(False, _("This is hers alone."))
