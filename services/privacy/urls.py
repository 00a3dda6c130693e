"""Her data, her consents, the notices."""

from django.urls import path

from services.privacy.public import my_data

app_name = "privacy"
urlpatterns = [
    path("my-data/", my_data.my_data, name="my_data"),
    path("notice/<slug:purpose>/", my_data.notice, name="notice"),
    path("notice/<slug:purpose>/agree/", my_data.agree, name="agree"),
    path("notice/<slug:purpose>/withdraw/", my_data.withdraw, name="withdraw"),
]
