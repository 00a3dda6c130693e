"""How a reader narrows what search found: by kind, by who published it, by topic and by year."""

import django_filters
from django.utils.text import capfirst
from django.utils.translation import get_language, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from cms_pages import freshness
from cms_pages.finding.indexing import findable
from cms_pages.models.finding import SearchEntry
from cms_pages.models.topic import Topic
from services.foundation.desk_filters import year_named
from services.organizations.models import Organization


def kinds() -> list[tuple[str, str]]:
    """Every kind of page that is found, with its name."""
    return [(model._meta.model_name, capfirst(str(model._meta.verbose_name))) for model in findable()]


def topic_names() -> dict[str, str]:
    """Topics by their word in addresses, in the language of whoever reads."""
    named = ("search topics", get_language())
    return freshness.remembered(named, lambda: {topic.slug: str(topic) for topic in Topic.objects.all()})


def _used() -> dict[str, set]:
    """What at least one entry has, in three queries."""
    entries = SearchEntry.objects.order_by()
    return {
        "kind": set(entries.values_list("kind", flat=True).distinct()),
        "by": list(Organization.objects.filter(pk__in=entries.values("organization")).values_list("code", "name")),
        "year": [day.year for day in entries.exclude(shown_on=None).dates("shown_on", "year", order="DESC")],
    }


class SearchFilters(django_filters.FilterSet):
    """A value that no choice has narrows nothing. A filter with a single choice isn't shown, unless it is in use."""

    kind = django_filters.ChoiceFilter(
        label=pgettext_lazy("of a page", "Kind"), empty_label=pgettext_lazy("no filter", "All kinds")
    )
    by = django_filters.ChoiceFilter(
        label=pgettext_lazy("of a page", "Published by"),
        field_name="organization__code",
        empty_label=pgettext_lazy("no filter", "All organisations"),
    )
    topic = django_filters.ChoiceFilter(
        label=_("Topic"), method="about", empty_label=pgettext_lazy("no filter", "All topics")
    )
    year = django_filters.ChoiceFilter(
        label=pgettext_lazy("filter", "Year"), method="in_year", empty_label=pgettext_lazy("no filter", "All years")
    )

    class Meta:
        model = SearchEntry
        fields = ()

    def __init__(self, data):
        super().__init__(data, queryset=SearchEntry.objects.order_by())
        used = freshness.remembered("search choices", _used)
        offered = {
            "kind": [pair for pair in kinds() if pair[0] in used["kind"]],
            "by": used["by"],
            "topic": list(topic_names().items()),
            "year": [(str(year), str(year)) for year in used["year"]],
        }
        for name, pairs in offered.items():
            if len(pairs) < 2 and not self.data.get(name):
                del self.filters[name]
            else:
                self.filters[name].extra["choices"] = pairs

    def given(self) -> dict[str, str]:
        """What narrows, for the addresses of further pages."""
        self.form.is_valid()
        return {name: value for name, value in self.form.cleaned_data.items() if value}

    def about(self, entries, name, value):
        return entries.filter(topics__contains=f"|{value}|")

    def in_year(self, entries, name, value):
        year = year_named(value)
        return entries.filter(shown_on__year=year) if year else entries
