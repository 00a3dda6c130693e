"""Members of a term in office come, leave and are replaced."""

from datetime import date, datetime

from django.db import transaction
from django.utils.timezone import localdate

from services.coverage import errors, policies
from services.coverage.actions import holding
from services.coverage.actions.terms import insist_one_union, recorded
from services.coverage.enums import Form, Position, TermState
from services.coverage.models import Seat, Term
from services.coverage.rules.terms import Named


@transaction.atomic
def fill(term: Term, *, one: Named, on: date, by, now: datetime, replaces: Seat | None = None) -> Seat:
    """Give somebody a seat of the term in office, a new one or that of somebody who left.

    Raises ``PermissionDenied``, ``TermOver``, ``StepMissing``, ``DayAhead``, ``BeforeTheTermInOffice``, ``HeadThere``,
    ``NamedTwice``, ``HeadElsewhere``, ``SeatFilled``, ``CommissionerAlone``, ``BeforeTheVacancy``.
    """
    policies.may_file(by, term.committee.organization).insist()
    term = _hold_in_office(term)
    if on > localdate(now):
        raise errors.DayAhead(field="on")
    began = term.approved_on or term.elected_on
    if began and on < began:
        raise errors.BeforeTheTermInOffice(field="on", day=str(began))
    sitting = list(Seat.objects.unscoped().filter(term=term, until_on__isnull=True))
    if replaces is not None:
        replaces = Seat.objects.unscoped().select_for_update(of=("self",)).get(pk=replaces.pk, term=term)
        if Seat.objects.unscoped().filter(replaces=replaces).exists():
            raise errors.SeatFilled()
        if replaces.until_on is None:
            raise errors.HeadThere(name=replaces.name)
        if on < replaces.until_on:
            raise errors.BeforeTheVacancy(field="on", day=str(replaces.until_on))
    _insist_room(term, one, sitting)
    insist_one_union(one, term.committee.organization)
    seat = Seat.objects.create(
        term=term,
        position=one.position,
        name=one.name,
        union_post=one.union_post,
        also_chair_because=one.also_because.strip()[:200],
        from_on=on,
        replaces=replaces,
    )
    data = {"term": term.number, "position": seat.position, "on": on, "replaces": replaces.pk if replaces else None}
    recorded(term.committee, "seat_filled", by=by, now=now, data=data)
    return seat


def _insist_room(term: Term, one: Named, sitting: list[Seat]) -> None:
    if any(seat.name == one.name for seat in sitting):
        raise errors.NamedTwice(name=one.name)
    if term.form == Form.COMMISSIONER and (sitting or one.position != Position.COMMISSIONER):
        raise errors.CommissionerAlone()
    heads = [seat for seat in sitting if seat.position == Position.CHAIR]
    if heads and one.position == Position.CHAIR:
        raise errors.HeadThere(name=heads[0].name)


@transaction.atomic
def leave(seat: Seat, *, on: date, because: str, by, now: datetime) -> Seat:
    """Somebody leaves her seat. Raises ``PermissionDenied``, ``TermOver``, ``StepMissing``, ``SeatVacant``,
    ``DayAhead``, ``LeftBeforeSheCame``."""
    policies.may_file(by, seat.term.committee.organization).insist()
    term = _hold_in_office(seat.term)
    seat = Seat.objects.unscoped().select_for_update(of=("self",)).get(pk=seat.pk)
    seat.term = term
    if seat.until_on is not None:
        raise errors.SeatVacant()
    if on > localdate(now):
        raise errors.DayAhead(field="on")
    if seat.from_on and on < seat.from_on:
        raise errors.LeftBeforeSheCame(field="on", day=str(seat.from_on))
    seat.until_on, seat.left_because = on, because
    seat.save(update_fields=["until_on", "left_because"])
    data = {"term": term.number, "position": seat.position, "on": on, "because": because}
    recorded(term.committee, "seat_left", by=by, now=now, data=data)
    return seat


def _hold_in_office(term: Term) -> Term:
    term = holding.hold_term(term)
    if term.state in (TermState.ENDED, TermState.CALLED_OFF):
        raise errors.TermOver()
    if term.state != TermState.IN_OFFICE:
        raise errors.StepMissing()
    return term
