"""What pools of places refuse."""

from django.utils.translation import gettext_lazy as _

from services.foundation.errors import Refused


class NoReason(Refused):
    code = "no_reason"
    for_her = for_staff = _("Say why: the reason is kept in the ledger.")


class SamePool(Refused):
    code = "same_pool"
    for_her = for_staff = _("Choose another pool of the same programme.")


class PoolNameMissing(Refused):
    code = "pool_name_missing"
    for_her = for_staff = _("Give the pool a name.")


class PoolExists(Refused):
    code = "pool_exists"
    for_her = for_staff = _("There is a pool of this name already.")


class GeneralPool(Refused):
    """The pool every offering has stays open to every woman."""

    code = "general_pool"
    for_her = for_staff = _("This pool stays open to every woman; make another pool for a group.")


class PoolInUse(Refused):
    code = "pool_in_use"
    for_her = for_staff = _("Places have been in this pool; it stays for the sake of the ledger.")


class ReturnIncomplete(Refused):
    code = "return_incomplete"
    for_her = for_staff = _("Say both when unused places go back and to which pool.")


class ReturnTooSoon(Refused):
    code = "return_too_soon"
    for_her = for_staff = _("The day on which places go back is announced beforehand: choose a time ahead.")


class ReturnsInCircle(Refused):
    """What goes back would come to this pool again, and so on at every run."""

    code = "returns_in_circle"
    for_her = for_staff = _("Unused places would come back to this pool from there: choose another pool.")
