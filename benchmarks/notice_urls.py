"""The site's routes, and the yardstick of ``notice``."""

from django.urls import path

from benchmarks.notice import plain
from portal.urls import urlpatterns as site

urlpatterns = [path("plain/<str:token>/", plain), *site]
