"""The locks of a record, in their order: the union's committee row, its terms, its standing."""

from datetime import date

from services.coverage import errors
from services.coverage.enums import UNDER_WAY, Form, TermState
from services.coverage.models import Term, WomenCommittee
from services.coverage.queries.requirements import in_force
from services.coverage.rules import terms as rules
from services.foundation.errors import Refused
from services.organizations.enums import Branch, Kind
from services.organizations.models import Organization

_BY_CODE: dict[str, type[Refused]] = {
    one.code: one
    for one in (
        errors.DayAhead,
        errors.ElectedBeforePrepared,
        errors.ApprovedBeforeElected,
        errors.LengthNotAdmitted,
        errors.EndOutOfTerm,
    )
}


def insist_union(organization: Organization) -> Organization:
    """A grassroots union that is open, as it stands now. Raises ``UnionClosed``, ``NotAUnion``."""
    fresh = Organization.objects.get(pk=organization.pk)
    if fresh.kind != Kind.GRASSROOTS_UNION or fresh.branch != Branch.TRADE_UNION:
        raise errors.NotAUnion()
    if fresh.closed_on:
        raise errors.UnionClosed()
    return fresh


def hold_committee(organization: Organization, *, begun_as: str = Form.NONE) -> WomenCommittee:
    """The union's record under lock, begun when there is none; ``begun_as`` "" where its form stays not stated.

    Raises ``UnionClosed``, ``NotAUnion``.
    """
    fresh = insist_union(organization)
    WomenCommittee.objects.unscoped().get_or_create(organization=fresh, defaults={"form": begun_as})
    held = WomenCommittee.objects.unscoped().select_for_update(of=("self",))
    committee = held.get(organization=fresh)
    # A merge that held the row before us has closed the union since; the join above may still show it open.
    committee.organization = Organization.objects.get(pk=fresh.pk)
    if committee.organization.closed_on:
        raise errors.UnionClosed()
    return committee


def hold_term(term: Term) -> Term:
    """The term under lock, its committee before it. Raises ``UnionClosed`` where a merge has taken it elsewhere."""
    organization = Organization.objects.get(women_committee__terms=term.pk)
    committee = hold_committee(organization)
    held = Term.objects.unscoped().select_for_update(of=("self",)).get(pk=term.pk)
    if held.committee_id != committee.pk:
        raise errors.UnionClosed()
    held.committee = committee
    return held


def in_office_of(committee: WomenCommittee) -> Term | None:
    return _terms(committee).filter(state=TermState.IN_OFFICE).first()


def under_way_of(committee: WomenCommittee) -> Term | None:
    return _terms(committee).filter(state__in=UNDER_WAY).first()


def next_number(committee: WomenCommittee) -> int:
    """The next one counts on from those that came into office: a term that was called off is none (届)."""
    counted = _terms(committee).exclude(state=TermState.CALLED_OFF)
    newest = counted.order_by("-number").values_list("number", flat=True).first()
    return (newest or 0) + 1


def _terms(committee: WomenCommittee):
    return Term.objects.unscoped().filter(committee=committee)


def insist_days(organization: Organization, *, today: date, **days) -> None:
    """Raise the first thing that is wrong with the days of a term, with ``field`` in its context."""
    asked = in_force(organization.path, today)
    for fault in rules.faults(today=today, admitted=asked.term_years, **days):
        words = {
            key: " / ".join(map(str, value)) if isinstance(value, list) else str(value)
            for key, value in fault.context.items()
        }
        raise _BY_CODE[fault.code](field=fault.field, **words)


def insist_said(words: str) -> str:
    """The words, tidied. Raises ``SaidNothing``."""
    said = " ".join(words.split())
    if not said:
        raise errors.SaidNothing()
    return said[:300]
