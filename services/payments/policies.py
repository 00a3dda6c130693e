"""Who may see money, prepare it, approve it, and touch an account number. Every answer carries its reason."""

from django.utils.translation import gettext_lazy as _

from services.foundation.scope import scope_of
from services.foundation.verdict import ALLOWED, Verdict
from services.organizations.enums import ROSTER_WRITERS, Role
from services.payments import queries
from services.payments.models import Batch, Payable
from services.payments.models.fund import FUND_READERS
from services.payments.registry import watchers

PREPARERS = frozenset({Role.FINANCE_OFFICER})
APPROVERS = frozenset({Role.FINANCE_OFFICER, Role.FEDERATION_OFFICER})
# Who may open an account number: whoever pays, and whoever handles her case.
REVEALERS = frozenset({Role.FINANCE_OFFICER, Role.FEDERATION_OFFICER, Role.CASE_OFFICER})


def _holds(user, path: str, roles: frozenset[str], reason: str) -> Verdict:
    return ALLOWED if scope_of(user).covers(path, roles=roles) else Verdict(False, reason)


def may_enter_desk(user) -> Verdict:
    """Finance, federation and case officers and auditors; what they find, their scope decides."""
    if scope_of(user).paths(roles=FUND_READERS):
        return ALLOWED
    return Verdict(False, _("Your posts don't see payments."))


def may_see(user, organization) -> Verdict:
    """Read the money of an organisation: those posts, held at it or above."""
    return _holds(user, organization.path, FUND_READERS, _("Your posts don't see payments."))


def may_prepare_anywhere(user) -> Verdict:
    if scope_of(user).paths(roles=PREPARERS):
        return ALLOWED
    return Verdict(False, _("Only finance officers prepare payments."))


def may_prepare(user, organization) -> Verdict:
    """Batches, files, results: finance officers at or above the organisation that pays."""
    return _holds(user, organization.path, PREPARERS, _("Only finance officers of the paying organisation may do it."))


def may_keep_funds_anywhere(user) -> Verdict:
    if scope_of(user).paths(roles=APPROVERS):
        return ALLOWED
    return Verdict(False, _("Only finance and federation officers keep funds."))


def may_keep_fund(user, organization) -> Verdict:
    """Open, fund and close: finance and federation officers at or above the fund's organisation."""
    return _holds(user, organization.path, APPROVERS, _("Only finance and federation officers of the fund may do it."))


_RELATED = Verdict(
    False, _("Money of this batch goes to you, or to somebody to whom you are related. Somebody else has to do this.")
)


def may_approve(user, batch: Batch) -> Verdict:
    """A finance or federation officer at or above the fund's organisation who had no hand in preparing the batch: who
    didn't make it, put lines in, or enter an account that money of it goes to; and to whom none of it goes, nor to
    somebody she is related to."""
    reason = _("Only finance and federation officers of the paying organisation approve batches.")
    verdict = _holds(user, batch.organization.path, APPROVERS, reason)
    if verdict and user.pk in queries.hands_on(batch):
        return Verdict(False, _("You prepared a part of this batch. Somebody else has to approve it."))
    return _RELATED if verdict and _is_related(user, batch) else verdict


def may_settle(user, batch: Batch) -> Verdict:
    """Say what became of a line the bank left open: a second person, as money may leave once more because of it."""
    reason = _("Only finance and federation officers of the paying organisation settle a line.")
    verdict = _holds(user, batch.organization.path, APPROVERS, reason)
    if verdict and user.pk == batch.made_by_id:
        return Verdict(False, _("You made this batch. Somebody else has to settle its unknown lines."))
    return _RELATED if verdict and _is_related(user, batch) else verdict


def _is_related(user, batch: Batch) -> bool:
    """Money of it goes to herself, or to somebody to whom a service knows that she is related."""
    payables = queries.payables_in(batch)
    if queries.are_hers(payables, user):
        return True
    paying = payables.order_by().values_list("service", flat=True).distinct()
    return any(
        watchers[service].related(payables.filter(service=service), user=user)
        for service in paying
        if service in watchers
    )


def may_take_file(user, batch: Batch) -> Verdict:
    """The bank's file holds account numbers in clear: finance officers of the paying organisation, today."""
    return may_prepare(user, batch.organization)


def may_reveal(user, payable: Payable) -> Verdict:
    reason = _("Only finance, federation and case officers of the paying organisation open account numbers.")
    return _holds(user, payable.organization.path, REVEALERS, reason)


def is_herself(user, worker) -> bool:
    return bool(user and user.is_authenticated and worker.user_id and worker.user_id == user.pk)


def may_give_account(user, worker) -> Verdict:
    """She herself; officers of her union or of one above; finance officers above her."""
    if is_herself(user, worker):
        return ALLOWED
    reason = _("Only she herself and officers of her union may enter her account.")
    return _holds(user, worker.organization.path, ROSTER_WRITERS | PREPARERS, reason)


def may_correct(user, payable: Payable) -> Verdict:
    """Correct the account of a payment: finance officers who pay it, and whoever may give her account."""
    return may_prepare(user, payable.organization) or may_give_account(user, payable.worker)


def may_cancel(user, payable: Payable) -> Verdict:
    return may_keep_fund(user, payable.organization)


def may_keep_layout(user, organization) -> Verdict:
    return _holds(user, organization.path, PREPARERS, _("Only finance officers of its organisation change a layout."))


def owns(user, payable: Payable) -> bool:
    return is_herself(user, payable.worker)
