"""The addresses of notices and objections at the desk, a part of the casework desk's."""

from django.urls import path

from services.casework.desk import notices, objections

urlpatterns = [
    path("notices/", notices.NoticeList.as_view(), name="notices"),
    path("notices/results/", notices.NoticeList.as_view(results_only=True), name="notices_results"),
    path("notices/waiting/", notices.WaitingForNotice.as_view(), name="notices_waiting"),
    path("notices/waiting/<str:organization>/<slug:service>/", notices.PublishNotice.as_view(), name="notice_publish"),
    path("notices/one/<str:token>/", notices.NoticeScreen.as_view(), name="notice"),
    path("notices/one/<str:token>/take-down/", notices.TakeDown.as_view(), name="notice_take_down"),
    path("objections/", objections.ObjectionList.as_view(), name="objections"),
    path("objections/results/", objections.ObjectionList.as_view(results_only=True), name="objections_results"),
    path("objections/<int:key>/", objections.ObjectionPage.as_view(), name="objection"),
]
