"""Routes of the door."""

from django.urls import path

from services.bookings.public import kept_scans, views

app_name = "bookings"
urlpatterns = [
    path("", views.today, name="today"),
    path("find/", views.find, name="find"),
    path("kept/", kept_scans.kept, name="kept"),
    path("<str:token>/", views.door, name="door"),
]
