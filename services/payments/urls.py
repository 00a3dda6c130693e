"""Routes of her payments."""

from django.urls import path

from services.payments.public import views

app_name = "payments"
urlpatterns = [
    path("", views.payments, name="list"),
    path("account/", views.account, name="account"),
    path("<str:token>/", views.one, name="one"),
    path("<str:token>/arrived/", views.arrived, name="arrived"),
    path("<str:token>/print/", views.receipt, name="receipt"),
]
