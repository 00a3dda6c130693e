"""Deputies: who stands in for whom, and until when."""

from datetime import timedelta

from django import forms
from django.shortcuts import get_object_or_404
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from services.casework import actions, policies
from services.casework.desk.keeping import KeptForm, KeptList
from services.casework.desk.pages import desk_url
from services.casework.forms.keeping import DeputyForm
from services.casework.models import Deputy
from services.casework.queries import kept
from services.foundation import clock
from services.foundation.desk_columns import Column, LinkColumn

DEPUTIES = gettext_lazy("Deputies")


class DeputyList(KeptList):
    model = Deputy
    page_title = DEPUTIES
    verbose_name_plural = gettext_lazy("deputies")
    index_url_name, index_results_url_name = "casework_desk:deputies", "casework_desk:deputies_results"
    default_ordering = ("valid_from", "pk")
    add = ("deputy_add", gettext_lazy("Name a deputy"))

    def allowed(self):
        return policies.may_deputise(self.request.user)

    def may_add(self):
        return True

    def rows(self, user):
        return kept.deputies_for(user, on=clock.today())

    @cached_property
    def columns(self):
        return [
            Column("absent.full_name", label=_("Who is away")),
            Column("deputy.full_name", label=_("Her deputy")),
            Column("valid_from", label=_("From"), accessor=lambda one: f"{one.valid_from:%Y-%m-%d}"),
            Column("valid_until", label=_("Until and including"), accessor=lambda one: f"{one.valid_until:%Y-%m-%d}"),
            LinkColumn("end", label="", words=_("End"), address=self._end),
        ]

    def _end(self, deputy: Deputy) -> str:
        may = self.request.user.pk == deputy.absent_id or deputy.absent_id in self._named
        return desk_url("deputy_end", deputy.pk) if may else ""

    @cached_property
    def _named(self) -> set[int]:
        people = kept.whose_deputy_she_names(self.request.user, on=clock.today())
        return set(people.values_list("pk", flat=True))


class DeputyAdd(KeptForm):
    above = ("deputies", DEPUTIES)
    page_title = gettext_lazy("Name a deputy")
    form_class = DeputyForm
    intro = gettext_lazy(
        "Her cases stand on the deputy's list as well. Deputising lends no rights: the deputy holds a post with cases "
        "wherever she does."
    )
    field_of = {
        "deputy_without_post": "deputy",
        "deputy_is_herself": "deputy",
        "deputy_twice": "valid_from",
        "ends_before_it_begins": "valid_until",
    }

    def allowed(self):
        return policies.may_deputise(self.request.user)

    def get_initial(self):
        return {"absent": self.request.user.pk, "valid_from": clock.today()}

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"user": self.request.user, "on": clock.today()}

    def act(self, form):
        actions.appoint_deputy(**form.cleaned_data, by=self.request.user)
        return _("The deputy is named.")


class DeputyEnd(KeptForm):
    above = ("deputies", DEPUTIES)
    page_title = gettext_lazy("End the deputy's time")
    submit_label = gettext_lazy("End it")
    form_class = forms.Form

    @cached_property
    def deputy(self) -> Deputy:
        return get_object_or_404(kept.deputies_for(self.request.user, on=clock.today()), pk=self.kwargs["pk"])

    def allowed(self):
        return policies.may_appoint_deputy(self.request.user, self.deputy.absent)

    @property
    def intro(self):
        names = {"absent": self.deputy.absent.full_name, "deputy": self.deputy.deputy.full_name}
        return _("From now on the cases of %(absent)s no longer stand on the list of %(deputy)s.") % names

    def act(self, form):
        actions.end_deputy(self.deputy, on=clock.today() - timedelta(days=1), by=self.request.user)
        return _("Ended.")
