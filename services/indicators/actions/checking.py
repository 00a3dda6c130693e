"""Validation rules: what a missing value does is chosen, never assumed; a change says why and stays in the history."""

from datetime import datetime
from typing import Any

from django.db import transaction

from services.indicators import errors
from services.indicators.actions.entries import begin, changes, free, held, note, opening, reason
from services.indicators.enums import CheckKind, Level
from services.indicators.models import ValidationRule
from services.indicators.queries.dictionary import elements_for
from services.indicators.rules import checks
from services.organizations.models import Organization


@transaction.atomic
def add_rule(
    owner: Organization, *, code: str, fields: dict[str, Any], first_year: int | None, by, now: datetime
) -> ValidationRule:
    """Asked of reports of years from ``first_year`` on. Raises ``PermissionDenied``, ``CodeTaken``, ``YearShut``,
    ``SideUnreadable``, ``SideUnknown``, ``SidesApart``, ``ChangeWithoutLimit``. Lock: the dictionary."""
    begin(owner, by=by)
    free(ValidationRule, owner, code)
    first_year = opening(owner, first_year)
    made = ValidationRule.objects.create(owner=owner, code=code, first_year=first_year, **_readable(owner, fields))
    note(made, "add", by=by, now=now)
    return made


@transaction.atomic
def change_rule(rule: ValidationRule, *, fields: dict[str, Any], because: str, by, now: datetime) -> ValidationRule:
    """What isn't signed yet is asked by the new wording; what was signed stays signed. Raises ``PermissionDenied``,
    ``WordsMissing``, ``NothingChanged`` and what ``add_rule`` does. Locks: the dictionary, the rule."""
    one, words = held(rule, by=by), reason(because)
    fields = _readable(one.owner, fields)
    changed = changes(one, fields)
    if not changed:
        raise errors.NothingChanged()
    for name, value in fields.items():
        setattr(one, name, value)
    one.sample = False
    one.save()
    note(one, "change", by=by, now=now, reason=words, changed=changed)
    return one


def _readable(owner: Organization, fields: dict[str, Any]) -> dict[str, Any]:
    """The fields as they are kept: of a change there is no right side."""
    moved = fields["kind"] == CheckKind.CHANGE
    if moved and not fields["limit"]:
        raise errors.ChangeWithoutLimit(field="limit")
    kept = fields | ({"right": "", "operator": "<="} if moved else {"limit": 0})
    elements = {element.code: element for element in elements_for(owner.pk)}
    named = {}
    for name in ("left",) if moved else ("left", "right"):
        try:
            named[name] = {term.code for term in checks.side(kept[name]) if term.code}
        except checks.Unreadable:
            raise errors.SideUnreadable(field=name) from None
        if unknown := sorted(named[name] - elements.keys()):
            raise errors.SideUnknown(field=name, codes="、".join(unknown))
    concerned = [elements[code] for code in set().union(*named.values())]
    if not concerned:
        raise errors.SideUnreadable(field="left")
    if not any(all(element.asked_at(level) for element in concerned) for level in Level):
        raise errors.SidesApart(field="left")
    return kept
