"""Routes of a site's staff after the examination: who came, what was found, who is called back."""

from datetime import date

from django.urls import path, register_converter
from django.urls.converters import StringConverter

from services.screening.public import clinic, clinic_recalls, clinic_results, clinic_sheets


class DayConverter(StringConverter):
    """A day as 2026-11-24; what is no day is no address, nor is one at the ends of the calendar, beside which no other
    can be reckoned.
    """

    regex = "2[0-9]{3}-[0-9]{2}-[0-9]{2}"

    def to_python(self, value: str) -> date:
        return date.fromisoformat(value)

    def to_url(self, value) -> str:
        return f"{value:%Y-%m-%d}"


register_converter(DayConverter, "day")

app_name = "screening_clinic"
urlpatterns = [
    path("", clinic.days, name="days"),
    path("recalls/", clinic_recalls.recalls, name="recalls"),
    path("recalls/<str:token>/", clinic_recalls.recall, name="recall"),
    path("result/<str:token>/", clinic_results.enter, name="result"),
    path("<str:venue>/<day:day>/", clinic.day, name="day"),
    path("<str:venue>/<day:day>/absent/", clinic.absent, name="absent"),
    path("<str:venue>/<day:day>/<slug:kind>.xlsx", clinic_sheets.download, name="sheet"),
    path("<str:venue>/<day:day>/<slug:kind>/", clinic_sheets.upload, name="upload"),
]
