"""The rules of screening: plain values in, explained findings out."""

from services.screening.rules.eligibility import Assessment, Facts, Standing, Terms, eligibility

__all__ = ["Assessment", "Facts", "Standing", "Terms", "eligibility"]
