"""Three years after a programme its bookings and results are nobody's; what was counted is counted still."""

from datetime import date, timedelta
from io import StringIO

import pytest
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone

from services.bookings.models import Booking, BookingEvent, WaitingEntry
from services.figures.actions import fold
from services.figures.models import Cell
from services.privacy.actions import erase_ended
from services.screening import actions
from services.screening.models import EligibilityRecord, FollowUp, PastScreening, Result, ResultVersion
from services.screening.rules.ages import AGES
from services.screening.rules.retention import coarse_birth, kept_from
from services.workers.enums import NOBODY
from services.workers.models import Worker
from tests.screening.clinic_world import ABNORMAL, NORMAL, clinic_world
from tests.screening.people import at_desk

pytestmark = pytest.mark.django_db


@pytest.fixture
def world(monkeypatch):
    world = clinic_world(monkeypatch, women=2)
    world.came(world.booking, *world.others)
    world.enter(NORMAL, booking=world.others[0])
    return world


def _over(world, *, days: int = 1):
    """Three years after the last session, and so many days more."""
    last = timezone.localtime(max(session.ends_at for session in world.hers.sessions))
    return last.replace(year=last.year + 3) + timedelta(days=days)


def _cells():
    fold()
    return sorted(Cell.objects.values_list("organization", "count", "period", "dimension", "key", "total"))


class TestTheRule:
    def test_the_later_of_programme_and_follow_up_counts(self):
        over, closed = date(2026, 6, 1), date(2026, 9, 1)
        assert kept_from(over, followed_up=False, follow_up_ended=None) == over
        assert kept_from(over, followed_up=True, follow_up_ended=closed) == closed
        assert kept_from(over, followed_up=True, follow_up_ended=None) is None

    @pytest.mark.parametrize("age", [20, 34, 35, 44, 45, 54, 55, 64, 65, 90])
    def test_a_coarse_birth_stays_in_its_band_and_says_no_more(self, age):
        def band(years):
            return next((key for highest, key in AGES if years <= highest), "65-")

        born = coarse_birth(2026, 2026 - age)
        assert band(2026 - born.year) == band(age)
        others = {coarse_birth(2026, 2026 - other) for other in range(18, 100) if band(other) == band(age)}
        assert others == {born}


def test_it_is_kept_to_the_last_day_of_the_third_year(world):
    assert erase_ended(now=_over(world, days=-1)) == []
    [proof] = erase_ended(now=_over(world))
    assert (proof.kind, proof.years, proof.matters) == ("screening", 3, 3)
    assert erase_ended(now=_over(world, days=2)) == []


def test_nothing_leads_from_a_booking_to_her(world):
    tokens = set(Booking.objects.unscoped().values_list("token", flat=True))
    erase_ended(now=_over(world))
    bookings = list(Booking.objects.unscoped().select_related("worker"))
    assert {booking.worker.state for booking in bookings} == {NOBODY}
    assert len({booking.worker_id for booking in bookings}) == 3
    assert tokens.isdisjoint(booking.token for booking in bookings)
    assert set(BookingEvent.objects.filter(by_staff=False).values_list("by", flat=True)) <= {None}
    assert not ResultVersion.objects.exists()
    assert not EligibilityRecord.objects.exists()
    assert not PastScreening.objects.unscoped().filter(booking__isnull=False).exists()
    assert Result.objects.unscoped().count() == 1
    assert Worker.objects.unscoped().filter(pk=world.hers.worker.pk).exists()


def test_places_and_every_figure_are_as_before(world):
    before, taken = _cells(), [session.taken for session in _sessions(world)]
    assert any(dimension == "age" for _org, _count, _period, dimension, _key, _total in before)
    erase_ended(now=_over(world))
    assert _cells() == before
    assert [session.taken for session in _sessions(world)] == taken
    call_command("check_figures", stdout=StringIO())
    call_command("audit_places", stdout=StringIO())


def _sessions(world):
    return list(world.hers.programme.offering.sessions.order_by("pk"))


def test_whoever_is_followed_up_is_kept_until_three_years_after_it_ended(world):
    world.enter(ABNORMAL)
    assert erase_ended(now=_over(world))[0].matters == 2
    assert Booking.objects.unscoped().get(worker=world.hers.worker)
    follow_up = FollowUp.objects.unscoped().get()
    ended = _over(world)
    actions.close_follow_up(follow_up, outcome="seen_by_hospital", by=world.nurse, now=ended)
    assert erase_ended(now=ended.replace(year=ended.year + 3) - timedelta(days=1)) == []
    assert erase_ended(now=ended.replace(year=ended.year + 3) + timedelta(days=1))[0].matters == 1
    assert FollowUp.objects.unscoped().get().outcome == "seen_by_hospital"


def test_her_place_on_the_waiting_list_goes_too(world):
    waiting = WaitingEntry.objects.create(
        offering=world.hers.programme.offering,
        worker=world.hers.worker,
        state="left",
        created_at=world.during,
        changed_at=world.during,
    )
    erase_ended(now=_over(world))
    waiting.refresh_from_db()
    assert waiting.worker == Booking.objects.unscoped().get(pk=world.booking.pk).worker


def test_the_clinic_s_list_of_that_day_opens_and_leads_to_no_result(world):
    erase_ended(now=_over(world))
    client = world.client()
    assert client.get(reverse("screening_clinic:day", args=[world.venue.token, world.day])).status_code == 200
    booking = Booking.objects.unscoped().filter(screening_result__isnull=False).get()
    assert client.get(reverse("screening_clinic:result", args=[booking.token])).status_code == 404


def test_the_lists_that_count_them_open_on_the_desk(world):
    erase_ended(now=_over(world))
    client = at_desk(world.hers.tree["city"])
    for page in ("bookings", "waiting", "changes"):
        shown = client.get(reverse(f"screening_desk:{page}"))
        assert shown.status_code == 200
        assert world.hers.worker.name not in shown.content.decode()
