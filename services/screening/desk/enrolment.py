"""One group: the preview row by row, carrying it out, what became of each, and the sheets to take away."""

from collections.abc import Callable
from itertools import groupby

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, pgettext
from django.views.generic import TemplateView, View
from wagtail.admin import messages

from services.bookings.enums import BookingState
from services.bookings.rules import window
from services.exchange.workbooks import About
from services.foundation import clock
from services.foundation.desk import defused, one_export_too_many
from services.foundation.errors import Refused
from services.privacy.enums import Purpose
from services.screening import actions, policies
from services.screening.desk.enrolling import EnrolChoose
from services.screening.desk.export import workbook
from services.screening.desk.pages import ProgrammePage, desk_url
from services.screening.desk.reasons import said
from services.screening.enums import EnrolmentState, RowOutcome, RowPlan
from services.screening.exporters import moment
from services.screening.forms.enrolling import PaperForm, SaidForm
from services.screening.models import Enrolment, EnrolmentRow
from services.screening.queries import current_terms
from services.screening.queries.groups import on_paper

_FITS = (RowPlan.BOOK, RowPlan.OFFER)
_LEFT_AS = {RowOutcome.BOOKED: BookingState.CONFIRMED, RowOutcome.OFFERED: BookingState.OFFERED}
_GOT = tuple(_LEFT_AS)


class OneGroup(ProgrammePage):
    """The group of the address, when it is of her unions; 404 else."""

    header_icon = "group"

    def setup(self, request, *args, **kwargs):
        super().setup(request, *args, **kwargs)
        groups = Enrolment.objects.visible_to(request.user).filter(programme=self.programme)
        found = groups.select_related("organization", "created_by", "done_by", "programme__offering")
        self.enrolment = get_object_or_404(found, token=kwargs["token"])

    def allowed(self):
        return policies.may_enrol(self.request.user, self.enrolment.organization)

    @cached_property
    def here(self) -> str:
        return desk_url("enrolment", self.programme.code, self.enrolment.token)

    @cached_property
    def rows(self) -> list[EnrolmentRow]:
        rows = EnrolmentRow.objects.own(enrolment=self.enrolment).select_related(
            "worker__organization",
            "session__venue",
            "allocation__organization",
            "booking__session__venue",
            "enrolment__organization",
        )
        return list(rows.defer("worker__id_number", "worker__note").order_by("position"))

    @property
    def is_done(self) -> bool:
        return self.enrolment.state == EnrolmentState.DONE


def is_hers(row: EnrolmentRow) -> bool:
    """Is she still a woman of the group's union, or of one below it? Her new one is not told to the former."""
    return bool(row.worker) and row.worker.organization.path.startswith(row.enrolment.organization.path)


def told(row: EnrolmentRow) -> dict:
    """A row in words: who, where, and every reason and note."""
    findings = [said(stored) for stored in row.reasons]
    session = row.booking.session if row.booking else row.session
    return {
        "row": row,
        "union": row.worker.organization.name if is_hers(row) else "",
        "name": row.worker.name if row.worker else row.stated or _("(no name)"),
        "session": session if (row.plan in _FITS or row.booking) else None,
        "payer": row.allocation.organization.name if row.allocation and row.plan in _FITS else "",
        "reasons": [one for one in findings if not one.is_note],
        "notes": [one for one in findings if one.is_note],
        "changed": row.outcome == RowOutcome.CHANGED,
        "now": row.booking.get_state_display() if row.booking and row.booking.state != _LEFT_AS[row.outcome] else "",
    }


class GroupPage(OneGroup, TemplateView):
    """A draft shows what would happen; once carried out, what happened. Each button is one action."""

    @property
    def template_name(self):
        return f"screening/desk/{'enrol_result' if self.is_done else 'enrol_preview'}.html"

    def get_page_title(self):
        return _("Group of %(union)s") % {"union": self.enrolment.organization.name}

    def trail(self):
        above = desk_url("enrol_at", self.programme.code, self.enrolment.organization.code)
        return [*super().trail(), {"url": above, "label": EnrolChoose.page_title}]

    def get(self, request, *args, **kwargs):
        return self.render_to_response(self.get_context_data())

    def post(self, request, *args, **kwargs):
        do = _STEPS.get(request.POST.get("do", ""))
        if do is None:
            return redirect(self.here)
        try:
            answer = do(self)
        except Refused as refusal:
            messages.error(request, refusal.message(staff=True))
            answer = None
        return answer or redirect(self.here)

    def carry_out(self, *, only_those_who_fit: bool) -> None:
        self.enrolment = actions.carry_out(
            self.enrolment, only_those_who_fit=only_those_who_fit, by=self.request.user, now=clock.now()
        )
        if self.is_done:
            messages.success(self.request, _("The group is enrolled. Each woman is told by message."))
        else:
            messages.warning(
                self.request, _("Nothing was taken: something changed since the preview. The rows are marked.")
            )

    def look_again(self, together: bool | None = None) -> None:
        actions.look_again(self.enrolment, together=together, by=self.request.user, now=clock.now())
        messages.success(self.request, _("Looked up anew. Nothing has been taken."))

    def keep_said(self) -> HttpResponse | None:
        form = self._said_form(self.request.POST)
        if form is None or not form.is_valid():
            return self.render_to_response(self.get_context_data(said_form=form))
        actions.state_for_group(self.enrolment, form.said(), by=self.request.user, now=clock.now())
        messages.success(self.request, _("Written down. The preview takes it into account."))
        return None

    def record_paper(self) -> HttpResponse | None:
        form = PaperForm(self.request.POST, today=clock.today())
        ticked = self._named("signed")
        if not form.is_valid() or not ticked:
            if not ticked:
                form.add_error(None, _("Tick the women whose forms you hold."))
            return self.render_to_response(self.get_context_data(paper_form=form, ticked=ticked))
        actions.record_paper(
            self.enrolment, ticked, signed_on=form.cleaned_data["signed_on"], by=self.request.user, now=clock.now()
        )
        messages.success(self.request, _("The forms are on record. The preview takes them into account."))
        return None

    def withdraw_paper(self) -> None:
        for worker in self._named("woman"):
            actions.withdraw_paper(self.enrolment, worker, by=self.request.user, now=clock.now())
            messages.success(self.request, _("Her consent on paper has ended, and with it her place, if she had one."))

    def _named(self, field: str) -> list:
        """Women of this group, by the tokens the form sent."""
        sent = set(self.request.POST.getlist(field))
        return [row.worker for row in self.rows if is_hers(row) and row.worker.token in sent]

    def _said_form(self, data=None) -> SaidForm | None:
        rows = [row for row in self.rows if is_hers(row) and any(_asks_last(stored) for stored in row.reasons)]
        return SaidForm(data, rows=rows, today=clock.today()) if rows and not self.is_done else None

    def get_context_data(self, *, said_form=None, paper_form=None, ticked=(), **kwargs):
        shown = [told(row) for row in self.rows]
        said_form = said_form or self._said_form()
        asked = {row.pk for row in said_form.rows} if said_form else set()
        for one in shown:
            position = one["row"].position
            if one["row"].pk in asked:
                one["on"], one["never"] = said_form[f"on-{position}"], said_form[f"never-{position}"]
        terms = current_terms(self.programme)
        paper = on_paper([row.worker for row in self.rows if row.worker], Purpose.SCREENING, now=clock.now())
        return super().get_context_data(
            enrolment=self.enrolment,
            said_form=said_form,
            paper_form=paper_form or PaperForm(today=clock.today()),
            paper_admitted=bool(terms and terms.paper_consent),
            on_paper=paper,
            ticked={worker.token for worker in ticked},
            without_account=[one for one in shown if _could_sign(one["row"])],
            sign_up=_sign_up(self.offering),
            **(_results(shown) if self.is_done else _previews(shown)),
            **kwargs,
        )


def _asks_last(stored: dict) -> bool:
    return stored["code"] == "interval" and stored["outcome"] == "unknown"


def _could_sign(row: EnrolmentRow) -> bool:
    """Paper would help: she has no account, and only her consent is missing."""
    wanting = row.plan == RowPlan.OFFER or any(stored["code"] == "no_phone" for stored in row.reasons)
    return bool(row.worker and row.worker.user_id is None and wanting)


def _sign_up(offering) -> str:
    return window(
        clock.now(), is_open=offering.state == "open", opens_at=offering.opens_at, closes_at=offering.closes_at
    )


def _previews(shown: list[dict]) -> dict:
    by_plan = {plan: [one for one in shown if one["row"].plan == plan] for plan in RowPlan}
    fitting = by_plan[RowPlan.BOOK] + by_plan[RowPlan.OFFER]
    return {
        "total": len(shown),
        "fitting": len(fitting),
        "counts": [(plan.label, len(found)) for plan, found in by_plan.items()],
        "sections": [(plan, found) for plan, found in by_plan.items() if found],
        "days": by_session(fitting),
        "any_changed": any(one["changed"] for one in shown),
    }


def by_session(shown: list[dict]) -> list[tuple]:
    """Sessions in order, each with the rows that have it."""
    held = sorted(
        (one for one in shown if one["session"]), key=lambda one: (one["session"].starts_at, one["session"].pk)
    )
    return [(session, list(rows)) for session, rows in groupby(held, key=lambda one: one["session"])]


def _results(shown: list[dict]) -> dict:
    got = [one for one in shown if one["row"].outcome in _GOT]
    by_outcome = {outcome: [one for one in shown if one["row"].outcome == outcome] for outcome in RowOutcome}
    return {
        "total": len(shown),
        "counts": [(outcome.label, len(found)) for outcome, found in by_outcome.items()],
        "days": by_session(got),
        "sections": [(o, by_outcome[o]) for o in (RowOutcome.CHANGED, RowOutcome.LEFT_OUT) if by_outcome[o]],
        "heading": ngettext(
            "%(count)s of %(total)s women has a place", "%(count)s of %(total)s women have a place", len(got)
        )
        % {"count": len(got), "total": len(shown)},
    }


_STEPS: dict[str, Callable[[GroupPage], HttpResponse | None]] = {
    "all": lambda page: page.carry_out(only_those_who_fit=False),
    "fitting": lambda page: page.carry_out(only_those_who_fit=True),
    "again": lambda page: page.look_again(),
    "together": lambda page: page.look_again(together=True),
    "apart": lambda page: page.look_again(together=False),
    "said": lambda page: page.keep_said(),
    "paper": lambda page: page.record_paper(),
    "unsign": lambda page: page.withdraw_paper(),
}


class GroupNotice(OneGroup, View):
    """The A4 sheet for the women: when and where each is expected. Names and numbers are masked: paper gets about."""

    page_title = gettext_lazy("Notice")

    def get(self, request, *args, **kwargs):
        if not self.is_done:
            return redirect(self.here)
        days = by_session([told(row) for row in self.rows if row.booking and row.booking.is_live])
        context = {"enrolment": self.enrolment, "offering": self.offering, "days": days, "printed_at": clock.now()}
        return TemplateResponse(
            request, "screening/desk/enrol_notice.html", context | {"contact": self.programme.contact}
        )


class GroupWorkbook(OneGroup, View):
    """The outcome, one row a woman, masked; a draft says what would happen."""

    page_title = gettext_lazy("Download XLSX")

    def get(self, request, *args, **kwargs):
        if refused := one_export_too_many(request, self.here):
            return refused
        enrolment = self.enrolment
        about = About(
            title=_("Outcome of a group enrolment; names and mobile numbers are masked")
            if self.is_done
            else _("Preview of a group enrolment: nothing has been taken; names and mobile numbers are masked"),
            scope=f"{self.programme.title} · {enrolment.organization.name}",
            data_time=timezone.localtime(enrolment.done_at or enrolment.planned_at),
            columns=_columns(),
            filters={_("File"): enrolment.file_name} if enrolment.file_name else {},
        )
        return workbook(pgettext("enrolment", "Group"), [_line(told(row)) for row in self.rows], about)


def _columns() -> dict[str, str]:
    """Heading and meaning."""
    return {
        _("Row"): _("Her place in the group."),
        pgettext("person", "Name"): _("Of the woman, masked; as the list stated it where she is on no roster."),
        _("Mobile number"): _("Hers, masked, as text."),
        _("Union"): _("Where she is registered now."),
        _("Preview"): _("What was going to happen when the group was looked at."),
        _("Outcome"): _("What happened; empty before the group is enrolled."),
        _("Number"): _("Of the booking, as it is read out on the telephone."),
        pgettext("screening", "Site"): _("Where the session is held."),
        _("Session"): _("Day and time at which it begins."),
        _("Pays"): _("The organisation whose place she takes."),
        _("Reasons"): _("Why she fits or doesn't, in the words of the rules."),
        _("What to do"): _("What would change it."),
    }


def _line(one: dict) -> list:
    row, session = one["row"], one["session"]
    worker, booking = row.worker, row.booking
    words = [*one["reasons"], *one["notes"]]
    return [
        row.position,
        worker.masked_name if worker else row.stated,
        worker.masked_phone if worker else "",
        one["union"],
        row.get_plan_display(),
        row.get_outcome_display(),
        booking.number if booking else "",
        session.venue.name if session else "",
        moment(session.starts_at) if session else "",
        one["payer"],
        defused(" ".join(said.sentence for said in words)),
        defused(" ".join(said.remedy for said in words if said.remedy)),
    ]
