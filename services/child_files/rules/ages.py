"""What an age means for a child's file.

Sources: Civil Code Art. 19 (from eight a child's own will counts), Law on the Protection of Minors Arts. 4(5), 22;
PIPL Arts. 28 and 31 (everything about a child under fourteen is sensitive and needs the guardian's consent).
"""

from datetime import date

from services.foundation.identifiers import whole_years

OPINION_FROM = 8
OWN_NOTICE_FROM = 14
ADULT = 18
_BANDS = ((6, "under_6"), (9, "6_8"), (12, "9_11"), (14, "12_13"), (16, "14_15"))


def age_band(born: date, on: date) -> str:
    """The band that reports use; a later birthday moves the child up on that very day."""
    years = whole_years(born, on)
    return next((band for below, band in _BANDS if years < below), "16_up")


def fits_a_home(born: date, on: date) -> bool:
    return born < on and whole_years(born, on) < ADULT


def has_a_say(born: date, on: date) -> bool:
    return whole_years(born, on) >= OPINION_FROM


def gets_own_notice(born: date, on: date) -> bool:
    """From the fourteenth birthday on, which itself counts."""
    return whole_years(born, on) >= OWN_NOTICE_FROM
