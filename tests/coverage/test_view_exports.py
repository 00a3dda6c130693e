"""The lists of unions to call and of changes as workbooks, and lists whose views can be kept."""

from datetime import datetime

import pytest
from django.http import QueryDict
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from services.accounts.models import SavedView
from services.coverage.exporters import CALLS, CHANGES
from services.coverage.models import Reminder, StandingChange
from services.organizations.enums import Role
from tests.coverage.standings import LACKING, many_under, union_under
from tests.factories.accounts import StaffFactory
from tests.factories.organizations import small_tree
from tests.screening.people import at_desk, post

pytestmark = pytest.mark.django_db
AT = timezone.make_aware(datetime(2026, 11, 3, 9))


@pytest.fixture
def tree():
    return small_tree()


def told(listing, user, query: str) -> list[list]:
    found = listing.find(user, QueryDict(query), False)
    lines = list(listing.lines(found.rows, False))
    assert all(len(line) == len(listing.columns) for line in lines)
    return lines


def test_whom_to_call_leaves_as_it_is_filtered(tree, settings):
    settings.LANGUAGE_CODE = "en"
    many_under(tree["town_a"], 3)
    lacking, elsewhere = union_under(tree["town_a"], **LACKING), union_under(tree["county_b"], **LACKING)
    by = post(tree["county_a"])
    Reminder.objects.create(organization=lacking.organization, about="committee", by=by, at=AT, told=1)
    Reminder.objects.create(organization=lacking.organization, about="head", by=by, at=timezone.now(), told=1)
    (line,) = told(CALLS, by, "about=committee")
    assert line[:3] == [lacking.organization.code, lacking.organization.name, tree["town_a"].name]
    assert line[-1] == AT.date()
    assert len(told(CALLS, by, "")) == 4
    assert told(CALLS, by, "about=nonsense") == []
    codes = [line[0] for line in told(CALLS, post(tree["city"]), "about=committee")]
    assert codes == [lacking.organization.code, elsewhere.organization.code]
    assert told(CALLS, post(tree["city"], Role.COMMUNICATIONS_EDITOR), "") == []


def test_who_moved_leaves_as_it_is_filtered(tree):
    union, by = union_under(tree["town_a"]).organization, StaffFactory(first_name="示例乙")
    change = {"organization": union, "was": "no", "now": "yes", "at": AT}
    StandingChange.objects.create(field="built", cause="approve", by=by, **change)
    StandingChange.objects.create(field="in_step", cause="day", **change)
    (line,) = told(CHANGES, post(tree["county_a"]), "field=built&month=2026-11")
    assert line[0] == union.code and line[-2:] == ["示例乙", "2026-11-03 09:00"]
    assert len(told(CHANGES, post(tree["county_a"]), "way=gained&month=2026-11")) == 1
    assert told(CHANGES, post(tree["county_b"]), "") == []


@pytest.mark.parametrize(("listing", "code"), [("unions", "coverage-calls"), ("changes", "coverage-changes")])
def test_the_list_offers_its_workbook_with_its_filters(tree, listing, code):
    page = at_desk(tree["city"]).get(reverse(f"coverage_view:{listing}") + "?union=T-A").content.decode()
    assert f"{reverse('exports:ask', args=[code])}?union=T-A" in page


@pytest.mark.parametrize("listing", ["coverage_records:list", "coverage_returns:list", "coverage_standard:assessments"])
def test_a_view_of_each_list_is_kept(tree, listing):
    officer = post(tree["city"])
    client = Client()
    client.force_login(officer, backend="services.accounts.backends.StaffPassword")
    assert reverse("saved_views:keep") in client.get(f"{reverse(listing)}?state=x").content.decode()
    kept = client.post(reverse("saved_views:keep"), {"listing": listing, "query": "state=x", "name": "示例视图"})
    assert kept["Location"] == f"{reverse(listing)}?state=x"
    assert SavedView.objects.get().listing == listing
    assert "示例视图" in client.get(reverse(listing)).content.decode()
