from django.urls import path

from portal import preferences

app_name = "preferences"
urlpatterns = [
    path("language/", preferences.choose_language, name="language"),
    path("display/", preferences.choose_display, name="display"),
]
