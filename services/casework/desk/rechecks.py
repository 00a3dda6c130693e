"""Samples of decided cases at the desk: the list, the number, the worklist, what was found."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views import View
from wagtail.admin.ui.tables import DateColumn

from services.casework import errors, policies
from services.casework.actions import rechecks as actions
from services.casework.desk.keeping import KeptForm, KeptList
from services.casework.desk.notices import service_label
from services.casework.desk.pages import CaseworkPage, desk_url
from services.casework.desk.typed import KeepsTyping
from services.casework.forms.rechecks import FreezeForm, NumberForm, SecondLookForm
from services.casework.models import Recheck, RecheckItem
from services.casework.queries import rechecks as known
from services.foundation import clock
from services.foundation.desk import DeskFormView, DeskView
from services.foundation.desk_columns import Column, NumberColumn, TitleColumn

TITLE = gettext_lazy("Second looks")


def period(recheck: Recheck) -> str:
    return f"{recheck.first_day:%Y-%m-%d} – {recheck.last_day:%Y-%m-%d}"


class RecheckList(KeptList):
    model = Recheck
    page_title = TITLE
    verbose_name_plural = gettext_lazy("samples of decided cases")
    index_url_name, index_results_url_name = "casework_desk:rechecks", "casework_desk:rechecks_results"
    default_ordering = ("-pk",)
    add = ("recheck_add", gettext_lazy("Draw a sample"))

    def may_add(self):
        return bool(policies.may_recheck_anywhere(self.request.user))

    def rows(self, user):
        return known.rechecks_for(user)

    @cached_property
    def columns(self):
        return [
            TitleColumn("period", label=_("Decided"), accessor=period, get_url=lambda r: desk_url("recheck", r.token)),
            Column("organization.name", label=_("Organisation")),
            Column("service", label=_("Service"), accessor=lambda r: service_label(r.service)),
            NumberColumn("frame_size", label=_("On the list")),
            NumberColumn("drawn", label=_("Drawn")),
            NumberColumn("left", label=_("Still to be looked at")),
            DateColumn("frozen_at", label=_("List frozen")),
        ]


class FreezeList(KeptForm):
    above = ("rechecks", TITLE)
    page_title = gettext_lazy("Draw a sample")
    form_class = FreezeForm
    submit_label = gettext_lazy("Freeze the list")
    intro = gettext_lazy(
        "The list of decided applications is frozen now. A public number that isn't known yet draws the sample later: "
        "nobody can choose who is looked at, and anybody can draw it again."
    )

    def allowed(self):
        return policies.may_recheck_anywhere(self.request.user)

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"user": self.request.user}

    def field_for(self, refusal):
        return {errors.NumberKnown: "number_on", errors.NothingDecided: "last_day", errors.ListTooLong: "last_day"}.get(
            type(refusal)
        )

    def act(self, form):
        self.made = actions.freeze_list(**form.cleaned_data, by=self.request.user, now=clock.now())
        return _("The list is frozen: %(count)s applications.") % {"count": self.made.frame_size}

    def get_success_url(self):
        made = getattr(self, "made", None)
        return desk_url("recheck", made.token) if made else desk_url("rechecks")


class OneRecheck(CaseworkPage):
    @cached_property
    def recheck(self) -> Recheck:
        found = known.rechecks_for(self.request.user).select_related("frozen_by", "drawn_by")
        return get_object_or_404(found, token=self.kwargs["token"])

    def trail(self):
        return [*super().trail(), {"url": desk_url("rechecks"), "label": TITLE}]


class RecheckPage(OneRecheck, DeskFormView):
    """The frozen list and its number; once drawn, the worklist and what was found so far."""

    template_name = "casework/desk/recheck.html"
    form_class = NumberForm
    submit_label = gettext_lazy("Draw the sample")

    def get_page_title(self):
        return _("Second looks %(period)s") % {"period": period(self.recheck)}

    def field_for(self, refusal):
        return "number"

    def post(self, request, *args, **kwargs):
        policies.may_enter_number(request.user, self.recheck).insist()
        return super().post(request, *args, **kwargs)

    def act(self, form):
        actions.draw_sample(self.recheck, number=form.cleaned_data["number"], by=self.request.user, now=clock.now())
        return _("The sample is drawn.")

    def get_success_url(self):
        return desk_url("recheck", self.recheck.token)

    def get_context_data(self, **kwargs):
        recheck = self.recheck
        strata, rate = known.results(recheck)
        return super().get_context_data(
            recheck=recheck,
            service=service_label(recheck.service),
            may_enter=policies.may_enter_number(self.request.user, recheck),
            due=clock.today() >= recheck.number_on,
            items=list(known.items_of(recheck)) if recheck.is_drawn else [],
            strata=strata,
            rate=rate,
            **kwargs,
        )


class RecheckFrame(OneRecheck, DeskView, View):
    """The frozen list as it enters the draw, for whoever wants to draw it again."""

    def get(self, request, *args, **kwargs):
        response = HttpResponse(self.recheck.frame, content_type="text/plain; charset=utf-8")
        response["Content-Disposition"] = f'attachment; filename="recheck-{self.recheck.pk}.txt"'
        return response


class SecondLook(KeepsTyping, OneRecheck, DeskFormView):
    """One case of the sample: its page opens beside it, what was found is written here."""

    template_name = "casework/desk/second_look.html"
    form_class = SecondLookForm

    @cached_property
    def item(self) -> RecheckItem:
        return get_object_or_404(known.items_of(self.recheck), place=self.kwargs["place"])

    def allowed(self):
        allowed = super().allowed()
        return policies.may_look_again_at(self.request.user, self.item) if allowed else allowed

    def kept_for(self):
        return self.item.case

    def get_page_title(self):
        return self.item.case.number

    def get_initial(self):
        mine = self.item.looked_by_id == self.request.user.pk
        return {"outcome": self.item.outcome, "words": self.item.words} if mine else {}

    def field_for(self, refusal):
        return "words" if isinstance(refusal, errors.FindingMissing) else None

    def act(self, form):
        actions.record_second_look(self.item, **form.cleaned_data, by=self.request.user, now=clock.now())
        return _("Recorded.")

    def get_success_url(self):
        return desk_url("recheck", self.recheck.token)

    def get_context_data(self, **kwargs):
        return super().get_context_data(
            item=self.item,
            recheck=self.recheck,
            case_url=desk_url("case", self.item.case.token),
            settled=bool(self.item.outcome) and self.item.looked_by_id != self.request.user.pk,
            **kwargs,
        )
