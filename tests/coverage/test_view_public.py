"""What everybody may read: coverage by district at the last month end, and nothing about a single union."""

from datetime import date, datetime

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from services.coverage.rules.published import together
from services.figures.actions import keep_month_end
from tests.coverage.standings import LACKING, many_under, union_under
from tests.factories.organizations import UnionFactory, small_tree

PAGE = reverse("coverage:figures")


@given(st.lists(st.integers(0, 30), max_size=8), st.integers(1, 12))
def test_no_row_and_no_remainder_tells_of_fewer_unions_than_allowed(sizes, least):
    alone, rest = together(list(enumerate(sizes)), least=least)
    assert sorted([*alone, *rest]) == [number for number, size in enumerate(sizes) if size]
    assert all(sizes[number] >= least for number in alone)
    together_are = sum(sizes[number] for number in rest)
    assert not rest or not alone or (together_are >= least and len(rest) > 1)


@pytest.mark.django_db
@pytest.mark.parametrize("language", ["en", "zh-hans"])
def test_districts_with_date_and_denominators_and_small_ones_together(language, settings):
    settings.COVERAGE_RANKED_FROM = 3
    tree = small_tree()
    third = UnionFactory(parent=tree["city"], kind="county_union", name="示例丙县总工会")
    many_under(tree["town_a"], 6)
    many_under(third, 4)
    many_under(third, 1, **LACKING)
    single = union_under(tree["county_b"], **LACKING).organization
    client = Client()
    client.cookies["language"] = language
    keep_month_end(date(2026, 10, 31), now=timezone.make_aware(datetime(2026, 11, 1, 1)))
    union_under(tree["county_b"])
    page = client.get(PAGE)
    (federation,) = page.context["federations"]
    assert federation["day"] == date(2026, 10, 31)
    assert [(cell["part"], cell["whole"]) for cell in federation["total"]] == [("10", "12"), ("10", "12")]
    assert [(row["name"], row["cells"][0]["part"], row["cells"][0]["whole"]) for row in federation["rows"]] == [
        ("甲县总工会", "6", "6"),
        ("", "4", "6"),
    ]
    assert single.name not in page.content.decode() and page.content.decode().count("<dt>") > 8


@pytest.mark.django_db
def test_strangers_copies_are_kept():
    response = Client().get(PAGE)
    assert response.context["federations"] == []
    assert response.page_cache_seconds == 3600
    assert "csrf" not in response.content.decode()


@pytest.mark.django_db
def test_a_district_in_which_none_must_have_a_committee_is_not_told_by_what_is_left_of_the_total(settings):
    settings.COVERAGE_RANKED_FROM = 3
    tree = small_tree()
    third = UnionFactory(parent=tree["city"], kind="county_union", name="示例丙县总工会")
    many_under(tree["town_a"], 6)
    many_under(third, 4)
    union_under(tree["county_b"], required="commissioner", form="commissioner")
    keep_month_end(date(2026, 10, 31), now=timezone.make_aware(datetime(2026, 11, 1, 1)))
    (federation,) = Client().get(PAGE).context["federations"]
    assert [row["name"] for row in federation["rows"]] == ["甲县总工会", ""]
    sums = [sum(int(row["cells"][place]["whole"]) for row in federation["rows"]) for place in (0, 1)]
    assert [str(number) for number in sums] == [cell["whole"] for cell in federation["total"]]
