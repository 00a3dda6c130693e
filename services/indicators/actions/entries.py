"""What every entry of the dictionary shares: who keeps it, how it ends, what the history says of a change."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from django.db import transaction
from wagtail.log_actions import log

from services.foundation.locks import hold
from services.indicators import errors, policies
from services.indicators.models import Element, Indicator, ValidationRule
from services.indicators.queries.dictionary import locked_years, resting_on
from services.organizations.models import Organization

Entry = Element | Indicator | ValidationRule
_KIND = {Element: "element", Indicator: "indicator", ValidationRule: "rule"}


def begin(owner: Organization, *, by) -> None:
    """The dictionary, held until the transaction ends. Raises ``PermissionDenied``."""
    policies.may_keep(by, owner).insist()
    hold(f"indicators.dictionary:{owner.pk}")


def held(entry: Entry, *, by):
    """The entry as it stands, with the dictionary held."""
    begin(entry.owner, by=by)
    return type(entry).objects.unscoped().select_for_update(of=("self",)).select_related("owner").get(pk=entry.pk)


def reason(words: str) -> str:
    if not words.strip():
        raise errors.WordsMissing()
    return words.strip()[:300]


def free(model: type[Entry], owner: Organization, code: str) -> None:
    if model.objects.unscoped().filter(owner=owner, code=code).exists():
        raise errors.CodeTaken()


def changes(entry: Entry, fields: Mapping[str, Any]) -> list[list[str]]:
    """Field, before, after: what the history tells. Splits are told by their codes."""
    found = []
    for name, value in fields.items():
        before, after = said(entry, name), _plain(value)
        if before != after:
            found.append([name, before, after])
    return found


def said(entry: Entry, name: str) -> str:
    value = getattr(entry, name)
    return _plain(value.all() if name == "splits" else value)


def _plain(value) -> str:
    if value is None or value == "":
        return ""
    if isinstance(value, bool | int | str):
        return str(value)
    if hasattr(value, "code"):
        return value.code
    if isinstance(value, Iterable):
        return "、".join(sorted(_plain(one) for one in value) if not isinstance(value, list) else map(_plain, value))
    return f"{value.normalize():f}"


def note(entry: Entry, verb: str, *, by, now: datetime, **data) -> None:
    told = {name: value for name, value in data.items() if value}
    log(entry, f"indicators.{verb}_{_KIND[type(entry)]}", user=by, data=told, timestamp=now)


def opening(owner: Organization, first_year: int | None) -> int | None:
    """The year from which something new counts: by default the first that isn't locked."""
    shut = locked_years(owner.pk)
    if first_year is None:
        return shut[-1] + 1 if shut else None
    not_locked(owner, first_year)
    return first_year


def not_locked(owner: Organization, year: int) -> None:
    """A year that is locked keeps the dictionary by which it was judged."""
    shut = locked_years(owner.pk)
    if shut and year <= shut[-1]:
        raise errors.YearShut(year=shut[-1])


@transaction.atomic
def end(entry: Entry, *, last_year: int, because: str, by, now: datetime) -> Entry:
    """Its last year; for every year until then it stays as it is. A year that is locked isn't changed by it, and what
    others still need doesn't end. Raises ``PermissionDenied``, ``WordsMissing``, ``EndedAlready``, ``YearShut``,
    ``BeginsBeforeEntry``, ``StillNeeded``. Locks: the dictionary, the entry."""
    one, words = held(entry, by=by), reason(because)
    if one.last_year is not None:
        raise errors.EndedAlready(year=one.last_year)
    not_locked(one.owner, last_year + 1)
    begun = max(one.first_year or 0, getattr(one, "defined_from", None) or 0)
    if last_year < begun:
        raise errors.BeginsBeforeEntry()
    if isinstance(one, Element) and (names := resting_on(one, after=last_year)):
        raise errors.StillNeeded(names="、".join(names[:5]))
    one.last_year = last_year
    one.save(update_fields=["last_year"])
    note(one, "end", by=by, now=now, reason=words, year=last_year)
    return one
