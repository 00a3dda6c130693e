"""Downloads: exactly what the list shows, in a workbook."""

from urllib.parse import quote

from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views import View
from wagtail.admin import messages

from services.exchange.errors import NothingToExport
from services.exchange.workbooks import About, write_workbook
from services.foundation import clock
from services.foundation.desk import one_export_too_many
from services.screening import exporters
from services.screening.desk.bookings import bookings_for
from services.screening.desk.filters import BookingFilterSet, number_or_name
from services.screening.desk.pages import DeskPage

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def workbook(name: str, headings, rows, about: About) -> HttpResponse:
    """An attachment called ``name`` and today's date."""
    response = HttpResponse(content_type=XLSX)
    write_workbook(response, headings=headings, rows=rows, about=about)
    file_name = f"{name}-{clock.today():%Y%m%d}.xlsx"
    response["Content-Disposition"] = f"attachment; filename=\"export.xlsx\"; filename*=UTF-8''{quote(file_name)}"
    return response


class BookingExport(DeskPage, View):
    """The same reach, filters and search as the list."""

    page_title = gettext_lazy("Bookings")

    def get(self, request):
        same_rows = f"{reverse('screening_desk:bookings')}?{request.GET.urlencode()}"
        if refused := one_export_too_many(request, same_rows):
            return refused
        filters = BookingFilterSet(request.GET, queryset=bookings_for(request.user), request=request)
        found = filters.qs if filters.is_valid() else bookings_for(request.user).none()
        query = request.GET.get("q", "").strip()
        if query:
            found = found.filter(number_or_name(query))
        about = About(
            title=_("Bookings; names and mobile numbers are masked"),
            scope=_("Women within the reach of %(user)s") % {"user": request.user.first_name or request.user.username},
            data_time=timezone.localtime(clock.now()),
            filters=described(filters, query),
        )
        rows = exporters.booking_rows(found.order_by("-created_at", "-pk").iterator(2000))
        try:
            return workbook(_("Bookings"), exporters.booking_headings(), rows, about)
        except NothingToExport:
            messages.warning(request, _("There is nothing to export: no booking matches."))
            return redirect(same_rows)


def described(filters, query: str) -> dict[str, str]:
    """The filters in force, name and value in words."""
    found = {_("Search"): query} if query else {}
    for name in filters.form.changed_data:
        value = filters.form.cleaned_data.get(name)
        if value not in (None, "", []):
            field = filters.form.fields[name]
            found[str(field.label or name)] = _value(field, value)
    return found


def _value(field, value) -> str:
    if isinstance(value, slice):
        ends = [f"{end:%Y-%m-%d}" if end else "" for end in (value.start, value.stop)]
        return "–".join(ends)
    if isinstance(value, list):
        labels = {str(key): str(label) for key, label in field.choices}
        return _(", ").join(labels.get(str(item), str(item)) for item in value)
    if isinstance(value, bool):
        return _("yes")
    return str(value)
