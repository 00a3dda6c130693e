"""Paging by the last row seen: every row once, whatever is added while somebody walks."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from services.bookings.models import Session
from services.foundation.keyset import bounded_count, page_of
from tests.factories.bookings import OfferingFactory, VenueFactory

pytestmark = pytest.mark.django_db
START = datetime(2026, 11, 2, 1, 0, 0, 250, tzinfo=UTC)
ORDERINGS = ["pk", "-pk", "starts_at", "-starts_at", "-capacity,starts_at,pk", "capacity,-starts_at,-pk"]


class Ground:
    """Sessions that may begin at the same moment, at sites of their own."""

    def __init__(self):
        self.offering = OfferingFactory()

    def add(self, hours: int) -> int:
        starts = START + timedelta(hours=hours)
        return Session.objects.create(
            offering=self.offering,
            venue=VenueFactory(),
            starts_at=starts,
            ends_at=starts + timedelta(hours=1),
            capacity=1 + hours % 2,
        ).pk

    @property
    def rows(self):
        return Session.objects.filter(offering=self.offering)


def walked(rows, ordering: str, size: int, *, between=lambda: None) -> tuple[list[int], list]:
    """The keys seen from the first page to the last, and the pages."""
    seen, pages, cursor = [], [], ""
    while True:
        page = page_of(rows.all(), ordering=ordering, cursor=cursor, size=size)
        seen += [row.pk for row in page.rows]
        pages.append(page)
        if not page.next:
            return seen, pages
        cursor = page.next
        between()


def walked_back(rows, ordering: str, size: int, last) -> list[int]:
    seen, page = [row.pk for row in last.rows], last
    while page.previous:
        page = page_of(rows.all(), ordering=ordering, cursor=page.previous, size=size)
        seen = [row.pk for row in page.rows] + seen
    return seen


hours = st.integers(0, 4)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    first=st.lists(hours, max_size=12),
    added=st.lists(hours, max_size=6),
    size=st.integers(1, 5),
    ordering=st.sampled_from(ORDERINGS),
)
def test_forward_and_back_visit_every_row_once_while_rows_are_added(first, added, size, ordering):
    ground = Ground()
    there = [ground.add(hour) for hour in first]
    coming = iter(added)
    fresh = []

    def add_one():
        if (hour := next(coming, None)) is not None:
            fresh.append(ground.add(hour))

    seen, pages = walked(ground.rows, ordering, size, between=add_one)
    order = ordering.split(",") if "," in ordering else [ordering]
    order += [] if ordering.endswith("pk") else [f"{'-' * ordering.startswith('-')}pk"]
    whole = list(ground.rows.order_by(*order).values_list("pk", flat=True))
    assert [pk for pk in seen if pk in there] == [pk for pk in whole if pk in there]
    assert len(seen) == len(set(seen))
    back = walked_back(ground.rows, ordering, size, pages[-1])
    assert back == whole[: len(back)] and set(there) <= set(back)


@pytest.mark.parametrize("values", ["x~20261102T010000.000250~1", f"{'9' * 30}~20261102T010000.000250~1", "1~1~1"])
def test_a_cursor_holds_what_its_columns_hold_or_leads_to_the_first_page(values):
    ground, ordering = Ground(), "-capacity,starts_at,pk"
    ground.add(1)
    assert page_of(ground.rows, ordering=ordering, cursor=f"after~{ordering}~{values}", size=2).first


def test_the_ends_say_that_they_are_ends():
    ground = Ground()
    keys = [ground.add(hour) for hour in range(5)]
    first = page_of(ground.rows, ordering="pk", cursor="", size=2)
    assert ([row.pk for row in first.rows], first.first, first.previous) == (keys[:2], True, "")
    second = page_of(ground.rows, ordering="pk", cursor=first.next, size=2)
    last = page_of(ground.rows, ordering="pk", cursor=second.next, size=2)
    assert ([row.pk for row in last.rows], last.next) == (keys[4:], "")
    again = page_of(ground.rows, ordering="pk", cursor=second.previous, size=2)
    assert ([row.pk for row in again.rows], again.previous) == (keys[:2], "")


@pytest.mark.parametrize(
    "cursor",
    [
        *("x", "after~pk~x", "after~pk~²", "after~pk~1~2", f"after~pk~{'9' * 40}", f"after~pk~{2**63}", "~~~"),
        *("after~starts_at~20260101T000000.000000~1", "before~-pk~1", "after~pk~-1", "after~pk~"),
    ],
)
def test_an_odd_cursor_or_one_of_another_order_leads_to_the_first_page(cursor):
    ground = Ground()
    key = ground.add(1)
    page = page_of(ground.rows, ordering="pk", cursor=cursor, size=2)
    assert ([row.pk for row in page.rows], page.first) == ([key], True)


def test_counting_stops_at_its_bound():
    ground = Ground()
    for hour in range(4):
        ground.add(hour)
    assert [bounded_count(ground.rows, limit) for limit in (0, 3, 4, 9)] == [0, 3, 4, 4]
