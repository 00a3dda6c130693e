"""Indicators: corrected while nobody has read a value by them, afterwards by new versions with a reason alone."""

from datetime import datetime
from typing import Any

from django.db import transaction

from services.indicators import errors
from services.indicators.actions.entries import begin, changes, free, held, not_locked, note, opening, reason
from services.indicators.enums import IndicatorKind
from services.indicators.models import EarlierDefinition, Indicator
from services.indicators.queries.dictionary import DEFINING, is_in_use, locked_years
from services.indicators.rules.spans import begins_in_the_open
from services.organizations.models import Organization


@transaction.atomic
def add_indicator(
    owner: Organization, *, code: str, fields: dict[str, Any], first_year: int | None, by, now: datetime
) -> Indicator:
    """Raises ``PermissionDenied``, ``CodeTaken``, ``YearShut``, ``DenominatorMissing``, ``DenominatorTooMany``,
    ``DividedByItself``, ``PartForeign``, ``PartEnded``. Lock: the dictionary."""
    begin(owner, by=by)
    free(Indicator, owner, code)
    first_year = opening(owner, first_year)
    _fits(owner, fields, first_year)
    last = Indicator.objects.unscoped().filter(owner=owner).order_by("-place").values_list("place", flat=True).first()
    made = Indicator.objects.create(
        owner=owner, code=code, first_year=first_year, place=0 if last is None else last + 1, **fields
    )
    note(made, "add", by=by, now=now)
    return made


@transaction.atomic
def correct_indicator(indicator: Indicator, *, fields: dict[str, Any], because: str, by, now: datetime) -> Indicator:
    """In place, while nothing has been read by it. Raises ``PermissionDenied``, ``WordsMissing``, ``NothingChanged``,
    ``DefinitionInUse`` and what ``add_indicator`` does. Locks: the dictionary, the indicator."""
    one, words = held(indicator, by=by), reason(because)
    changed = changes(one, fields)
    if not changed:
        raise errors.NothingChanged()
    if is_in_use(one):
        raise errors.DefinitionInUse()
    _fits(one.owner, fields, one.defined_from or one.first_year)
    return _write(one, fields, "correct", by=by, now=now, reason=words, changed=changed)


@transaction.atomic
def redefine_indicator(
    indicator: Indicator, *, first_year: int, fields: dict[str, Any], because: str, by, now: datetime
) -> Indicator:
    """The next version, from ``first_year`` on; every year before keeps the definition it was judged by.

    Raises ``PermissionDenied``, ``WordsMissing``, ``NothingChanged``, ``EndedAlready``, ``YearShut``,
    ``VersionTooEarly`` and what ``add_indicator`` does. Locks: the dictionary, the indicator.
    """
    one, words = held(indicator, by=by), reason(because)
    fields = {name: value for name, value in fields.items() if name in DEFINING}
    changed = changes(one, fields)
    if not changed:
        raise errors.NothingChanged()
    if one.last_year is not None:
        raise errors.EndedAlready(year=one.last_year)
    shut, before = locked_years(one.owner_id), one.defined_from or one.first_year
    if not begins_in_the_open(first_year, shut, before):
        not_locked(one.owner, first_year)
        raise errors.VersionTooEarly(year=before)
    _fits(one.owner, fields, first_year)
    EarlierDefinition.objects.create(
        indicator=one,
        version=one.version,
        last_year=first_year - 1,
        because=words,
        replaced_by=by,
        replaced_at=now,
        **{name: getattr(one, name) for name in DEFINING},
    )
    one.version, one.defined_from = one.version + 1, first_year
    return _write(one, fields, "redefine", by=by, now=now, reason=words, changed=changed, version=one.version)


def _write(one: Indicator, fields: dict[str, Any], verb: str, *, by, now: datetime, **data) -> Indicator:
    for name, value in fields.items():
        setattr(one, name, value)
    one.sample = False
    one.save()
    note(one, verb, by=by, now=now, **data)
    return one


def _fits(owner: Organization, fields: dict[str, Any], first_year: int | None) -> None:
    above, below = fields["numerator"], fields["denominator"]
    if fields["kind"] == IndicatorKind.RATIO:
        if below is None:
            raise errors.DenominatorMissing()
        if below == above:
            raise errors.DividedByItself()
    elif below is not None:
        raise errors.DenominatorTooMany()
    for part in (above, below):
        if part is None:
            continue
        if part.owner_id != owner.pk:
            raise errors.PartForeign()
        late = part.first_year is not None and (first_year is None or first_year < part.first_year)
        if late or part.last_year is not None:
            raise errors.PartEnded(part=part.name)
