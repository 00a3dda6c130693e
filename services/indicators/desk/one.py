"""One report: what it states beside what is known, what is open, and the form of one field at a time."""

from collections import defaultdict

from django.shortcuts import redirect
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy
from django.views.generic import TemplateView
from wagtail.log_actions import registry

from services.indicators import errors, policies
from services.indicators.actions import filling
from services.indicators.desk.pages import OfReport, OfWriter, StepForm, not_there, report_url
from services.indicators.enums import COUNTED, WRITABLE, Domain, ReportState, ValueStatus
from services.indicators.forms.reports import ValuesForm, field_names
from services.indicators.queries import reports as queries
from services.indicators.queries.known import known_of
from services.indicators.rules.values import SILENT
from services.indicators.wordings import plain, point_in_words

_LATEST = 40
_STEPS = {
    ReportState.DRAFT: [("sign", pgettext_lazy("monitoring report", "Sign"))],
    ReportState.RETURNED: [("sign", pgettext_lazy("monitoring report", "Sign"))],
    ReportState.SIGNED: [("take_back", gettext_lazy("Take the signature back"))],
    ReportState.ACCEPTED: [("amend", gettext_lazy("Begin a new version"))],
    ReportState.LOCKED: [("amend", gettext_lazy("Begin a new version"))],
}
_REVIEW = {
    ReportState.SIGNED: [
        ("accept", pgettext_lazy("monitoring report", "Accept")),
        ("send_back", gettext_lazy("Send back")),
    ],
    ReportState.ACCEPTED: [("send_back", gettext_lazy("Send back"))],
}
POSTED = frozenset({"take_back", "accept"})


class ReportScreen(OfReport, TemplateView):
    template_name = "indicators/desk/report.html"

    def get_page_title(self):
        return _("Monitoring report")

    @cached_property
    def steps(self) -> list[tuple[str, str, bool]]:
        """Address, words, whether one click does it."""
        one, user, found = self.report, self.request.user, []
        if not one.latest:
            return []
        if policies.may_write(user, one.place.organization):
            found += _STEPS.get(one.state, [])
        if policies.may_review(user, one):
            found += _REVIEW.get(one.state, [])
        return [(report_url(one, name), words, name in POSTED) for name, words in found]

    def get_context_data(self, **kwargs):
        one = self.report
        asked, found = queries.asked_of(one.place), queries.stated(one)
        points = defaultdict(list)
        every = queries.points_of(one) if one.state in WRITABLE else []
        for point in every:
            for code in point.codes:
                points[code].append((point.refuses, point_in_words(point)))
        known = known_of(one.place, asked)
        groups = []
        writes = one.state in WRITABLE and one.latest and policies.may_write(self.request.user, one.place.organization)
        for domain in Domain:
            rows = [
                row for element in asked if element.domain == domain for row in _rows(element, found, known, points)
            ]
            if rows:
                edit = report_url(one, "edit", domain.value) if writes else ""
                groups.append((domain.label, rows, edit))
        history = registry.get_logs_for_instance(one).select_related("user").order_by("-timestamp", "-pk")
        return super().get_context_data(
            groups=groups,
            open_count=sum(point.refuses for point in every),
            unread=[point_in_words(point) for point in every if not point.codes],
            steps=self.steps,
            below=queries.below(one.place),
            versions=queries.versions_of(one),
            counted=COUNTED,
            history=list(history[:_LATEST]),
            **kwargs,
        )


def _rows(element, found, known, points):
    for cut, label in {"": "", **element.cuts}.items():
        one = found.get((element.pk, cut), SILENT)
        told = known.get(element.pk) if not cut else None
        yield {
            "label": label or element.name,
            "part": bool(label),
            "unit": element.unit,
            "stated": plain(one.amount) if one.told else "",
            "status": _status(one),
            "note": one.note,
            "known": f"{told.amount:,} · {told.title}" if told else "",
            "differs": bool(told and one.told and one.amount != told.amount),
            "points": [] if cut else points.get(element.code, []),
        }


def _status(one) -> str:
    return str(ValueStatus(one.status).label) if one.says else ""


class FillIn(StepForm, OfWriter):
    """The values of one field of the plan: a page's worth, saved at any time."""

    template_name = "indicators/desk/edit.html"
    form_class = ValuesForm

    @cached_property
    def domain(self) -> Domain:
        named = self.kwargs["domain"]
        return Domain(named) if named in Domain.values else not_there()

    def get_page_title(self):
        return _("Values: %(field)s") % {"field": self.domain.label}

    def get(self, request, *args, **kwargs):
        if self.report.state not in WRITABLE:
            return redirect(report_url(self.report))
        return super().get(request, *args, **kwargs)

    @cached_property
    def asked(self):
        return [
            element for element in queries.asked_of(self.report.place) if element.domain == self.domain
        ] or not_there()

    @cached_property
    def known(self):
        return known_of(self.report.place, self.asked)

    @cached_property
    def rows(self):
        found = queries.stated(self.report)
        rows = []
        for element in self.asked:
            for cut, label in {"": "", **element.cuts}.items():
                name = f"{element.name} · {label}" if label else element.name
                rows.append((element, cut, name, found.get((element.pk, cut), SILENT)))
        return rows

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"rows": self.rows}

    def act(self, form):
        seen = self.request.POST.get("seen", "")
        try:
            filling.save_values(
                self.report,
                form.entered(),
                by=self.request.user,
                seen=int(seen) if seen.isdecimal() and len(seen) < 9 else None,
            )
        except errors.ValuesWrong as wrong:
            form.put(wrong.faults)
            raise
        return _("Saved. Look below at what is open before the report can be signed.")

    def get_context_data(self, **kwargs):
        form = kwargs.get("form") or self.get_form()
        shown = []
        for element, cut, label, _one in self.rows:
            amount, status, note = (form[name] for name in _names(element, cut))
            told = self.known.get(element.pk) if not cut else None
            shown.append(
                {
                    "label": label,
                    "part": bool(cut),
                    "unit": element.unit,
                    "amount": amount,
                    "status": status,
                    "note": note,
                    "known": told,
                }
            )
        return super().get_context_data(
            **(kwargs | {"form": form}), rows=shown, seen=self.report.changes, domain_label=self.domain.label
        )


def _names(element, cut):
    return field_names(element.pk, cut)
