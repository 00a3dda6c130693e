"""Women who agreed to be helped after an examination: who waits longest, and one of them."""

from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.utils.decorators import method_decorator
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy
from django.views.decorators.debug import sensitive_variables
from django.views.generic import TemplateView
from wagtail.admin import messages
from wagtail.admin.views.generic.base import BaseListingView

from services.casework.registry import services
from services.foundation import clock
from services.foundation.desk_columns import Column, MomentColumn, StatusTagColumn, TitleColumn
from services.foundation.errors import Refused
from services.screening import actions, policies, wording
from services.screening.desk.pages import DeskPage, desk_url
from services.screening.forms.filters import FollowUpFilterSet
from services.screening.forms.results import AttemptForm, CloseForm, LookForm
from services.screening.models import FollowUp
from services.screening.queries.following import follow_ups_for, still_open, with_district


def waiting_days(follow_up: FollowUp) -> str:
    return str((clock.now() - follow_up.opened_at).days) if follow_up.is_open else ""


class FollowUpPages(DeskPage):
    """For officers of federations; women who didn't agree to their help don't exist here."""

    header_icon = "user"

    def allowed(self):
        return policies.may_follow_up_anywhere(self.request.user)


class FollowUpList(FollowUpPages, BaseListingView):
    """Those that wait longest first, by district. Names are masked; there is no export."""

    page_title = gettext_lazy("Follow-ups")
    verbose_name_plural = gettext_lazy("follow-ups")
    filterset_class = FollowUpFilterSet
    paginate_by = 30
    index_url_name = "screening_desk:follow_ups"
    index_results_url_name = "screening_desk:follow_ups_results"
    default_ordering = None
    columns = [
        TitleColumn(
            "result.booking.worker.masked_name",
            label=pgettext_lazy("person", "Name"),
            get_url=lambda follow_up: desk_url("follow_up", follow_up.token),
        ),
        Column("district", label=gettext_lazy("District")),
        Column("result.booking.worker.organization.name", label=gettext_lazy("Union")),
        MomentColumn("opened_at", label=gettext_lazy("Open since")),
        Column("days", label=gettext_lazy("Days"), accessor=waiting_days),
        Column("tries", label=gettext_lazy("Tries")),
        StatusTagColumn("get_state_display", label=gettext_lazy("State"), primary=lambda follow_up: follow_up.is_open),
    ]

    def get_base_queryset(self):
        found = with_district(follow_ups_for(self.request.user))
        return found if self.request.GET.getlist("state") else still_open(found)


@method_decorator(sensitive_variables(), name="dispatch")
class FollowUpPage(FollowUpPages, TemplateView):
    """One of them: what was found only for a reason, on this answer alone; tries; the end."""

    template_name = "screening/desk/follow_up.html"

    @cached_property
    def follow_up(self) -> FollowUp:
        return get_object_or_404(follow_ups_for(self.request.user), token=self.kwargs["token"])

    def get_page_title(self):
        return self.follow_up.result.booking.worker.masked_name

    def trail(self):
        return [*super().trail(), {"url": desk_url("follow_ups"), "label": _("Follow-ups")}]

    def post(self, request, *args, **kwargs):
        handle = {"look": self.look, "call": self.look, "attempt": self.attempt, "close": self.close}
        act = request.POST.get("act", "")
        if act not in handle:
            raise Http404
        return handle[act](act)

    def look(self, act: str):
        form = LookForm(self.request.POST)
        shown = {}
        if form.is_valid():
            asked = {"by": self.request.user, "reason": form.cleaned_data["look_reason"]}
            try:
                if act == "call":
                    shown = {"phone": actions.look_at_phone(self.follow_up, **asked)}
                else:
                    shown = {"rows": wording.values_in_words(actions.look_at_result(self.follow_up, **asked))}
            except Refused as refusal:
                form.add_error("look_reason", refusal.message(staff=True))
        return self.again(look=form, **shown)

    def attempt(self, act: str):
        form = AttemptForm(self.request.POST)
        if not form.is_valid():
            return self.again(attempt=form)
        try:
            actions.record_attempt(self.follow_up, by=self.request.user, now=clock.now(), **form.cleaned_data)
        except Refused as refusal:
            form.add_error("on" if refusal.code == "attempt_in_future" else None, refusal.message(staff=True))
            return self.again(attempt=form)
        messages.success(self.request, _("The try is on record."))
        return redirect("screening_desk:follow_up", self.follow_up.token)

    def close(self, act: str):
        form = CloseForm(self.request.POST)
        if not form.is_valid():
            return self.again(close=form)
        try:
            actions.close_follow_up(
                self.follow_up, outcome=form.cleaned_data["ended"], by=self.request.user, now=clock.now()
            )
        except Refused as refusal:
            form.add_error("ended", refusal.message(staff=True))
            return self.again(close=form)
        messages.success(self.request, _("The follow-up is closed."))
        return redirect("screening_desk:follow_ups")

    def _ways(self) -> list:
        """What may be begun for her elsewhere, without looking her up once more. Nothing of the result goes along."""
        worker = self.follow_up.result.booking.worker
        return [way for service in services for way in service.ways_in_her_name(worker, viewer=self.request.user)]

    def again(self, **context):
        return self.render_to_response(self.get_context_data(**context))

    def get_context_data(self, **kwargs):
        kwargs.setdefault("look", LookForm())
        kwargs.setdefault("attempt", AttemptForm(initial={"on": clock.today()}))
        kwargs.setdefault("close", CloseForm())
        return super().get_context_data(
            follow_up=self.follow_up,
            booking=self.follow_up.result.booking,
            attempts=self.follow_up.attempts.all(),
            ways=self._ways() if self.follow_up.is_open else [],
            **kwargs,
        )
