"""Asking to read one file, deciding on it, opening one in an emergency, noting a concern."""

from django.contrib.auth import get_user_model
from django.db.models import Q
from django.http import Http404
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy
from django.views.generic import TemplateView
from wagtail.admin.views.generic.base import BaseListingView

from services.child_files import errors, policies
from services.child_files.actions import concerns, granting
from services.child_files.desk.pages import FilePage, FilesPage, desk_url
from services.child_files.enums import CURRENT, GrantState
from services.child_files.forms import guarding as forms
from services.child_files.models import AccessGrant, ConcernKeepers, ProtectionConcern
from services.child_files.queries.guarding import leaders_of
from services.foundation import clock
from services.foundation.desk import StepForm
from services.foundation.desk_columns import Column, StatusTagColumn, TitleColumn
from services.foundation.keyset_list import KeysetListing
from services.foundation.verdict import ALLOWED, Verdict


class _InUse(FilePage):
    """Files of children who aren't looked after now are asked for by nobody."""

    def named(self):
        if super().named().state not in CURRENT:
            raise Http404
        return self.child


class Ask(StepForm, _InUse):
    page_title = submit_label = gettext_lazy("Ask to read this file")
    form_class = forms.AskForm
    intro = gettext_lazy("The leader you name decides. Approved, the file is open to you for some hours.")
    field_of = {errors.ReasonNeeded.code: "reason", errors.NobodyToApprove.code: "of"}

    def allowed(self):
        return super().allowed() and policies.may_ask(self.request.user, self.child)

    def get_form_kwargs(self):
        posts = leaders_of(self.child, but=self.request.user)
        leaders = get_user_model().objects.filter(pk__in=posts.order_by().values("user"))
        return super().get_form_kwargs() | {"leaders": leaders}

    def act(self, form):
        granting.ask(self.child, by=self.request.user, now=clock.now(), **form.cleaned_data)
        return _("Asked. You will read here when it is decided.")


class BreakGlass(StepForm, _InUse):
    page_title = submit_label = gettext_lazy("Open the file in an emergency")
    form_class = forms.GlassForm
    danger = True
    intro = gettext_lazy(
        "For a child in danger, when nobody can approve in time. The officer for personal data is told at once and "
        "looks at it within five days. The guardian can see it too."
    )
    field_of = {errors.ReasonNeeded.code: "reason"}

    def allowed(self):
        return super().allowed() and policies.may_break_glass(self.request.user, self.child)

    def act(self, form):
        granting.break_glass(self.child, by=self.request.user, now=clock.now(), **form.cleaned_data)
        return _("The file is open to you. Your access ends by itself.")


class NoteConcern(StepForm, FilePage):
    page_title = submit_label = gettext_lazy("Note a protection concern")
    form_class = forms.ConcernForm
    danger = True
    intro = gettext_lazy(
        "Suspected harm is reported the same day to police, civil affairs or education. In danger ring 110 first. "
        "After you have noted it only the two people named for your county read it."
    )
    field_of = {errors.DayOdd.code: "observed_at", errors.ReasonNeeded.code: "words"}

    def allowed(self):
        return super().allowed() and policies.may_note_concern(self.request.user, self.child)

    def get_initial(self):
        return {"observed_at": clock.now()}

    def act(self, form):
        made = concerns.note_concern(self.child, by=self.request.user, now=clock.now(), **form.cleaned_data)
        self.hers = self.request.user.pk in (made.first_reader_id, made.second_reader_id)
        return _("Noted. It has to be reported today.")


class Approvals(KeysetListing, FilesPage, BaseListingView):
    """What she was asked for and what she asked."""

    page_title = gettext_lazy("Approvals to read files")
    verbose_name_plural = gettext_lazy("approvals")
    default_ordering = "-pk"
    index_url_name = "child_files_desk:approvals"
    index_results_url_name = "child_files_desk:approvals_results"

    def get_base_queryset(self):
        user = self.request.user
        rows = AccessGrant.objects.visible_to(user).filter(Q(asked_of=user) | Q(asked_by=user))
        return rows.select_related("child__home__host", "asked_by", "asked_of")

    @cached_property
    def columns(self):
        return [
            TitleColumn(
                "child.code",
                label=gettext_lazy("Number of the file"),
                get_url=lambda grant: desk_url("approval", grant.token),
            ),
            Column("child.home.host.name", label=pgettext_lazy("organisation", "Home")),
            Column("asked_by.full_name", label=gettext_lazy("Asked by")),
            Column("asked_of.full_name", label=gettext_lazy("Asked of")),
            Column("get_purpose_display", label=pgettext_lazy("reading a file", "What for")),
            StatusTagColumn(
                "get_state_display",
                label=pgettext_lazy("approval to read", "State"),
                primary=lambda grant: grant.state == GrantState.ASKED,
            ),
            Column("asked_at", label=gettext_lazy("Asked on"), accessor=lambda grant: f"{grant.asked_at:%Y-%m-%d}"),
        ]


class Approval(StepForm, FilesPage):
    """The leader decides; whoever asked reads how it stands."""

    page_title = gettext_lazy("Approval to read a file")
    template_name = "child_files/desk/approval.html"
    form_class = forms.DecideForm
    submit_label = gettext_lazy("Decide")
    field_of = {errors.ReasonNeeded.code: "note"}

    @cached_property
    def grant(self) -> AccessGrant:
        user = self.request.user
        rows = AccessGrant.objects.visible_to(user).filter(Q(asked_of=user) | Q(asked_by=user))
        found = rows.select_related("child__home__host", "asked_by", "asked_of")
        grant = found.filter(token=self.kwargs["token"]).first()
        if grant is None:
            raise Http404
        return grant

    def allowed(self) -> Verdict:
        verdict = super().allowed()
        if not verdict or not self.grant:
            return verdict
        return policies.may_decide(self.request.user, self.grant) if self.request.method == "POST" else ALLOWED

    def trail(self):
        return [*super().trail(), {"url": desk_url("approvals"), "label": _("Approvals to read files")}]

    def get_page_subtitle(self):
        return self.grant.child.code

    def act(self, form):
        made = granting.decide(self.grant, by=self.request.user, now=clock.now(), **form.cleaned_data)
        return _("Approved.") if made.state == GrantState.APPROVED else _("Refused.")

    def get_success_url(self):
        return desk_url("approvals")

    def get_context_data(self, **kwargs):
        decides = bool(policies.may_decide(self.request.user, self.grant)) and self.grant.state == GrantState.ASKED
        return super().get_context_data(grant=self.grant, decides=decides, **kwargs)


class _Concerned(FilesPage):
    """For the two who are named, whatever their posts."""

    def allowed(self) -> Verdict:
        user = self.request.user
        named = ConcernKeepers.objects.filter(Q(first=user) | Q(second=user)).exists()
        if named or ProtectionConcern.objects.visible_to(user).exists():
            return ALLOWED
        return Verdict(False, _("Two people are named for this, and nobody else reads it."))

    def trail(self):
        return [*self.breadcrumbs_items, {"url": desk_url("concerns"), "label": _("Protection concerns")}]


class Concerns(_Concerned, TemplateView):
    page_title = gettext_lazy("Protection concerns")
    template_name = "child_files/desk/concerns.html"

    def get_breadcrumbs_items(self):
        return [*self.breadcrumbs_items, {"url": "", "label": self.page_title}]

    def get_context_data(self, **kwargs):
        rows = ProtectionConcern.objects.visible_to(self.request.user).select_related("child__home__host")
        now = clock.now()
        lines = [(row, row.reported_at is None and row.report_due < now) for row in rows.order_by("reported_at", "-pk")]
        return super().get_context_data(lines=lines[:200], **kwargs)


class Concern(StepForm, _Concerned):
    page_title = gettext_lazy("Protection concern")
    template_name = "child_files/desk/concern.html"
    form_class = forms.ReportForm
    submit_label = gettext_lazy("It has been reported")
    field_of = {errors.DayOdd.code: "at", errors.NotReportedYet.code: "to"}

    @cached_property
    def concern(self) -> ProtectionConcern:
        rows = ProtectionConcern.objects.visible_to(self.request.user).select_related("child__home__host", "noted_by")
        found = rows.filter(token=self.kwargs["token"]).first()
        if found is None:
            raise Http404
        return found

    def allowed(self) -> Verdict:
        return policies.may_read_concern(self.request.user, self.concern)

    def get_initial(self):
        return {"at": clock.now()}

    def act(self, form):
        concerns.report(self.concern, by=self.request.user, now=clock.now(), **form.cleaned_data)
        return _("The report is on record.")

    def get_success_url(self):
        return desk_url("concerns")

    def get_context_data(self, **kwargs):
        late = self.concern.reported_at is None and self.concern.report_due < clock.now()
        return super().get_context_data(concern=self.concern, late=late, **kwargs)
