"""Data elements: added, corrected while nothing is stated, afterwards only where no value changes its meaning."""

from datetime import datetime
from typing import Any

from django.db import transaction

from services.indicators import errors
from services.indicators.actions.entries import begin, changes, free, held, note, opening, reason
from services.indicators.models import Element, Split
from services.indicators.queries.dictionary import is_stated
from services.organizations.models import Organization

# What no value that is stated changes its meaning by.
LOOSE = frozenset({"title_en", "domain", "lowest", "highest", "fed_by", "protected"})


@transaction.atomic
def add_element(
    owner: Organization, *, code: str, fields: dict[str, Any], first_year: int | None, by, now: datetime
) -> Element:
    """Asked for from ``first_year`` on. Raises ``PermissionDenied``, ``CodeTaken``, ``YearShut``, ``BoundsCrossed``,
    ``PartForeign``. Lock: the dictionary."""
    begin(owner, by=by)
    free(Element, owner, code)
    first_year = opening(owner, first_year)
    _fits(owner, fields)
    last = Element.objects.unscoped().filter(owner=owner).order_by("-place").values_list("place", flat=True).first()
    plain = {name: value for name, value in fields.items() if name != "splits"}
    made = Element.objects.create(
        owner=owner, code=code, first_year=first_year, place=0 if last is None else last + 1, **plain
    )
    made.splits.set(fields["splits"])
    note(made, "add", by=by, now=now)
    return made


@transaction.atomic
def change_element(element: Element, *, fields: dict[str, Any], because: str, by, now: datetime) -> Element:
    """Once something is stated of it, only what gives no value another meaning; people who are few are never shown
    again. Raises ``PermissionDenied``, ``WordsMissing``, ``NothingChanged``, ``EntryFixed``, ``BoundsCrossed``,
    ``PartForeign``. Locks: the dictionary, the element."""
    one, words = held(element, by=by), reason(because)
    changed = changes(one, fields)
    if not changed:
        raise errors.NothingChanged()
    _fits(one.owner, fields)
    if is_stated(one):
        fixed = [name for name, _before, _after in changed if name not in LOOSE]
        if one.protected and not fields["protected"]:
            fixed.append("protected")
        if fixed:
            raise errors.EntryFixed(fields="、".join(str(Element._meta.get_field(name).verbose_name) for name in fixed))
    for name, value in fields.items():
        if name != "splits":
            setattr(one, name, value)
    one.sample = False
    one.save()
    one.splits.set(fields["splits"])
    note(one, "change", by=by, now=now, reason=words, changed=changed)
    return one


def _fits(owner: Organization, fields: dict[str, Any]) -> None:
    lowest, highest = fields["lowest"], fields["highest"]
    if lowest is not None and highest is not None and lowest > highest:
        raise errors.BoundsCrossed()
    if any(isinstance(split, Split) and split.owner_id != owner.pk for split in fields["splits"]):
        raise errors.PartForeign()
