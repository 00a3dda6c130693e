"""Site applications: the list, one on a page, drafted, corrected, moved."""

from django.shortcuts import get_object_or_404
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext, pgettext_lazy
from django.views.generic import TemplateView
from wagtail.admin.widgets.button import HeaderButton

from services.childrens_homes import errors, policies, workflow
from services.childrens_homes.actions import applications
from services.childrens_homes.desk.lists import Listing
from services.childrens_homes.desk.overview import ProgrammePage
from services.childrens_homes.desk.pages import ByVerb, HomesPage, desk_url, steps_of
from services.childrens_homes.desk.papers import papers_shown
from services.childrens_homes.enums import ApplicationState, Profile
from services.childrens_homes.forms.filters import ApplicationFilters
from services.childrens_homes.forms.siting import ApplicationEditForm, ApplicationForm
from services.childrens_homes.models import SiteApplication
from services.childrens_homes.queries.requirements import asked_by, in_force
from services.childrens_homes.queries.siting import applications_for, hosts_for
from services.childrens_homes.queries.story import story_of
from services.childrens_homes.rules.readiness import Known, readiness
from services.childrens_homes.wording import findings as wording
from services.childrens_homes.wording import verbs
from services.foundation import clock
from services.foundation.desk import StepForm
from services.foundation.desk_columns import Column, StatusTagColumn, TitleColumn

STATED = ("site_type", "profile", "lbc_count", "lbc_preschool_count", "room_m2", "outdoor_m2")
NOTES = ("demand_note", "capacity_note")


def address(application: SiteApplication) -> str:
    return desk_url("application", application.token)


class ApplicationList(Listing):
    name = "applications"
    page_title = gettext_lazy("Site applications")
    verbose_name_plural = gettext_lazy("site applications")
    filterset_class = ApplicationFilters
    find_help = gettext_lazy("Part of the name of the school or kindergarten, or the beginning of its code.")
    export = "home-applications"

    def get_base_queryset(self):
        return applications_for(self.request.user)

    @cached_property
    def columns(self):
        return [
            TitleColumn("host.name", label=pgettext("home", "School or kindergarten"), get_url=address),
            Column("county.name", label=_("County")),
            Column("get_profile_display", label=_("Standard")),
            Column("lbc_count", label=_("Left-behind children")),
            Column("room_m2", label=_("Classroom (m²)")),
            Column("outdoor_m2", label=_("Outdoor ground (m²)")),
            StatusTagColumn(
                "get_state_display",
                label=pgettext("site application", "State"),
                primary=lambda one: one.state == ApplicationState.INCLUDED,
            ),
        ]

    @cached_property
    def header_buttons(self):
        apply = HeaderButton(_("Apply for a site"), url=desk_url("application_add"), icon_name="plus")
        return [*([apply] if policies.may_file_somewhere(self.request.user) else []), *super().header_buttons]


class OneApplication(HomesPage):
    """Applications beyond her reach don't exist for her (404)."""

    @cached_property
    def application(self) -> SiteApplication:
        return get_object_or_404(applications_for(self.request.user), token=self.kwargs["token"])

    def allowed(self):
        verdict = super().allowed()
        if verdict:
            self.application  # noqa: B018 - a foreign one is answered before anything else is asked
        return verdict

    def trail(self):
        above = [
            {"url": desk_url("applications"), "label": _("Site applications")},
            {"url": address(self.application), "label": self.application.host.name},
        ]
        return [*super().trail(), *above]

    def get_success_url(self):
        return address(self.application)

    def get_page_subtitle(self):
        return self.application.host.name

    def get_context_data(self, **kwargs):
        return super().get_context_data(application=self.application, **kwargs)


def findings_of(application: SiteApplication) -> list:
    """Its room and ground against the standard: (mark, said, source)."""
    known = Known(profile=application.profile, room_m2=application.room_m2, outdoor_m2=application.outdoor_m2)
    found = readiness(known, asked_by(in_force(application.programme)))
    return [wording.shown(one) for one in found if one.code in ("room", "outdoor")]


class ApplicationDetail(OneApplication, TemplateView):
    template_name = "childrens_homes/desk/application.html"

    def get_page_title(self):
        return self.application.host.name

    def get_page_subtitle(self):
        return ""

    def get_breadcrumbs_items(self):
        return [*self.trail()[:-1], {"url": "", "label": self.application.host.name}]

    def get_context_data(self, **kwargs):
        one, user = self.application, self.request.user
        files = bool(policies.may_file_site(user, one.host))
        return super().get_context_data(
            steps=steps_of(
                workflow.APPLICATION,
                one,
                verbs.APPLICATION,
                may=lambda level: policies.may_step(user, level, one.host),
                url=lambda verb: desk_url("application_step", one.token, verb),
            ),
            may_edit=files and one.state in applications.EDITABLE,
            may_add=files,
            findings=findings_of(one),
            papers=papers_shown(one),
            paper_add=desk_url("paper_add", "application", one.token),
            line=one.lines.select_related("plan__programme", "home").order_by("-plan__version").first(),
            history=story_of(one),
            **kwargs,
        )


class _Stating(StepForm):
    called = {}

    def stated(self, form) -> dict:
        return {name: form.cleaned_data[name] for name in (*STATED, *NOTES)}


class ApplicationAdd(_Stating, ProgrammePage, StepForm):
    page_title = gettext_lazy("Apply for a site")
    form_class = ApplicationForm
    submit_label = pgettext_lazy("site application", "Save as a draft")
    intro = gettext_lazy(
        "It is a draft first: add papers and photos, then hand it in. The county checks it, the city decides."
    )

    def allowed(self):
        return policies.may_file_somewhere(self.request.user)

    def get_form_kwargs(self):
        kwargs = super().get_form_kwargs()
        hosts = hosts_for(self.request.user)
        kwargs["initial"] = {"profile": Profile.SCHOOL, "lbc_preschool_count": 0}
        if hosts.count() == 1:
            kwargs["initial"]["host"] = hosts[0]
        return kwargs | {"hosts": hosts}

    def act(self, form):
        if self.programme is None:
            raise errors.ProgrammeNotRunning()
        host = form.cleaned_data["host"]
        self.made = applications.draft_application(self.programme, host, by=self.request.user, **self.stated(form))
        return _("Saved as a draft. Add papers and photos, then hand it in.")

    def get_success_url(self):
        made = getattr(self, "made", None)
        return address(made) if made else desk_url("applications")


class ApplicationEdit(_Stating, OneApplication):
    page_title = gettext_lazy("Correct the application")
    form_class = ApplicationEditForm

    def allowed(self):
        return super().allowed() and policies.may_file_site(self.request.user, self.application.host)

    def get_form_kwargs(self):
        kwargs = super().get_form_kwargs()
        kwargs.pop("initial", None)
        return kwargs | {"instance": self.application}

    def act(self, form):
        applications.edit_application(self.application, by=self.request.user, **self.stated(form))
        return _("Saved.")


class ApplicationStep(ByVerb, OneApplication):
    words, table = verbs.APPLICATION, workflow.APPLICATION

    def allowed(self):
        verdict = super().allowed()
        if not verdict:
            return verdict
        self.verb  # noqa: B018 - an unknown one is answered before rights are asked
        level = next(one.who for one in self.table if one.verb == self.kwargs["verb"])
        return policies.may_step(self.request.user, level, self.application.host)

    def move(self, reason, form):
        applications.move_application(
            self.application, self.kwargs["verb"], by=self.request.user, now=clock.now(), reason=reason
        )
