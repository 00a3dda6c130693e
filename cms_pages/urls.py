from django.urls import path
from wagtail.contrib.sitemaps.views import sitemap

from cms_pages import media, views
from cms_pages.sharing.feeds import NewPages, NewPagesAtom
from cms_pages.short import short

app_name = "cms_pages"
urlpatterns = [
    path("search/", views.search, name="search"),
    path("p/<int:page>/", short, name="short"),
    path("feeds/rss/", NewPages(), name="feed_rss"),
    path("feeds/rss/<slug:section>/", NewPages(), name="feed_rss_of"),
    path("feeds/atom/", NewPagesAtom(), name="feed_atom"),
    path("feeds/atom/<slug:section>/", NewPagesAtom(), name="feed_atom_of"),
    path("sitemap.xml", sitemap, name="sitemap"),
    path("videos/<int:key>/<str:name>", media.video, name="video"),
    path("robots.txt", views.robots, name="robots"),
]
