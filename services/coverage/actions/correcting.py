"""What the union says of itself, and corrections of what was recorded wrongly, with the reason and what stood there."""

from datetime import date, datetime

from django.db import transaction
from django.utils.timezone import localdate

from services.coverage import errors, policies
from services.coverage.actions import holding
from services.coverage.actions.terms import recorded
from services.coverage.enums import TermState
from services.coverage.models import Term, WomenCommittee
from services.coverage.rules.terms import FOUNDING, OF_A_TERM, STATED
from services.organizations.models import Organization


@transaction.atomic
def state_union(organization: Organization, *, by, now: datetime, **said) -> WomenCommittee:
    """The union's own founding steps, the end of its term, its staff for women workers. Raises ``PermissionDenied``,
    ``UnionClosed``, ``DayAhead``, ``ElectedBeforePrepared``, ``ApprovedBeforeElected``, ``NothingChanged``."""
    _insist_known(said, STATED)
    policies.may_file(by, organization).insist()
    committee = holding.hold_committee(organization, begun_as="")
    whole = {name: said.get(name, getattr(committee, name)) for name in STATED}
    try:
        holding.insist_days(
            committee.organization,
            today=localdate(now),
            prepared=whole["union_prepared_on"],
            elected=whole["union_elected_on"],
            approved=whole["union_approved_on"],
        )
    except errors.Refused as refusal:
        refusal.context["field"] = f"union_{refusal.context['field']}"
        raise
    moved = _put(committee, said)
    committee.save()
    recorded(committee, "state_union", by=by, now=now, data={"changed": moved})
    return committee


@transaction.atomic
def correct_term(term: Term, *, reason: str, by, now: datetime, **said) -> Term:
    """Correct the days, length, end or number of a term; those of the first are the committee's founding steps too.

    Raises ``PermissionDenied``, ``SaidNothing``, ``TermOver`` (called off), ``NothingChanged`` and what is wrong with
    the days.
    """
    _insist_known(said, OF_A_TERM)
    policies.may_correct(by, term.committee.organization).insist()
    why = holding.insist_said(reason)
    term = holding.hold_term(term)
    if term.state == TermState.CALLED_OFF:
        raise errors.TermOver()
    _insist_steps(term, said)
    whole = {name: said.get(name, getattr(term, name)) for name in OF_A_TERM}
    holding.insist_days(
        term.committee.organization,
        today=localdate(now),
        prepared=whole["prepared_on"],
        elected=whole["elected_on"],
        approved=whole["approved_on"],
        years=whole["years"],
        ends=whole["ends_on"],
    )
    committee = term.committee
    first = _is_founding(term, committee)
    moved = _put(term, said)
    term.reminded = None if "ends_on" in moved else term.reminded
    term.save()
    if first:
        for name in FOUNDING:
            setattr(committee, name, getattr(term, name))
        committee.save()
    recorded(committee, "correct", by=by, now=now, data={"term": term.number, "changed": moved, "reason": why})
    return term


def _is_founding(term: Term, committee: WomenCommittee) -> bool:
    """Where no day is stated at all, only the number tells which term was the first."""
    stated = any(getattr(committee, name) for name in FOUNDING)
    return (stated or term.number == 1) and all(getattr(committee, name) == getattr(term, name) for name in FOUNDING)


def _insist_steps(term: Term, said: dict) -> None:
    """A correction takes no step of the way: a day is put right, never the first one given."""
    if said.get("approved_on") and term.approved_on is None and term.state in (TermState.PREPARED, TermState.RETURNED):
        raise errors.StepMissing(field="approved_on")
    if said.get("approved_on") and term.state == TermState.ELECTED:
        raise errors.StepMissing(field="approved_on")
    if said.get("elected_on") and term.state == TermState.PREPARED:
        raise errors.StepMissing(field="elected_on")


def _put(row, said: dict) -> dict[str, list]:
    """Write what differs; what stood there before and what stands there now, by field. Raises ``NothingChanged``."""
    moved = {}
    for name, value in said.items():
        old = getattr(row, name)
        if old != value:
            moved[name] = [_plain(old), _plain(value)]
            setattr(row, name, value)
    if not moved:
        raise errors.NothingChanged()
    return moved


def _plain(value):
    return value.isoformat() if isinstance(value, date) else value


def _insist_known(said: dict, known: tuple[str, ...]) -> None:
    if unknown := said.keys() - set(known):
        raise TypeError(f"not to be stated: {sorted(unknown)}")
