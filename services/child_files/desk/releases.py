"""Workbooks in clear: the list, a new one, the two releases, the copy."""

from django.contrib.auth import get_user_model
from django.http import Http404
from django.shortcuts import redirect
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy
from django.views.generic import View
from wagtail.admin import messages
from wagtail.admin.views.generic.base import BaseListingView
from wagtail.admin.widgets.button import HeaderButton

from services.child_files import errors, policies
from services.child_files.actions import releasing
from services.child_files.desk.pages import FilesPage, desk_url
from services.child_files.enums import UNDECIDED, ReleaseField, ReleaseState
from services.child_files.forms.guarding import DecideForm, ReleaseForm
from services.child_files.models import Release
from services.child_files.queries.releases import releases_for
from services.child_files.rules.clocks import RELEASE_COPIES
from services.childrens_homes.enums import ALIVE
from services.childrens_homes.queries.homes import homes_for
from services.foundation import clock
from services.foundation.desk import StepForm
from services.foundation.desk_columns import Column, StatusTagColumn, TitleColumn
from services.foundation.errors import Refused
from services.foundation.keyset_list import KeysetListing
from services.foundation.sealed_files import sealed_file
from services.foundation.verdict import Verdict
from services.organizations.enums import Role
from services.organizations.models import StaffAssignment
from services.organizations.queries import in_force

_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


class ReleasePage(FilesPage):
    header_icon = "download"

    def allowed(self) -> Verdict:
        return policies.may_see_releases(self.request.user)

    def trail(self):
        return [*self.breadcrumbs_items, {"url": desk_url("releases"), "label": _("Workbooks in clear")}]


class Releases(KeysetListing, ReleasePage, BaseListingView):
    page_title = gettext_lazy("Workbooks in clear")
    verbose_name_plural = gettext_lazy("workbooks in clear")
    default_ordering = "-pk"
    index_url_name = "child_files_desk:releases"
    index_results_url_name = "child_files_desk:releases_results"

    def get_breadcrumbs_items(self):
        return [*self.breadcrumbs_items, {"url": "", "label": self.page_title}]

    def get_base_queryset(self):
        return releases_for(self.request.user)

    @cached_property
    def columns(self):
        return [
            TitleColumn(
                "home.host.name",
                label=pgettext_lazy("organisation", "Home"),
                get_url=lambda release: desk_url("release", release.token),
            ),
            Column("asked_by.full_name", label=gettext_lazy("Asked by")),
            Column("get_purpose_display", label=gettext_lazy("For what")),
            StatusTagColumn(
                "get_state_display",
                label=pgettext_lazy("workbook in clear", "State"),
                primary=lambda release: release.state in UNDECIDED,
            ),
            Column("asked_at", label=gettext_lazy("Asked on"), accessor=lambda one: f"{one.asked_at:%Y-%m-%d}"),
            Column("copies", label=gettext_lazy("Copies taken")),
        ]

    @cached_property
    def header_buttons(self):
        if not policies.may_ask_release_somewhere(self.request.user):
            return []
        return [HeaderButton(_("Ask for a workbook in clear"), url=desk_url("release_ask"), icon_name="plus")]


class ReleaseAsk(StepForm, ReleasePage):
    page_title = submit_label = gettext_lazy("Ask for a workbook in clear")
    form_class = ReleaseForm
    intro = gettext_lazy(
        "The ordinary workbook names nobody. One with names is released by two people: the leader you name, then the "
        "officer for personal data. It can be taken for a day, and every guardian reads of it."
    )
    field_of = {
        errors.ReasonNeeded.code: "reason",
        errors.NobodyToApprove.code: "leader",
        errors.NobodyInHome.code: "home",
        errors.NothingAsked.code: "fields_asked",
    }
    made = None

    def allowed(self):
        return policies.may_ask_release_somewhere(self.request.user)

    def get_form_kwargs(self):
        user = self.request.user
        rows = homes_for(user).filter(state__in=ALIVE).select_related("host", "county").order_by("code")
        homes = [home for home in rows if policies.may_ask_release(user, home)]
        posts = StaffAssignment.objects.filter(
            in_force(clock.today()),
            role=Role.WF_OFFICER,
            organization__in={home.county_id for home in homes},
            user__is_active=True,
        )
        leaders = get_user_model().objects.filter(pk__in=posts.values("user")).exclude(pk=user.pk)
        return super().get_form_kwargs() | {
            "homes": rows.filter(pk__in=[home.pk for home in homes]),
            "leaders": leaders.order_by("username"),
        }

    def get_initial(self):
        return {"fields_asked": [ReleaseField.NAME, ReleaseField.CLASS]}

    def act(self, form):
        data = form.cleaned_data
        self.made = releasing.ask_release(
            data["home"],
            fields=data["fields_asked"],
            purpose=data["purpose"],
            reason=data["reason"],
            leader=data["leader"],
            by=self.request.user,
            now=clock.now(),
        )
        return _("Asked. You will read here when both have decided.")

    def get_success_url(self):
        return desk_url("release", self.made.token) if self.made else desk_url("releases")


class OneRelease(ReleasePage):
    @cached_property
    def release(self) -> Release:
        found = releases_for(self.request.user).filter(token=self.kwargs["token"]).first()
        if found is None:
            raise Http404
        return found

    def allowed(self):
        verdict = super().allowed()
        if verdict:
            self.release  # noqa: B018 - what isn't hers is answered before anything else is asked
        return verdict

    def get_success_url(self):
        return desk_url("release", self.release.token)


class ReleaseDetail(StepForm, OneRelease):
    """The facts for all who have to do with it; the form for whoever decides now."""

    page_title = gettext_lazy("Workbook in clear")
    template_name = "child_files/desk/release.html"
    form_class = DecideForm
    submit_label = gettext_lazy("Decide")
    field_of = {errors.ReasonNeeded.code: "note"}

    def allowed(self):
        verdict = super().allowed()
        if verdict and self.request.method == "POST":
            return policies.may_decide_release(self.request.user, self.release)
        return verdict

    def get_page_subtitle(self):
        return self.release.home.code

    def act(self, form):
        made = releasing.decide_release(self.release, by=self.request.user, now=clock.now(), **form.cleaned_data)
        if made.state == ReleaseState.REFUSED:
            return _("Refused.")
        return (
            _("Released.") if made.state == ReleaseState.RELEASED else _("Your yes is on record. One more is needed.")
        )

    def get_context_data(self, **kwargs):
        one, user, now = self.release, self.request.user, clock.now()
        waits = one.state in UNDECIDED and one.asked_until > now
        lasts = one.state == ReleaseState.RELEASED and one.expires_at > now
        labels = dict(ReleaseField.choices)
        return super().get_context_data(
            release=one,
            kinds=[labels[code] for code in one.fields if code in labels],
            over=one.state == ReleaseState.ENDED or not (waits or lasts or one.state == ReleaseState.REFUSED),
            decides=waits and bool(policies.may_decide_release(user, one)),
            takes=lasts and one.copies < RELEASE_COPIES and bool(policies.may_take_copy(user, one)),
            ends=(waits or lasts) and bool(policies.may_end_release(user, one)),
            left=RELEASE_COPIES - one.copies,
            **kwargs,
        )


class ReleaseEnd(OneRelease, View):
    http_method_names = ["post"]

    def allowed(self):
        return super().allowed() and policies.may_end_release(self.request.user, self.release)

    def post(self, request, token):
        releasing.end_release(self.release, by=request.user, now=clock.now())
        messages.success(request, _("It is over: nobody can take it any more."))
        return redirect(self.get_success_url())


class ReleaseCopy(OneRelease, View):
    """Each press makes it anew and puts a line on record for every child in it; no link leads to it."""

    http_method_names = ["post"]

    def allowed(self):
        return super().allowed() and policies.may_take_copy(self.request.user, self.release)

    def post(self, request, token):
        try:
            stream = releasing.take_copy(self.release, by=request.user, now=clock.now(), address=self.address)
        except Refused as refusal:
            messages.error(request, refusal.message(staff=True))
            return redirect(self.get_success_url())
        return sealed_file(stream, name=f"{self.release.home.code}.xlsx", content_type=_XLSX)
