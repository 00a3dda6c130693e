"""The guardian's side: her one-time link, and what she does behind it."""

from django.urls import path

from services.child_files.public import entering, mine

app_name = "child_files"
urlpatterns = [
    path("l/<str:secret>/", entering.start, name="start"),
    path("l/<str:secret>/code/", entering.code, name="code"),
    path("over/", entering.over, name="over"),
    path("mine/", mine.home, name="home"),
    path("mine/say/<slug:purpose>/", mine.say, name="say"),
    path("mine/stop/", mine.stop, name="stop"),
    path("mine/stop/<slug:purpose>/", mine.stop_one, name="stop_one"),
    path("mine/data/", mine.data, name="data"),
    path("mine/copy.json", mine.copy, name="copy"),
    path("mine/print/", mine.printed, name="print"),
    path("mine/looks/", mine.looks, name="looks"),
    path("mine/ask/", mine.ask, name="ask"),
    path("mine/leave/", mine.leave, name="leave"),
]
