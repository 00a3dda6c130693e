"""Homes against the standard, a page of them at a time: what each has, lacks, or hasn't stated, and why."""

from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext

from services.childrens_homes.desk.lists import Listing
from services.childrens_homes.desk.pages import home_url
from services.childrens_homes.forms.filters import HomeFilters
from services.childrens_homes.queries.homes import homes_for
from services.childrens_homes.queries.readiness import judged
from services.childrens_homes.rules.readiness import CODES
from services.childrens_homes.wording import findings as wording
from services.foundation import clock
from services.foundation.desk_columns import Column, TitleColumn


class MarkColumn(Column):
    """A mark with its words: never by colour or sign alone."""

    cell_template_name = "childrens_homes/desk/mark_cell.html"


def _mark(code: str):
    return lambda home: home.said.get(code)


class Matrix(Listing):
    name = "matrix"
    page_title = gettext_lazy("Homes against the standard")
    verbose_name_plural = gettext_lazy("homes")
    filterset_class = HomeFilters
    default_ordering = "code"
    export = "childrens-homes"

    def get_base_queryset(self):
        return homes_for(self.request.user)

    def paginate_queryset(self, queryset, page_size):
        answer = super().paginate_queryset(queryset, page_size)
        homes = self.keyset_page.rows
        found = judged(homes, clock.today()) if homes else {}
        for home in homes:
            home.said = {one.code: wording.shown(one) for one in found[home.pk]}
        return answer

    @cached_property
    def columns(self):
        return [
            TitleColumn("host.name", label=pgettext("home", "School or kindergarten"), get_url=home_url),
            Column("county.name", label=_("County")),
            *(MarkColumn(code, label=wording.TITLES[code], accessor=_mark(code)) for code in CODES),
        ]
