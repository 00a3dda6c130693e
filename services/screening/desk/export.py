"""Downloads made while one waits: small tables in a workbook."""

from urllib.parse import quote

from django.http import HttpResponse

from services.exchange.workbooks import About, write_workbook
from services.foundation import clock

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def workbook(name: str, rows, about: About) -> HttpResponse:
    """An attachment called ``name`` and today's date."""
    response = HttpResponse(content_type=XLSX)
    write_workbook(response, rows=rows, about=about)
    file_name = f"{name}-{clock.today():%Y%m%d}.xlsx"
    response["Content-Disposition"] = f"attachment; filename=\"export.xlsx\"; filename*=UTF-8''{quote(file_name)}"
    return response
