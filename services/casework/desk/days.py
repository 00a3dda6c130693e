"""Exceptions to the calendar of working days: what the yearly arrangement doesn't say, or says otherwise."""

from django import forms
from django.shortcuts import get_object_or_404
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.ui.tables import BooleanColumn

from services.casework import actions, policies
from services.casework.desk.keeping import KeptForm, KeptList
from services.casework.desk.pages import desk_url
from services.casework.forms.keeping import DayForm
from services.casework.models import DayException
from services.casework.queries import kept
from services.foundation.desk_columns import Column, TitleColumn

DAYS = gettext_lazy("Working days")


class DayList(KeptList):
    model = DayException
    page_title = DAYS
    verbose_name_plural = gettext_lazy("exceptions to working days")
    index_url_name, index_results_url_name = "casework_desk:days", "casework_desk:days_results"
    default_ordering = ("-day",)
    add = ("day_set", gettext_lazy("Set a day"))

    def may_add(self):
        return bool(policies.may_keep_days(self.request.user))

    def rows(self, user):
        return kept.exceptions()

    @cached_property
    def columns(self):
        address = (lambda one: desk_url("day_clear", one.pk)) if self.may_add() else (lambda one: None)
        return [
            TitleColumn("day", label=_("Day"), accessor=lambda one: f"{one.day:%Y-%m-%d}", get_url=address),
            BooleanColumn("working", label=_("Is it worked?")),
            Column("name", label=_("Occasion")),
        ]


class DaySet(KeptForm):
    above = ("days", DAYS)
    page_title = gettext_lazy("Set a day")
    form_class = DayForm
    intro = gettext_lazy("Due days that stand already stay. Steps that begin from now on are counted with the change.")

    def allowed(self):
        return policies.may_keep_days(self.request.user)

    def act(self, form):
        set_to = actions.set_day(**form.cleaned_data, by=self.request.user)
        return _("%(day)s is set.") % {"day": f"{set_to.day:%Y-%m-%d}"}


class DayClear(KeptForm):
    above = ("days", DAYS)
    submit_label = gettext_lazy("Remove the exception")
    form_class = forms.Form

    def allowed(self):
        return policies.may_keep_days(self.request.user)

    @cached_property
    def exception(self) -> DayException:
        return get_object_or_404(kept.exceptions(), pk=self.kwargs["pk"])

    def get_page_title(self):
        return f"{self.exception.day:%Y-%m-%d}"

    @property
    def intro(self):
        return _("The day is then as the yearly arrangement of the State Council has it.")

    def act(self, form):
        actions.clear_day(self.exception, by=self.request.user)
        return _("The exception is removed.")
