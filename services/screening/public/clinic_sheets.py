"""The workbooks of one day at a site: download with the women filled in, upload, and what became of each row."""

from datetime import date

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters, sensitive_variables
from django.views.decorators.http import require_http_methods, require_safe

from services.bookings.models import Venue
from services.bookings.public.access import site_staff_required
from services.exchange.errors import TooManyUploads
from services.exchange.workbooks.template import write_template
from services.foundation import clock
from services.foundation.errors import Refused
from services.foundation.pace import minutes_to_wait
from services.screening.forms.results import ResultSheetForm, SheetForm
from services.screening.importers import site_day as importers
from services.screening.public.clinic import venue_or_404

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_KINDS = {
    "attendance": (importers.attendance_sheet, importers.attendance_rows, SheetForm),
    "results": (importers.results_sheet, importers.result_rows, ResultSheetForm),
}


def _kind_or_404(kind: str):
    if kind not in _KINDS:
        raise Http404
    return _KINDS[kind]


@require_safe
@site_staff_required
def download(request: HttpRequest, venue: str, day: date, kind: str, venues: list[Venue]) -> HttpResponse:
    """The template with the women of the day; counted among the hour's downloads, for it holds names."""
    spec, rows, _form = _kind_or_404(kind)
    site = venue_or_404(venues, venue)
    if minutes := minutes_to_wait("export", request.user, limit=settings.EXPORTS_PER_HOUR, now=clock.now()):
        words = _("You have downloaded %(limit)s workbooks within this hour. Please try again in %(minutes)s minutes.")
        messages.warning(request, words % {"limit": settings.EXPORTS_PER_HOUR, "minutes": minutes})
        return redirect("screening_clinic:upload", site.token, day, kind)
    response = HttpResponse(content_type=XLSX)
    response["Content-Disposition"] = f'attachment; filename="{kind}-{day:%Y%m%d}.xlsx"'
    response["X-Content-Type-Options"] = "nosniff"
    write_template(response, spec(), rows=rows(site, day))
    return response


@sensitive_post_parameters()
@sensitive_variables()
@require_http_methods(["GET", "HEAD", "POST"])
@site_staff_required
def upload(request: HttpRequest, venue: str, day: date, kind: str, venues: list[Venue]) -> HttpResponse:
    """Take a filled-in workbook; the answer says what became of its rows."""
    _spec, _rows, form_class = _kind_or_404(kind)
    site = venue_or_404(venues, venue)
    form = form_class(request.POST, request.FILES) if request.method == "POST" else form_class()
    taken = None
    if request.method == "POST" and form.is_valid():
        try:
            taken = _take(request, form, site, day, kind)
        except Refused as refusal:
            form.add_error("file", refusal.message(staff=True))
    context = {"site": site, "day": day, "kind": kind, "form": form, "taken": taken}
    return render(request, "screening/clinic/upload.html", context)


def _take(request: HttpRequest, form, site: Venue, day: date, kind: str) -> importers.Taken:
    now = clock.now()
    if minutes := minutes_to_wait("upload", request.user, limit=settings.UPLOADS_PER_HOUR, now=now):
        raise TooManyUploads(limit=settings.UPLOADS_PER_HOUR, minutes=minutes)
    given = {"site": site, "day": day, "by": request.user, "now": now}
    if kind == "attendance":
        return importers.take_attendance(form.cleaned_data["file"], **given)
    return importers.take_results(form.cleaned_data["file"], reason=form.cleaned_data["reason"], **given)
