"""The report as a workbook: the first sheet says what is counted, when, where and by whom the file was made."""

from collections.abc import Iterator
from decimal import Decimal
from urllib.parse import quote

from django.http import Http404, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from services.figures import wording, workbooks
from services.figures.desk import middle_rows, rows
from services.figures.desk.pages import Report
from services.figures.queries import Line
from services.figures.registry import Column, Statistic
from services.figures.rules.numbers import rounded
from services.foundation import clock
from services.foundation.desk import one_export_too_many

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


class Export(Report):
    """Exactly what the page shows, all children included."""

    def render_to_response(self, context, **kwargs):
        if self.place is None:
            raise Http404
        too_many = one_export_too_many(self.request, self.asked.address())
        if too_many:
            return too_many
        response = HttpResponse(content_type=XLSX)
        workbooks.write(response, about=self.about(), sheets=list(self.sheets()))
        name = quote(f"{self.statistic.title}-{self.organization.name}-{clock.today():%Y%m%d}.xlsx")
        response["Content-Disposition"] = f"attachment; filename=\"figures.xlsx\"; filename*=UTF-8''{name}"
        return response

    def about(self) -> list[tuple[str, str]]:
        snapshot, user = self.asked.ground.snapshot, self.request.user
        data_time = timezone.localtime(snapshot.taken_at if snapshot else self.data_time)
        lines = [
            (_("Content"), str(self.statistic.title)),
            (_("Definition"), str(self.statistic.definition)),
            (_("Scope"), _("%(place)s with everything below it") % {"place": self.place.name}),
            (_("Period"), wording.period_said(self.asked.period)),
            (_("Data as of"), f"{data_time:%Y-%m-%d %H:%M}"),
            (
                _("Time zone"),
                _("%(zone)s, for every time in this file") % {"zone": timezone.get_current_timezone_name()},
            ),
        ]
        if snapshot:
            lines.append((_("Month end"), f"{snapshot.day:%Y-%m-%d}"))
        if self.asked.part:
            lines.append((str(self.asked.part.title), rows.part_name(self.asked)))
        made = timezone.localtime(clock.now())
        lines.append((_("Made by"), f"{user.first_name or user.username} · {made:%Y-%m-%d %H:%M}"))
        lines += [(_("Column: %(name)s") % {"name": c.label}, str(c.meaning)) for c in self.statistic.columns]
        if rate := wording.rate_meaning(self.statistic):
            lines.append((_("Column: %(name)s") % {"name": _("Rate, %")}, rate))
        lines.append((_("Empty cells"), _("No data: there is nothing to count or to compare with. It is not zero.")))
        for note in filter(None, (self.table_note, self.split_note)):
            lines.append((_("Protected numbers"), note))
        threshold = rows.threshold(self.asked)
        if threshold:
            lines.append((_("Hidden cells"), rows.hidden_note(threshold)))
        return lines

    def sheets(self) -> Iterator[workbooks.Sheet]:
        names = [_heading(column) for column in self.statistic.columns]
        rate = [_("Rate, %")] if self.statistic.denominator else []
        lines = [(line.place.name, line.place.code, line) for line in self.table.children]
        lines.append((_("Directly at this organisation"), self.place.code, self.table.kept))
        lines.append((_("Total"), self.place.code, self.table.total))
        yield workbooks.Sheet(
            _("By organisation"),
            [_("Organisation"), pgettext("organisation", "Code"), *names, *rate],
            ([name, code, *values(line, self.statistic)] for name, code, line in lines),
        )
        split = rows.split(self.asked, self.organization, self.split)
        if split:
            title = str(self.asked.by.title)
            found = ([row["name"], *values(row["line"], self.statistic)] for row in split)
            yield workbooks.Sheet(title[:31], [title, *names, *rate], found)
        if self.history and self.statistic.median_of:
            yield self._middles()
        elif self.history:
            label = rate[0] if rate else names[-1]
            money = self.statistic.in_money
            found = [[f"{month.day:%Y-%m-%d}", _plain(month.value, money)] for month in self.history]
            yield workbooks.Sheet(_("Month ends"), [_("Month end"), label], found)

    def _middles(self) -> workbooks.Sheet:
        dimension = self.statistic.median_of
        found = [[f"{day:%Y-%m-%d}", name] for day, name in middle_rows.months(dimension, self.history)]
        return workbooks.Sheet(_("Month ends"), [_("Month end"), str(dimension.title)], found)


def _heading(column: Column) -> str:
    return _("%(label)s (yuan)") % {"label": column.label} if column.money else str(column.label)


def _plain(value, money: bool = False):
    """A number as it is, a sum in yuan, a rate to one decimal."""
    if money and value is not None:
        return Decimal(value) / 100
    return value if value is None or isinstance(value, int) else rounded(value)


def values(line: Line, statistic: Statistic) -> list:
    figures = [(column, line.figures[column.code]) for column in statistic.columns]
    found = [workbooks.HIDDEN if figure.hidden else _plain(figure.value, column.money) for column, figure in figures]
    if statistic.denominator:
        found.append(workbooks.HIDDEN if line.hidden else _plain(line.rate))
    return found
