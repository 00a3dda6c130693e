"""Routes of the public side."""

from django.urls import path

from services.coverage.public import figures

app_name = "coverage"
urlpatterns = [path("", figures.figures, name="figures")]
