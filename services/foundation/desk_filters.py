"""Filters that a search box sets: a name or a number of a thing in words, people by the tokens of their records.

What could be somebody's phone or identity number is refused in an address: addresses lie in histories and logs.
"""

from collections.abc import Iterable
from datetime import date
from functools import reduce
from operator import or_

import django_filters
from django import forms
from django.db.models import Q, QuerySet
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.admin.active_filters import BaseFilterAdapter, register_filter_adapter_class
from wagtail.admin.filters import WagtailFilterSet
from wagtail.utils.utils import flatten_choices

from services.foundation.exports import Found
from services.foundation.references import is_human_number

# A name is short, and more digits than these are no part of one.
LONGEST_NAME, MOST_DIGITS = 30, 5
LONGEST_SEARCH = 40
# What the search box of a Wagtail list takes.
LONGEST_TEXT = 60
# Years that an address may name: what lies further off is a slip, and no calendar of the database holds it.
FIRST_YEAR, LAST_YEAR = 1900, 2200


def tells_on_somebody(text: str) -> bool:
    """Whether a search text may be a phone or identity number, which an address must not hold."""
    return not is_human_number(text) and sum(c.isdigit() for c in text) > MOST_DIGITS


def year_named(text: str) -> int | None:
    """The year that an address names with four digits; None when it is none."""
    year = int(text) if len(text) == 4 and text.isascii() and text.isdecimal() else 0
    return year if FIRST_YEAR <= year <= LAST_YEAR else None


def month_named(text: str) -> date | None:
    """The first day of the month that an address names (2026-05, or any day of it); None when it is none."""
    try:
        first = date.fromisoformat(f"{text[:7]}-01")
    except ValueError:
        return None
    return first if FIRST_YEAR <= first.year <= LAST_YEAR else None


def searched_text(request) -> str:
    """What was typed into a search box."""
    return request.POST.get("text", "").replace("\0", "").strip()[:LONGEST_SEARCH]


class SearchText(forms.CharField):
    def clean(self, value):
        text = super().clean(value)
        if tells_on_somebody(text):
            raise forms.ValidationError(_("Numbers of people are looked for with the search box, not in an address."))
        return text


class TextFilter(django_filters.CharFilter):
    """The beginning of a name, or the number of a thing."""

    field_class = SearchText

    def __init__(self, **kwargs):
        super().__init__(label=_("Search"), max_length=LONGEST_NAME, widget=forms.HiddenInput, **kwargs)


class MonthText(forms.CharField):
    def clean(self, value):
        text = super().clean(value)
        if text and month_named(text) is None:
            raise forms.ValidationError(_("Write the month as four digits, a dash and two digits: 2026-11."))
        return text


class MonthFilter(django_filters.CharFilter):
    """A month as an address names it; what is none leaves the list empty and is said beside the field."""

    field_class = MonthText

    def __init__(self, **kwargs):
        super().__init__(max_length=7, help_text="2026-11", **kwargs)


class YearFilter(django_filters.NumberFilter):
    def __init__(self, **kwargs):
        super().__init__(min_value=FIRST_YEAR, max_value=LAST_YEAR, **kwargs)


class PeopleFound(django_filters.CharFilter):
    """Those whom a search by number has found: the tokens of their records, commas between them."""

    def __init__(self, **kwargs):
        super().__init__(label=_("Woman"), max_length=500, widget=forms.HiddenInput, **kwargs)

    @staticmethod
    def in_words(value: str) -> str:
        """Tokens say nothing to a reader."""
        return gettext("found by number")

    @staticmethod
    def tokens(value: str) -> list[str]:
        return [token for token in value.split(",") if token]


class FoundByNumber(BaseFilterAdapter):
    """What a list says it is narrowed to."""

    def get_active_filters(self):
        return [one._replace(value=self.filter.in_words(one.value)) for one in super().get_active_filters()]


register_filter_adapter_class(PeopleFound, FoundByNumber, exact_class=True)


def containing(rows: QuerySet, text: str, fields: Iterable[str]) -> QuerySet:
    """Those of which one of the fields contains the text; all of them where there is none."""
    return rows.filter(reduce(or_, (Q(**{f"{name}__icontains": text}) for name in fields))) if text else rows


def listed(filters: WagtailFilterSet, rows: QuerySet, fields: Iterable[str]) -> Found:
    """What a Wagtail list with these filters and search fields shows at the address the filters were made of."""
    text = filters.data.get("q", "")[:LONGEST_TEXT].strip()
    found = filters.filter_queryset(rows) if filters.is_valid() else rows.none()
    return Found(
        containing(found, text, fields), ({gettext("Search"): text} if text and fields else {}) | described(filters)
    )


def described(filters: WagtailFilterSet) -> dict[str, str]:
    """The filters in force, name and value in words; a filter may know its own (``in_words``)."""
    found = {}
    for name in filters.form.changed_data:
        value = filters.form.cleaned_data.get(name)
        if value not in (None, "", []):
            field = filters.form.fields[name]
            found[str(field.label or name)] = _in_words(filters.filters[name], field, value)
    return found


def _in_words(one: django_filters.Filter, field, value) -> str:
    if hasattr(one, "in_words"):
        return one.in_words(value)
    if isinstance(value, slice):
        ends = [f"{end:%Y-%m-%d}" if end else "" for end in (value.start, value.stop)]
        return "–".join(ends)
    if isinstance(field, forms.ModelChoiceField):
        return str(value)
    if isinstance(field, forms.ChoiceField):
        labels = {str(key): str(label) for key, label in flatten_choices(field.choices).items()}
        chosen = value if isinstance(value, list) else [value]
        return gettext(", ").join(labels.get(str(item), str(item)) for item in chosen)
    return str(value)
