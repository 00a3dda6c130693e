"""Draws of homes on the desk: one button a step, and none to draw again."""

from django.shortcuts import get_object_or_404
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy
from django.views.generic import TemplateView

from services.foundation import clock
from services.foundation.desk import StepForm
from services.home_inspections import errors, policies
from services.home_inspections.actions import drawn as after
from services.home_inspections.actions import draws as actions
from services.home_inspections.desk.pages import InspectionsPage, OneClick, desk_url
from services.home_inspections.enums import DrawPurpose, DrawState, Outcome
from services.home_inspections.forms.draws import FreezeForm, SeedForm, VisitForm
from services.home_inspections.forms.inspections import ReasonForm
from services.home_inspections.models import DrawItem, HomeDraw
from services.home_inspections.queries import draws as queries
from services.home_inspections.queries.inspections import behind, county_progress, history_of
from services.home_inspections.wordings import label_of


class DrawsPage(InspectionsPage):
    header_icon = "history"

    def trail(self):
        return [*self.breadcrumbs_items, {"url": desk_url("draws"), "label": _("Draws of homes")}]


class Draws(DrawsPage, TemplateView):
    page_title = gettext_lazy("Draws of homes")
    template_name = "home_inspections/desk/draws.html"

    def get_breadcrumbs_items(self):
        return [*self.breadcrumbs_items, {"url": "", "label": self.page_title}]

    def get_context_data(self, **kwargs):
        leads = bool(policies.may_lead_somewhere(self.request.user))
        late = behind(county_progress(self.programme)) if leads else []
        return super().get_context_data(
            draws=list(queries.draws_for(self.request.user)[:100]), leads=leads, late=late, **kwargs
        )


class Freeze(StepForm, DrawsPage):
    page_title = gettext_lazy("Freeze the list of homes")
    form_class = FreezeForm
    submit_label = gettext_lazy("Freeze and publish the fingerprint")
    intro = gettext_lazy(
        "From here on nothing of the list can be changed. The seed has to come about afterwards, at a source that "
        "nobody here controls."
    )
    field_of = {errors.DrawThere.code: "purpose", errors.RatioTooLow.code: "ratio"}

    def allowed(self):
        return policies.may_lead_somewhere(self.request.user)

    def get_success_url(self):
        return desk_url("draw", self.made.token) if hasattr(self, "made") else desk_url("draws")

    def act(self, form):
        self.made = actions.freeze_frame(self.programme, by=self.request.user, now=clock.now(), **form.cleaned_data)
        return _("The list is frozen, its fingerprint is public.")


class OfDraw(DrawsPage):
    @cached_property
    def draw(self) -> HomeDraw:
        return get_object_or_404(queries.draws_for(self.request.user), token=self.kwargs["token"])

    def allowed(self):
        return policies.may_enter(self.request.user) if self.draw else super().allowed()

    def get_success_url(self):
        return desk_url("draw", self.draw.token)

    def get_page_subtitle(self):
        return str(self.draw)

    def get_context_data(self, **kwargs):
        return super().get_context_data(draw=self.draw, **kwargs)


class _Leading(OfDraw):
    def allowed(self):
        return policies.may_lead_city(self.request.user, self.draw.programme.city)


class Draw(OfDraw, TemplateView):
    template_name = "home_inspections/desk/draw.html"

    def get_page_title(self):
        return str(self.draw)

    def get_page_subtitle(self):
        return ""

    def get_context_data(self, **kwargs):
        draw = self.draw
        items = queries.items_of(draw)
        called = [one for one in items if one.selected or one.called_in]
        return super().get_context_data(
            called=called,
            reserve=[one for one in items if not (one.selected or one.called_in)],
            strata=[(code, label_of(code, one), one) for code, one in draw.strata.items()],
            pending=sum(one.outcome == Outcome.PENDING for one in called),
            must_visit=list(draw.must_visit.select_related("home__host")),
            may_lead=bool(policies.may_lead_city(self.request.user, draw.programme.city)),
            next_steps=self._steps(),
            history=history_of(draw),
            links=queries.links_of(draw),
            **kwargs,
        )

    def _steps(self) -> list[dict]:
        draw = self.draw
        if not policies.may_lead_city(self.request.user, draw.programme.city):
            return []
        forms = {
            DrawState.FROZEN: ("seed", _("Commit the seed"), False),
            DrawState.SEEDED: ("run", _("Draw homes"), True),
            DrawState.DRAWN: ("publish", _("Publish and plan the visits"), False),
            DrawState.PUBLISHED: ("execute", _("All visited: close the draw"), True),
        }
        found = []
        if draw.state in forms:
            name, label, post = forms[draw.state]
            found.append({"url": desk_url(name, draw.token), "label": label, "post": post, "first": True})
        if draw.state not in (DrawState.VOID, DrawState.EXECUTED):
            label = _("Declare it void")
            found.append({"url": desk_url("void", draw.token), "label": label, "post": False, "first": False})
        return found


class Seed(StepForm, _Leading):
    page_title = gettext_lazy("Commit the seed")
    form_class = SeedForm
    submit_label = gettext_lazy("Commit it for good")
    intro = gettext_lazy("It is entered once. Whoever checks the draw reads it at the source you name.")
    field_of = {
        errors.SeedPoor.code: "seed",
        errors.SeedTooEarly.code: "happened_at",
        errors.SeedFixed.code: "seed",
    }

    def act(self, form):
        actions.commit_seed(self.draw, by=self.request.user, now=clock.now(), **form.cleaned_data)
        return _("The seed is committed and public.")


class Run(OneClick, _Leading):
    def act(self):
        done = actions.run_draw(self.draw, by=self.request.user, now=clock.now())
        return _("Drawn: %(count)s homes.") % {"count": done.required}


class Publish(StepForm, _Leading):
    page_title = gettext_lazy("Publish and plan the visits")
    form_class = VisitForm
    submit_label = gettext_lazy("Publish")
    intro = gettext_lazy("The list of drawn homes becomes public. Drawn means visited (凡抽必看).")
    field_of = {errors.DayPast.code: "visit_on"}

    def get_initial(self):
        return {"visit_on": clock.today()}

    def act(self, form):
        done = after.publish(self.draw, visit_on=form.cleaned_data["visit_on"], by=self.request.user, now=clock.now())
        if done.purpose == DrawPurpose.EVALUATION:
            return _("Published. The drawn homes are the sample of the yearly evaluation; the city scores them there.")
        return _("Published. Visits are planned for every drawn home.")


class Execute(OneClick, _Leading):
    def act(self):
        after.execute(self.draw, by=self.request.user, now=clock.now())
        return _("The draw is carried out.")


class Void(StepForm, _Leading):
    page_title = submit_label = gettext_lazy("Declare it void")
    form_class = ReasonForm
    danger = True
    intro = gettext_lazy("The draw and your reason stay published. The next one has the next number.")
    field_of = {errors.ReasonMissing.code: "reason"}

    def act(self, form):
        actions.void_draw(self.draw, reason=form.cleaned_data["reason"], by=self.request.user, now=clock.now())
        return pgettext_lazy("draw of homes", "Void. It stays to be read.")


class NotVisited(StepForm, _Leading):
    page_title = gettext_lazy("A drawn home can't be visited")
    form_class = ReasonForm
    submit_label = gettext_lazy("Approve and call in the next")
    danger = True
    intro = gettext_lazy("The reason is published. The next home of the same stratum's reserve takes its place.")
    field_of = {errors.ReasonMissing.code: "reason"}

    @cached_property
    def item(self) -> DrawItem:
        return get_object_or_404(
            DrawItem.objects.select_related("draw", "home"), draw=self.draw, code=self.kwargs["code"]
        )

    def allowed(self):
        self.item  # noqa: B018 - what isn't drawn isn't there
        return super().allowed()

    def get_page_subtitle(self):
        return self.item.code

    def act(self, form):
        following = after.not_visited(
            self.item, reason=form.cleaned_data["reason"], by=self.request.user, now=clock.now()
        )
        if following is None:
            return _("Noted. The reserve of this stratum is used up.")
        return _("Noted. %(code)s is called in from the reserve.") % {"code": following.code}
