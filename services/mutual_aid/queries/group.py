"""The group's share of a batch, with the numbers it is taken of."""

from services.mutual_aid.models import EnrolmentBatch
from services.mutual_aid.rules.terms import Terms
from services.mutual_aid.rules.threshold import Group, Judged, threshold


def threshold_of(batch: EnrolmentBatch, terms: Terms) -> Judged:
    """Who joins, and who is covered already, of the headcount stated."""
    group = Group(joined=batch.persons + batch.covered_before, women=batch.headcount_women, staff=batch.headcount_staff)
    return threshold(terms, group)
