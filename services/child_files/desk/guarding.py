"""The desk of the officer for personal data: requests, emergencies, approvals, proofs, switches. No file opens here."""

from django.contrib.auth import get_user_model
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView, View
from wagtail.admin import messages
from wagtail.admin.views.generic import WagtailAdminTemplateMixin

from services.child_files import errors, policies, workflow
from services.child_files.actions import concerns, granting, requests, retention, sharing
from services.child_files.actions.switching import label_of
from services.child_files.desk.pages import desk_url
from services.child_files.enums import FileState, RequestKind
from services.child_files.forms import guarding as forms
from services.child_files.models import Child, ConcernKeepers, ConsentNotice
from services.child_files.queries import guarding as queries
from services.child_files.queries.files import rules_of, states_in
from services.child_files.queries.releases import releases_for
from services.childrens_homes.models import Home, Programme
from services.foundation import clock
from services.foundation.desk import DeskView, StepForm
from services.foundation.errors import Refused
from services.foundation.verdict import Verdict
from services.organizations.enums import WF_ROLES, Kind
from services.organizations.models import Organization, StaffAssignment

_MOST = 30
_YEARS = 3


class GuardPage(DeskView, WagtailAdminTemplateMixin):
    header_icon = "lock"

    def allowed(self) -> Verdict:
        return policies.may_guard(self.request.user)

    def trail(self) -> list[dict]:
        return [*self.breadcrumbs_items, {"url": desk_url("privacy"), "label": _("Protection of children's data")}]

    def get_breadcrumbs_items(self):
        return [*self.trail(), {"url": "", "label": self.get_page_title()}]

    def get_success_url(self):
        return desk_url("privacy")


class CityPage(GuardPage):
    """What is set for a whole city needs the post at the city."""

    @cached_property
    def city(self) -> Organization | None:
        return queries.cities_of(self.request.user).first()

    def allowed(self) -> Verdict:
        verdict = super().allowed()
        if verdict and self.city is None:
            return Verdict(False, _("This is set for the whole city, by its own officer for personal data."))
        return verdict

    @cached_property
    def programmes(self):
        return Programme.objects.unscoped().filter(city=self.city)


class Desk(GuardPage, TemplateView):
    page_title = gettext_lazy("Protection of children's data")
    template_name = "child_files/desk/privacy.html"

    def get_breadcrumbs_items(self):
        return [*self.breadcrumbs_items, {"url": "", "label": self.page_title}]

    def get_context_data(self, **kwargs):
        user, now = self.request.user, clock.now()
        today = clock.today()
        open_wishes = queries.requests_for(user).filter(state__in=queries.OPEN_REQUESTS)
        city = queries.cities_of(user).first()
        context = {
            "requests": [(wish, wish.due_on < today) for wish in open_wishes[:_MOST]],
            "emergencies": [
                (one, one.review_due < now)
                for one in queries.emergencies_for(user).filter(reviewed_at__isnull=True)[:_MOST]
            ],
            "releases": list(releases_for(user)[:_MOST]),
            "grants": list(queries.grants_under(user)[:_MOST]),
            "incidents": list(queries.incidents_for(user)[:_MOST]),
            "runs": list(queries.runs_for(user)[:_MOST]),
            "sharings": list(queries.sharings_for(user)[:_MOST]),
            "city": city,
            "year": today.year,
        }
        return super().get_context_data(**(context | (self._city(city, today) if city else {}) | kwargs))

    def programmes_of(self, city):
        return Programme.objects.unscoped().filter(city=city).order_by("-year")[:_YEARS]

    def _city(self, city, today) -> dict:
        homes = Home.objects.below(city.path).order_by().values("pk")
        states: dict[str, int] = {}
        for row in states_in(homes):
            states[row["state"]] = states.get(row["state"], 0) + row["files"]
        due = Child.objects.below(city.path).filter(state=FileState.RESTRICTED, purge_on__lte=today).count()
        return {
            "rule": queries.rule_in_force(city, today),
            "states": [(FileState(state).label, states[state]) for state in FileState if state in states],
            "due": due,
            "care": [(one, rules_of(one)) for one in self.programmes_of(city)],
            "switches": [(label_of(one.purpose), one) for one in queries.switches_for(city)],
            "assessments": list(queries.assessments_for(city)[:_MOST]),
            "notices": list(ConsentNotice.objects.order_by("purpose", "-version")),
            "keepers": list(
                ConcernKeepers.objects.filter(county__path__startswith=city.path).select_related(
                    "county", "first", "second"
                )
            ),
            "counties": list(Organization.objects.below(city.path).filter(kind=Kind.COUNTY_WF)),
        }


class Request(StepForm, GuardPage):
    page_title = gettext_lazy("Guardian's request")
    template_name = "child_files/desk/request.html"
    form_class = forms.AnswerForm
    submit_label = gettext_lazy("Go on")
    field_of = {errors.AnswerMissing.code: "answer", errors.AppealMissing.code: "appeal"}
    _WORDS = {
        "verify": gettext_lazy("Identity verified by other means"),
        "take_up": gettext_lazy("Take it up"),
        "do": gettext_lazy("Done: answer in writing"),
        "refuse": gettext_lazy("Refuse in writing"),
    }

    @cached_property
    def wish(self):
        return get_object_or_404(queries.requests_for(self.request.user), token=self.kwargs["token"])

    def allowed(self) -> Verdict:
        verdict = super().allowed()
        if verdict:
            self.wish  # noqa: B018 - a foreign one is answered before anything else runs
        return verdict

    @property
    def verbs(self) -> list[tuple[str, str]]:
        return [(one.verb, self._WORDS[one.verb]) for one in workflow.REQUEST if one.origin == self.wish.state]

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"verbs": self.verbs}

    def get_page_subtitle(self):
        return self.wish.child.code

    def act(self, form):
        data = form.cleaned_data
        requests.move_request(
            self.wish,
            data["verb"],
            by=self.request.user,
            now=clock.now(),
            answer=data["answer"],
            appeal=data["appeal"],
        )
        return _("Noted.")

    def get_context_data(self, **kwargs):
        erasable = self.wish.kind == RequestKind.DELETE and self.wish.child.state == FileState.RESTRICTED
        return super().get_context_data(wish=self.wish, verbs=self.verbs, erasable=erasable, **kwargs)


class Erase(GuardPage, View):
    """Erase a locked file whose guardian asked for it."""

    http_method_names = ["post"]

    @cached_property
    def wish(self):
        rows = queries.requests_for(self.request.user).filter(kind=RequestKind.DELETE)
        return get_object_or_404(rows, token=self.kwargs["token"])

    def allowed(self) -> Verdict:
        verdict = super().allowed()
        if verdict:
            self.wish  # noqa: B018
        return verdict

    def post(self, request, token):
        try:
            retention.erase_on_request(self.wish, by=request.user, now=clock.now())
        except Refused as refusal:
            messages.error(request, refusal.message(staff=True))
        else:
            messages.success(request, _("Erased. The proof is on record."))
        return redirect(self.get_success_url())


class Emergency(StepForm, GuardPage):
    page_title = gettext_lazy("Review an emergency access")
    template_name = "child_files/desk/emergency.html"
    form_class = forms.ReviewForm
    submit_label = gettext_lazy("Reviewed")
    field_of = {errors.ReasonNeeded.code: "note"}

    @cached_property
    def emergency(self):
        return get_object_or_404(queries.emergencies_for(self.request.user), token=self.kwargs["token"])

    def allowed(self) -> Verdict:
        verdict = super().allowed()
        if verdict:
            self.emergency  # noqa: B018
        return verdict

    def get_page_subtitle(self):
        return self.emergency.child.code

    def act(self, form):
        granting.review_emergency(self.emergency, by=self.request.user, now=clock.now(), **form.cleaned_data)
        return _("Reviewed.")

    def get_context_data(self, **kwargs):
        reads = queries.reads_of(self.emergency.child).filter(emergency=self.emergency)
        return super().get_context_data(emergency=self.emergency, reads=list(reads), **kwargs)


class Incident(GuardPage, TemplateView):
    """What happened, whom it touches, and the letters; POST notes that they are ready."""

    page_title = gettext_lazy("Incident")
    template_name = "child_files/desk/incident.html"
    http_method_names = ["get", "head", "post"]

    @cached_property
    def incident(self):
        return get_object_or_404(queries.incidents_for(self.request.user), token=self.kwargs["token"])

    def allowed(self) -> Verdict:
        verdict = super().allowed()
        if verdict:
            self.incident  # noqa: B018
        return verdict

    def get_page_subtitle(self):
        return self.incident.number

    def post(self, request, token):
        sharing.draft_letters(self.incident, by=request.user, now=clock.now())
        messages.success(request, _("The letters are ready."))
        return redirect(request.path)

    def get_context_data(self, **kwargs):
        codes = list(self.incident.children.order_by("code").values_list("code", flat=True))
        took = self.incident.letters_at - self.incident.found_at if self.incident.letters_at else None
        hours = round(took.total_seconds() / 3600, 1) if took else None
        return super().get_context_data(incident=self.incident, codes=codes, hours=hours, **kwargs)


class Keepers(StepForm, GuardPage):
    page_title = gettext_lazy("Who reads protection concerns")
    form_class = forms.KeepersForm
    intro = gettext_lazy("Two different people of the county; nobody else reads a concern that is noted from now on.")
    field_of = {errors.NamesMissing.code: "second"}

    @cached_property
    def county(self) -> Organization:
        found = Organization.objects.filter(code=self.kwargs["county"], depth=2).first()
        if found is None or not policies.may_guard(self.request.user, found):
            raise Http404
        return found

    def allowed(self) -> Verdict:
        verdict = super().allowed()
        if verdict:
            self.county  # noqa: B018
        return verdict

    def get_page_subtitle(self):
        return self.county.name

    def get_form_kwargs(self):
        posts = StaffAssignment.objects.filter(organization__path__startswith=self.county.path, role__in=WF_ROLES)
        people = get_user_model().objects.filter(pk__in=posts.values("user"), is_active=True).order_by("username")
        return super().get_form_kwargs() | {"people": people}

    def act(self, form):
        concerns.name_keepers(self.county, by=self.request.user, **form.cleaned_data)
        return _("Named.")
