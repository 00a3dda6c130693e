"""Routes of the public side."""

from django.urls import path

from services.relief.public import asking

app_name = "relief"
urlpatterns = [
    path("", asking.start, name="start"),
    path("ask/<slug:step>/", asking.ask, name="ask"),
    path("answer/", asking.answer, name="answer"),
    path("again/", asking.again, name="again"),
]
