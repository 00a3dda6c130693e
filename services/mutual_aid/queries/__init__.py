"""Reads of mutual aid: schemes and their terms, covers on two axes of time, claims as facts."""

from services.mutual_aid.queries.claims import decided_claims, years_decided
from services.mutual_aid.queries.covers import cover_on, covers_of, history_of, known, plain_cover, present_version
from services.mutual_aid.queries.schemes import (
    SERVICE,
    funds_for,
    homes,
    in_force_for,
    name_of,
    routes_in_force,
    scheme_names,
    schemes_listed,
    terms_in_force,
    top_union,
    version_for,
    versions_of,
)
from services.mutual_aid.queries.terms import fingerprint, terms_of, with_rows

__all__ = [
    "SERVICE",
    "cover_on",
    "covers_of",
    "decided_claims",
    "fingerprint",
    "funds_for",
    "history_of",
    "homes",
    "in_force_for",
    "known",
    "name_of",
    "plain_cover",
    "present_version",
    "routes_in_force",
    "scheme_names",
    "schemes_listed",
    "terms_in_force",
    "terms_of",
    "top_union",
    "version_for",
    "versions_of",
    "with_rows",
    "years_decided",
]
