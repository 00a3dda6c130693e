"""Who may see and who may run a screening programme."""

from django.utils.translation import gettext_lazy as _

from services.bookings.policies import is_herself, may_check_in
from services.foundation.scope import scope_of
from services.foundation.verdict import ALLOWED, Verdict
from services.organizations.enums import ROSTER_WRITERS, Role
from services.privacy.enums import Purpose
from services.privacy.queries import standing_consents
from services.screening.models import Programme
from services.screening.queries.following import follower_paths, is_below

RUNNERS = frozenset({Role.FEDERATION_OFFICER})
# Who hears that counters of places disagree: those who run programmes, and those who run the installation.
CHECKERS = RUNNERS | {Role.PLATFORM_ADMINISTRATOR}
# Posts whose holders see the programmes their organisations run or take part in.
READERS = frozenset({Role.FEDERATION_OFFICER, Role.CASE_OFFICER, Role.GRASSROOTS_OFFICER, Role.AUDITOR})

# Who reads counts of findings: never an employer's own union, whose women are known to it by name.
RESULT_COUNTERS = frozenset({Role.FEDERATION_OFFICER, Role.AUDITOR})

_NOT_HERS = Verdict(False, _("Only federation officers of the organisation that runs the programme can do this."))
_NOT_FOLLOWING = Verdict(False, _("She belongs to other organisations."))
_WITHDRAWN = Verdict(False, _("Her consent to this doesn't stand."))


def may_enter_desk(user) -> Verdict:
    if scope_of(user).paths(roles=READERS):
        return ALLOWED
    return Verdict(False, _("You hold no post that deals with screening."))


def may_see(user, programme: Programme) -> Verdict:
    """Officers of the organisation that runs it, of those above, and of those below that take part."""
    path = programme.organization.path
    inside = any(path.startswith(held) or held.startswith(path) for held in scope_of(user).paths(roles=READERS))
    return ALLOWED if inside else Verdict(False, _("This programme belongs to other organisations."))


def may_manage(user, programme: Programme) -> Verdict:
    """Federation officers of the programme's organisation or of one above it."""
    return ALLOWED if scope_of(user).covers(programme.organization.path, roles=RUNNERS) else _NOT_HERS


def may_create_programme(user, organization=None) -> Verdict:
    """At ``organization``, or anywhere at all when none is named."""
    scope = scope_of(user)
    allowed = scope.covers(organization.path, roles=RUNNERS) if organization else bool(scope.paths(roles=RUNNERS))
    return ALLOWED if allowed else Verdict(False, _("Only federation officers can set up a programme."))


def may_keep_sites(user) -> Verdict:
    """Providers, sites and their staff: federation officers keep those of their own branch."""
    if scope_of(user).paths(roles=RUNNERS):
        return ALLOWED
    return Verdict(False, _("Only federation officers keep the list of sites."))


def may_keep(user, thing) -> Verdict:
    """A provider or a site: federation officers of the organisation that keeps it, or of one above it."""
    if scope_of(user).covers(thing.organization.path, roles=RUNNERS):
        return ALLOWED
    return Verdict(False, _("Another organisation keeps this. You can use it, but not change it."))


def may_enrol(user, organization=None) -> Verdict:
    """Officers who keep the roster of the union, or of one above it; anywhere at all when none is named."""
    scope = scope_of(user)
    roles = ROSTER_WRITERS
    allowed = scope.covers(organization.path, roles=roles) if organization else bool(scope.paths(roles=roles))
    return ALLOWED if allowed else Verdict(False, _("You may book only for women of your own unions."))


def may_handle_results(user, venue) -> Verdict:
    """Staff of the site where she was examined, as long as they hold the post: nobody else enters a result."""
    return may_check_in(user, venue)


def may_reopen(user, booking) -> Verdict:
    """Staff of the site may open what they entered, while she agrees to the screening."""
    if not standing_consents(booking.worker.user_id, Purpose.SCREENING).exists():
        return _WITHDRAWN
    return may_handle_results(user, booking.session.venue)


def may_follow_up_anywhere(user) -> Verdict:
    """Officers of a federation; an employer's own union has no part in it."""
    if follower_paths(user):
        return ALLOWED
    return Verdict(False, _("Only officers of a federation who look after women follow up examinations."))


def may_follow_up(user, follow_up) -> Verdict:
    """Staff of the site while she agrees to the screening; officers of a federation above her union if she agreed
    to their help as well."""
    booking = follow_up.result.booking
    if not standing_consents(booking.worker.user_id, Purpose.SCREENING).exists():
        return _WITHDRAWN
    if may_handle_results(user, booking.session.venue):
        return ALLOWED
    return may_help(user, follow_up)


def may_help(user, follow_up) -> Verdict:
    """Officers of a federation above her union, while she agrees to the screening and to their help."""
    worker = follow_up.result.booking.worker
    if not any(is_below(worker.organization.path, path) for path in follower_paths(user)):
        return _NOT_FOLLOWING
    for purpose in (Purpose.SCREENING, Purpose.FOLLOW_UP):
        if not standing_consents(worker.user_id, purpose).exists():
            return _WITHDRAWN
    return ALLOWED


def may_read_own(user, result) -> Verdict:
    """She herself."""
    return ALLOWED if is_herself(user, result.booking.worker) else Verdict(False, _("This is hers alone."))
