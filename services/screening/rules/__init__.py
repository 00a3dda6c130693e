"""The rules of screening: plain values in, explained findings out."""

from services.screening.rules.eligibility import Assessment, Facts, Standing, Terms, eligibility
from services.screening.rules.kinds import KINDS, KindRules, Past, counts, deciding, duty_months
from services.screening.rules.pools import fulfils

__all__ = [
    "KINDS",
    "Assessment",
    "Facts",
    "KindRules",
    "Past",
    "Standing",
    "Terms",
    "counts",
    "deciding",
    "duty_months",
    "eligibility",
    "fulfils",
]
