"""Routes of the public side: what there is for anybody, and her own application."""

from django.urls import path

from services.relief.public import account, applying, asking, money, parts, people

app_name = "relief"
_HERS = "application/<str:token>"

urlpatterns = [
    path("", asking.start, name="start"),
    path("ask/<slug:step>/", asking.ask, name="ask"),
    path("answer/", asking.answer, name="answer"),
    path("again/", asking.again, name="again"),
    path("apply/<slug:code>/", applying.begin, name="begin"),
    path(f"{_HERS}/", applying.Tasks.as_view(), name="application"),
    path(f"{_HERS}/you/", parts.You.as_view(), name="you"),
    path(f"{_HERS}/household/", people.People.as_view(), name="people"),
    path(f"{_HERS}/household/add/", people.AddPerson.as_view(), name="person_add"),
    path(f"{_HERS}/household/<int:member>/", people.EditPerson.as_view(), name="person"),
    path(f"{_HERS}/household/<int:member>/remove/", people.RemovePerson.as_view(), name="person_remove"),
    path(f"{_HERS}/money/", money.Money.as_view(), name="money"),
    path(f"{_HERS}/money/<slug:side>/add/", money.AddLine.as_view(), name="line_add"),
    path(f"{_HERS}/money/<slug:side>/<int:place>/", money.EditLine.as_view(), name="line"),
    path(f"{_HERS}/money/<slug:side>/<int:place>/remove/", money.RemoveLine.as_view(), name="line_remove"),
    path(f"{_HERS}/why/", parts.Causes.as_view(), name="causes"),
    path(f"{_HERS}/home/", parts.Home.as_view(), name="home"),
    path(f"{_HERS}/event/", parts.Event.as_view(), name="event"),
    path(f"{_HERS}/group/", parts.Group.as_view(), name="group"),
    path(f"{_HERS}/student/", parts.Student.as_view(), name="student"),
    path(f"{_HERS}/account/", account.Account.as_view(), name="account"),
    path(f"{_HERS}/check/", applying.Check.as_view(), name="check"),
    path(f"{_HERS}/sent/", applying.sent, name="sent"),
    path(f"{_HERS}/what-i-sent/", applying.what_i_sent, name="what_i_sent"),
]
