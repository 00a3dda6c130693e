"""How readers narrow a list of pages: by topic, by who published it, by year and by kind."""

from dataclasses import dataclass

import django_filters
from django.utils.translation import get_language, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from services.foundation.desk_filters import year_named
from services.organizations.models import Organization


@dataclass(frozen=True, slots=True)
class Choices:
    """Pairs of value and words; those of topics with their English words as a third part."""

    topics: tuple[tuple[str, str, str], ...]
    organizations: tuple[tuple[str, str], ...]
    years: tuple[int, ...]
    kinds: tuple[tuple[str, str], ...]

    @classmethod
    def of(cls, page) -> "Choices":
        """What the pages of a list have, in four queries."""
        entries = page.entries().order_by()
        return cls(
            topics=tuple(_topics(entries)),
            organizations=tuple(
                Organization.objects.filter(pk__in=entries.values("organization")).values_list("code", "name")
            ),
            years=tuple(day.year for day in entries.dates(page.year_field, "year", order="DESC"))
            if page.year_field
            else (),
            kinds=tuple(_kinds(entries, page.kind_field)) if page.kind_field else (),
        )


def _topics(entries):
    topic = entries.model._meta.get_field("topics").related_model
    used = entries.exclude(topics=None).values("topics")
    return topic.objects.filter(pk__in=used).values_list("slug", "name", "name_en")


def _kinds(entries, name: str) -> list[tuple[str, str]]:
    """The kinds there are, in the order of their declaration, or of their own list where they are rows."""
    field = entries.model._meta.get_field(name)
    if field.is_relation:
        rows = field.related_model.objects.filter(pk__in=entries.values(name))
        return [(row.slug, str(row)) for row in rows]
    used = set(entries.values_list(name, flat=True).distinct())
    return [(value, label) for value, label in field.choices if value in used]


class ListFilters(django_filters.FilterSet):
    """A value that no choice has narrows nothing; the form says so beside the field."""

    topic = django_filters.ChoiceFilter(
        label=_("Topic"), field_name="topics__slug", empty_label=pgettext_lazy("no filter", "All topics")
    )
    by = django_filters.ChoiceFilter(
        label=pgettext_lazy("of a page", "Published by"),
        field_name="organization__code",
        empty_label=pgettext_lazy("no filter", "All organisations"),
    )
    kind = django_filters.ChoiceFilter(method="of_kind", empty_label=pgettext_lazy("no filter", "All kinds"))
    year = django_filters.ChoiceFilter(
        label=pgettext_lazy("filter", "Year"), method="in_year", empty_label=pgettext_lazy("no filter", "All years")
    )

    def __init__(self, data, queryset, *, page):
        super().__init__(data, queryset=queryset)
        self.page = page
        offered = page.choices()
        english = get_language() == "en"
        choices = {
            "topic": [(slug, name_en if english and name_en else name) for slug, name, name_en in offered.topics],
            "by": list(offered.organizations),
            "kind": list(offered.kinds),
            "year": [(str(year), str(year)) for year in offered.years],
        }
        for name, pairs in choices.items():
            # One choice narrows nothing, unless it is what the reader came with.
            if len(pairs) < 2 and not self.data.get(name):
                del self.filters[name]
            else:
                self.filters[name].extra["choices"] = pairs
        if "kind" in self.filters:
            self.filters["kind"].label = page.kind_label

    def given(self) -> dict[str, str]:
        """What the list is narrowed by, for the addresses of its further pages."""
        self.form.is_valid()
        return {name: value for name, value in self.form.cleaned_data.items() if value}

    def of_kind(self, queryset, name, value):
        field = queryset.model._meta.get_field(self.page.kind_field)
        return queryset.filter(**{f"{field.name}__slug" if field.is_relation else field.name: value})

    def in_year(self, queryset, name, value):
        year = year_named(value)
        return queryset.filter(**{f"{self.page.year_field}__year": year}) if year else queryset
