"""What is on record of many unions at once, as the plain values that the rules judge by: four queries however many."""

from collections.abc import Sequence

from services.coverage.enums import Position, TermState
from services.coverage.models import Seat, Term, WomenCommittee
from services.coverage.rules.standing import Dates, Facts
from services.organizations.models import Organization


def facts_of(organizations: Sequence[Organization]) -> dict[int, Facts]:
    """Facts by the key of the union; one without a record has what the organisation itself says."""
    keys = [one.pk for one in organizations]
    committees = {c.organization_id: c for c in WomenCommittee.objects.unscoped().filter(organization__in=keys)}
    terms = {t.committee_id: t for t in _in_office([c.pk for c in committees.values()])}
    heads = _heads([t.pk for t in terms.values()])
    found = {}
    for one in organizations:
        committee = committees.get(one.pk)
        term = terms.get(committee.pk) if committee else None
        found[one.pk] = _facts(one, committee, term, heads.get(term.pk) if term else None)
    return found


def _in_office(committees: list[int]):
    terms = Term.objects.unscoped().filter(committee__in=committees, state=TermState.IN_OFFICE)
    return terms.only("committee_id", "ends_on")


def _heads(terms: list[int]) -> dict[int, tuple[str | None, bool]]:
    """By term: the post in the union of the head who sits (None: nobody does), and whether one left."""
    found: dict[int, tuple[str | None, bool]] = {}
    seats = Seat.objects.unscoped().filter(term__in=terms, position=Position.CHAIR)
    for term, post, until in seats.values_list("term", "union_post", "until_on"):
        sits, left = found.get(term, (None, False))
        found[term] = (post, left) if until is None else (sits, True)
    return found


def _facts(one: Organization, committee: WomenCommittee | None, term: Term | None, head) -> Facts:
    said = {"women_members": one.women_member_count, "established_on": one.established_on}
    if committee is None:
        return Facts(**said)
    post, left = head or (None, False)
    return Facts(
        form=committee.form,
        own=Dates(committee.prepared_on, committee.elected_on, committee.approved_on),
        unions=Dates(committee.union_prepared_on, committee.union_elected_on, committee.union_approved_on),
        in_office=term is not None,
        ends_on=term.ends_on if term else None,
        union_ends_on=committee.union_term_ends_on,
        chair_post=post,
        chair_left=left,
        **said,
    )
