"""The addresses of the desk, below /admin/screening/. Organisations are named by their code, sessions by token."""

from django.urls import include, path

from services.screening.desk import bookings, export, places, programmes, roll, sessions, terms, uptake
from services.screening.desk.pages import NAMESPACE

app_name = NAMESPACE
urlpatterns = [
    path("", programmes.ProgrammeList.as_view(), name="programmes"),
    path("results/", programmes.ProgrammeList.as_view(results_only=True), name="programmes_results"),
    path("add/", programmes.ProgrammeAdd.as_view(), name="programme_add"),
    path("bookings/", bookings.BookingList.as_view(), name="bookings"),
    path("bookings/results/", bookings.BookingList.as_view(results_only=True), name="bookings_results"),
    path("waiting/", bookings.WaitingList.as_view(), name="waiting"),
    path("waiting/results/", bookings.WaitingList.as_view(results_only=True), name="waiting_results"),
    path("bookings.xlsx", export.BookingExport.as_view(), name="bookings_export"),
    path("roll/<str:token>/", roll.roll, name="roll"),
    path("of/<slug:code>/", programmes.ProgrammeScreen.as_view(), name="programme"),
    path("of/<slug:code>/edit/", programmes.ProgrammeEdit.as_view(), name="programme_edit"),
    path("of/<slug:code>/open/", programmes.ProgrammeOpen.as_view(), name="programme_open"),
    path("of/<slug:code>/close/", programmes.ProgrammeClose.as_view(), name="programme_close"),
    path("of/<slug:code>/terms/", terms.TermsList.as_view(), name="terms"),
    path("of/<slug:code>/terms/new/", terms.TermsEdit.as_view(), name="terms_new"),
    path("of/<slug:code>/terms/publish/", terms.TermsPublish.as_view(), name="terms_publish"),
    path("of/<slug:code>/sessions/", sessions.SessionList.as_view(), name="sessions"),
    path("of/<slug:code>/sessions/add/", sessions.SessionAdd.as_view(), name="session_add"),
    path("of/<slug:code>/sessions/series/", sessions.SeriesAdd.as_view(), name="series"),
    path("of/<slug:code>/sessions/<str:token>/", sessions.SessionEdit.as_view(), name="session"),
    path("of/<slug:code>/sessions/<str:token>/remove/", sessions.SessionRemove.as_view(), name="session_remove"),
    path("of/<slug:code>/places/", places.Places.as_view(), name="places"),
    path("of/<slug:code>/places/all/", places.PlacesOpen.as_view(), name="places_open"),
    path("of/<slug:code>/places/at/<str:organization>/", places.Places.as_view(), name="places_of"),
    path("of/<slug:code>/places/at/<str:organization>/give/", places.GivePlaces.as_view(), name="give"),
    path("of/<slug:code>/places/at/<str:organization>/return/", places.ReturnPlaces.as_view(), name="return"),
    path("of/<slug:code>/places/at/<str:organization>/reclaim/", places.ReclaimPlaces.as_view(), name="reclaim"),
    path("of/<slug:code>/uptake/", uptake.UptakePage.as_view(), name="uptake"),
    path("of/<slug:code>/uptake/<str:organization>/", uptake.UptakePage.as_view(), name="uptake_of"),
]


def admin_urls() -> list:
    return [path("screening/", include((urlpatterns, app_name)))]
