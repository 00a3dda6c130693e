"""The leader's page as a workbook: the first sheet says what is counted, of when, and by whom the file was made."""

from collections.abc import Iterator
from urllib.parse import quote

from django.conf import settings
from django.http import Http404, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.generic import View

from services.coverage.desk import overview_words as words
from services.coverage.desk.overview import PlacePage, address
from services.coverage.figures.overview import COVERAGES, QUALITY, Overview
from services.figures import workbooks
from services.figures.desk.export import XLSX
from services.figures.queries import Line
from services.figures.registry import Statistic
from services.figures.rules.numbers import rounded
from services.foundation import clock
from services.foundation.desk import one_export_too_many


class Workbook(PlacePage, View):
    def get(self, request, *args, **kwargs):
        too_many = one_export_too_many(request, address(self.organization.code, self.ground))
        if too_many:
            return too_many
        self.fold()
        if self.place is None:
            raise Http404
        response = HttpResponse(content_type=XLSX)
        workbooks.write(response, about=list(self.about()), sheets=list(sheets(self.seen)))
        name = quote(f"{_('Women workers organisations')}-{self.organization.name}-{self.seen.day:%Y%m%d}.xlsx")
        response["Content-Disposition"] = f"attachment; filename=\"coverage.xlsx\"; filename*=UTF-8''{name}"
        return response

    def about(self) -> Iterator[tuple[str, str]]:
        seen, user = self.seen, self.request.user
        yield _("Content"), _("Women workers' organisations at a glance")
        yield _("Scope"), _("%(place)s with everything below it") % {"place": seen.place.name}
        yield _("Data as of"), f"{self.data_time:%Y-%m-%d %H:%M}"
        zone = timezone.get_current_timezone_name()
        yield _("Time zone"), _("%(zone)s, for every time in this file") % {"zone": zone}
        if seen.ground.snapshot:
            yield _("Month end"), f"{seen.day:%Y-%m-%d}"
        made = timezone.localtime(clock.now())
        yield _("Made by"), f"{user.full_name} · {made:%Y-%m-%d %H:%M}"
        yield _("Finding"), words.finding(seen)
        if said := words.unstated(seen):
            yield _("Not counted"), said
        for statistic in (*COVERAGES, *QUALITY):
            yield str(statistic.title), str(statistic.definition)
            for column in statistic.columns:
                yield _("Column: %(name)s") % {"name": column.label}, str(column.meaning)
        yield (
            pgettext("rank", "Place"),
            _("Only organisations with at least %(least)s unions that must have a committee are ranked.")
            % {"least": settings.COVERAGE_RANKED_FROM},
        )
        yield _("Empty cells"), _("No data: there is nothing to count or to compare with. It is not zero.")


def sheets(seen: Overview) -> Iterator[workbooks.Sheet]:
    heads = [_("Statistic"), _("Numerator"), _("Number"), _("Denominator"), _("Number"), _("Rate, %")]
    lines = ([str(one.title), *_fraction(seen.line(one))] for one in (*COVERAGES, *QUALITY))
    yield workbooks.Sheet(_("At a glance"), heads, lines)
    yield workbooks.Sheet(_("By organisation"), list(_branch_heads()), _branches(seen))
    days = sorted({month.day for one in COVERAGES for month in seen.months[one.code]})
    if days:
        values = [{month.day: month.value for month in seen.months[one.code]} for one in COVERAGES]
        found = ([f"{day:%Y-%m-%d}", *(rounded(of.get(day)) for of in values)] for day in days)
        titles = [_("%(title)s, %%") % {"title": one.title} for one in COVERAGES]
        yield workbooks.Sheet(_("Month ends"), [_("Month end"), *titles], found)
    if seen.moved:
        heads = [
            pgettext("women workers' organisation", "Union"),
            pgettext("organisation", "Code"),
            _("What moved"),
            _("Cause"),
            _("On"),
        ]
        yield workbooks.Sheet(_("Who moved this month"), heads, map(_moved, seen.moved))


def _moved(one) -> list[str]:
    union, at = one.last.organization, timezone.localtime(one.last.at)
    return [union.name, union.code, str(words.WAYS[one.way]), words.cause(one), f"{at:%Y-%m-%d %H:%M}"]


def _fraction(line: Line) -> list:
    statistic = line.statistic
    return [
        str(statistic.numerator.label),
        line.figures[statistic.numerator.code].value,
        str(statistic.denominator.label),
        line.figures[statistic.denominator.code].value,
        rounded(line.rate),
    ]


def _branch_heads() -> Iterator[str]:
    yield _("Organisation")
    yield pgettext("organisation", "Code")
    yield pgettext("rank", "Place")
    for statistic in COVERAGES:
        yield str(statistic.denominator.label)
        yield str(statistic.numerator.label)
        yield _("%(title)s, %%") % {"title": statistic.title}
    yield _("Women members not stated")


def _branches(seen: Overview) -> Iterator[list]:
    by_path = {one.code: {line.place.path: line for line in seen.whole.branches[one.code]} for one in COVERAGES}
    for one in seen.ranking:
        lines = [by_path[statistic.code][one.key] for statistic in COVERAGES]
        place = lines[0].place
        yield [place.name, place.code, one.place, *_numbers(lines)]
    direct = [seen.whole.direct[statistic.code] for statistic in COVERAGES]
    yield [_("Unions directly below, with nothing below them"), seen.place.code, None, *_numbers(direct)]
    yield [_("Total"), seen.place.code, None, *_numbers([seen.line(statistic) for statistic in COVERAGES])]


def _numbers(lines: list[Line]) -> list:
    found = []
    for line in lines:
        statistic: Statistic = line.statistic
        found += [line.figures[one.code].value for one in (statistic.denominator, statistic.numerator)]
        found.append(rounded(line.rate))
    return [*found, lines[0].figures["unstated"].value]
