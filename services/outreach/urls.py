"""Her side: what she is told of, and leaving."""

from django.urls import path

from services.outreach.public import leaving, topics

app_name = "outreach"
urlpatterns = [
    path("", topics.topics, name="topics"),
    path("leave/<str:token>/", leaving.leave, name="leave"),
]
