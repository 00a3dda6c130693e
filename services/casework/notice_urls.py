"""Routes of public notices and of objections to them."""

from django.urls import path

from services.casework.public import notices, objections, own_line

app_name = "notices"
urlpatterns = [
    path("", notices.notices, name="list"),
    path("objection/", objections.status, name="status"),
    path("mine/<str:token>/", own_line.own_line, name="own_line"),
    path("mine/<str:token>/<int:key>/", own_line.answer, name="answer"),
    path("<str:token>/", notices.notice, name="notice"),
    path("<str:token>/<int:position>/", objections.object_to, name="object"),
]
