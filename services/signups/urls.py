"""Routes of activities: the public pages, her own, and the organiser's phone at the door."""

from django.urls import path

from services.signups.public import catalogue, certificates, door, hers, signing

app_name = "signups"
urlpatterns = [
    path("", catalogue.activities, name="list"),
    path("door/", door.today, name="today"),
    path("door/find/", door.find, name="find"),
    path("door/<str:token>/", door.door, name="door"),
    path("hours/", hers.hours, name="hours"),
    path("certificate/<str:token>/", certificates.certificate, name="certificate"),
    path("check/<str:token>/", certificates.check, name="check"),
    path("mine/<str:token>/", hers.booking, name="booking"),
    path("mine/<str:token>/check/", signing.check_answers, name="check_answers"),
    path("mine/<str:token>/release/", signing.release, name="release"),
    path("mine/<str:token>/done/", signing.done, name="done"),
    path("mine/<str:token>/calendar.ics", hers.calendar, name="calendar"),
    path("mine/<str:token>/move/", hers.move, name="move"),
    path("mine/<str:token>/answers/", hers.answers, name="answers"),
    path("mine/<str:token>/cancel/", hers.cancel, name="cancel"),
    path("mine/<str:token>/accept/", hers.accept, name="accept"),
    path("mine/<str:token>/decline/", hers.decline, name="decline"),
    path("mine/<str:token>/evaluate/", hers.evaluate, name="evaluate"),
    path("waiting/<str:token>/", hers.waiting, name="waiting"),
    path("waiting/<str:token>/leave/", hers.leave, name="leave"),
    path("session/<str:token>/calendar.ics", catalogue.session_calendar, name="session_calendar"),
    path("<slug:code>/", catalogue.activity, name="activity"),
    path("<slug:code>/sign-up/", signing.sign_up, name="sign_up"),
    path("<slug:code>/wait/", signing.wait, name="wait"),
]
