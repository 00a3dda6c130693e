"""Volunteers: the list, one with her checks and hours, the certificate to print; and the list of activities."""

from django.shortcuts import get_object_or_404
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext, pgettext_lazy
from django.views.generic import TemplateView
from wagtail.admin.widgets.button import HeaderButton

from services.childrens_homes import errors, policies
from services.childrens_homes.actions import life, volunteers
from services.childrens_homes.desk.lists import Listing
from services.childrens_homes.desk.pages import HomesPage, desk_url, home_url
from services.childrens_homes.desk.papers import papers_shown
from services.childrens_homes.enums import Vetting
from services.childrens_homes.forms.filters import ActivityFilters, VolunteerFilters
from services.childrens_homes.forms.home import ActivityCorrectionForm
from services.childrens_homes.forms.people import LeftForm, VettingForm, VolunteerForm
from services.childrens_homes.models import CareActivity, Volunteer
from services.childrens_homes.queries import people
from services.childrens_homes.queries.homes import places_acted_for
from services.childrens_homes.queries.story import story_of
from services.foundation import clock
from services.foundation.desk import StepForm
from services.foundation.desk_columns import Column, StatusTagColumn, TitleColumn


def address(volunteer: Volunteer) -> str:
    return desk_url("volunteer", volunteer.token)


def _standing(volunteer: Volunteer) -> str:
    return str(Vetting(people.standing_of(volunteer, clock.today())).label)


class VolunteerList(Listing):
    name = "volunteers"
    page_title = gettext_lazy("Volunteers of the homes")
    verbose_name_plural = gettext_lazy("volunteers")
    filterset_class = VolunteerFilters
    export = "home-volunteers"
    find_label = gettext_lazy("Find a volunteer")
    find_help = gettext_lazy("The beginning of her name.")

    def get_base_queryset(self):
        return people.with_vetting(people.volunteers_for(self.request.user), clock.today())

    @cached_property
    def columns(self):
        return [
            TitleColumn("person_name", label=pgettext("person", "Name"), get_url=address),
            Column("get_kind_display", label=pgettext("volunteer", "Kind")),
            Column("organization.name", label=_("Kept by")),
            StatusTagColumn(
                "vetting",
                label=pgettext("volunteer", "Check"),
                accessor=_standing,
                primary=lambda one: people.standing_of(one, clock.today()) == Vetting.CLEARED,
            ),
            Column("vetted_until", label=_("Counts until")),
            Column("trained_on", label=_("Trained on")),
        ]

    @cached_property
    def header_buttons(self):
        add = HeaderButton(_("Add a volunteer"), url=desk_url("volunteer_add"), icon_name="plus")
        return [*([add] if policies.may_act_somewhere(self.request.user) else []), *super().header_buttons]


class VolunteerAdd(StepForm, HomesPage):
    page_title = gettext_lazy("Add a volunteer")
    form_class = VolunteerForm
    submit_label = gettext_lazy("Add")
    parents = (("volunteers", gettext_lazy("Volunteers of the homes")),)
    intro = gettext_lazy("She can be put on a roster once her check is on record.")

    def allowed(self):
        return policies.may_act_somewhere(self.request.user)

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"organizations": places_acted_for(self.request.user)}

    def act(self, form):
        data = dict(form.cleaned_data)
        self.made = volunteers.add_volunteer(data.pop("organization"), by=self.request.user, **data)
        return _("She is on record. Enter her check next.")

    def get_success_url(self):
        made = getattr(self, "made", None)
        return address(made) if made else desk_url("volunteers")


class OneVolunteer(HomesPage):
    parents = (("volunteers", gettext_lazy("Volunteers of the homes")),)

    @cached_property
    def volunteer(self) -> Volunteer:
        rows = people.with_vetting(people.volunteers_for(self.request.user), clock.today())
        return get_object_or_404(rows, token=self.kwargs["token"])

    def allowed(self):
        verdict = super().allowed()
        if verdict:
            self.volunteer  # noqa: B018 - a foreign one is answered before anything else is asked
        return verdict

    def trail(self):
        return [*super().trail(), {"url": address(self.volunteer), "label": self.volunteer.person_name}]

    def get_success_url(self):
        return address(self.volunteer)

    def get_page_subtitle(self):
        return self.volunteer.person_name

    def get_context_data(self, **kwargs):
        return super().get_context_data(volunteer=self.volunteer, **kwargs)


class KeepingVolunteer(OneVolunteer):
    def allowed(self):
        return super().allowed() and policies.may_act_for(self.request.user, self.volunteer.organization)


class VolunteerDetail(OneVolunteer, TemplateView):
    template_name = "childrens_homes/desk/volunteer.html"

    def get_page_title(self):
        return self.volunteer.person_name

    def get_page_subtitle(self):
        return ""

    def get_breadcrumbs_items(self):
        return [*self.trail()[:-1], {"url": "", "label": self.volunteer.person_name}]

    def get_context_data(self, **kwargs):
        one, today = self.volunteer, clock.today()
        standing = people.standing_of(one, today)
        return super().get_context_data(
            standing=Vetting(standing).label,
            suspended=standing not in (Vetting.CLEARED, Vetting.EXPIRING),
            vetting=list(one.vetting.select_related("recorded_by")),
            services=list(people.services_of(one)[:50]),
            hours=people.hours_of(one, today),
            may_keep=bool(policies.may_act_for(self.request.user, one.organization)),
            history=story_of(one),
            **kwargs,
        )


class VettingAdd(StepForm, KeepingVolunteer):
    page_title = gettext_lazy("Record a check")
    form_class = VettingForm
    submit_label = gettext_lazy("Record it")
    intro = gettext_lazy(
        "Whether she has a record of sexual assault, abuse, abduction or violence is asked every year."
    )
    field_of = {errors.DayAhead.code: "checked_on"}

    def get_initial(self):
        return {"checked_on": clock.today()}

    def act(self, form):
        volunteers.record_vetting(self.volunteer, by=self.request.user, today=clock.today(), **form.cleaned_data)
        return _("The check is on record.")


class VolunteerLeave(StepForm, KeepingVolunteer):
    page_title = gettext_lazy("She leaves the volunteers")
    form_class = LeftForm
    submit_label = gettext_lazy("Note it")
    danger = True

    def get_initial(self):
        return {"left_on": clock.today()}

    def act(self, form):
        volunteers.leave(self.volunteer, by=self.request.user, **form.cleaned_data)
        return _("Noted. Her hours stay on record.")


class Certificate(OneVolunteer, TemplateView):
    """Hours served, to print: free of charge, whenever she asks (Regulations on Volunteer Service, art. 19)."""

    template_name = "childrens_homes/desk/certificate.html"

    def get_context_data(self, **kwargs):
        one, today = self.volunteer, clock.today()
        services = list(people.services_of(one).filter(on__lte=today))
        return super().get_context_data(
            services=services,
            hours=people.hours_of(one, today),
            first=services[-1].on if services else None,
            last=services[0].on if services else None,
            today=today,
            **kwargs,
        )


class ActivityList(Listing):
    name = "activities"
    page_title = gettext_lazy("Care activities")
    verbose_name_plural = gettext_lazy("care activities")
    filterset_class = ActivityFilters
    export = "home-activities"
    find_label = ""

    def get_base_queryset(self):
        return people.activities_for(self.request.user)

    @cached_property
    def columns(self):
        return [
            TitleColumn("theme", label=_("Theme"), get_url=lambda one: desk_url("activity", one.token)),
            Column("on", label=_("Day"), accessor=lambda one: f"{one.on:%Y-%m-%d}"),
            Column("home.host.name", label=pgettext("home", "School or kindergarten")),
            Column("home.county.name", label=_("County")),
            Column("get_kind_display", label=pgettext("activity", "Kind")),
            Column("children", label=_("Children who came")),
            Column("hours", label=pgettext_lazy("how many", "Hours")),
        ]


class _OfActivity(HomesPage):
    parents = (("activities", gettext_lazy("Care activities")),)

    @cached_property
    def activity(self) -> CareActivity:
        return get_object_or_404(people.activities_for(self.request.user), token=self.kwargs["token"])

    def allowed(self):
        verdict = super().allowed()
        if verdict:
            self.activity  # noqa: B018 - a foreign one is answered before anything else is asked
        return verdict


class ActivityDetail(_OfActivity, TemplateView):
    """What was done with the children, and photos of it."""

    template_name = "childrens_homes/desk/activity.html"

    def get_page_title(self):
        return self.activity.theme

    def get_context_data(self, **kwargs):
        one = self.activity
        return super().get_context_data(
            activity=one,
            home_page=home_url(one.home),
            papers=papers_shown(one),
            may_add=bool(policies.may_run(self.request.user, one.home)),
            paper_add=desk_url("paper_add", "activity", one.token),
            correct=desk_url("activity_correct", one.token),
            **kwargs,
        )


class ActivityCorrect(StepForm, _OfActivity):
    page_title = submit_label = gettext_lazy("Correct the activity")
    form_class = ActivityCorrectionForm
    intro = gettext_lazy("The history keeps what stood there. Day, teachers and volunteers stay as they are.")

    def allowed(self):
        return super().allowed() and policies.may_run(self.request.user, self.activity.home)

    def get_page_subtitle(self):
        return f"{self.activity.on:%Y-%m-%d}"

    def get_initial(self):
        return {name: getattr(self.activity, name) for name in ("kind", "theme", "hours", "children", "carers")}

    def get_success_url(self):
        return desk_url("activity", self.activity.token)

    def act(self, form):
        said = dict(form.cleaned_data)
        life.correct_activity(self.activity, because=said.pop("reason"), by=self.request.user, **said)
        return _("Corrected.")
