"""The way of a term: prepared and elected by the unit, approved or returned by the federation, then the next one.

Every verb is one transaction, asks its policy, holds the committee before the term, derives the standing and leaves a
line in the story of the record.
"""

from collections.abc import Sequence
from datetime import date, datetime

from django.db import transaction
from django.utils.timezone import localdate
from wagtail.log_actions import log

from services.coverage import errors, notifications, policies
from services.coverage.actions import holding
from services.coverage.actions.standings import derive
from services.coverage.enums import UNDER_WAY, Form, LeftBecause, Position, Required, TermState
from services.coverage.models import Seat, Term, WomenCommittee
from services.coverage.queries.records import head_elsewhere
from services.coverage.queries.requirements import book_on
from services.coverage.rules import standing as standing_rules
from services.coverage.rules.terms import Named, last_day
from services.organizations.models import Organization


@transaction.atomic
def prepare(organization: Organization, *, on: date, years: int, by, now: datetime) -> Term:
    """Begin the next term of a committee. Raises ``PermissionDenied``, ``UnionClosed``, ``TermUnderWay``, ``DayAhead``,
    ``LengthNotAdmitted``, ``BeforeTheTermInOffice``."""
    policies.may_file(by, organization).insist()
    committee = holding.hold_committee(organization)
    holding.insist_days(committee.organization, today=localdate(now), prepared=on, years=years)
    if holding.under_way_of(committee):
        raise errors.TermUnderWay()
    _insist_after(holding.in_office_of(committee), on)
    if not committee.form:
        committee.form = Form.NONE
        committee.save(update_fields=["form"])
    term = Term.objects.create(
        committee=committee,
        number=holding.next_number(committee),
        form=Form.COMMITTEE,
        state=TermState.PREPARED,
        prepared_on=on,
        years=years,
        filed_by=by,
        filed_at=now,
    )
    _done(term, "prepare", by=by, now=now, data={"on": on, "years": years})
    return term


@transaction.atomic
def file_election(
    term: Term, *, on: date, seats: Sequence[Named], by, now: datetime, ends_on: date | None = None
) -> Term:
    """State who was elected when, and ask for approval; after a return this takes the place of what stood there.

    ``ends_on`` None: the full length. Raises ``PermissionDenied``, ``StepMissing``, ``FiledAlready``, ``TermOver``,
    ``NoHead``, ``NamedTwice``, ``HeadElsewhere`` and what is wrong with the days.
    """
    policies.may_file(by, term.committee.organization).insist()
    term = holding.hold_term(term)
    if term.state == TermState.ELECTED:
        raise errors.FiledAlready()
    _insist_under_way(term)
    union = term.committee.organization
    holding.insist_days(
        union, today=localdate(now), prepared=term.prepared_on, elected=on, years=term.years, ends=ends_on
    )
    _insist_named(seats, union)
    Seat.objects.unscoped().filter(term=term).delete()
    Seat.objects.bulk_create([_seat(term, one, since=None) for one in seats])
    term.elected_on, term.ends_on = on, ends_on or last_day(on, term.years)
    term.state, term.returned_because, term.filed_by, term.filed_at = TermState.ELECTED, "", by, now
    term.save()
    _done(term, "elect", by=by, now=now, data={"on": on, "seats": len(seats)})
    return term


@transaction.atomic
def approve(term: Term, *, on: date, number: str = "", by, now: datetime) -> Term:
    """Put an elected term in office; the one before ends on that day with all its seats.

    Raises ``PermissionDenied``, ``Approved`` (already), ``StepMissing``, ``TermOver``, ``DayAhead``,
    ``ApprovedBeforeElected``, ``BeforeTheTermInOffice``.
    """
    if term.state != TermState.IN_OFFICE:
        policies.may_decide(by, term).insist()
    term = holding.hold_term(term)
    if term.state == TermState.IN_OFFICE:
        raise errors.Approved()
    if term.state != TermState.ELECTED:
        raise errors.StepMissing() if term.state in UNDER_WAY else errors.TermOver()
    policies.may_decide(by, term).insist()
    holding.insist_days(term.committee.organization, today=localdate(now), elected=term.elected_on, approved=on)
    before = holding.in_office_of(term.committee)
    _insist_after(before, on, field="approved_on")
    if before:
        end(before, on)
    term.approved_on, term.approval_number = on, number.strip()[:60]
    term.decided_by, term.decided_at = by, now
    _into_office(term, since=on)
    _done(term, "approve", by=by, now=now, data={"on": on, "number": term.approval_number})
    notifications.tell_filer(notifications.APPROVED, term)
    return term


@transaction.atomic
def send_back(term: Term, *, because: str, by, now: datetime) -> Term:
    """Return an elected term to the unit with words. Raises ``PermissionDenied``, ``SaidNothing``, ``StepMissing``,
    ``ReturnedAlready``, ``TermOver``, ``TermRuns``."""
    policies.may_decide(by, term).insist()
    said = holding.insist_said(because)
    term = holding.hold_term(term)
    if term.state == TermState.RETURNED:
        raise errors.ReturnedAlready()
    _insist_under_way(term)
    if term.state != TermState.ELECTED:
        raise errors.StepMissing()
    term.state, term.returned_because, term.decided_by, term.decided_at = TermState.RETURNED, said, by, now
    term.save()
    _done(term, "return", by=by, now=now, data={"reason": said})
    notifications.tell_filer(notifications.RETURNED, term)
    return term


@transaction.atomic
def call_off(term: Term, *, because: str, by, now: datetime) -> Term:
    """Give up a term that isn't in office yet. Raises ``PermissionDenied``, ``SaidNothing``, ``CalledOff``,
    ``TermOver``, ``TermRuns``."""
    policies.may_file(by, term.committee.organization).insist()
    said = holding.insist_said(because)
    term = holding.hold_term(term)
    if term.state == TermState.CALLED_OFF:
        raise errors.CalledOff()
    _insist_under_way(term)
    term.state, term.called_off_because = TermState.CALLED_OFF, said
    term.save()
    _done(term, "call_off", by=by, now=now, data={"reason": said})
    return term


@transaction.atomic
def appoint(
    organization: Organization, *, name: str, union_post: str = "", on: date, years: int, by, now: datetime
) -> Term:
    """Appoint a commissioner where women members are few: in office at once, no approval is asked for ([S131] Art. 11).

    Raises ``PermissionDenied``, ``UnionClosed``, ``CommitteeNeeded``, ``HeadcountMissing``, ``TermUnderWay`` and what
    is wrong with the days.
    """
    policies.may_file(by, organization).insist()
    committee = holding.hold_committee(organization)
    union = committee.organization
    _insist_few(union, localdate(now))
    holding.insist_days(union, today=localdate(now), elected=on, years=years)
    if holding.under_way_of(committee):
        raise errors.TermUnderWay()
    before = holding.in_office_of(committee)
    _insist_after(before, on, field="elected_on")
    if before:
        end(before, on)
    term = Term(committee=committee, number=holding.next_number(committee), form=Form.COMMISSIONER)
    term.elected_on, term.years, term.ends_on = on, years, last_day(on, years)
    term.filed_by, term.filed_at = by, now
    term.state = TermState.PREPARED
    term.save()
    Seat.objects.bulk_create([_seat(term, Named(Position.COMMISSIONER, name, union_post), since=on)])
    _into_office(term, since=on)
    _done(term, "appoint", by=by, now=now, data={"on": on, "years": years})
    return term


def _insist_few(union: Organization, today: date) -> None:
    asked = book_on(today).asked(union.path)
    women = union.women_member_count
    required = standing_rules.standing(standing_rules.Facts(women_members=women), asked, today).required
    if required == Required.UNKNOWN:
        raise errors.HeadcountMissing()
    if required == Required.COMMITTEE:
        raise errors.CommitteeNeeded(women=women, committee_from=asked.committee_from)


def insist_one_union(one: Named, union: Organization) -> None:
    """A head of one union heads no other, unless somebody says why. Raises ``HeadElsewhere``."""
    if one.position != Position.CHAIR or one.also_because.strip():
        return
    if elsewhere := head_elsewhere(one.name, union):
        raise errors.HeadElsewhere(name=one.name, union=elsewhere.term.committee.organization.name)


def _insist_named(seats: Sequence[Named], union: Organization) -> None:
    heads = [one for one in seats if one.position == Position.CHAIR]
    if not heads:
        raise errors.NoHead()
    if len(heads) > 1:
        raise errors.HeadThere(name=heads[0].name)
    seen: set[str] = set()
    for one in seats:
        if one.name in seen:
            raise errors.NamedTwice(name=one.name)
        seen.add(one.name)
    insist_one_union(heads[0], union)


def _insist_under_way(term: Term) -> None:
    if term.state == TermState.IN_OFFICE:
        raise errors.TermRuns()
    if term.state not in UNDER_WAY:
        raise errors.TermOver()


def _insist_after(before: Term | None, day: date, *, field: str = "prepared_on") -> None:
    began = before and (before.approved_on or before.elected_on)
    if began and day < began:
        raise errors.BeforeTheTermInOffice(field=field, day=str(began))


def end(term: Term, on: date) -> None:
    """The term and its seats end; the caller holds it and derives the standing."""
    term.state, term.ended_on = TermState.ENDED, on
    term.save(update_fields=["state", "ended_on"])
    sitting = Seat.objects.unscoped().filter(term=term, until_on__isnull=True)
    sitting.filter(from_on__gt=on).update(until_on=None, left_because=LeftBecause.TERM_ENDED)
    sitting.exclude(from_on__gt=on).update(until_on=on, left_because=LeftBecause.TERM_ENDED)


def _into_office(term: Term, *, since: date) -> None:
    """The term begins; the committee's founding steps are those of its first term."""
    term.state = TermState.IN_OFFICE
    term.save()
    Seat.objects.unscoped().filter(term=term, from_on__isnull=True, until_on__isnull=True).update(from_on=since)
    committee = term.committee
    stated = committee.prepared_on or committee.elected_on or committee.approved_on
    if committee.form in ("", Form.NONE) and not stated:
        committee.prepared_on, committee.elected_on = term.prepared_on, term.elected_on
        committee.approved_on = term.approved_on
    committee.form = term.form
    committee.save()


def _seat(term: Term, one: Named, *, since: date | None) -> Seat:
    return Seat(
        term=term,
        position=one.position,
        name=one.name,
        union_post=one.union_post,
        also_chair_because=one.also_because.strip()[:200],
        from_on=since,
    )


def _done(term: Term, verb: str, *, by, now: datetime, data: dict) -> None:
    recorded(term.committee, verb, by=by, now=now, data={"term": term.number, **data})


def recorded(committee: WomenCommittee, verb: str, *, by, now: datetime, data: dict) -> None:
    """Derive the standing and leave a line in the story of the record."""
    derive([committee.organization_id], cause=verb, by=by, now=now)
    plain = {key: value.isoformat() if isinstance(value, date) else value for key, value in data.items()}
    log(instance=committee, action=f"coverage.{verb}", user=by, data=plain, timestamp=now)
