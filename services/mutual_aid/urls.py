"""Routes of her cover."""

from django.urls import path

from services.mutual_aid.public import cover

app_name = "mutual_aid"
urlpatterns = [
    path("", cover.cover, name="cover"),
    path("<str:token>/certificate/", cover.certificate, name="certificate"),
]
