"""Routes of her side of screening."""

from django.urls import path

from services.screening.public import booking, catalogue, draws, hers, result

app_name = "screening"
urlpatterns = [
    path("", catalogue.programmes, name="list"),
    path("booking/<str:token>/", hers.booking, name="booking"),
    path("booking/<str:token>/check/", booking.check_answers, name="check_answers"),
    path("booking/<str:token>/release/", booking.release, name="release"),
    path("booking/<str:token>/booked/", booking.booked, name="booked"),
    path("booking/<str:token>/calendar.ics", hers.calendar, name="calendar"),
    path("booking/<str:token>/move/", hers.move, name="move"),
    path("booking/<str:token>/cancel/", hers.cancel, name="cancel"),
    path("booking/<str:token>/accept/", hers.accept, name="accept"),
    path("booking/<str:token>/decline/", hers.decline, name="decline"),
    path("booking/<str:token>/result/", result.result, name="result"),
    path("booking/<str:token>/result/stop/", result.stop, name="result_stop"),
    path("waiting/<str:token>/", hers.waiting, name="waiting"),
    path("waiting/<str:token>/leave/", hers.leave, name="leave"),
    path("<slug:code>/", catalogue.programme, name="programme"),
    path("<slug:code>/eligibility/", catalogue.am_i_eligible, name="eligibility"),
    path("<slug:code>/book/", booking.book, name="book"),
    path("<slug:code>/history/", booking.history, name="history"),
    path("<slug:code>/consent/", booking.consent, name="consent"),
    path("<slug:code>/consent/refused/", booking.consent_refused, name="consent_refused"),
    path("<slug:code>/wait/", hers.join, name="join"),
    path("<slug:code>/draw/", draws.draw, name="draw"),
    path("<slug:code>/draw/leave/", draws.leave_draw, name="leave_draw"),
]
