"""Filters whose choices stand are drawn once for what was chosen, exactly as Wagtail draws them."""

import re

import pytest
from django.db import connection
from django.forms import ModelChoiceField
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from wagtail.admin.filters import WagtailFilterSet
from wagtail.users.models import UserProfile

from portal import filter_forms
from services.casework.forms.filters import CaseFilterSet
from tests.factories.organizations import small_tree
from tests.screening.people import at_desk

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _nothing_remembered():
    filter_forms._remembered.clear()


def drilldown(desk, query: str = "") -> str:
    page = desk.get(f"{reverse('casework_desk:list')}?{query}").content.decode()
    return re.search(r'<div class="w-drilldown__contents">.*?</header>', page, re.DOTALL)[0]


def test_remembered_filters_are_those_that_wagtail_draws(monkeypatch):
    desk = at_desk(small_tree()["city"])
    queries = ("", "step=approve&stage=closed&stage=in_review", "step=nonsense", "union=B00010003&whose=all")
    first = [drilldown(desk, query) for query in queries]
    assert len(set(first)) == len(queries) and len(filter_forms._remembered) >= len(queries)
    assert [drilldown(desk, query) for query in queries] == first
    monkeypatch.setattr(CaseFilterSet, "choices_stand", False)
    assert [drilldown(desk, query) for query in queries] == first


def test_another_page_of_the_list_is_no_other_choice_and_another_language_is():
    desk = at_desk(small_tree()["city"])
    drilldown(desk, "whose=all")
    known = len(filter_forms._remembered)
    drilldown(desk, "whose=all&p=nowhere")
    assert len(filter_forms._remembered) == known
    UserProfile.objects.create(user=desk.user, preferred_language="en")
    assert "Overdue" in drilldown(desk, "whose=all")
    assert len(filter_forms._remembered) == known + 1


def test_no_filters_that_stand_ask_the_database_for_their_choices():
    standing = [one for one in _below(WagtailFilterSet) if getattr(one, "choices_stand", False)]
    assert CaseFilterSet in standing
    for one in standing:
        with CaptureQueriesContext(connection) as asked:
            form = one(data={}, queryset=one._meta.model.objects.none()).form
            str(form)
        assert not asked.captured_queries, one
        assert not [field for field in form.fields.values() if isinstance(field, ModelChoiceField)], one


def test_no_more_are_remembered_than_there_is_room_for(monkeypatch):
    monkeypatch.setattr(filter_forms, "_AT_MOST", 1)
    desk = at_desk(small_tree()["city"])
    for step in ("approve", "verify"):
        drilldown(desk, f"step={step}")
    assert len(filter_forms._remembered) == 1


def _below(one: type) -> list[type]:
    return [below for direct in one.__subclasses__() for below in (direct, *_below(direct))]
