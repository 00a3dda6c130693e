"""One finding until it is put right; conflicts of interest; how far the counties are."""

from django.shortcuts import get_object_or_404, redirect
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView, View
from wagtail.admin import messages

from services.casework.enums import ScanState
from services.casework.errors import DocumentRefused, TooManyUploads
from services.foundation import clock
from services.foundation.desk import StepForm
from services.foundation.errors import Refused
from services.foundation.scope import scope_of
from services.home_inspections import errors, policies
from services.home_inspections.actions import conflicts, findings
from services.home_inspections.actions.photos import add_photo
from services.home_inspections.desk.pages import InspectionsPage, OneClick, desk_url
from services.home_inspections.enums import READERS, RectificationState
from services.home_inspections.forms.inspections import ConflictForm, GiveBackForm, HandInForm
from services.home_inspections.models import Conflict, Photo, Rectification
from services.home_inspections.queries import inspections as queries
from services.home_inspections.queries.rubrics import rubric_in_force


class OfFinding(InspectionsPage):
    header_icon = "warning"

    @cached_property
    def finding(self) -> Rectification:
        return get_object_or_404(queries.findings_for(self.request.user), token=self.kwargs["token"])

    def allowed(self):
        return policies.may_enter(self.request.user) if self.finding else super().allowed()

    def trail(self):
        return [
            *self.breadcrumbs_items,
            {"url": desk_url("findings"), "label": _("Findings to be put right")},
        ]

    def get_success_url(self):
        return desk_url("finding", self.finding.token)

    def get_page_title(self):
        return _("Finding %(code)s") % {"code": self.finding.code}

    def get_page_subtitle(self):
        return self.finding.home.host.name


class Finding(OfFinding, TemplateView):
    template_name = "home_inspections/desk/finding.html"

    def get_context_data(self, **kwargs):
        one, user = self.finding, self.request.user
        photos = Photo.objects.unscoped().filter(rectification=one, removed_at__isnull=True)
        accepted = one.state == RectificationState.ACCEPTED
        return super().get_context_data(
            finding=one,
            photos=[(photo, photo.scan == ScanState.CLEAN) for photo in photos.select_related("twin")],
            may_hand_in=not accepted and bool(policies.may_run(user, one.home)),
            may_accept=one.state == RectificationState.SENT and bool(policies.may_accept(user, one)),
            late=not accepted and one.due_on < clock.today(),
            **kwargs,
        )


class HandIn(StepForm, OfFinding):
    page_title = gettext_lazy("Hand in evidence")
    form_class = HandInForm
    submit_label = gettext_lazy("Hand in")
    field_of = {errors.EvidenceNeeded.code: "file"}

    def get_page_title(self):
        return self.page_title

    def allowed(self):
        return policies.may_run(self.request.user, self.finding.home)

    def get_initial(self):
        return {"done": self.finding.done}

    def field_for(self, refusal):
        if isinstance(refusal, DocumentRefused | TooManyUploads):
            return "file"
        return super().field_for(refusal)

    def act(self, form):
        if upload := form.cleaned_data["file"]:
            add_photo(
                self.finding.inspection,
                rectification=self.finding,
                upload=upload.file,
                name=upload.name,
                by=self.request.user,
                now=clock.now(),
            )
        findings.hand_in(self.finding, done=form.cleaned_data["done"], by=self.request.user, now=clock.now())
        return _("Handed in. The county looks at it.")


class _Deciding(OfFinding):
    def allowed(self):
        return policies.may_accept(self.request.user, self.finding)


class Accept(OneClick, _Deciding):
    def act(self):
        findings.accept(self.finding, by=self.request.user, now=clock.now())
        return _("Accepted. The finding is closed.")


class GiveBack(StepForm, _Deciding):
    page_title = submit_label = gettext_lazy("Return the evidence")
    form_class = GiveBackForm
    danger = True
    field_of = {errors.DueMissing.code: "due_on", errors.ReasonMissing.code: "because"}

    def get_page_title(self):
        return self.page_title

    def act(self, form):
        findings.give_back(self.finding, by=self.request.user, now=clock.now(), **form.cleaned_data)
        return _("Returned. The home reads your words on this page.")


class Conflicts(StepForm, InspectionsPage):
    """Her own declarations; before a draw they are taken into account."""

    page_title = gettext_lazy("My conflicts of interest")
    template_name = "home_inspections/desk/conflicts.html"
    form_class = ConflictForm
    submit_label = gettext_lazy("Declare")
    intro = gettext_lazy("You are neither sent nor drawn to the homes named here.")

    def allowed(self):
        return policies.may_declare(self.request.user)

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"places": queries.places_of_conflict(self.request.user)}

    def get_success_url(self):
        return desk_url("conflicts")

    def act(self, form):
        conflicts.declare(by=self.request.user, now=clock.now(), **form.cleaned_data)
        return _("Declared.")

    def get_context_data(self, **kwargs):
        return super().get_context_data(declared=queries.conflicts_of(self.request.user), **kwargs)


class ConflictWithdraw(InspectionsPage, View):
    http_method_names = ["post"]

    def allowed(self):
        return policies.may_declare(self.request.user)

    def post(self, request, pk):
        found = get_object_or_404(Conflict.objects.own(user=request.user), pk=pk)
        try:
            conflicts.withdraw(found, by=request.user, now=clock.now())
        except Refused as refusal:
            messages.error(request, refusal.message(staff=True))
        else:
            messages.success(request, _("Taken back."))
        return redirect(desk_url("conflicts"))


class Progress(InspectionsPage, TemplateView):
    """Whether every county has inspected all of its homes, and what is left."""

    page_title = gettext_lazy("Inspection by the counties")
    template_name = "home_inspections/desk/progress.html"

    def get_context_data(self, **kwargs):
        mine = scope_of(self.request.user).paths(roles=READERS)
        rows = [
            row
            for row in queries.county_progress(self.programme)
            if any(row["path"].startswith(path) or path.startswith(row["path"]) for path in mine)
        ]
        left = queries.homes_left(self.programme).visible_to(self.request.user)
        rubric = rubric_in_force(self.programme.city.path)
        return super().get_context_data(
            programme=self.programme,
            rows=rows,
            done=sum(row["done"] for row in rows),
            homes=sum(row["homes"] for row in rows),
            left=list(left.select_related("host", "county")[:200]),
            may_schedule=bool(policies.may_schedule_somewhere(self.request.user)),
            rubric=rubric,
            **kwargs,
        )
