"""What is entered about a home: premises, committee, teachers, rules, activities, roster."""

from django.shortcuts import get_object_or_404, redirect
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView, View
from wagtail.admin import messages

from services.casework.errors import DocumentRefused, TooManyUploads
from services.childrens_homes import errors, policies
from services.childrens_homes.actions import committees, life, papers, rooms, staff, volunteers
from services.childrens_homes.desk.pages import HomesPage, Running, desk_url
from services.childrens_homes.enums import (
    OF_COUNTY,
    CommitteeKind,
    CommitteePosition,
    PaidBy,
    Post,
    Profile,
    StaffRole,
)
from services.childrens_homes.forms.home import (
    ActivityForm,
    CommitteeForm,
    EndForm,
    LeadingGroupForm,
    MemberFormSet,
    RegulationForm,
    RoomsForm,
    StaffForm,
)
from services.childrens_homes.forms.people import ServiceForm
from services.childrens_homes.models import HomeStaff, RegulationDoc
from services.childrens_homes.queries.people import groups_of, volunteers_of_home
from services.foundation import clock
from services.foundation.desk import StepForm
from services.foundation.errors import Refused
from services.organizations.enums import Kind
from services.organizations.models import Organization


class Rooms(StepForm, Running):
    page_title = gettext_lazy("Rooms and connection")
    form_class = RoomsForm
    intro = gettext_lazy("What you leave empty counts as not stated, never as nought.")

    def get_initial(self):
        return {name: getattr(self.home, name) for name in rooms.STATED}

    def act(self, form):
        rooms.state_rooms(self.home, by=self.request.user, today=clock.today(), **form.cleaned_data)
        return _("Saved.")


class _WithMembers(StepForm):
    """A committee with a line for each member."""

    template_name = "childrens_homes/desk/committee_form.html"
    submit_label = gettext_lazy("Form it")

    @cached_property
    def members(self):
        if self.request.method == "POST":
            return MemberFormSet(self.request.POST, prefix="members")
        return MemberFormSet(prefix="members", initial=self.suggestions())

    def suggestions(self) -> list[dict]:
        return []

    def form_valid(self, form):
        if not self.members.is_valid():
            return self.form_invalid(form)
        return super().form_valid(form)

    def get_context_data(self, **kwargs):
        return super().get_context_data(members=self.members, **kwargs)


class CommitteeNew(_WithMembers, Running):
    page_title = gettext_lazy("Form the committee of the home")
    form_class = CommitteeForm
    intro = gettext_lazy("The posts that the plan names are filled in. An earlier committee ends with the new one.")

    def suggestions(self):
        chair, vice = CommitteePosition.CHAIR, CommitteePosition.VICE
        if self.home.profile == Profile.SCHOOL:
            posts = ((chair, Post.TOWNSHIP_DEPUTY), (vice, Post.TOWNSHIP_WF_CHAIR), (vice, Post.SCHOOL_HEAD))
        else:
            posts = ((chair, Post.VILLAGE_PARTY_SEC), (vice, Post.VILLAGE_WOMEN_HEAD), (vice, Post.KINDERGARTEN_HEAD))
        return [{"position": position, "post": post} for position, post in posts]

    def get_initial(self):
        return {"formed_on": clock.today()}

    def act(self, form):
        committees.form_home_committee(
            self.home, members=self.members.named(), by=self.request.user, today=clock.today(), **form.cleaned_data
        )
        return _("The committee is on record.")


class LeadingGroupNew(_WithMembers, HomesPage):
    page_title = gettext_lazy("Form a leading group")
    form_class = LeadingGroupForm
    intro = gettext_lazy("An earlier one of the same kind ends with the new one.")

    @cached_property
    def place(self) -> Organization:
        rows = Organization.objects.visible_to(self.request.user).filter(depth__lte=2)
        return get_object_or_404(rows, code=self.kwargs["place"])

    def allowed(self):
        verdict = super().allowed()
        return verdict and policies.may_act_for(self.request.user, self.place)

    def get_page_subtitle(self):
        return self.place.name

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"place": self.place}

    def get_initial(self):
        return {"formed_on": clock.today()}

    def suggestions(self):
        return [{"position": CommitteePosition.CHAIR, "post": Post.PARTY_GOVERNMENT_DEPUTY}]

    def act(self, form):
        committees.form_leading_group(
            self.place, members=self.members.named(), by=self.request.user, today=clock.today(), **form.cleaned_data
        )
        return _("The leading group is on record.")

    def get_success_url(self):
        return desk_url("groups", self.place.code)


class LeadingGroups(HomesPage, TemplateView):
    """The leading groups of a city or county: who sits in each, which is missing, those before it."""

    template_name = "childrens_homes/desk/groups.html"
    page_title = gettext_lazy("Leading groups")

    @cached_property
    def place(self) -> Organization:
        rows = Organization.objects.visible_to(self.request.user, roles=policies.READERS).filter(depth__lte=2)
        return get_object_or_404(rows, code=self.kwargs["place"])

    def allowed(self):
        verdict = super().allowed()
        if verdict:
            self.place  # noqa: B018 - a foreign one is answered before anything else is asked
        return verdict

    def get_page_subtitle(self):
        return self.place.name

    def get_context_data(self, **kwargs):
        kinds = (CommitteeKind.CITY_LBC_LG,) if self.place.depth == 1 else OF_COUNTY
        found = list(groups_of(self.place))
        by_kind = [
            (kind.label, next((one for one in found if one.kind == kind and one.dissolved_on is None), None))
            for kind in kinds
        ]
        counties = Organization.objects.visible_to(self.request.user, roles=policies.READERS)
        below = counties.below(self.place.path).filter(kind=Kind.COUNTY_WF) if self.place.depth == 1 else []
        context = {
            "place": self.place,
            "groups": by_kind,
            "earlier": [one for one in found if one.dissolved_on is not None],
            "may_form": bool(policies.may_act_for(self.request.user, self.place)),
            "counties": below,
        }
        return super().get_context_data(**kwargs | context)


class StaffAdd(StepForm, Running):
    page_title = gettext_lazy("Add a teacher or manager")
    form_class = StaffForm
    submit_label = gettext_lazy("Add")

    def get_initial(self):
        kindergarten = self.home.host.kind == Kind.KINDERGARTEN
        return {
            "from_on": clock.today(),
            "role": StaffRole.TEACHER,
            "paid_by": PaidBy.FEES if kindergarten else PaidBy.NONE,
        }

    def act(self, form):
        staff.add_staff(self.home, by=self.request.user, **form.cleaned_data)
        return _("She is on record.")


class StaffEnd(StepForm, Running):
    page_title = gettext_lazy("She leaves the home")
    form_class = EndForm
    submit_label = gettext_lazy("Note it")
    danger = True

    @cached_property
    def person(self) -> HomeStaff:
        return get_object_or_404(HomeStaff.objects.unscoped().filter(home=self.home), pk=self.kwargs["pk"])

    def allowed(self):
        verdict = super().allowed()
        if verdict:
            self.person  # noqa: B018 - one of another home is answered before the form is drawn
        return verdict

    @property
    def intro(self):
        return f"{self.person.person_name} · {self.person.get_role_display()}"

    def get_initial(self):
        return {"until_on": clock.today()}

    def act(self, form):
        staff.end_staff(self.person, by=self.request.user, **form.cleaned_data)
        return _("Noted.")


class RegulationAdd(StepForm, Running):
    page_title = gettext_lazy("Add a rule or plan")
    form_class = RegulationForm
    submit_label = gettext_lazy("Add")
    intro = gettext_lazy("One of the same kind and year takes the place of the earlier one.")

    def get_initial(self):
        return {"year": clock.today().year}

    def act(self, form):
        data, by, now = dict(form.cleaned_data), self.request.user, clock.now()
        photo = data.pop("photo")
        document = life.add_regulation(self.home, by=by, now=now, **data)
        if photo:
            papers.add_paper(document, upload=photo.file, name=photo.name, by=by, now=now)
        return _("It is on record.")

    def field_for(self, refusal):
        if isinstance(refusal, DocumentRefused | TooManyUploads | errors.PaperRefused):
            return "photo"
        return super().field_for(refusal)


class RegulationHang(Running, View):
    """Says whether a rule hangs on the wall."""

    http_method_names = ["post"]

    def post(self, request, code, pk):
        rows = RegulationDoc.objects.unscoped().filter(home=self.home, replaced_at__isnull=True)
        document = get_object_or_404(rows, pk=pk)
        try:
            life.hang_up(document, on_wall=request.POST.get("on_wall") == "yes", by=request.user)
        except Refused as refusal:
            messages.error(request, refusal.message(staff=True))
        return redirect(self.get_success_url())


class ActivityAdd(StepForm, Running):
    page_title = gettext_lazy("Record an activity")
    form_class = ActivityForm
    submit_label = gettext_lazy("Record it")
    intro = gettext_lazy("Children are counted, not named. A volunteer who wasn't cleared on that day is refused.")

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {
            "teachers": HomeStaff.objects.unscoped().filter(home=self.home, until_on__isnull=True),
            "volunteers": volunteers_of_home(self.home),
            "plans": RegulationDoc.objects.unscoped().filter(
                home=self.home, kind__in=["long_term_plan", "annual_plan"]
            ),
        }

    def get_initial(self):
        return {"on": clock.today(), "carers": 0}

    def act(self, form):
        self.made = life.record_activity(self.home, by=self.request.user, today=clock.today(), **form.cleaned_data)
        return _("The activity is on record. Photos of it can be added here.")

    def get_success_url(self):
        made = getattr(self, "made", None)
        return desk_url("activity", made.token) if made else super().get_success_url()


class ServiceAdd(StepForm, Running):
    page_title = gettext_lazy("Put a volunteer on the roster")
    form_class = ServiceForm
    submit_label = gettext_lazy("Put her on the roster")
    intro = gettext_lazy("Whether she may work with children on that day, her check decides.")

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"volunteers": volunteers_of_home(self.home)}

    def get_initial(self):
        return {"on": clock.today()}

    def act(self, form):
        data = dict(form.cleaned_data)
        volunteers.log_service(self.home, data.pop("volunteer"), by=self.request.user, **data)
        return _("She is on the roster.")
