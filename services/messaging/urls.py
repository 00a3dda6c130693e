"""Her inbox."""

from django.urls import path

from services.messaging.public import inbox

app_name = "messaging"
urlpatterns = [
    path("", inbox.inbox, name="inbox"),
    path("read/", inbox.read_all, name="read_all"),
    path("<str:token>/open/", inbox.open_message, name="open"),
]
