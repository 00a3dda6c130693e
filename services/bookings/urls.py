"""Routes of the door."""

from django.urls import path

from services.bookings.public import views

app_name = "bookings"
urlpatterns = [
    path("", views.today, name="today"),
    path("find/", views.find, name="find"),
    path("<str:token>/", views.door, name="door"),
]
