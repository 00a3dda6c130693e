"""The addresses of the desk, below /admin/activities/. Organisations are named by their code, the rest by token."""

from django.urls import include, path

from services.signups.desk import (
    activities,
    attendance,
    certificates,
    evaluation,
    for_her,
    lists,
    many,
    places,
    questions,
    sessions,
    waiting,
)
from services.signups.desk.pages import NAMESPACE

app_name = NAMESPACE
urlpatterns = [
    path("", activities.ActivityList.as_view(), name="activities"),
    path("results/", activities.ActivityList.as_view(results_only=True), name="activities_results"),
    path("add/", activities.ActivityAdd.as_view(), name="activity_add"),
    path("signups/", lists.SignupList.as_view(), name="signups"),
    path("signups/results/", lists.SignupList.as_view(results_only=True), name="signups_results"),
    path("signups/find/", lists.FindIn.as_view(), name="signups_find"),
    path("signups/cancel/", many.CancelMany.as_view(), name="signups_cancel"),
    path("waiting/", waiting.WaitingList.as_view(), name="waiting"),
    path("waiting/results/", waiting.WaitingList.as_view(results_only=True), name="waiting_results"),
    path("waiting/find/", lists.FindIn.as_view(listing="waiting"), name="waiting_find"),
    path("waiting/off/", many.TakeOffMany.as_view(), name="waiting_off"),
    path("waiting/<str:token>/order/", waiting.PriorityPage.as_view(), name="waiting_order"),
    path("hours/", lists.HoursList.as_view(), name="hours"),
    path("hours/results/", lists.HoursList.as_view(results_only=True), name="hours_results"),
    path("hours/find/", lists.FindIn.as_view(listing="hours"), name="hours_find"),
    path("hours/<str:token>/", lists.Transcript.as_view(), name="transcript"),
    path("certificate/<str:token>/", certificates.CertificatePrint.as_view(), name="certificate"),
    path("certificate/<str:token>/revoke/", certificates.CertificateRevoke.as_view(), name="certificate_revoke"),
    path("of/<slug:code>/", activities.ActivityScreen.as_view(), name="activity"),
    path("of/<slug:code>/edit/", activities.ActivityEdit.as_view(), name="activity_edit"),
    path("of/<slug:code>/open/", activities.ActivityOpen.as_view(), name="activity_open"),
    path("of/<slug:code>/close/", activities.ActivityClose.as_view(), name="activity_close"),
    path("of/<slug:code>/questions/add/", questions.QuestionAdd.as_view(), name="question_add"),
    path("of/<slug:code>/questions/<str:token>/remove/", questions.QuestionRemove.as_view(), name="question_remove"),
    path("of/<slug:code>/sessions/add/", sessions.SessionAdd.as_view(), name="session_add"),
    path("of/<slug:code>/sessions/<str:token>/", sessions.SessionEdit.as_view(), name="session"),
    path("of/<slug:code>/sessions/<str:token>/remove/", sessions.SessionRemove.as_view(), name="session_remove"),
    path("of/<slug:code>/sessions/<str:token>/attendance/", attendance.Attendance.as_view(), name="attendance"),
    path("of/<slug:code>/sessions/<str:token>/absent/", attendance.Absent.as_view(), name="absent"),
    path("of/<slug:code>/sessions/<str:token>/roll/", attendance.Roll.as_view(), name="roll"),
    path("of/<slug:code>/places/", places.Places.as_view(), name="places"),
    path("of/<slug:code>/places/at/<str:organization>/", places.Places.as_view(), name="places_of"),
    path("of/<slug:code>/places/at/<str:organization>/give/", places.GivePlaces.as_view(), name="give"),
    path("of/<slug:code>/places/at/<str:organization>/return/", places.ReturnPlaces.as_view(), name="return"),
    path("of/<slug:code>/places/at/<str:organization>/reclaim/", places.ReclaimPlaces.as_view(), name="reclaim"),
    path("of/<slug:code>/for/", for_her.FindHer.as_view(), name="find_her"),
    path("of/<slug:code>/for/<str:worker>/", for_her.ForHer.as_view(), name="for_her"),
    path("of/<slug:code>/evaluation/", evaluation.EvaluationPage.as_view(), name="evaluation"),
    path("of/<slug:code>/certificates/", certificates.CertificateList.as_view(), name="certificates"),
    path("of/<slug:code>/certificates/issue/", certificates.CertificateIssue.as_view(), name="certificates_issue"),
]


def admin_urls() -> list:
    return [path("activities/", include((urlpatterns, app_name)))]
