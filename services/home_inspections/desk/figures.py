"""Figures of inspections: three rates side by side, what they can and can't say, as a page, on paper, as a workbook."""

from urllib.parse import quote

from django.http import HttpResponse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext
from django.views.generic import TemplateView, View

from services.figures import workbooks
from services.foundation import clock
from services.foundation.desk import one_export_too_many
from services.foundation.scope import scope_of
from services.home_inspections.desk.pages import InspectionsPage, desk_url
from services.home_inspections.enums import READERS
from services.home_inspections.queries.figures import Figures, Share, figures_of, per_cent
from services.home_inspections.queries.rubrics import criteria_of, rubric_in_force
from services.home_inspections.rules import interval

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


class FiguresPage(InspectionsPage):
    header_icon = "table"

    @cached_property
    def path(self) -> str:
        """The widest place of hers within this city; homes outside it aren't counted."""
        mine = scope_of(self.request.user).paths(roles=READERS)
        return next(one for one in mine if one.startswith(self.programme.city.path))

    @cached_property
    def figures(self) -> Figures:
        return figures_of(self.programme, today=clock.today(), path=self.path)

    @cached_property
    def words(self) -> dict[str, str]:
        """What each criterion asks, by code."""
        rubric = rubric_in_force(self.programme.city.path)
        return {code: one.asked for code, one in criteria_of(rubric).items()} if rubric else {}

    def get_context_data(self, **kwargs):
        found = self.figures
        most = max((number for _low, _high, number in found.spread), default=0) or 1
        return super().get_context_data(
            programme=self.programme,
            figures=found,
            weighted=per_cent(found.weighted),
            low=per_cent(found.interval.low_rate) if found.interval else None,
            high=per_cent(found.interval.high_rate) if found.interval else None,
            missed=[(bad, per_cent(chance)) for bad, chance in found.missed],
            spread=[(low, high, number, round(100 * number / most)) for low, high, number in found.spread],
            failing=[
                (item, code, self.words.get(code, ""), lost, failed) for item, code, lost, failed in found.failing
            ],
            method_source=interval.SOURCE,
            as_of=clock.now(),
            **kwargs,
        )


class Overview(FiguresPage, TemplateView):
    page_title = gettext_lazy("Figures of inspections")
    template_name = "home_inspections/desk/figures.html"


class Printed(FiguresPage, TemplateView):
    page_title = gettext_lazy("Figures of inspections")
    template_name = "home_inspections/desk/figures_print.html"


class Workbook(FiguresPage, View):
    def get(self, request, *args, **kwargs):
        if too_many := one_export_too_many(request, desk_url("figures")):
            return too_many
        response = HttpResponse(content_type=XLSX)
        workbooks.write(response, about=list(self.about()), sheets=list(self.sheets()))
        name = quote(f"{_('Figures of inspections')}-{self.programme.year}-{clock.today():%Y%m%d}.xlsx")
        response["Content-Disposition"] = f"attachment; filename=\"inspections.xlsx\"; filename*=UTF-8''{name}"
        return response

    def about(self):
        user, made = self.request.user, timezone.localtime(clock.now())
        yield _("Content"), _("Figures of inspections")
        yield _("Scope"), str(self.programme)
        yield _("Made by"), f"{user.full_name} · {made:%Y-%m-%d %H:%M}"
        yield _("County census rate"), _("Homes that passed the county's first visit, of all that the county visited.")
        yield (
            _("City first-pass rate"),
            _("Homes that passed the city's first visit, of those drawn at random and visited. It is a sample."),
        )
        yield _("Final rate"), _("Homes that passed their last visit, of all homes.")
        yield _("Method of the interval"), f"{interval.METHOD}: {interval.SOURCE}"
        yield _("Empty cells"), _("No data: there is nothing to count or to compare with. It is not zero.")

    def sheets(self):
        found = self.figures
        heads = [_("Rate"), pgettext("rate", "Number"), _("Of"), _("Rate, %"), _("From, %"), _("To, %")]
        yield workbooks.Sheet(_("Three rates"), heads, list(self._rates(found)))
        heads = [
            _("County"),
            pgettext("home", "Code"),
            _("Homes"),
            _("Inspected"),
            _("Passed at first"),
            _("City visited"),
        ]
        heads += [_("Passed with the city"), _("Passed in the end")]
        rows = [
            [one.name, one.code, one.homes, one.inspected, one.first_passed, one.drawn, one.city_passed, one.final]
            for one in found.counties
        ]
        yield workbooks.Sheet(_("By county"), heads, rows)
        heads = [
            _("Item"),
            _("Criterion"),
            pgettext("rubric", "Asked"),
            _("Homes that lost points"),
            _("Homes that failed it"),
        ]
        rows = [[item, code, self.words.get(code, ""), lost, failed] for item, code, lost, failed in found.failing]
        yield workbooks.Sheet(_("What fails most"), heads, rows)
        heads = [
            pgettext("left-behind children", "Home"),
            _("County's score"),
            _("City's score"),
            _("Difference"),
            _("Verdict flipped"),
            _("Flagged"),
        ]
        rows = [
            [
                one["code"],
                float(one["county"]),
                float(one["city"]),
                float(one["difference"].delta),
                int(one["difference"].flipped),
                int(one["difference"].flagged),
            ]
            for one in found.compared
        ]
        yield workbooks.Sheet(_("County against city"), heads, rows)
        yield workbooks.Sheet(
            _("Spread of scores"),
            [pgettext("spread of scores", "From"), pgettext("spread of scores", "To"), _("Homes")],
            [list(band) for band in found.spread],
        )

    def _rates(self, found: Figures):
        def row(label: str, share: Share, low=None, high=None):
            rate = share.per_cent
            return [label, share.part, share.whole, None if rate is None else float(rate), low, high]

        yield row(_("Inspected by the county"), found.census_done)
        yield row(_("County census rate"), found.census)
        ends = (None, None)
        if found.interval:
            ends = (float(per_cent(found.interval.low_rate)), float(per_cent(found.interval.high_rate)))
        yield row(_("Visited by the city"), found.sampled)
        yield row(_("City first-pass rate"), found.first_pass, *ends)
        yield row(_("Final rate"), found.final)
        yield row(_("Findings put right in time"), found.on_time)
