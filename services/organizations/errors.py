"""Why a change of the tree or of a post is refused, in words."""

from django.utils.translation import gettext_lazy as _

from services.foundation.errors import Refused

TOP = _("the top of the tree")


class KindNotAllowed(Refused):
    code = "kind_not_allowed"
    for_staff = _("%(kind)s can't stand directly below %(parent)s.")


class BranchesNeverMix(Refused):
    code = "branches_never_mix"
    for_staff = _("The trade-union branch and the women's-federation branch can't be mixed.")


class WouldBeCircular(Refused):
    code = "would_be_circular"
    for_staff = _("An organisation can't be moved below itself.")


class KindsDiffer(Refused):
    code = "kinds_differ"
    for_staff = _("Only organisations of one kind can be merged: this is a %(kind)s, the other a %(other)s.")


class ParentClosed(Refused):
    code = "parent_closed"
    for_staff = _("%(parent)s is closed. Choose an organisation that is open.")


class CodeTaken(Refused):
    code = "code_taken"
    for_staff = _("The code %(code)s belongs to another organisation.")


class CodeUnusable(Refused):
    code = "code_unusable"
    for_staff = _("A code has letters, digits, dots and hyphens, at most 40, and begins with a letter or digit.")


class StillInUse(Refused):
    code = "still_in_use"
    for_staff = _(
        "It can't be closed yet: %(children)s organisations and %(workers)s women workers are still there. "
        "Move them first."
    )


class ReasonMissing(Refused):
    code = "reason_missing"
    for_staff = _("Say why: the reason goes into the history.")


class NotStaff(Refused):
    code = "not_staff"
    for_staff = _("Only a staff account can hold a post.")


class RolesConflict(Refused):
    code = "roles_conflict"
    for_staff = _(
        "%(role)s can't be combined with %(other)s: who runs or audits the platform doesn't handle women's records."
    )


class EndsBeforeItBegins(Refused):
    code = "ends_before_it_begins"
    for_staff = _("The last day can't lie before the first.")


class UnknownOrganization(Refused):
    code = "unknown_organization"
    for_staff = _("There is no organisation with the code %(code)s.")


class NotTheTop(Refused):
    code = "not_the_top"
    for_staff = _("The first administrator holds her post at the top of the tree: name %(top)s instead of %(name)s.")


class AdministratorThere(Refused):
    code = "administrator_there"
    for_staff = _("%(username)s is an administrator of %(name)s already. Further posts are given on the desk.")


class AccountClosed(Refused):
    code = "account_closed"
    for_staff = _("The account %(username)s is closed. Choose another one.")


class ClosedAlready(Refused):
    code = "closed_already"
    for_staff = _("%(name)s is closed and can't be split any more.")


class PartTooLarge(Refused):
    code = "part_too_large"
    for_staff = _(
        "The new organisation can't have more staff or members than the one it is split from, nor more women."
    )


class NotItsOwn(Refused):
    code = "not_its_own"
    for_staff = _("One of the organisations chosen isn't directly below it any more. Choose anew.")
