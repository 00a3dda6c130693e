"""The programme at a glance: what was to be built, how far it has come, what is late, what waits."""

from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from django.views.generic import TemplateView

from services.childrens_homes import policies
from services.childrens_homes.desk.pages import HomesPage, desk_url
from services.childrens_homes.figures import building
from services.childrens_homes.models import Programme
from services.childrens_homes.queries.homes import programmes_for
from services.foundation import clock
from services.organizations.enums import Kind
from services.organizations.models import Organization


class ProgrammePage(HomesPage):
    """A page about a year's programme: the one asked for, else the newest; None while there is none."""

    @cached_property
    def programmes(self) -> list[Programme]:
        return list(programmes_for(self.request.user))

    @cached_property
    def programme(self) -> Programme | None:
        asked = self.request.GET.get("year", "")
        found = next((one for one in self.programmes if str(one.year) == asked), None)
        return found or (self.programmes[0] if self.programmes else None)

    def get_context_data(self, **kwargs):
        return super().get_context_data(programme=self.programme, programmes=self.programmes, **kwargs)


class Overview(ProgrammePage, TemplateView):
    page_title = _("Homes for left-behind children")
    template_name = "childrens_homes/desk/overview.html"

    def get_breadcrumbs_items(self):
        return [*self.breadcrumbs_items, {"url": "", "label": self.page_title}]

    def get_context_data(self, **kwargs):
        user, today = self.request.user, clock.today()
        tables = []
        if self.programme:
            year = self.programme.year
            made = ((code, one(user, self.programme, today)) for code, one in _SHOWN.items())
            tables = [(table, f"{desk_url('report', code)}?year={year}") for code, table in made]
        places = Organization.objects.visible_to(user, roles=policies.READERS)
        place = places.filter(kind__in=[Kind.CITY_WF, Kind.COUNTY_WF]).order_by("path").first()
        return super().get_context_data(
            tables=tables, place=place, may_set_up=bool(policies.may_lead_somewhere(user)), **kwargs
        )


_SHOWN = {"built": building.built, "late": building.late}
