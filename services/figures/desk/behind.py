"""The door to the list behind a protected number: says that opening it is recorded, records it, and leads on."""

from django import forms
from django.http import Http404
from django.shortcuts import redirect
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from services.figures import actions, policies, wording
from services.figures.desk import asked, rows
from services.figures.desk.pages import StatisticPage
from services.figures.registry import Column
from services.foundation.desk import DeskFormView


class Behind(StatisticPage, DeskFormView):
    form_class = forms.Form
    template_name = "desk/form.html"
    submit_label = gettext_lazy("Open the list")

    def allowed(self):
        verdict = super().allowed() and policies.may_open_list(self.request.user, self.statistic, self.organization)
        if verdict and not self.leads_somewhere() and (self.request.method == "POST" or "column" in self.request.GET):
            raise Http404
        return verdict

    def get(self, request, *args, **kwargs):
        """An address that names no number leads back to the report."""
        if self.column is None:
            return redirect("figures:at", self.statistic.code, self.organization.code)
        return super().get(request, *args, **kwargs)

    def leads_somewhere(self) -> bool:
        known = self.asked.part is None or self.knows_the_part()
        live = self.column is not None and self.asked.ground.snapshot is None
        return known and live and rows.has_list(self.column, self.where)

    @cached_property
    def asked(self):
        return asked.read(self.statistic, self.organization.code, self.request.GET)

    @cached_property
    def column(self) -> Column:
        code = self.request.GET.get("column", "")
        return next((column for column in self.statistic.columns if column.code == code), None)

    @cached_property
    def where(self):
        return self.asked.where(self.organization, direct=self.request.GET.get("direct") == "1")

    def dispatch(self, request, *args, **kwargs):
        self.opened = ""
        return super().dispatch(request, *args, **kwargs)

    @property
    def intro(self):
        words = {
            "place": self.organization.name,
            "column": self.column.label,
            "part": rows.part_name(self.asked) or wording.period_said(self.asked.period),
        }
        return (
            _(
                "%(column)s, %(place)s, %(part)s: this number is protected, for it can tell on a woman. Your posts let "
                "you read these records, so you may open the list. That you did is recorded."
            )
            % words
        )

    def get_page_title(self):
        return _("The list behind a protected number")

    def act(self, form) -> str:
        self.opened = actions.open_list(self.statistic, self.column, where=self.where, by=self.request.user)
        return _("Opening this list was recorded.")

    def get_success_url(self):
        return self.opened or self.asked.address()
