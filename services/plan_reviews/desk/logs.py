"""Logs: trainings, publicity by channel, the four inclusions. A list and a form each."""

from django.shortcuts import get_object_or_404
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext
from django.views.generic import TemplateView
from wagtail.admin.widgets.button import HeaderButton

from services.foundation import clock
from services.foundation.desk import DeskListView
from services.foundation.desk_columns import Column, DayColumn, LinkColumn, NumberColumn
from services.foundation.desk_filters import year_named
from services.plan_reviews import errors, policies
from services.plan_reviews.actions.logs import add_line, strike_line
from services.plan_reviews.desk.pages import ReviewPage, StepForm, desk_url
from services.plan_reviews.enums import Channel, Inclusion
from services.plan_reviews.forms import filters, steps
from services.plan_reviews.models import PolicyInclusion, Publicity, Training
from services.plan_reviews.queries import ledger


class _LogList(DeskListView):
    name = ""
    default_ordering = "-day"

    @property
    def index_url_name(self):
        return f"plan_reviews_desk:{self.name}"

    @property
    def index_results_url_name(self):
        return f"plan_reviews_desk:{self.name}_results"

    def allowed(self):
        return policies.may_enter(self.request.user)

    def rows(self, user):
        return ledger.logs_for(self.model, user)

    def strike(self, line) -> str:
        """Where she strikes it; nowhere, if that isn't hers to do."""
        return (
            desk_url(f"{self.name}_strike", line.pk) if policies.may_log(self.request.user, line.organization) else ""
        )

    @cached_property
    def striking(self) -> LinkColumn:
        return LinkColumn("strike", label="", words=_("Strike"), address=self.strike)

    @cached_property
    def header_buttons(self):
        if not policies.may_state_somewhere(self.request.user):
            return []
        return [HeaderButton(_("Add a line"), url=desk_url(f"{self.name}_add"), icon_name="plus")]


class Trainings(_LogList):
    model, name, listing = Training, "trainings", "plan-trainings"
    page_title = gettext_lazy("Trainings in statistics")
    verbose_name_plural = gettext_lazy("trainings")
    header_icon = "group"
    filterset_class = filters.TrainingFilters
    search_fields = ["title", "organization__name"]

    @cached_property
    def columns(self):
        return [
            DayColumn("day", label=_("Day"), sort_key="day"),
            Column("title", label=pgettext("training", "Subject")),
            Column("organization.name", label=pgettext("organisation", "By")),
            Column("get_form_display", label=pgettext("training", "Form")),
            NumberColumn("attendees", label=_("People who attended")),
            NumberColumn("units", label=_("Units they came from")),
            NumberColumn("hours", label=pgettext("how many", "Hours")),
            self.striking,
        ]


class PublicityList(_LogList):
    model, name, listing = Publicity, "publicity", "plan-publicity"
    page_title = gettext_lazy("Publicity")
    verbose_name_plural = gettext_lazy("publicity")
    header_icon = "comment"
    filterset_class = filters.PublicityFilters
    search_fields = ["theme", "organization__name"]

    @cached_property
    def columns(self):
        return [
            DayColumn("day", label=_("Day"), sort_key="day"),
            Column("theme", label=pgettext("publicity", "Theme")),
            Column("organization.name", label=pgettext("organisation", "By")),
            Column("get_channel_display", label=pgettext("publicity", "Channel")),
            NumberColumn("reach", label=_("People reached")),
            self.striking,
        ]


class Inclusions(_LogList):
    model, name, listing = PolicyInclusion, "inclusions", "plan-inclusions"
    page_title = gettext_lazy("The plans in the government's work")
    verbose_name_plural = gettext_lazy("inclusions")
    header_icon = "doc-full"
    filterset_class = filters.InclusionFilters
    search_fields = ["evidence", "organization__name"]

    @cached_property
    def columns(self):
        return [
            DayColumn("day", label=_("Day"), sort_key="day"),
            Column("organization.name", label=pgettext("organisation", "By")),
            Column("get_kind_display", label=pgettext("inclusion", "Inclusion")),
            Column("evidence", label=_("Evidence")),
            self.striking,
        ]


class _Add(StepForm, ReviewPage):
    model, name = Training, ""
    submit_label = gettext_lazy("Add a line")
    field_of = {errors.DayAhead.code: "day"}

    def get_page_title(self):
        return self.page_title

    def allowed(self):
        return policies.may_state_somewhere(self.request.user)

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"user": self.request.user}

    def get_initial(self):
        return {"day": clock.today()}

    def get_success_url(self):
        return desk_url(self.name)

    def act(self, form):
        fields = dict(form.cleaned_data)
        add_line(self.model, fields.pop("organization"), by=self.request.user, now=clock.now(), **fields)
        return _("The line is on record.")


class AddTraining(_Add):
    model, name, form_class = Training, "trainings", steps.TrainingForm
    page_title = gettext_lazy("Trainings in statistics")


class AddPublicity(_Add):
    model, name, form_class = Publicity, "publicity", steps.PublicityForm
    page_title = gettext_lazy("Publicity")


class AddInclusion(_Add):
    model, name, form_class = PolicyInclusion, "inclusions", steps.InclusionForm
    page_title = gettext_lazy("The plans in the government's work")


class _Strike(StepForm, ReviewPage):
    """Of her own place or below it; a line she doesn't read isn't there."""

    model, name = Training, ""
    page_title = submit_label = gettext_lazy("Strike a line that is wrong")
    form_class = steps.StrikeForm
    danger = True
    field_of = {errors.WordsMissing.code: "words"}

    def get_page_title(self):
        return self.page_title

    @cached_property
    def line(self):
        return get_object_or_404(ledger.logs_for(self.model, self.request.user), pk=self.kwargs["pk"])

    def allowed(self):
        return policies.may_log(self.request.user, self.line.organization)

    @property
    def intro(self):
        said = {"place": self.line.organization.name, "line": self.line.in_words()}
        words = _("%(place)s: %(line)s. It leaves the log and its counts; the history keeps it with your reason.")
        return words % said

    def get_success_url(self):
        return desk_url(self.name)

    def act(self, form):
        strike_line(self.line, because=form.cleaned_data["words"], by=self.request.user, now=clock.now())
        return _("The line is struck.")


class StrikeTraining(_Strike):
    model, name = Training, "trainings"


class StrikePublicity(_Strike):
    model, name = Publicity, "publicity"


class StrikeInclusion(_Strike):
    model, name = PolicyInclusion, "inclusions"


class Work(ReviewPage, TemplateView):
    """A year's trainings and publicity in numbers, and how far the four inclusions have come."""

    page_title = gettext_lazy("Publicity and training in numbers")
    template_name = "plan_reviews/desk/work.html"

    def get_context_data(self, **kwargs):
        user, year = self.request.user, year_named(self.request.GET.get("year", "")) or clock.today().year
        labels, found = dict(Channel.choices), ledger.by_channel(user, year=year)
        included = ledger.included(user)
        return super().get_context_data(
            year=year,
            years=[(one, f"?year={one}") for one in range(clock.today().year, clock.today().year - 5, -1)],
            channels=[(labels[row["channel"]], row) for row in found],
            times=sum(row["times"] for row in found),
            training=ledger.trained(user, year=year),
            inclusions=[(label, included.get(code, 0)) for code, label in Inclusion.choices],
            **kwargs,
        )
