"""Masks that only children's files need; the others are the foundation's. They fail closed (E3, traps M1-M3)."""

import re

from services.foundation.masking import HIDDEN, mask_name, mask_phone

_TO_COUNTY = re.compile(r"^(.{1,20}?(?:市|州|盟))?(.{1,12}?(?:区|县|旗|市))")
_MOST = 20


def mask_address(value: str) -> str:
    """``示例省示例市示例县****``: down to the county, nothing finer; without one it is hidden whole."""
    text = (value or "").strip()
    found = _TO_COUNTY.match(text)
    if not found or len(found.group(0)) > _MOST or found.group(0) == text:
        return HIDDEN
    return f"{found.group(0)}{HIDDEN}"


def mask_child(value: str) -> str:
    """A child's name in a list at her own home's desk: the family name and stars, whatever its length."""
    masked = mask_name(value)
    return f"{masked[:1]}**" if len((value or "").strip()) > 1 else HIDDEN


__all__ = ["mask_address", "mask_child", "mask_name", "mask_phone"]
