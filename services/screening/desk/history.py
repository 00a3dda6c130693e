"""What was done to a programme, in lines: each changed field with its old and its new value in words."""

from collections.abc import Iterable

from django.core.exceptions import FieldDoesNotExist
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from wagtail.models import ModelLogEntry

from services.bookings.models import Offering
from services.screening.enums import Item
from services.screening.models import Programme

_LONGEST = 300


def with_changes(entries: Iterable[ModelLogEntry]) -> list[ModelLogEntry]:
    """The entries with ``changes``: sentences, one a field."""
    entries = list(entries)
    for entry in entries:
        entry.changes = [_change(name, *values) for name, values in entry.data.get("changes", {}).items()]
        if "version" in entry.data:
            entry.changes.append(_("version %(version)s") % {"version": entry.data["version"]})
    return entries


def _change(name: str, old, new) -> str:
    words = {"field": _label(name), "old": _value(name, old), "new": _value(name, new)}
    return _("%(field)s: %(old)s → %(new)s") % words


def _field(name: str):
    for model in (Programme, Offering):
        try:
            return model._meta.get_field(name)
        except FieldDoesNotExist:
            continue
    return None


def _label(name: str) -> str:
    field = _field(name)
    return str(field.verbose_name) if field else name


def _value(name: str, value) -> str:
    if value in (None, "", []):
        return pgettext("value of a field", "nothing")
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, list):
        labels = dict(Item.choices) if name == "items" else {}
        return _(", ").join(str(labels.get(one, one)) for one in value)
    field = _field(name)
    if field is not None and field.choices:
        return str(dict(field.flatchoices).get(value, value))
    moment = parse_datetime(value) if isinstance(value, str) and name.endswith("_at") else None
    return f"{timezone.localtime(moment):%Y-%m-%d %H:%M}" if moment else str(value)[:_LONGEST]
