"""Figures with small numbers hidden, and the yearly report on children's data."""

from django.http import Http404
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView
from wagtail.admin.views.generic import WagtailAdminTemplateMixin

from services.child_files import policies
from services.child_files.enums import AgeBand, Purpose, Sex
from services.child_files.figures.by_county import report
from services.child_files.models.scoping import CITY_LENGTH
from services.child_files.queries.audit import audit_of
from services.child_files.rules.small import LEAST
from services.figures.actions import fold
from services.foundation import clock
from services.foundation.desk import DeskView
from services.foundation.scope import scope_of
from services.foundation.verdict import ALLOWED, Verdict
from services.organizations.enums import Role

FIELDS = {
    "has_basics": gettext_lazy("Name, sex, age"),
    "has_traits": gettext_lazy("Character"),
    "has_parent_place": gettext_lazy("Where a parent works"),
    "has_parent_phone": gettext_lazy("Parent's phone"),
    "has_carer": gettext_lazy("Who looks after the child"),
    "has_carer_address": gettext_lazy("Carer's address"),
    "has_carer_phone": gettext_lazy("Carer's phone"),
}


class Report(DeskView, WagtailAdminTemplateMixin, TemplateView):
    page_title = gettext_lazy("Children's files in figures")
    template_name = "child_files/desk/report.html"
    header_icon = "view"

    def allowed(self) -> Verdict:
        return policies.may_read_figures(self.request.user)

    def get_breadcrumbs_items(self):
        return [*self.breadcrumbs_items, {"url": "", "label": self.page_title}]

    def get_context_data(self, **kwargs):
        fold()
        found = report(policies.figure_paths(self.request.user), clock.today())
        return super().get_context_data(
            report=found,
            rows=[*found.lines, found.total] if len(found.lines) > 1 else found.lines,
            several=len(found.lines) > 1,
            sexes=[*Sex.labels, gettext_lazy("not filled in")],
            bands=[*AgeBand.labels, gettext_lazy("not filled in")],
            fields=FIELDS.items(),
            purposes=Purpose.choices,
            least=LEAST,
            **kwargs,
        )


class Audit(DeskView, WagtailAdminTemplateMixin, TemplateView):
    """The year's report on how children's data was handled, for the cyberspace administration (L-NETMIN 37)."""

    page_title = gettext_lazy("Yearly report on children's data")
    template_name = "child_files/desk/audit.html"
    header_icon = "clipboard-list"

    @property
    def _cities(self) -> tuple[str, ...]:
        held = scope_of(self.request.user).paths(roles=frozenset({Role.PRIVACY_OFFICER, Role.AUDITOR}))
        return tuple(path for path in held if len(path) == CITY_LENGTH)

    def allowed(self) -> Verdict:
        if self._cities:
            return ALLOWED
        return Verdict(False, gettext_lazy("Only the city's officer for personal data and its auditors read this."))

    def get_breadcrumbs_items(self):
        return [*self.breadcrumbs_items, {"url": "", "label": self.page_title}]

    def get_context_data(self, **kwargs):
        year = self.kwargs["year"]
        if not 2000 <= year <= clock.today().year:
            raise Http404
        return super().get_context_data(**kwargs | {"audit": audit_of(self._cities, year)})
