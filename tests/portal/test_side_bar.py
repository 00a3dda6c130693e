"""The side bar is remembered for each person and language, and never shows what somebody may no longer open."""

import json
import re

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from wagtail.admin.templatetags import wagtailadmin_tags as wagtails
from wagtail.users.models import UserProfile

from portal import side_bar
from services.bookings.models import VenueOperator
from services.organizations.enums import Role
from services.organizations.models import StaffAssignment
from tests.factories.bookings import VenueFactory
from tests.factories.organizations import AssignmentFactory, small_tree
from tests.screening.people import at_desk

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _nothing_remembered():
    side_bar._remembered.clear()


def entries(desk: Client, **headers) -> str:
    page = desk.get(reverse("wagtailadmin_home"), headers=headers).content.decode()
    found = re.search(r'id="wagtail-sidebar-props"[^>]*>(.*?)</script>', page, re.DOTALL)
    return json.dumps(json.loads(found[1]), ensure_ascii=False)


def test_it_is_written_once_for_who_sees_the_same_and_as_wagtail_writes_it(monkeypatch):
    desk = at_desk(small_tree()["city"])
    written = []
    monkeypatch.setattr(
        wagtails, "sidebar_props", lambda context, plain=wagtails.sidebar_props: written.append(1) or plain(context)
    )
    first = entries(desk)
    assert entries(desk) == first and written == [1]
    side_bar._remembered.clear()
    assert entries(desk) == first and written == [1, 1]


def test_each_sees_her_own_and_in_her_language():
    tree = small_tree()
    officer, editor = at_desk(tree["city"]), at_desk(tree["city"], Role.COMMUNICATIONS_EDITOR)
    assert entries(officer) != entries(editor)
    chinese = entries(officer)
    profile = UserProfile.objects.create(user=officer.user, preferred_language="en")
    english = entries(officer)
    assert "Log out" in english and "Log out" not in chinese
    profile.delete()
    assert entries(officer) == chinese


def test_a_post_that_ended_is_gone_with_the_next_page():
    city = small_tree()["city"]
    desk = at_desk(city, Role.CASE_OFFICER)
    AssignmentFactory(user=desk.user, organization=city, role=Role.FINANCE_OFFICER)
    assert reverse("casework_desk:list") in entries(desk)
    StaffAssignment.objects.filter(user=desk.user, role=Role.CASE_OFFICER).update(valid_until="2020-02-01")
    assert reverse("casework_desk:list") not in entries(desk)


def test_no_more_are_remembered_than_there_is_room_for(monkeypatch):
    monkeypatch.setattr(side_bar, "_AT_MOST", 1)
    tree = small_tree()
    for desk in (at_desk(tree["city"]), at_desk(tree["county_a"])):
        entries(desk)
    assert len(side_bar._remembered) == 1


def test_which_entries_she_sees_is_not_asked_twice_in_a_moment(settings):
    settings.SIDE_BAR_SECONDS = 30
    desk = at_desk(small_tree()["city"])
    first = entries(desk)
    with CaptureQueriesContext(connection) as again:
        assert entries(desk) == first
    settings.SIDE_BAR_SECONDS = 0
    with CaptureQueriesContext(connection) as asked:
        assert entries(desk) == first
    assert len(again) < len(asked)


def test_a_post_that_ended_is_gone_with_the_next_page_even_within_that_moment(settings):
    settings.SIDE_BAR_SECONDS = 30
    test_a_post_that_ended_is_gone_with_the_next_page()


def test_what_follows_from_no_post_is_asked_again_after_a_while(settings, monkeypatch):
    settings.SIDE_BAR_SECONDS = 30
    desk = at_desk(small_tree()["city"], Role.CASE_OFFICER)
    assert reverse("bookings:today") not in entries(desk)
    VenueOperator.objects.create(venue=VenueFactory(), user=desk.user)
    assert reverse("bookings:today") not in entries(desk)
    monkeypatch.setattr(side_bar.time, "monotonic", lambda now=side_bar.time.monotonic: now() + 31)
    assert reverse("bookings:today") in entries(desk)
