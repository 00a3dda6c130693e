"""Who reads the equipment of homes and who moves it. The county keeps the register, the home's teacher says what came
and what is broken, the keeper of state assets decides on scrapping, the auditor reads."""

from django.utils.translation import gettext_lazy as _

from services.childrens_homes.models import Home
from services.childrens_homes.policies import OFFICER, is_of_city, is_of_county, may_run
from services.foundation.scope import scope_of
from services.foundation.verdict import ALLOWED, Verdict
from services.home_equipment import workflow
from services.home_equipment.enums import READERS, Source
from services.home_equipment.models import AssetItem, ProcurementBatch, StockTake
from services.organizations.enums import Kind, Role
from services.organizations.models import Organization

FINANCE = frozenset({Role.WF_FINANCE})
_COUNTY_ONLY = _("Only officers of the county's women's federation do this: it keeps the register.")


def may_enter(user) -> Verdict:
    """Anywhere; what she finds, her scope decides."""
    if scope_of(user).paths(roles=READERS):
        return ALLOWED
    return Verdict(False, _("Your posts don't include the equipment of homes."))


def may_keep_standards(user, city: Organization | None = None) -> Verdict:
    """Write the standard lists and put them in force: officers of the city's women's federation."""
    if city is None:
        held = any(len(path) == Organization.steplen for path in scope_of(user).paths(roles=OFFICER))
    else:
        held = is_of_city(user, city)
    return ALLOWED if held else Verdict(False, _("Only officers of the city's women's federation set the lists."))


def may_order_somewhere(user) -> Verdict:
    """Make deliveries: officers of a county or of the city."""
    if any(len(path) <= 2 * Organization.steplen for path in scope_of(user).paths(roles=OFFICER)):
        return ALLOWED
    return Verdict(False, _COUNTY_ONLY)


def may_order(user, keeper: Organization, source: str) -> Verdict:
    """What the province buys the city orders; what is matched, given or owed by the school, the county."""
    above = is_of_city if source == Source.PROVINCIAL else is_of_county
    held = above(user, keeper)
    return ALLOWED if held else Verdict(False, _("Only whoever keeps the batch does this."))


def may_ship(user, batch: ProcurementBatch) -> Verdict:
    return may_order(user, batch.keeper, batch.source)


def may_keep_register(user, custodian: Organization) -> Verdict:
    if is_of_county(user, custodian):
        return ALLOWED
    return Verdict(False, _COUNTY_ONLY)


def may_keep_home(user, home: Home) -> Verdict:
    return may_keep_register(user, home.county)


def may_receive(user, home: Home) -> Verdict:
    """Her own home, or an officer at or above it where it has no teacher yet."""
    return may_run(user, home)


def may_decide_scrap(user, asset: AssetItem) -> Verdict:
    """The keeper of state assets at the custodian or above it; whoever asked is refused by the action too."""
    if scope_of(user).covers(asset.custodian.path, roles=FINANCE):
        return ALLOWED
    return Verdict(False, _("Only the keeper of state assets decides on scrapping."))


def may_approve_take(user, take: StockTake) -> Verdict:
    if not is_of_county(user, take.home.county):
        return Verdict(False, _COUNTY_ONLY)
    if take.counted_by_id is not None and take.counted_by_id == user.pk:
        return Verdict(False, _("You counted this yourself. Somebody else has to approve it."))
    return ALLOWED


def may_move(user, asset: AssetItem, who: str) -> Verdict:
    """The step of the table that ``who`` takes."""
    if who == workflow.FINANCE:
        return may_decide_scrap(user, asset)
    if who == workflow.HOME and asset.home is not None:
        return may_receive(user, asset.home)
    return may_keep_register(user, asset.custodian)


def may_add_photo(user, thing) -> Verdict:
    """Of a delivery, of an item or for a task: whoever works at its home, else whoever keeps the register."""
    home = thing.home
    return may_receive(user, home) if home is not None else may_keep_register(user, thing.custodian)


def is_custodian(organization: Organization) -> bool:
    """V8: assets stand on the register of a county's women's federation and of nobody else."""
    return organization.kind == Kind.COUNTY_WF
