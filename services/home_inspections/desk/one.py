"""One inspection on one screen: who went, what was found, what comes next; and each step of it."""

from django.http import Http404
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy
from django.views.generic import TemplateView

from services.childrens_homes.queries.homes import homes_for
from services.foundation import clock
from services.foundation.desk import StepForm
from services.home_inspections import errors, policies
from services.home_inspections.actions import blind
from services.home_inspections.actions import inspections as actions
from services.home_inspections.desk.pages import InspectionsPage, OfInspection, OfInspector, OneClick, desk_url
from services.home_inspections.desk.reckoning import reckoned
from services.home_inspections.enums import OF_CITY, InspectionState, Round
from services.home_inspections.forms.inspections import (
    AgainForm,
    ConfirmForm,
    HostForm,
    ReasonForm,
    ScheduleForm,
    SettleForm,
    ThirdForm,
)
from services.home_inspections.queries import inspections as queries
from services.home_inspections.queries.blind import disputed, sheets_of, waits_for_third
from services.home_inspections.queries.draws import waits_for_visit
from services.home_inspections.queries.rubrics import asked_of_home, rubric_in_force

_OPEN = (InspectionState.SCHEDULED, InspectionState.IN_FIELD)
_CAN_FAIL_AGAIN = (InspectionState.RECTIFYING, InspectionState.ESCALATED)


class One(OfInspection, TemplateView):
    template_name = "home_inspections/desk/one.html"

    def get_page_title(self):
        return self.inspection.home.host.name

    def get_page_subtitle(self):
        return ""

    def get_breadcrumbs_items(self):
        return self.trail()

    def get_context_data(self, **kwargs):
        one, user = self.inspection, self.request.user
        inspects = bool(policies.may_inspect(user, one))
        own = next((row for row in one.inspectors.all() if row.user_id == user.pk), None)
        return super().get_context_data(
            items=reckoned(one),
            photos=queries.photos_of(one),
            findings=queries.open_findings(one.home),
            own_findings=one.rectifications.select_related("criterion").order_by("code"),
            next_steps=next_steps(one, user, inspects=inspects, signed=bool(own and own.signed_at)),
            host=getattr(one, "host_signature", None),
            waits_for_third=waits_for_third(one),
            history=queries.history_of(one),
            again=getattr(one, "inspected_again", None),
            **kwargs,
        )


def next_steps(one, user, *, inspects: bool, signed: bool) -> list[dict]:
    """The only things that this person may do now; the first is what is due."""
    found = []

    def add(name: str, label: str, *, post: bool = False) -> None:
        found.append({"url": desk_url(name, one.token), "label": label, "post": post, "first": not found})

    state = one.state
    if inspects:
        if state == InspectionState.SCHEDULED:
            add("begin", _("Begin the visit"), post=True)
        elif state == InspectionState.IN_FIELD and not _handed_in(one, user):
            add("score", _("Fill in your own sheet") if one.blind else _("Fill in the sheet"))
        elif state == InspectionState.SCORED:
            if not signed:
                add("sign", _("Sign the sheet"), post=True)
            if getattr(one, "host_signature", None) is None:
                add("sign_host", _("Let the home's side sign"))
            add("reopen", _("Open the sheet again"))
    waits = waits_for_third(one)
    if waits and policies.may_settle(user, one):
        add("settle", _("Settle where they differ"))
    if state == InspectionState.SIGNED and policies.may_confirm(user, one):
        add("confirm", _("Confirm the verdict"))
    leads = policies.may_schedule(user, one.home, one.round)
    if one.blind and leads and (waits or one.third_id is None) and state in _OPEN:
        add("third", _("Name who settles differences"))
    if state in _CAN_FAIL_AGAIN and leads and getattr(one, "inspected_again", None) is None:
        add("again", _("Plan the re-inspection"))
    if state in _OPEN and leads:
        add("call_off", pgettext_lazy("inspection", "Call it off"))
    return found


def _handed_in(one, user) -> bool:
    return any(row.user_id == user.pk and row.handed_in_at for row in one.inspectors.all())


class Third(StepForm, OfInspection):
    """Whoever sends the inspectors names her, never one of them."""

    page_title = gettext_lazy("Name who settles differences")
    form_class = ThirdForm
    submit_label = gettext_lazy("Name her")
    intro = gettext_lazy(
        "She sees both sheets without names, and only the criteria on which they differ beyond the limit."
    )
    field_of = {
        errors.NotAnInspector.code: "third",
        errors.InConflict.code: "third",
        errors.ThirdIsOneOfThem.code: "third",
    }

    def allowed(self):
        return policies.may_schedule(self.request.user, self.inspection.home, self.inspection.round)

    def get_form_kwargs(self):
        people = fit_people(self.inspection.home, whole_city=self.inspection.round in OF_CITY)
        there = self.inspection.inspectors.values("user")
        return super().get_form_kwargs() | {"people": people.exclude(pk__in=there)}

    def act(self, form):
        blind.name_third(self.inspection, form.cleaned_data["third"], by=self.request.user, now=clock.now())
        return _("She is named, and told once the two sheets are in.")


class Settle(StepForm, OfInspection):
    page_title = gettext_lazy("Settle where they differ")
    template_name = "home_inspections/desk/settle.html"
    form_class = SettleForm
    submit_label = gettext_lazy("Settle it and work out the score")
    intro = gettext_lazy("Your points stand. Say why: both inspectors and the home read it.")

    def allowed(self):
        verdict = policies.may_settle(self.request.user, self.inspection)
        if verdict and not waits_for_third(self.inspection):
            raise Http404
        return verdict

    @cached_property
    def differing(self) -> list:
        asked = asked_of_home(self.inspection.rubric, self.inspection.home.profile)
        return [asked[code] for code in disputed(self.inspection)]

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"criteria": self.differing}

    def field_for(self, refusal):
        return None

    def act(self, form):
        done = blind.settle(self.inspection, form.said(), by=self.request.user, now=clock.now())
        return _("%(score)s points. Now both sides sign.") % {"score": done.score}

    def get_context_data(self, **kwargs):
        context = super().get_context_data(**kwargs)
        sheets = sheets_of(self.inspection)
        pictures: dict[int, list] = {}
        for photo in queries.photos_of(self.inspection):
            pictures.setdefault(photo.criterion_id, []).append(photo)
        return context | {
            "lines": [
                (
                    one,
                    [sheet.get(one.code) for sheet in sheets],
                    pictures.get(one.pk, []),
                    context["form"].bound(one.code),
                )
                for one in self.differing
            ]
        }


class Begin(OneClick, OfInspector):
    def act(self):
        actions.begin(self.inspection, by=self.request.user, now=clock.now(), device_at=self._device_at())
        return _("You are in the field. The sheet works without a network once it is open.")

    def _device_at(self):
        try:
            found = parse_datetime(self.request.POST.get("device_at", "")[:40])
        except ValueError:
            return None
        return found if found and timezone.is_aware(found) else None

    def get_success_url(self):
        return desk_url("score", self.inspection.token)


class Sign(OneClick, OfInspector):
    def act(self):
        actions.sign(self.inspection, by=self.request.user, now=clock.now())
        return _("You have signed the sheet.")


class SignHost(StepForm, OfInspector):
    page_title = gettext_lazy("Signature of the home's side")
    template_name = "home_inspections/desk/sign_host.html"
    form_class = HostForm
    submit_label = gettext_lazy("Sign")

    def act(self, form):
        said = form.cleaned_data
        actions.sign_for_host(
            self.inspection,
            name=said["name"],
            post=said["post"],
            objection=said["objection"],
            by=self.request.user,
            now=clock.now(),
        )
        return _("The home's side has signed.")


class Reopen(StepForm, OfInspector):
    page_title = submit_label = gettext_lazy("Open the sheet again")
    form_class = ReasonForm
    danger = True
    intro = gettext_lazy("Signatures given so far are void. The sheet is worked out anew.")
    field_of = {errors.ReasonMissing.code: "reason"}

    def act(self, form):
        actions.reopen(self.inspection, reason=form.cleaned_data["reason"], by=self.request.user, now=clock.now())
        return _("The sheet is open again.")


class CallOff(StepForm, OfInspection):
    page_title = submit_label = pgettext_lazy("inspection", "Call it off")
    form_class = ReasonForm
    danger = True
    field_of = {errors.ReasonMissing.code: "reason"}

    def allowed(self):
        return policies.may_schedule(self.request.user, self.inspection.home, self.inspection.round)

    def act(self, form):
        actions.call_off(self.inspection, reason=form.cleaned_data["reason"], by=self.request.user, now=clock.now())
        return pgettext_lazy("inspection", "Called off.")


class ConfirmVerdict(StepForm, OfInspection):
    page_title = submit_label = gettext_lazy("Confirm the verdict")
    form_class = ConfirmForm
    field_of = {errors.DueMissing.code: "due_on"}

    def allowed(self):
        return policies.may_confirm(self.request.user, self.inspection)

    @property
    def intro(self):
        one = self.inspection
        if one.passed is None:
            return ""
        words = _("%(score)s points, passed. Criteria that failed become findings with a day.")
        if not one.passed:
            words = _("%(score)s points, failed. Everything that lost points becomes a finding with a day.")
        return words % {"score": one.score}

    def act(self, form):
        one = actions.confirm(
            self.inspection, due_on=form.cleaned_data["due_on"], by=self.request.user, now=clock.now()
        )
        return _("Confirmed: passed.") if one.passed else _("Confirmed: failed. The home has until the day named.")


class Schedule(StepForm, InspectionsPage):
    page_title = gettext_lazy("Plan an inspection")
    form_class = ScheduleForm
    submit_label = gettext_lazy("Plan it")
    field_of = {
        errors.DayPast.code: "on",
        errors.TwoInspectors.code: "inspectors",
        errors.InConflict.code: "inspectors",
        errors.NotAnInspector.code: "inspectors",
        errors.AlreadyUnderWay.code: "round",
        errors.NotDrawn.code: "round",
    }

    @cached_property
    def home(self):
        return get_object_or_404(homes_for(self.request.user), code=self.kwargs["code"])

    @cached_property
    def rounds(self) -> list:
        found = [one for one in Round.choices if policies.may_schedule(self.request.user, self.home, one[0])]
        return [one for one in found if one[0] != Round.CITY or waits_for_visit(self.home)]

    def allowed(self):
        return policies.may_schedule(self.request.user, self.home, Round.COUNTY)

    def get_page_subtitle(self):
        return self.home.host.name

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {
            "rounds": self.rounds,
            "people": fit_people(self.home, whole_city=any(one[0] in OF_CITY for one in self.rounds)),
            "blind_limit": blind_limit(self.home),
        }

    def get_initial(self):
        return {"on": clock.today(), "round": Round.COUNTY}

    def get_success_url(self):
        return desk_url("one", self.made.token) if hasattr(self, "made") else desk_url("list")

    def act(self, form):
        said = form.cleaned_data
        self.made = actions.schedule(self.home, by=self.request.user, now=clock.now(), **said)
        return _("The inspection is planned. The inspectors are told.")


def blind_limit(home):
    rubric = rubric_in_force(home.host.path)
    return rubric.blind_limit if rubric else None


def fit_people(home, *, whole_city: bool = False):
    against = queries.conflicts_at(home.host.path)
    return queries.inspectors_near(home.host.path, whole_city=whole_city).exclude(pk__in=against)


class Again(StepForm, OfInspection):
    page_title = gettext_lazy("Plan the re-inspection")
    form_class = AgainForm
    submit_label = gettext_lazy("Plan it")
    intro = gettext_lazy("It begins with the findings that are still open.")
    field_of = {errors.DayPast.code: "on", errors.TwoInspectors.code: "inspectors"}

    def allowed(self):
        if self.inspection.state not in _CAN_FAIL_AGAIN:
            raise Http404
        return policies.may_schedule(self.request.user, self.inspection.home, self.inspection.round)

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {
            "people": fit_people(self.inspection.home, whole_city=self.inspection.round in OF_CITY),
            "blind_limit": blind_limit(self.inspection.home),
        }

    def get_initial(self):
        return {"on": max(self.inspection.due_on or clock.today(), clock.today())}

    def get_success_url(self):
        return desk_url("one", self.made.token) if hasattr(self, "made") else super().get_success_url()

    def act(self, form):
        one = self.inspection
        self.made = actions.schedule(
            one.home, round=one.round, again_of=one, by=self.request.user, now=clock.now(), **form.cleaned_data
        )
        return _("The re-inspection is planned. The inspectors are told.")


class Print(OfInspection, TemplateView):
    """The score sheet on A4, with room for signatures."""

    template_name = "home_inspections/desk/print.html"

    def get_context_data(self, **kwargs):
        one = self.inspection
        return super().get_context_data(
            items=reckoned(one), host=getattr(one, "host_signature", None), printed_at=clock.now(), **kwargs
        )
