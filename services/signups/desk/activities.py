"""Activities: the list, one on one screen, creating and editing it, opening and closing sign-up."""

from django.forms import Media
from django.shortcuts import redirect
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from django.views.generic import TemplateView
from wagtail.admin import messages
from wagtail.admin.views.generic.base import BaseListingView
from wagtail.admin.widgets.button import HeaderButton
from wagtail.models import ModelLogEntry

from services.bookings.enums import OfferingState, WaitingState
from services.bookings.models import WaitingEntry
from services.bookings.queries.holdings import holding_of
from services.foundation import clock
from services.foundation.desk_columns import Column, NumberColumn, StatusTagColumn, TitleColumn
from services.foundation.errors import Refused
from services.signups import actions, errors, policies, queries, wording
from services.signups.desk.pages import ActivityPage, Confirm, DeskPage, ManagerPage, desk_url
from services.signups.desk.steps import next_step
from services.signups.forms.activity import ActivityForm, WindowForm
from services.signups.forms.filters import ActivityFilterSet

HISTORY = 30


class ActivityList(DeskPage, BaseListingView):
    """Activities of her organisations, of those below, and of those above in which hers take part."""

    page_title = _("Activities and training")
    verbose_name_plural = pgettext_lazy("signups", "activities")
    filterset_class = ActivityFilterSet
    is_searchable = True
    search_fields = ["title", "code"]
    search_backend_name = None
    paginate_by = 20
    index_url_name = "signups_desk:activities"
    index_results_url_name = "signups_desk:activities_results"
    default_ordering = "-pk"
    columns = [
        TitleColumn("title", label=_("Title"), get_url=lambda one: desk_url("activity", one.code), sort_key="title"),
        Column("code", label=_("Number")),
        Column("form_words", label=pgettext_lazy("activity", "Form"), accessor=wording.form_of),
        Column("organization.name", label=_("Organiser")),
        StatusTagColumn(
            "offering.get_state_display",
            label=_("State"),
            primary=lambda one: one.offering.state == OfferingState.OPEN,
        ),
        NumberColumn("places", label=_("Places")),
        NumberColumn("taken", label=_("Taken")),
    ]

    def get_base_queryset(self):
        found = queries.activities_for(self.request.user).select_related("organization", "offering")
        return queries.with_places(found)

    def get_breadcrumbs_items(self):
        return [*self.breadcrumbs_items, {"url": "", "label": self.get_page_title()}]

    @cached_property
    def header_buttons(self):
        if not policies.may_create(self.request.user):
            return []
        return [HeaderButton(_("New activity"), url=desk_url("activity_add"), icon_name="plus")]


class ActivityScreen(ActivityPage, TemplateView):
    """One activity on one screen, with the next thing to do first."""

    template_name = "signups/desk/activity.html"

    def get_page_title(self):
        return self.activity.title

    def trail(self):
        return DeskPage.trail(self)

    @cached_property
    def header_buttons(self):
        if not self.may_manage:
            return []
        return [HeaderButton(_("Edit"), url=desk_url("activity_edit", self.activity.code), icon_name="edit")]

    def get_context_data(self, **kwargs):
        now = clock.now()
        sessions = list(self.offering.sessions.filter(capacity__gt=0).select_related("venue").order_by("starts_at"))
        waiting = WaitingEntry.objects.visible_to(self.request.user)
        return super().get_context_data(
            form_words=wording.form_of(self.activity),
            sessions=[{"session": one, "begun": one.starts_at <= now, "over": one.ends_at <= now} for one in sessions],
            questions=queries.questions_of(self.activity),
            waiting=waiting.filter(offering=self.offering, state=WaitingState.WAITING).count(),
            holding=holding_of(self.offering.allocations.unscoped().filter(parent__isnull=True)),
            step=next_step(self.activity, sessions, now=now) if self.may_manage else None,
            is_open=self.offering.state == OfferingState.OPEN,
            may_sign_up=bool(policies.may_sign_up_others(self.request.user)),
            is_draft=self.offering.state == OfferingState.DRAFT,
            history=ModelLogEntry.objects.for_instance(self.activity).select_related("user")[:HISTORY],
            **kwargs,
        )


class TwoForms:
    """What it is and when sign-up is open are one page and one action."""

    template_name = "signups/desk/activity_form.html"
    FIELD_OF = {errors.FormMismatch.code: "form", errors.HoursMissing.code: "hours"}

    def built(self, data=None) -> dict:
        raise NotImplementedError

    def act(self, basics: dict, window: dict):
        raise NotImplementedError

    def get(self, request, *args, **kwargs):
        return self.render_to_response(self.get_context_data(**self.built()))

    def post(self, request, *args, **kwargs):
        forms = self.built(request.POST)
        if all([form.is_valid() for form in forms.values()]):  # noqa: C419 - every form shows its messages at once
            try:
                activity = self.act(forms["basics"].cleaned_data, forms["window"].cleaned_data)
            except Refused as refused:
                forms["basics"].add_error(self.FIELD_OF.get(refused.code), refused.message(staff=True))
            else:
                messages.success(request, self.success_message % {"title": activity.title})
                return redirect(desk_url("activity", activity.code))
        return self.render_to_response(self.get_context_data(**forms))

    def get_context_data(self, **forms):
        media = sum((form.media for form in forms.values()), start=Media())
        return super().get_context_data(
            media=media, submit_label=self.submit_label, forms=list(forms.values()), **forms
        )


class ActivityAdd(TwoForms, DeskPage, TemplateView):
    page_title = _("New activity")
    submit_label = _("Create the activity")
    success_message = _("“%(title)s” is being prepared. Women see it once it has a session and sign-up is opened.")

    def allowed(self):
        return policies.may_create(self.request.user)

    def built(self, data=None):
        homes, year = queries.activity_homes(self.request.user), clock.today().year
        return {
            "basics": ActivityForm(data, prefix="basics", organizations=homes, this_year=year),
            "window": WindowForm(data, prefix="window"),
        }

    def act(self, basics, window):
        organization = basics.pop("organization")
        return actions.create_activity(organization=organization, basics=basics, window=window, by=self.request.user)


class ActivityEdit(TwoForms, ManagerPage, TemplateView):
    page_title = _("Edit the activity")
    submit_label = _("Save")
    success_message = _("“%(title)s” is saved.")

    def built(self, data=None):
        fresh = type(self.activity).objects.select_related("offering").get(pk=self.activity.pk)
        year = max(clock.today().year, self.activity.year)
        return {
            "basics": ActivityForm(data, prefix="basics", instance=fresh, this_year=year),
            "window": WindowForm(data, prefix="window", instance=fresh.offering),
        }

    def act(self, basics, window):
        return actions.edit_activity(self.activity, basics=basics, window=window, by=self.request.user)


class ActivityOpen(Confirm, ManagerPage):
    page_title = submit_label = _("Open sign-up")
    intro = _(
        "The activity appears on the public site. Women can sign up from the beginning of the window on. You can close "
        "sign-up again at any time; places taken stay valid."
    )

    def act(self, form):
        actions.open_activity(self.activity, by=self.request.user, now=clock.now())
        return _("Sign-up is open. The activity stands on the public site now.")


class ActivityClose(Confirm, ManagerPage):
    page_title = submit_label = _("Close sign-up")
    intro = _("Nobody can sign up or join the waiting list any more. Places taken stay valid.")

    def act(self, form):
        actions.close_activity(self.activity, by=self.request.user, now=clock.now())
        return _("Sign-up is closed. Places taken stay valid.")
