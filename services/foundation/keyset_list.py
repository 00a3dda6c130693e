"""Desk lists that cost the same at two hundred rows and at two hundred thousand."""

from dataclasses import dataclass

from django.http import QueryDict
from django.utils.functional import cached_property

from services.foundation.desk_columns import DeskTable
from services.foundation.keyset import bounded_count, page_of

COUNTED_UP_TO = 300
EXACTLY = "all"


@dataclass(frozen=True, slots=True)
class Counted:
    """``more``: counting stopped at ``rows``; there are more of them."""

    rows: int
    more: bool


class KeysetListing:
    """Put before a Wagtail listing: pages by cursor in ``p``, counts up to a bound unless asked for all of it.

    Columns that can be sorted by must have an index and hold no NULL. An address whose filters make no sense shows
    nothing and says so, rather than everything.
    """

    paginate_by = 30
    default_ordering = "-pk"
    is_searchable = False
    template_name = "desk/keyset_list.html"
    results_template_name = "desk/keyset_results.html"
    table_class = DeskTable

    @property
    def is_export(self) -> bool:
        """Never: workbooks are made by exports of their own, whatever the address asks of Wagtail."""
        return False

    @is_export.setter
    def is_export(self, asked: bool) -> None:
        pass

    def order_queryset(self, queryset):
        return queryset

    def filter_queryset(self, queryset):
        if self.filters and not self.filters.is_valid():
            return queryset.none()
        return super().filter_queryset(queryset)

    def paginate_queryset(self, queryset, page_size):
        cursor = self.request.GET.get(self.page_kwarg, "")
        self.keyset_page = page_of(queryset, ordering=self.ordering, cursor=cursor, size=page_size)
        self.counted = self._count(queryset)
        return None, None, self.keyset_page.rows, False

    def _count(self, queryset) -> Counted:
        if self.request.GET.get("count") == EXACTLY:
            return Counted(queryset.order_by().values("pk").count(), more=False)
        found = bounded_count(queryset, COUNTED_UP_TO + 1)
        return Counted(min(found, COUNTED_UP_TO), more=found > COUNTED_UP_TO)

    @cached_property
    def state(self) -> QueryDict:
        """What the address says about the list, without where in it one is."""
        parameters = self.request.GET.copy()
        for name in (self.page_kwarg, "_w_filter_fragment", "count"):
            parameters.pop(name, None)
        return parameters

    def _address(self, **changes) -> str:
        parameters = self.state.copy()
        parameters.update(changes)
        return f"{self.index_url}?{parameters.urlencode()}" if parameters else self.index_url

    def get_context_data(self, **kwargs):
        context = super().get_context_data(**kwargs)
        page = self.keyset_page
        broken = [self.filters.form[name].label for name in self.filters.form.errors] if self.filters else []
        return context | {
            "keyset_page": page,
            "counted": self.counted,
            "previous_url": self._address(p=page.previous) if page.previous else "",
            "next_url": self._address(p=page.next) if page.next else "",
            "first_url": "" if page.first else self._address(),
            "count_url": self._address(count=EXACTLY) if self.counted.more else "",
            "within": self.state.urlencode(),
            "broken_filters": broken,
        }
