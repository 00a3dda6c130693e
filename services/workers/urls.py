"""Routes of her side of the record."""

from django.urls import path

from services.workers.public import views

app_name = "workers"
urlpatterns = [
    path("", views.claim, name="claim"),
    path("unions/", views.unions, name="unions"),
    path("unions/<str:code>/", views.ask_union, name="ask_union"),
    path("request/", views.request_status, name="request"),
    path("request/withdraw/", views.withdraw, name="withdraw"),
]
