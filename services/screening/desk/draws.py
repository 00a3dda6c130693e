"""How places are given on the opening day: the page of the draw, and a page for each of its steps."""

from dataclasses import dataclass

from django.http import Http404
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from django.views.generic import TemplateView

from services.bookings import actions, errors
from services.bookings.enums import DrawOutcome, DrawState, SignUpMode
from services.bookings.models import Draw
from services.bookings.queries import draws as booking_queries
from services.foundation import clock
from services.screening import queries
from services.screening.desk.pages import ActionForm, Confirm, ManagerPage, ProgrammePage, desk_url
from services.screening.forms.draws import AnnounceDrawForm, CorrectNumberForm, DrawAgainForm, PublicNumberForm

_FIELD_OF = {
    errors.ListClosesOutside.code: "freezes_at",
    errors.NumberTooEarly.code: "number_on",
    errors.ReasonMissing.code: "reason",
    errors.NumberMalformed.code: "typed",
    errors.NumberFixed.code: "typed",
    errors.TooEarlyForNumber.code: "typed",
}


@dataclass(frozen=True, slots=True)
class DrawStep:
    """What is next, and the page on which it is done (empty: nothing for the officer)."""

    text: str
    button: str = ""
    page: str = ""


def next_of(draw: Draw, *, now) -> DrawStep:
    """The next step of a draw in force."""
    if draw.state == DrawState.ANNOUNCED:
        return _before_freezing(draw, now)
    if draw.state == DrawState.FROZEN:
        if timezone.localdate(now) < draw.number_on:
            day = date_format(draw.number_on, "DATE_FORMAT")
            return DrawStep(_("The list is closed. The number comes out on %(day)s.") % {"day": day})
        return DrawStep(_("The number has come out: enter it."), _("Enter the number"), "draw_number")
    if draw.state == DrawState.ORDERED:
        return DrawStep(_("The order is drawn and published."), _("Give the places"), "draw_give")
    if draw.state == DrawState.GIVING:
        return DrawStep(_("The places are being given. This page shows how far it is."))
    return DrawStep(_("The draw is finished."))


def _before_freezing(draw: Draw, now) -> DrawStep:
    if now < draw.freezes_at:
        moment = date_format(timezone.localtime(draw.freezes_at), "DATETIME_FORMAT")
        return DrawStep(_("Women may enter until %(moment)s. Then the list closes by itself.") % {"moment": moment})
    if timezone.localdate(now) >= draw.number_on:
        return DrawStep(errors.NumberKnown().message(staff=True), _("Announce a new draw"), "draw_again")
    return DrawStep(_("The list is due to be closed."), _("Close the list now"), "draw_freeze")


class DrawScreen(ProgrammePage, TemplateView):
    """Where the draw stands, who took which step, what is next; void draws below."""

    page_title = _("How places are given")
    template_name = "screening/desk/draw.html"

    def get_context_data(self, **kwargs):
        now = clock.now()
        draws = list(booking_queries.draws_of(self.offering))
        draw = next((row for row in draws if row.state != DrawState.VOID), None)
        terms = queries.current_terms(self.programme)
        counted = booking_queries.outcomes(draw) if draw and draw.public_number else {}
        return super().get_context_data(
            draw=draw,
            older=[row for row in draws if row is not draw],
            step=next_of(draw, now=now) if draw else None,
            entries=booking_queries.entries_standing(self.offering) if draw else 0,
            counted=[(label, counted[code]) for code, label in DrawOutcome.choices if counted.get(code)],
            first_come=self.offering.mode == SignUpMode.FIRST_COME,
            priority=bool(terms and terms.priority_employment_types),
            again=draw is not None and draw.state in (DrawState.ANNOUNCED, DrawState.FROZEN),
            correctable=draw is not None and draw.state == DrawState.ORDERED,
            **kwargs,
        )


class BelowDraw(ManagerPage):
    """A page below that of the draw."""

    def trail(self):
        crumb = {"url": desk_url("draw", self.programme.code), "label": DrawScreen.page_title}
        return [*super().trail(), crumb]

    def get_success_url(self):
        return desk_url("draw", self.programme.code)


class StepPage(BelowDraw):
    """A page about the draw in force; without one there is nothing to do here."""

    @cached_property
    def draw(self) -> Draw | None:
        return booking_queries.draw_in_force(self.offering)

    def get(self, request, *args, **kwargs):
        if self.draw is None:
            return redirect(self.get_success_url())
        return super().get(request, *args, **kwargs)

    def post(self, request, *args, **kwargs):
        if self.draw is None:
            raise Http404
        return super().post(request, *args, **kwargs)


class DrawAnnounce(ActionForm, BelowDraw):
    page_title = _("Have the places drawn")
    submit_label = _("Announce the draw")
    form_class = AnnounceDrawForm
    field_of = _FIELD_OF
    intro = _(
        "What you announce stands on the public site and can't be changed once the first woman has entered. It is "
        "chosen before sign-up opens."
    )

    def get_initial(self):
        draw = booking_queries.draw_in_force(self.offering)
        if draw is None:
            return {"freezes_at": None}
        kept = ("freezes_at", "source", "number_on", "digits", "where")
        offering = {"mode": self.offering.mode, "after_draw": self.offering.after_draw}
        return {name: getattr(draw, name) for name in kept} | offering

    def act(self, form):
        actions.announce_draw(self.offering, by=self.request.user, now=clock.now(), **form.cleaned_data)
        return _("The draw is announced.")


class DrawFirstCome(Confirm, BelowDraw):
    page_title = submit_label = _("Back to first come, first served")
    intro = _("The announced draw is declared void and stays published. It is possible until the first woman enters.")

    def act(self, form):
        actions.choose_first_come(self.offering, by=self.request.user, now=clock.now())
        return _("Places are given first come, first served.")


class DrawFreeze(Confirm, StepPage):
    page_title = submit_label = _("Close the list")
    intro = _(
        "The entry numbers are put down for good and their fingerprint is published. The number must then be entered "
        "by another officer. Left alone, the list closes by itself within a minute of its time."
    )

    def act(self, form):
        actions.freeze_draw(self.draw, by=self.request.user, now=clock.now())
        return _("The list is closed and published.")


class DrawNumber(ActionForm, StepPage):
    page_title = submit_label = _("Enter the number")
    form_class = PublicNumberForm
    field_of = _FIELD_OF

    @property
    def intro(self):
        words = {"source": self.draw.source, "day": date_format(self.draw.number_on, "DATE_FORMAT")}
        read = _("%(source)s of %(day)s. Read it here: %(where)s. The order follows at once and can't be changed.")
        return read % (words | {"where": self.draw.where})

    def act(self, form):
        actions.enter_number(self.draw, typed=form.cleaned_data["typed"], by=self.request.user, now=clock.now())
        return _("The order is drawn and published.")


class DrawGive(Confirm, StepPage):
    page_title = submit_label = _("Give the places")
    intro = _(
        "From the first to the last each woman gets the place she would like best, as far as places are left; the "
        "others wait in the order drawn. Each is told. Afterwards nothing of the draw can be changed."
    )

    def act(self, form):
        actions.start_giving(self.draw, by=self.request.user, now=clock.now())
        return _("The places are being given.")


class DrawAgain(ActionForm, StepPage):
    page_title = submit_label = _("Announce a new draw")
    form_class = DrawAgainForm
    field_of = _FIELD_OF
    danger = True
    intro = _(
        "For when the announced draw can't be kept. It is declared void and stays published with your reason; women "
        "who entered stay entered. From the day of its number on another officer must do this."
    )

    def act(self, form):
        actions.announce_again(self.draw, by=self.request.user, now=clock.now(), **form.cleaned_data)
        return _("The new draw is announced.")


class DrawCorrect(ActionForm, StepPage):
    page_title = submit_label = _("Correct a mistyped number")
    form_class = CorrectNumberForm
    field_of = _FIELD_OF
    danger = True
    intro = _(
        "The same list is drawn with the true number, as a draw with a number of its own. The wrong one stays "
        "published with your reason. Another officer than the one who typed it must do this."
    )

    def act(self, form):
        typed, reason = form.cleaned_data["typed"], form.cleaned_data["reason"]
        actions.correct_number(self.draw, typed=typed, reason=reason, by=self.request.user, now=clock.now())
        return _("The order is drawn with the true number.")
