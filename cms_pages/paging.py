"""Pages of a long list. Its order, which costs the more the longer it is, is remembered until something changes."""

from django.core.paginator import Page, Paginator
from django.db import models
from django.utils.functional import cached_property

from cms_pages import freshness
from services.foundation import clock


class RememberedPaginator(Paginator):
    """Of a whole list, named by ``listing``. How many there are and which stand where holds for a day, as lists put
    what is over last; the entries themselves are read each time."""

    def __init__(self, entries: models.QuerySet, per_page: int, *, listing):
        super().__init__(entries, per_page)
        self.name = ("listing", listing, clock.today())

    @cached_property
    def count(self) -> int:
        return freshness.remembered((*self.name, "count"), self.object_list.count)

    def page(self, number) -> Page:
        number = self.validate_number(number)
        keys = freshness.remembered((*self.name, number), lambda: self._keys(number))
        found = {entry.pk: entry for entry in self.object_list.order_by().filter(pk__in=keys)}
        return self._get_page([found[key] for key in keys if key in found], number, self)

    def _keys(self, number: int) -> list:
        start = (number - 1) * self.per_page
        keys = self.object_list.prefetch_related(None).values_list("pk", flat=True)
        return list(keys[start : start + self.per_page])
