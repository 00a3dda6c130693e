"""Storing what a list says of women workers' organisations: a constant number of statements, however long the list."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import uuid4

from django.contrib.contenttypes.models import ContentType
from wagtail.log_actions import registry as log_registry

from services.coverage.enums import Form, LeftBecause, Position, TermState
from services.coverage.models import Seat, Term, WomenCommittee
from services.coverage.queries.union_list import Held
from services.coverage.rules.union_list import Stated, is_next_term, state_of, which_term
from services.foundation import clock
from services.foundation.rows import store_objects

_BATCH = 500


@dataclass(slots=True)
class Entry:
    """What one union's line says, and what the record holds of it (None: nothing yet)."""

    organization_id: int
    stated: Stated
    held: Held | None
    name: str = ""


def store_union_list(entries: Sequence[Entry], *, today: date, by=None, now: datetime | None = None) -> None:
    """Write the entries inside the caller's transaction, which holds the tree's lock and the committees' rows.

    An empty fact erases nothing. A head with another name takes the seat from today; an end a whole term later is
    the next term's, and the one on record ended when it was due. Writing the same again changes nothing. What stood
    on record before and is another now goes into the story of each union.
    """
    moved = [(entry, said) for entry in entries if entry.held and (said := _moved(entry.stated, entry.held.facts))]
    for entry in entries:
        entry.held = entry.held or Held(WomenCommittee(organization_id=entry.organization_id, form=Form.NONE))
    _committees(entries)
    opened = _terms(entries)
    _seats(entries, opened, today)
    _tell(moved, by=by, now=now or clock.now())


# The facts of a line by the field of the record that holds them. Of a head the story says that there is another one.
_FIELDS = {
    "form": "form",
    "prepared": "prepared_on",
    "elected": "elected_on",
    "approved": "approved_on",
    "term": "years",
    "until": "ends_on",
}


def _moved(stated: Stated, before: Stated) -> dict:
    """What a line changes of facts that were on record; what it adds where nothing was is no change."""
    found = [name for name in stated.changes(before) if getattr(before, name) not in (None, "")]
    changed = {
        _FIELDS[name]: [_plain(getattr(before, name)), _plain(getattr(stated, name))]
        for name in found
        if name in _FIELDS
    }
    said = {"changed": changed} if changed else {}
    return said | ({"head": True} if "head" in found or "deputy" in found else {})


def _plain(value):
    return value.isoformat() if isinstance(value, date) else str(value)


def _tell(moved: Sequence[tuple[Entry, dict]], *, by, now: datetime) -> None:
    """One line of the story a union, in one statement."""
    model = log_registry.get_log_model_for_model(WomenCommittee)
    kind = ContentType.objects.get_for_model(WomenCommittee)
    lines = [
        model(
            content_type=kind,
            object_id=str(entry.held.committee.pk),
            label=entry.name,
            action="coverage.import",
            user=by,
            data=said,
            timestamp=now,
            uuid=uuid4(),
        )
        for entry, said in moved
    ]
    model.objects.bulk_create(lines, batch_size=_BATCH)


def _committees(entries: Sequence[Entry]) -> None:
    new, changed = [], []
    for entry in entries:
        committee, stated = entry.held.committee, entry.stated
        before = (committee.form, committee.prepared_on, committee.elected_on, committee.approved_on)
        committee.form = stated.form or committee.form
        committee.prepared_on = stated.prepared or committee.prepared_on
        committee.elected_on = stated.elected or committee.elected_on
        committee.approved_on = stated.approved or committee.approved_on
        if committee.pk is None:
            new.append(committee)
        elif before != (committee.form, committee.prepared_on, committee.elected_on, committee.approved_on):
            changed.append(committee)
    store_objects(WomenCommittee, new)
    _learn_keys(new, WomenCommittee.objects.unscoped().filter(organization__in=[one.organization_id for one in new]))
    WomenCommittee.objects.unscoped().bulk_update(
        changed, ["form", "prepared_on", "elected_on", "approved_on"], batch_size=_BATCH
    )


_OF_A_TERM = ("prepared_on", "elected_on", "approved_on", "years", "ends_on", "state", "ended_on", "form", "reminded")


def _terms(entries: Sequence[Entry]) -> set[int]:
    """Bring the terms up to date; the unions (by key) whose term is a new one."""
    new, changed, opened = [], [], set()
    for entry in entries:
        held, stated = entry.held, entry.stated
        true = stated.over(held.facts)
        if true.form == Form.NONE or not true.said()[1:]:
            continue
        if held.term is None or is_next_term(stated, held.facts):
            number = held.last_number + 1 if held.last_number else which_term(true) or 1
            if held.term:
                held.term.state, held.term.ended_on = TermState.ENDED, held.term.ends_on
                changed.append(held.term)
            held.term = Term(committee=held.committee, number=number, state=state_of(true, number))
            opened.add(entry.organization_id)
            new.append(held.term)
            _restate(held.term, true)
        elif _restate(held.term, true):
            changed.append(held.term)
    Term.objects.unscoped().bulk_update(changed, _OF_A_TERM, batch_size=_BATCH)
    for term in new:
        term.committee_id = term.committee.pk
    store_objects(Term, new)
    _learn_terms(new)
    return opened


def _learn_keys(new: Sequence[WomenCommittee], rows) -> None:
    keys = dict(rows.values_list("organization_id", "pk")) if new else {}
    for committee in new:
        committee.pk = keys[committee.organization_id]


def _learn_terms(new: Sequence[Term]) -> None:
    """A term is met again by its committee and its number."""
    rows = Term.objects.unscoped().filter(committee__in=[term.committee_id for term in new])
    rows = rows.exclude(state=TermState.CALLED_OFF)
    keys = {(committee, number): pk for pk, committee, number in rows.values_list("pk", "committee_id", "number")}
    for term in new:
        term.pk = keys[term.committee_id, term.number]


def _restate(term: Term, true: Stated) -> bool:
    """Put into a term what is true of it; the founding dates are the first term's."""
    before, ended_on = [getattr(term, name) for name in _OF_A_TERM], term.ends_on
    term.years, term.ends_on, term.form = true.term, true.until, true.form
    if term.number == 1:
        term.prepared_on, term.elected_on, term.approved_on = true.prepared, true.elected, true.approved
        term.state = state_of(true, 1)
    if term.ends_on != ended_on:
        term.reminded = None  # of another day nobody was told
    return before != [getattr(term, name) for name in _OF_A_TERM]


def _seats(entries: Sequence[Entry], opened: set[int], today: date) -> None:
    new, changed = [], []
    for entry in entries:
        held, stated = entry.held, entry.stated
        true = stated.over(held.facts)
        if not (true.head and held.term):
            continue
        seat, next_term = held.seat, entry.organization_id in opened
        position = Position.CHAIR if true.form == Form.COMMITTEE else Position.COMMISSIONER
        if seat is not None and not next_term and seat.name == true.head:
            if (seat.union_post, seat.position) != (true.deputy, position):
                seat.union_post, seat.position = true.deputy, position
                changed.append(seat)
            continue
        # What was said of the head before isn't said of another woman.
        post = stated.deputy or (true.deputy if seat is None or seat.name == true.head else "")
        hers = Seat(term=held.term, position=position, name=true.head, union_post=post)
        if seat is not None and not next_term:
            seat.until_on, seat.left_because = max(today, seat.from_on or today), LeftBecause.OTHER
            changed.append(seat)
            hers.from_on, hers.replaces = seat.until_on, seat
        elif seat is not None:
            seat.until_on, seat.left_because = max(today, seat.from_on or today), LeftBecause.TERM_ENDED
            changed.append(seat)
        new.append(hers)
    Seat.objects.unscoped().bulk_update(
        changed, ["position", "union_post", "until_on", "left_because"], batch_size=_BATCH
    )
    for seat in new:
        seat.term_id = seat.term.pk
    store_objects(Seat, new)
