"""Routes of her desk."""

from django.urls import path

from services.overview.public import views

app_name = "overview"
urlpatterns = [
    path("", views.home, name="home"),
    path("details/", views.show_details, name="details"),
]
