"""Filters that a search box sets: a name or a number of a thing in words, people by the tokens of their records.

What could be somebody's phone or identity number is refused in an address: addresses lie in histories and logs.
"""

import django_filters
from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.admin.active_filters import BaseFilterAdapter, register_filter_adapter_class
from wagtail.admin.filters import WagtailFilterSet

from services.foundation.references import is_human_number

# A name is short, and more digits than these are no part of one.
LONGEST_NAME, MOST_DIGITS = 30, 5
LONGEST_SEARCH = 40


def tells_on_somebody(text: str) -> bool:
    """Whether a search text may be a phone or identity number, which an address must not hold."""
    return not is_human_number(text) and sum(c.isdigit() for c in text) > MOST_DIGITS


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


class PeopleFound(django_filters.CharFilter):
    """Those whom a search by number has found: the tokens of their records, commas between them."""

    def __init__(self, **kwargs):
        super().__init__(label=_("Woman"), max_length=500, widget=forms.HiddenInput, **kwargs)

    @staticmethod
    def tokens(value: str) -> list[str]:
        return [token for token in value.split(",") if token]


class FoundByNumber(BaseFilterAdapter):
    """In words: tokens say nothing to a reader."""

    def get_active_filters(self):
        return [one._replace(value=gettext("found by number")) for one in super().get_active_filters()]


register_filter_adapter_class(PeopleFound, FoundByNumber, exact_class=True)


def described(filters: WagtailFilterSet) -> dict[str, str]:
    """The filters in force, name and value in words."""
    found = {}
    for name in filters.form.changed_data:
        value = filters.form.cleaned_data.get(name)
        if value not in (None, "", []):
            field = filters.form.fields[name]
            found[str(field.label or name)] = _in_words(filters.filters[name], field, value)
    return found


def _in_words(one: django_filters.Filter, field, value) -> str:
    if isinstance(one, PeopleFound):
        return gettext("found by number")
    if isinstance(value, slice):
        ends = [f"{end:%Y-%m-%d}" if end else "" for end in (value.start, value.stop)]
        return "–".join(ends)
    if isinstance(field, forms.ModelChoiceField):
        return str(value)
    if isinstance(field, forms.ChoiceField):
        labels = {str(key): str(label) for key, label in field.choices}
        chosen = value if isinstance(value, list) else [value]
        return gettext(", ").join(labels.get(str(item), str(item)) for item in chosen)
    return str(value)
