"""What the union says of itself, and corrections of what was recorded wrongly, with the reason and what stood there."""

from collections.abc import Collection
from datetime import date, datetime

from django.db import transaction
from django.db.models import Q
from django.utils.timezone import localdate

from services.coverage import errors, policies
from services.coverage.actions import holding
from services.coverage.actions.terms import recorded
from services.coverage.enums import LeftBecause, TermState
from services.coverage.models import Seat, Term, WomenCommittee
from services.coverage.queries.requirements import in_force
from services.coverage.rules.terms import FOUNDING, OF_A_TERM, STATED, too_far
from services.organizations.models import Organization


@transaction.atomic
def state_union(organization: Organization, *, by, now: datetime, **said) -> WomenCommittee:
    """The union's own founding steps, the end of its term, its staff for women workers. Raises ``PermissionDenied``,
    ``UnionClosed``, ``DayAhead``, ``ElectedBeforePrepared``, ``ApprovedBeforeElected``, ``UnionEndsTooLate``,
    ``NothingChanged``."""
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
    _insist_near(whole["union_term_ends_on"], committee.organization, localdate(now))
    moved = _put(committee, said)
    committee.save()
    recorded(committee, "state_union", by=by, now=now, data={"changed": moved})
    return committee


@transaction.atomic
def correct_term(term: Term, *, reason: str, by, now: datetime, **said) -> Term:
    """Correct the days, length, end or number of a term; those of the first are the committee's founding steps too.
    Where the day moves on which it began, the end of the one before moves along, and so do seats that changed hands.

    Raises ``PermissionDenied``, ``SaidNothing``, ``TermOver`` (called off), ``NothingChanged``,
    ``BeforeTheTermInOffice``, ``AfterTheTermEnded`` and what is wrong with the days.
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
    first, began, before = _is_founding(term, committee), _began(term), _one_before(term)
    moved = _put(term, said)
    _insist_between(term, before, moved)
    if before and began and (begins := _began(term)) and begins != began:
        _move_the_change(before, term, was=began, now=begins)
    term.reminded = None if "ends_on" in moved else term.reminded
    term.save()
    if first:
        for name in FOUNDING:
            setattr(committee, name, getattr(term, name))
        committee.save()
    recorded(committee, "correct", by=by, now=now, data={"term": term.number, "changed": moved, "reason": why})
    return term


def _insist_near(ends: date | None, union: Organization, today: date) -> None:
    latest = too_far(ends, today=today, admitted=in_force(union.path, today).term_years)
    if latest:
        raise errors.UnionEndsTooLate(field="union_term_ends_on", latest=str(latest))


def _began(term: Term) -> date | None:
    return term.approved_on or term.elected_on


def _one_before(term: Term) -> Term | None:
    """The term that was in office before it, held."""
    ended = (
        Term.objects.unscoped()
        .select_for_update(of=("self",))
        .filter(committee=term.committee_id, state=TermState.ENDED, number__lt=term.number)
    )
    return ended.order_by("-number").first()


def _insist_between(term: Term, before: Term | None, moved: Collection[str]) -> None:
    """The steps that move follow the beginning of the term before, and it began before the next one did."""
    began = before and _began(before)
    for name in FOUNDING:
        day = getattr(term, name)
        if name in moved and day and began and day < began:
            raise errors.BeforeTheTermInOffice(field=name, day=str(began))
    begins, field = _began(term), "approved_on" if term.approved_on else "elected_on"
    if field in moved and term.ended_on and begins and begins > term.ended_on:
        raise errors.AfterTheTermEnded(field=field, day=str(term.ended_on))


def _move_the_change(before: Term, term: Term, *, was: date, now: date) -> None:
    """The day on which one term followed the other, for both of them and for whoever sat until or since."""
    seats = Seat.objects.unscoped()
    seats.filter(Q(until_on__isnull=True) | Q(until_on__gte=now), term=term, from_on=was).update(from_on=now)
    if before.ended_on != was:
        return
    before.ended_on = now
    before.save(update_fields=["ended_on"])
    left = seats.filter(term=before, until_on=was, left_because=LeftBecause.TERM_ENDED)
    left.exclude(from_on__gt=now).update(until_on=now)


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
