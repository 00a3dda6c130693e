"""What every page about annual returns shares: its place in the desk, and the return it is about."""

from django.http import Http404
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.admin.views.generic import WagtailAdminTemplateMixin

from services.coverage import return_policies as policies
from services.coverage.models import AnnualReturn
from services.coverage.queries import returns as queries
from services.foundation import clock
from services.foundation.desk import DeskFormView, DeskView

NAMESPACE = "coverage_returns"
LIST = _("Annual returns")


def desk_url(name: str, *args) -> str:
    return reverse(f"{NAMESPACE}:{name}", args=args)


def page_of(annual_return: AnnualReturn) -> str:
    return desk_url("one", annual_return.year, annual_return.organization.code)


class ReturnsPage(DeskView, WagtailAdminTemplateMixin):
    header_icon = "form"

    def allowed(self):
        return policies.may_browse(self.request.user)

    def trail(self) -> list[dict]:
        return [*self.breadcrumbs_items, {"url": desk_url("list"), "label": LIST}]

    def get_breadcrumbs_items(self):
        return [*self.trail(), {"url": "", "label": self.get_page_title()}]


class OneReturn(ReturnsPage):
    """A page about one union's return of a year; outside her scope it doesn't exist."""

    @cached_property
    def versions(self) -> list[AnnualReturn]:
        found = list(queries.returns_of(self.request.user, year=self.kwargs["year"], code=self.kwargs["code"]))
        if not found:
            raise Http404
        return found

    @property
    def annual_return(self) -> AnnualReturn:
        """The latest version."""
        return self.versions[0]

    @property
    def organization(self):
        return self.annual_return.organization

    def allowed(self):
        return policies.may_read(self.request.user, self.annual_return)

    def trail(self):
        return [*super().trail(), {"url": page_of(self.annual_return), "label": self.organization.name}]

    def get_page_subtitle(self):
        return f"{self.organization.name} · {self.annual_return.year}"


class ReturnStepForm(OneReturn, DeskFormView):
    """A form for one step. ``field_of`` maps error codes to fields."""

    field_of: dict[str, str] = {}

    def field_for(self, refusal):
        return self.field_of.get(refusal.code)

    def get_initial(self):
        return {"seen": self.annual_return.changes}

    def stamp(self, form) -> dict:
        return {"by": self.request.user, "now": clock.now(), "seen": form.cleaned_data.get("seen")}

    def get_success_url(self):
        return page_of(self.annual_return)
