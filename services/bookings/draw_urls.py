"""Routes of the draws that everybody may check."""

from django.urls import path

from services.bookings.public import draws

app_name = "draws"
urlpatterns = [
    path("<str:token>/", draws.draw, name="draw"),
    path("<str:token>/list.txt", draws.frozen_list, name="frozen_list"),
    path("<str:token>/order.txt", draws.order, name="order"),
]
