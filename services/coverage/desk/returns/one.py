"""One return: the form as it stands, its story, its versions; filling it in; the same on paper."""

from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy
from django.views.generic import TemplateView
from wagtail.admin.widgets.button import Button, HeaderButton

from services.coverage import return_points, return_wording
from services.coverage import return_policies as policies
from services.coverage import return_wording as wording
from services.coverage.actions import returns as actions
from services.coverage.desk.returns.pages import OneReturn, ReturnStepForm, desk_url, page_of
from services.coverage.desk.returns.shown import shown
from services.coverage.enums import WRITABLE, ReturnGroup, ReturnState
from services.coverage.forms.returns import REASON, FiguresForm
from services.coverage.queries import returns as queries
from services.coverage.rules import return_versions
from services.coverage.rules.return_fields import of_form
from services.coverage.rules.return_period import period
from services.coverage.rules.return_totals import Below
from services.foundation import clock

_NAMES_SHOWN = 30


class ReturnScreen(OneReturn, TemplateView):
    """Everything about it on one page, with the steps that this person may take now."""

    template_name = "coverage/desk/returns/one.html"

    def get_page_title(self):
        return _("Annual return %(year)s") % {"year": self.annual_return.year}

    def get_breadcrumbs_items(self):
        return self.trail()

    @cached_property
    def steps_offered(self) -> list[tuple[str, str, bool]]:
        """Name of the address, words, and whether it is the next thing to do."""
        one, user = self.annual_return, self.request.user
        offered = []
        if policies.may_write(user, one):
            offered += _STEPS_OF_THE_UNIT.get(one.state, ())
            if one.state in WRITABLE and (not one.figures or return_points.open_points(one, user=user)):
                offered = [step for step in offered if step[0] != "sign"]
            if one.state == ReturnState.SIGNED and one.reports_to_id is None:
                offered = [step for step in offered if step[0] != "submit"]
        if policies.may_decide(user, one):
            offered += _STEPS_ABOVE.get(one.state, ())
        if one.state == ReturnState.SIGNED and policies.may_lock(user, one):
            offered.append(("lock", _("Lock the year"), True))
        return [(desk_url(name, one.year, self.organization.code), words, next_) for name, words, next_ in offered]

    @cached_property
    def header_buttons(self):
        args = (self.annual_return.year, self.organization.code)
        return [HeaderButton(_("Print (A4)"), url=desk_url("print", *args), icon_name="view")]

    @cached_property
    def header_more_buttons(self):
        args = (self.annual_return.year, self.organization.code)
        return [Button(_("Download XLSX"), url=desk_url("workbook", *args), icon_name="download", priority=10)]

    def get_context_data(self, **kwargs):
        one = self.annual_return
        found = shown(one, user=self.request.user, today=clock.today())
        missing = queries.not_counted_below(one.organization_id, one.year) if found.live and found.upper else ()
        return super().get_context_data(
            annual_return=one,
            shown=found,
            moved_on=not found.live and self._moved_on(found.below),
            first_day=period(one.year)[0],
            last_day=period(one.year)[1],
            due=wording.due(one, today=clock.today()),
            missing=list(missing[: _NAMES_SHOWN + 1]),
            names_shown=_NAMES_SHOWN,
            steps=queries.steps_of(self.versions),
            versions=self._versions(),
            **kwargs,
        )

    def _moved_on(self, signed: Below) -> bool:
        """Whether what is accepted below isn't any more what the signature stands under."""
        now = queries.below(self.annual_return.organization_id, self.annual_return.year)
        return (now.sums, now.counted) != (signed.sums, signed.counted)

    def _versions(self) -> list[dict]:
        """Each version after the first, with what it changed against the one before."""
        found = []
        for now, before in zip(self.versions, self.versions[1:], strict=False):
            changed = return_versions.differences(before.figures, now.figures, of_form(now.form))
            reads = policies.may_read_protected(self.request.user, self.organization.path)
            lines = [
                (return_wording.full_label(code), return_wording.value(code, was), return_wording.value(code, is_now))
                for code, was, is_now, protected in changed
                if reads or not protected
            ]
            found.append({"version": now, "changed": lines})
        return found


_STEPS_OF_THE_UNIT = {
    ReturnState.DRAFT: [
        ("edit", pgettext_lazy("annual return", "Fill in"), True),
        ("sign", pgettext_lazy("annual return", "Sign"), False),
    ],
    ReturnState.RETURNED: [
        ("edit", pgettext_lazy("annual return", "Correct"), True),
        ("sign", pgettext_lazy("annual return", "Sign"), False),
    ],
    ReturnState.SIGNED: [
        ("submit", pgettext_lazy("annual return", "Submit"), True),
        ("take_back", gettext_lazy("Take the signature back"), False),
    ],
    ReturnState.LOCKED: [("amend", gettext_lazy("Begin a new version"), False)],
}
_STEPS_ABOVE = {
    ReturnState.SUBMITTED: [
        ("accept", pgettext_lazy("annual return", "Accept"), True),
        ("send_back", gettext_lazy("Send back"), False),
    ],
    ReturnState.ACCEPTED: [("send_back", gettext_lazy("Send back"), False)],
}


class FillIn(ReturnStepForm):
    """The form itself, group by group: what the system knows beside what the unit says."""

    template_name = "coverage/desk/returns/edit.html"
    page_title = gettext_lazy("Fill in the annual return")

    def allowed(self):
        return policies.may_write(self.request.user, self.annual_return)

    def get(self, request, *args, **kwargs):
        if self.annual_return.state not in WRITABLE:
            return redirect(page_of(self.annual_return))
        return super().get(request, *args, **kwargs)

    @cached_property
    def known(self) -> dict[str, list[dict]]:
        one = self.annual_return
        return queries.known_for([one.organization_id], year=one.year, today=clock.today())[one.organization_id]

    @cached_property
    def readable(self) -> dict[str, list[dict]]:
        return return_points.readable_known(self.known, user=self.request.user, path=self.organization.path)

    def get_form_class(self):
        return FiguresForm

    def get_form_kwargs(self):
        kwargs = super().get_form_kwargs()
        kwargs.pop("initial")
        prefill = {} if self.annual_return.figures else {code: told[0]["value"] for code, told in self.readable.items()}
        return kwargs | {"annual_return": self.annual_return, "prefill": prefill}

    def act(self, form):
        self.saved = actions.save_figures(
            self.annual_return,
            figures=form.figures(),
            reasons=form.reasons(),
            by=self.request.user,
            now=clock.now(),
            seen=self.annual_return.changes,
        )
        points = return_points.open_points(self.saved, user=self.request.user)
        if points:
            return _("Saved. Open points before it can be signed: %(count)s.") % {"count": len(points)}
        return _("Saved. It can be signed now.")

    def get_context_data(self, **kwargs):
        form = kwargs.get("form") or self.get_form()
        about = return_points.findings(self.annual_return, user=self.request.user) if self.annual_return.figures else []
        groups = []
        for group in ReturnGroup:
            rows = [self._row(form, asked, about) for asked in form.asked if asked.group == group]
            if rows:
                groups.append((group.value, group.label, rows))
        return super().get_context_data(
            **(kwargs | {"form": form, "groups": groups, "annual_return": self.annual_return}),
            counts_below=self._counts_below(),
        )

    def _counts_below(self) -> bool:
        one = self.annual_return
        return one.is_upper or queries.expected_below(one.organization_id, one.year).exists()

    def _row(self, form, asked, about) -> dict:
        code = asked.code
        told = self.readable.get(code)
        return {
            "field": form[code],
            "reason": form[f"{REASON}{code}"],
            "part": bool(asked.at_most),
            "known": wording.known(code, told) if told else "",
            "hidden": code in self.known and code not in self.readable,
            "findings": [wording.finding(found) for found in about if found.figures["field"] == code],
        }


class OnPaper(OneReturn, TemplateView):
    """The form on A4, to be signed by hand and sealed. Small numbers that tell on somebody are left out."""

    def get(self, request, *args, **kwargs):
        one = self.annual_return
        context = {
            "annual_return": one,
            "organization": self.organization,
            "shown": shown(one, user=request.user, today=clock.today(), on_paper=True),
            "first_day": period(one.year)[0],
            "last_day": period(one.year)[1],
            "printed_at": clock.now(),
            "fewer": wording.fewer(),
        }
        return TemplateResponse(request, "coverage/desk/returns/print.html", context)
