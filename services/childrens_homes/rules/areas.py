"""Areas in square metres: typing errors are refused, "以上" includes the number itself (Civil Code, art. 1259)."""

from decimal import Decimal

NO_AREA, TOO_LARGE = "no_area", "too_large"


def fault_of(area: Decimal | None, absurd: Decimal | None) -> str:
    """Why an area can't be meant; empty when it can. ``absurd`` is the bound above which it is a typing error."""
    if area is None:
        return ""
    if area <= 0:
        return NO_AREA
    if absurd is not None and area > absurd:
        return TOO_LARGE
    return ""


def enough(area: Decimal | None, least: Decimal | None) -> bool | None:
    """None: not stated."""
    if area is None or least is None:
        return None
    return area >= least
