"""The one public address: what the QR code of a certificate leads to."""

from django.urls import path

from services.mutual_aid.public import check

app_name = "certificates"
urlpatterns = [path("<str:token>/", check.check, name="check")]
