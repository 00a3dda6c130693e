"""What cities set: minimum living lines by region and day, and the income test in versions."""

from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.generic import TemplateView
from wagtail.admin.views.generic import WagtailAdminTemplateMixin
from wagtail.admin.views.generic.base import BaseListingView
from wagtail.admin.widgets.button import HeaderButton

from services.foundation import clock
from services.foundation.desk import DeskFormView, DeskView
from services.foundation.desk_columns import Column, DayColumn, NumberColumn, TitleColumn
from services.foundation.errors import Refused
from services.organizations.models import Organization
from services.relief import errors, policies
from services.relief.actions import standards as actions
from services.relief.desk.described import described_test
from services.relief.enums import VersionState
from services.relief.forms.standards import ConfirmForm, IncomeTestForm, LineForm
from services.relief.models import IncomeTest
from services.relief.queries import standards as queries

NAMESPACE = "relief_desk"


def desk_url(name: str, *args) -> str:
    return reverse(f"{NAMESPACE}:{name}", args=args)


class StandardsPage(DeskView, WagtailAdminTemplateMixin):
    """A page about standards; what lies outside her organisations and those above and below doesn't exist."""

    header_icon = "clipboard-list"
    above = ("programmes", _("Relief programmes"))

    def allowed(self):
        return policies.may_read_standards(self.request.user)

    def trail(self) -> list[dict]:
        return [*self.breadcrumbs_items, {"url": desk_url(self.above[0]), "label": self.above[1]}]

    def get_breadcrumbs_items(self):
        return [*self.trail(), {"url": "", "label": self.get_page_title()}]

    @property
    def homes(self):
        return queries.homes(self.request.user, policies.STANDARD_KEEPERS)


class StandardsList(StandardsPage, BaseListingView):
    paginate_by = 30

    def get_breadcrumbs_items(self):
        return [*self.breadcrumbs_items, {"url": "", "label": self.get_page_title()}]


class KeeperForm(DeskFormView, StandardsPage):
    """A form for those who set standards. ``field_of`` maps error codes to fields."""

    field_of: dict[str, str] = {}

    def allowed(self):
        return policies.may_keep_standards(self.request.user)

    def field_for(self, refusal: Refused):
        return self.field_of.get(refusal.code)


class LineList(StandardsList):
    page_title = _("Minimum living lines")
    verbose_name_plural = _("minimum living lines")
    index_url_name, index_results_url_name = "relief_desk:lines", "relief_desk:lines_results"
    default_ordering = "-valid_from"
    columns = [
        TitleColumn("organization.name", label=_("Region"), get_url=lambda line: line.address),
        DayColumn("valid_from", label=_("valid from"), sort_key="valid_from"),
        NumberColumn("monthly", label=_("Yuan a person a month")),
        Column("minimum_wage", label=_("Minimum wage"), accessor=lambda line: line.minimum_wage or "—"),
        Column("source", label=_("Source")),
    ]

    def get_base_queryset(self):
        return queries.lines_listed(self.request.user, policies.STANDARD_READERS)

    def get_table(self, object_list):
        today = clock.today()
        for line in object_list:
            ahead = line.valid_from > today and policies.may_keep_standards(self.request.user, line.organization)
            line.address = desk_url("line_edit", line.pk) if ahead else None
        return super().get_table(object_list)

    @property
    def header_buttons(self):
        if not policies.may_keep_standards(self.request.user):
            return []
        return [HeaderButton(_("New line"), url=desk_url("line_add"), icon_name="plus")]


class LineAdd(KeeperForm):
    page_title = _("New line")
    form_class = LineForm
    intro = _("It counts from its day on, for the region and everything below it that has no line of its own.")
    field_of = {errors.LineTaken.code: "valid_from", errors.LineCounts.code: "valid_from"}
    above = ("lines", _("Minimum living lines"))
    line = None

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"organizations": self.homes, "line": self.line}

    def get_success_url(self):
        return desk_url("lines")

    def act(self, form):
        actions.set_line(line=self.line, by=self.request.user, today=clock.today(), **form.cleaned_data)
        return _("The line is saved.")


class LineEdit(LineAdd):
    """Only until its day: then cases are judged by it."""

    page_title = _("Edit the line")

    def setup(self, request, *args, **kwargs):
        super().setup(request, *args, **kwargs)
        self.line = get_object_or_404(queries.lines_listed(request.user, policies.STANDARD_READERS), pk=kwargs["pk"])

    def allowed(self):
        return policies.may_keep_standards(self.request.user, self.line.organization)


class TestVersions(StandardsPage, TemplateView):
    """Every version of the income test, newest first; the one in force is marked."""

    page_title = _("Income test")
    template_name = "relief/desk/tests.html"

    def trail(self):
        return list(self.breadcrumbs_items)

    @property
    def header_buttons(self):
        if not policies.may_keep_standards(self.request.user):
            return []
        return [HeaderButton(_("New version"), url=desk_url("test_new"), icon_name="plus")]

    def get_context_data(self, **kwargs):
        found = queries.tests_listed(self.request.user, policies.STANDARD_READERS)
        keeps = {test.organization_id: test.organization for test in found}
        mine = {pk for pk, home in keeps.items() if policies.may_keep_standards(self.request.user, home)}
        versions = [
            {
                "test": test,
                "lines": described_test(test),
                "in_force": test.state == VersionState.ACTIVE,
                "draft": test.state == VersionState.DRAFT and test.organization_id in mine,
            }
            for test in found
        ]
        return super().get_context_data(versions=versions, **kwargs)


class TestForm(KeeperForm):
    """Writes the draft of one organisation's test: a copy of the newest version to begin with."""

    page_title = _("New version")
    form_class = IncomeTestForm
    submit_label = _("Save the draft")
    above = ("tests", _("Income test"))

    def setup(self, request, *args, **kwargs):
        super().setup(request, *args, **kwargs)
        code = request.GET.get("of", "")
        self.home: Organization | None = (self.homes.filter(code=code).first() if code else None) or self.homes.first()

    def get_form_kwargs(self):
        latest = IncomeTest.objects.filter(organization=self.home).order_by("-version").first()
        return super().get_form_kwargs() | ({"instance": latest} if latest else {})

    def get_success_url(self):
        return desk_url("tests")

    def act(self, form):
        actions.write_test(self.home, fields=form.cleaned_data, by=self.request.user)
        return _("The draft is saved. It counts once it is put in force.")


class TestActivate(KeeperForm):
    """One button; what follows is said."""

    page_title = submit_label = _("Put in force")
    intro = _("New decisions follow this version from now on. What is decided keeps the version it was decided under.")
    form_class = ConfirmForm
    template_name = "relief/desk/confirm.html"
    above = ("tests", _("Income test"))

    def setup(self, request, *args, **kwargs):
        super().setup(request, *args, **kwargs)
        found = queries.tests_listed(request.user, policies.STANDARD_READERS)
        self.test = get_object_or_404(found, pk=kwargs["pk"])

    def allowed(self):
        return policies.may_keep_standards(self.request.user, self.test.organization)

    def get_success_url(self):
        return desk_url("tests")

    def act(self, form):
        test = actions.activate_test(self.test, by=self.request.user, now=clock.now())
        return _("Version %(version)s is in force.") % {"version": test.version}

    def get_context_data(self, **kwargs):
        return super().get_context_data(lines=described_test(self.test), **kwargs)
