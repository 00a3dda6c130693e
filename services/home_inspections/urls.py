"""Routes of what everybody may check: draws of homes, and grades on public notice."""

from django.urls import path

from services.home_inspections.public import draws

app_name = "home_draws"
urlpatterns = [
    path("draws/", draws.draws, name="draws"),
    path("draws/<str:token>/", draws.draw, name="draw"),
    path("draws/<str:token>/frame.txt", draws.frame, name="frame"),
    path("draws/<str:token>/frame.csv", draws.frame_csv, name="frame_csv"),
    path("draws/<str:token>/result.csv", draws.result, name="result"),
    path("evaluations/<str:token>/", draws.grades, name="grades"),
]
