"""The evaluation of a plan for its leader: sentence, three rates, chart, table; on paper and as a workbook."""

from urllib.parse import quote

from django.http import Http404, HttpResponse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext
from django.views.generic import TemplateView, View

from services.figures import workbooks
from services.foundation import clock
from services.foundation.desk import one_export_too_many
from services.indicators.enums import Domain
from services.indicators.rules.ratios import rounded
from services.plan_reviews import policies, wording
from services.plan_reviews.desk.pages import AtPlace, ReviewPage, desk_url
from services.plan_reviews.enums import Course, Status
from services.plan_reviews.models import Issue
from services.plan_reviews.queries.evaluation import Evaluation, Line, evaluate
from services.plan_reviews.queries.hiding import threshold
from services.plan_reviews.queries.ledger import told_to
from services.plan_reviews.queries.plans import plans_for

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
# In the bar from left to right; how dark each is where there is no colour.
_ORDER = {Status.MET: "1", Status.NOT_DUE: "0.65", Status.NOT_MET: "0.4", Status.NO_DATA: "0.15"}


class Plans(ReviewPage, TemplateView):
    page_title = gettext_lazy("Plans and evaluations")
    template_name = "plan_reviews/desk/plans.html"

    def get_context_data(self, **kwargs):
        plans = list(plans_for(self.request.user))
        keeps = bool(policies.may_keep_somewhere(self.request.user))
        return super().get_context_data(plans=plans, may_make=keeps, **kwargs)


class EvaluationPage(AtPlace):
    def get_page_title(self):
        if self.year == self.plan.midterm_year:
            return _("Interim evaluation")
        if self.year == self.plan.last_year:
            return _("Final evaluation")
        return _("Evaluation")

    @cached_property
    def evaluation(self) -> Evaluation:
        return evaluate(self.plan, self.organization, self.year or 0)

    @cached_property
    def issues(self) -> dict[int, Issue]:
        """Problems of these indicators, by indicator. One query."""
        rows = Issue.objects.unscoped().filter(plan=self.plan, organization=self.organization, year=self.year or 0)
        return {one.indicator_id: one for one in told_to(self.request.user, rows).order_by("pk")}

    def row(self, line: Line) -> dict:
        one = line.indicator
        issue = self.issues.get(one.pk)
        return {
            "line": line,
            "number": one.number,
            "name": one.name,
            "url": f"{desk_url('drill', self.plan.pk, one.code)}?{self.query()}",
            "value": wording.value_said(line.value, one, hidden=line.hidden),
            "why": wording.why_nothing(line),
            "target": wording.target_said(line.target, one.unit),
            "due": line.target.due_year if line.target else "",
            "lead": line.target.goal.lead.name if line.target else "",
            "status": Status(line.status),
            "course": str(Course(line.judged.course).label) if line.judged.course else "",
            "expected": "" if line.hidden else wording.value_said(line.judged.expected, one),
            "moved": wording.change_said(line.since_last, one.decimals),
            "trend": wording.trend_said(line.since_last),
            "since_base": wording.change_said(line.since_base, one.decimals),
            "national": f"{wording.plain(line.reference.value)}{one.unit} ({line.reference.year})"
            if line.reference
            else wording.NOTHING,
            "issue": issue,
        }

    def get_context_data(self, **kwargs):
        found = self.evaluation
        groups = []
        for domain in Domain:
            rows = [self.row(line) for line in found.lines if line.indicator.domain == domain]
            if rows:
                groups.append((domain.label, rows))
        return super().get_context_data(
            plan=self.plan,
            organization=self.organization,
            year=self.year,
            years=[(year, f"?{self.query(year=year)}") for year in self.years],
            way_up=[(one, f"?{self.query(at=one.code)}") for one in self.way_up],
            below=[(place, f"?{self.query(at=place.code)}") for place in self.places_below],
            finding=wording.finding_said(found),
            counts=found.counts,
            rates=self.rates(),
            bar=_bar(found.counts),
            groups=groups,
            query=self.query(),
            threshold=threshold(),
            as_of=clock.now(),
            any_hidden=any(line.hidden for line in found.lines),
            **kwargs,
        )

    @cached_property
    def places_below(self) -> list:
        if self.evaluation.place is None:
            return []
        rows = self.evaluation.place.below.all().select_related("organization").order_by("organization__path")
        return [place.organization for place in rows]

    def rates(self) -> list[tuple[str, str, str]]:
        """Always all three."""
        counts = self.evaluation.counts
        return [
            (_("Met, of all"), wording.share_said(counts.of_all), f"{counts.met} / {counts.total}"),
            (_("Met, of those with data"), wording.share_said(counts.of_known), f"{counts.met} / {counts.with_data}"),
            (_("Without data"), wording.share_said(counts.unknown), f"{counts.no_data} / {counts.total}"),
        ]


def _bar(counts) -> list[dict]:
    """One bar out of four parts, each with its number in words beside it."""
    numbers = {Status.MET: counts.met, Status.NOT_DUE: counts.not_due, Status.NOT_MET: counts.not_met}
    numbers[Status.NO_DATA] = counts.no_data
    parts, start = [], 0.0
    for status, shade in _ORDER.items():
        width = 100 * numbers[status] / counts.total if counts.total else 0
        at = {"x": f"{start:.2f}%", "width": f"{width:.2f}%", "shade": shade}
        parts.append({"status": status, "count": numbers[status], **at})
        start += width
    return parts


class EvaluationScreen(EvaluationPage, TemplateView):
    template_name = "plan_reviews/desk/evaluation.html"


class EvaluationPrinted(EvaluationPage, TemplateView):
    template_name = "plan_reviews/desk/evaluation_print.html"


class EvaluationWorkbook(EvaluationPage, View):
    def get(self, request, *args, **kwargs):
        if self.year is None:
            raise Http404
        back = f"{desk_url('evaluation', self.plan.pk)}?{self.query()}"
        if too_many := one_export_too_many(request, back):
            return too_many
        response = HttpResponse(content_type=XLSX)
        workbooks.write(response, about=list(self.about()), sheets=list(self.sheets()))
        name = quote(f"{self.get_page_title()}-{self.organization.name}-{self.year}.xlsx")
        response["Content-Disposition"] = f"attachment; filename=\"evaluation.xlsx\"; filename*=UTF-8''{name}"
        return response

    def about(self):
        user, made = self.request.user, timezone.localtime(clock.now())
        yield _("Content"), f"{self.get_page_title()} · {self.plan.title}"
        yield _("Scope"), self.organization.name
        yield _("Year"), str(self.year)
        yield _("Made by"), f"{user.first_name or user.username} · {made:%Y-%m-%d %H:%M}"
        yield _("Finding"), wording.finding_said(self.evaluation)
        for label, share, parts in self.rates():
            yield label, f"{share} ({parts})"
        yield _("Empty cells"), _("No data: there is nothing to count or to compare with. It is not zero.")
        yield _("Hidden cells"), self.hidden_note()
        yield _("Rates"), _("Made of sums of numerators and denominators, never averaged.")
        yield _("National numbers"), _("They stand in a column of their own and judge nobody here.")

    def hidden_note(self) -> str:
        return _("✱: fewer than %(threshold)s people, or numbers from which fewer could be worked out.") % {
            "threshold": threshold()
        }

    def sheets(self):
        heads = [
            *(
                pgettext("indicator", "No."),
                _("Indicator"),
                pgettext("monitoring", "Field"),
                _("Unit"),
                pgettext("indicator", "Value"),
                _("Target"),
                _("Due in"),
            ),
            *(
                pgettext("target", "Status"),
                _("Course"),
                _("Expected by now"),
                _("Change on the year before"),
                _("Trend"),
            ),
            *(_("Change since the base year"), _("Lead unit"), _("National number"), _("Remarks")),
        ]
        rows = []
        for line in self.evaluation.lines:
            row = self.row(line)
            value = wording.HIDDEN if line.hidden else _plain(line.value, line.indicator.decimals)
            rows.append(
                [
                    *(row["number"], row["name"], str(line.indicator.get_domain_display()), line.indicator.unit, value),
                    *(row["target"], row["due"] or None, str(row["status"].label), row["course"], row["expected"]),
                    *(row["moved"], row["trend"], row["since_base"], row["lead"], row["national"], row["why"]),
                ]
            )
        yield workbooks.Sheet(_("By indicator"), heads, rows)
        yield workbooks.Sheet(
            _("Three rates"),
            [_("Rate"), _("Rate, %"), pgettext("rate", "Parts")],
            [[label, share, parts] for label, share, parts in self.rates()],
        )


def _plain(value, decimals: int):
    found = rounded(value, decimals)
    return None if found is None else float(found)
