"""What federations require of the unions below them: versions that begin, and one that has begun never changes."""

from django.shortcuts import get_object_or_404
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.views.generic.base import BaseListingView
from wagtail.admin.widgets.button import HeaderButton

from services.coverage import errors, policies
from services.coverage.actions.requirements import FIELDS, drop_requirements, set_requirements
from services.coverage.desk.pages import Confirm, RecordPage, StepForm, desk_url
from services.coverage.enums import READERS
from services.coverage.forms.requirements import RequirementsForm
from services.coverage.models import Requirements
from services.coverage.queries.requirements import book_on, federations_for, versions_for
from services.foundation import clock
from services.foundation.desk_columns import Column, NumberColumn, TitleColumn


def _numbers(name: str):
    return lambda version: ", ".join(map(str, getattr(version, name)))


class RequirementsList(RecordPage, BaseListingView):
    page_title = gettext_lazy("What is required")
    verbose_name_plural = gettext_lazy("versions")
    index_url_name, index_results_url_name = "coverage_records:requirements", "coverage_records:requirements_results"
    default_ordering = "-valid_from"
    paginate_by = 30
    columns = [
        TitleColumn("organization.name", label=gettext_lazy("Federation"), get_url=lambda version: version.address),
        Column(
            "valid_from",
            label=gettext_lazy("In force from"),
            accessor=lambda one: f"{one.valid_from:%Y-%m-%d}",
            sort_key="valid_from",
        ),
        NumberColumn("committee_from", label=gettext_lazy("Committee from so many women members")),
        NumberColumn("same_time_days", label=gettext_lazy("Days that count as together")),
        Column("term_years", label=gettext_lazy("Lengths of a term, years"), accessor=_numbers("term_years")),
        Column("reminder_days", label=gettext_lazy("Recalled days before"), accessor=_numbers("reminder_days")),
        Column(
            "return_due",
            label=gettext_lazy("Return due (month-day)"),
            accessor=lambda one: f"{one.return_due_month:02d}-{one.return_due_day:02d}",
        ),
        Column("source", label=gettext_lazy("Source")),
    ]

    def get_breadcrumbs_items(self):
        return [*self.breadcrumbs_items, {"url": "", "label": self.page_title}]

    def get_base_queryset(self):
        return versions_for(self.request.user, READERS)

    def get_table(self, object_list):
        today = clock.today()
        for version in object_list:
            keeps = policies.may_keep_requirements(self.request.user, version.organization)
            ahead = version.valid_from > today and keeps
            version.address = desk_url("requirements_edit", version.pk) if ahead else None
        return super().get_table(object_list)

    @property
    def header_buttons(self):
        if not policies.may_keep_requirements(self.request.user):
            return []
        return [HeaderButton(_("New version"), url=desk_url("requirements_add"), icon_name="plus")]


class _Keeping(RecordPage):
    def allowed(self):
        return policies.may_keep_requirements(self.request.user)

    def trail(self):
        return [*self.breadcrumbs_items, {"url": desk_url("requirements"), "label": _("What is required")}]

    def get_success_url(self):
        return desk_url("requirements")


class RequirementsAdd(StepForm, _Keeping):
    """Begins with what binds her federation now, so that only the change has to be typed."""

    page_title = gettext_lazy("New version")
    form_class = RequirementsForm
    intro = gettext_lazy(
        "It counts from its day on, for every union below that has no nearer federation with a version of its own. "
        "Standings follow on that day."
    )
    field_of = {one.code: "valid_from" for one in (errors.VersionTaken, errors.VersionInThePast, errors.VersionBegun)}

    @cached_property
    def version(self) -> Requirements:
        home = federations_for(self.request.user, policies.DECIDERS).first()
        now = book_on(clock.today()).of(home.path)
        same = {name: getattr(now, name) for name in FIELDS if name != "source"}
        return Requirements(organization=home, source="", **same)

    def get_form_kwargs(self):
        kwargs = super().get_form_kwargs()
        kwargs.pop("initial", None)
        mine = federations_for(self.request.user, policies.DECIDERS)
        return kwargs | {"organizations": mine, "version": self.version}

    def act(self, form):
        kept = self.version if self.version.pk else None
        set_requirements(version=kept, by=self.request.user, now=clock.now(), **form.cleaned_data)
        return _("The version is saved.")


class _OneVersion(_Keeping):
    @cached_property
    def version(self) -> Requirements:
        return get_object_or_404(versions_for(self.request.user, READERS), pk=self.kwargs["pk"])

    def allowed(self):
        return policies.may_keep_requirements(self.request.user, self.version.organization)


class RequirementsEdit(_OneVersion, RequirementsAdd):
    """Only until its day: then unions are judged by it."""

    page_title = gettext_lazy("Edit the version")
    template_name = "coverage/desk/requirements.html"


class RequirementsDrop(Confirm, _OneVersion):
    page_title = submit_label = gettext_lazy("Drop the version")
    danger = True
    intro = gettext_lazy("It hasn't begun; what binds the unions now stays.")

    def act(self, form):
        drop_requirements(self.version, by=self.request.user, now=clock.now())
        return _("The version is dropped.")
