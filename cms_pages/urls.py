from django.urls import path
from wagtail.contrib.sitemaps.views import sitemap

from cms_pages import views

app_name = "cms_pages"
urlpatterns = [
    path("search/", views.search, name="search"),
    path("sitemap.xml", sitemap, name="sitemap"),
    path("robots.txt", views.robots, name="robots"),
]
