"""One return as a workbook: what is asked, known, said and added up, line by line."""

from urllib.parse import quote

from django.http import HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.generic import View

from services.coverage import return_wording as wording
from services.coverage.desk.returns.pages import OneReturn, page_of
from services.coverage.desk.returns.shown import shown
from services.coverage.rules.return_period import period
from services.exchange.workbooks import About, write_workbook
from services.foundation import clock
from services.foundation.desk import one_export_too_many

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


class Workbook(OneReturn, View):
    """As it stands; small numbers that tell on somebody are left out, as on paper."""

    def get(self, request, *args, **kwargs):
        one = self.annual_return
        if too_many := one_export_too_many(request, page_of(one)):
            return too_many
        response = HttpResponse(content_type=XLSX)
        write_workbook(response, rows=list(self.lines()), about=self.about())
        name = quote(f"{_('Annual return')}-{one.year}-{one.organization.name}-{clock.today():%Y%m%d}.xlsx")
        response["Content-Disposition"] = f"attachment; filename=\"return.xlsx\"; filename*=UTF-8''{name}"
        return response

    def lines(self):
        found = shown(self.annual_return, user=self.request.user, today=clock.today(), on_paper=True)
        for group, rows in found.groups:
            for row in rows:
                yield [group, row.label, *map(_number, (row.own, row.below, row.total)), row.known, row.reason]
        for label, number in found.sums:
            yield [_("Numbers of unions"), label, "", "", _number(number), "", ""]

    def about(self) -> About:
        one = self.annual_return
        first, last = period(one.year)
        columns = {
            _("Part of the form"): _("Of the form."),
            pgettext("annual return", "Asked"): _("As the form asks it."),
            _("Own"): _("What the union says of itself."),
            pgettext("annual return", "Below"): _(
                "The sum of the returns below that were accepted when this one was signed, or until now."
            ),
            _("Together"): _("Own and below."),
            _("Known to the system"): _("With its source and day, where you may read the lists behind it."),
            _("Why"): _("The union's word for a figure that differs or is out of line."),
        }
        remarks = {
            _("State"): f"{one.get_state_display()}, {_('Version')} {one.version}",
            pgettext("annual return", "Period"): f"{first:%Y-%m-%d}–{last:%Y-%m-%d}",
            _("Empty or —"): _("Not stated. Missing is never nought."),
            wording.fewer(): _("Small numbers of hardship and illness are left out of files."),
            wording.left_out(): _("Money and words that would tell on few people are left out of files too."),
        }
        return About(
            title=_("Annual return %(year)s") % {"year": one.year},
            scope=one.organization.name,
            data_time=timezone.localtime(clock.now()),
            columns=columns,
            remarks=remarks,
        )


def _number(words: str):
    """A number again, where the words are one."""
    digits = words.replace(",", "")
    return int(digits) if digits.isascii() and digits.isdigit() else words
