"""What every action shares: rows held in one order, what the model refuses said beside its field, stages moved.

Order of locks: programme, plan, application, letter, home, volunteer.
"""

from collections.abc import Sequence
from typing import TypeVar

from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db import models

from services.childrens_homes import errors
from services.childrens_homes.models import Programme
from services.childrens_homes.workflow import Edge, edge

Row = TypeVar("Row", bound=models.Model)


def hold(row: Row, *related: str) -> Row:
    """The row as it stands now, locked; ``related`` rows are read beside it and not locked."""
    rows = type(row).objects.unscoped().select_for_update(of=("self",))
    return rows.select_related(*related).get(pk=row.pk)


def hold_programme(programme: Programme) -> Programme:
    return Programme.objects.unscoped().select_for_update(of=("self",)).select_related("city").get(pk=programme.pk)


def checked(row: Row) -> Row:
    """Save what the model admits. Raises ``Invalid`` with the words of the field or constraint that refuses it."""
    try:
        row.full_clean()
    except ValidationError as fault:
        field, words = next(iter(fault.message_dict.items()))
        raise errors.Invalid(words=" ".join(words), field=None if field == NON_FIELD_ERRORS else field) from None
    row.save()
    return row


def changed(row: Row, values: dict) -> Row:
    """The same for a row of which ``values`` are set anew."""
    for name, value in values.items():
        setattr(row, name, value)
    return checked(row)


def stepped(table: Sequence[Edge], row, verb: str, reason: str) -> Edge | None:
    """The edge that a verb takes from where a row stands; None where it was taken already.

    Raises ``NotFromHere``, ``ReasonMissing``.
    """
    step = edge(table, row.state, verb)
    if step is None:
        if any(one.verb == verb and one.target == row.state for one in table):
            return None
        raise errors.NotFromHere(state=row.get_state_display())
    if step.needs_reason and not reason.strip():
        raise errors.ReasonMissing()
    return step
