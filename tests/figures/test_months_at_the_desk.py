"""Ends of months at the desk: kept figures, comparisons with them, and the targets that held then."""

from datetime import date, datetime, timedelta
from decimal import Decimal
from io import BytesIO

import pytest
from django.utils import timezone
from openpyxl import load_workbook

from services.bookings.models import Booking
from services.figures.actions import keep_month_end, set_target
from services.figures.actions.keeping import month_end_before
from services.figures.errors import TargetOutOfRange
from services.figures.registry import statistics
from services.organizations.actions import move_branch
from services.organizations.models import Organization
from tests.factories.organizations import UnionFactory
from tests.figures.reports import NEXT_MONTH, address, report, rows
from tests.screening.people import at_desk, booked, programme_at

pytestmark = pytest.mark.django_db


def test_the_target_of_a_month_end_is_the_one_that_held_then(tree, kept, monkeypatch):
    client = at_desk(tree["city"])
    client.cookies["language"] = "en"
    for value, day in ((5, datetime(2026, 11, 30, 23)), (90, datetime(2026, 12, 1, 0, 5))):
        said = {"value": Decimal(value), "source": "Plan", "by": client.user, "now": timezone.make_aware(day)}
        set_target(statistics["screening-uptake"], organization=tree["city"], period="2026", **said)
    monkeypatch.setattr("services.foundation.clock.today", lambda: date(2026, 12, 20))

    def target(**parameters) -> str:
        return report(client, "screening-uptake", tree["city"], **parameters).context["remarks"][-1]

    assert target(day="2026-11-30") == "Target 5.0%: reached. Source: Plan"
    assert target() == "Target 90.0%: not reached yet. Source: Plan"


def test_a_month_end_stays_when_a_branch_moves_and_bookings_change(tree, kept, monkeypatch):
    monkeypatch.setattr("services.foundation.clock.today", lambda: date(2026, 12, 20))
    client = at_desk(tree["city"])
    then = rows(report(client, "screening-uptake", tree["city"], day="2026-11-30"))
    move_branch(tree["town_a"], to=Organization.objects.get(code="T-B"), by=None, reason="合并")
    Booking.objects.unscoped().filter(state="confirmed").update(state="cancelled")
    assert rows(report(client, "screening-uptake", tree["city"], day="2026-11-30")) == then
    now = rows(report(client, "screening-uptake", tree["city"]))
    assert (then[tree["county_a"].name][1], now[tree["county_a"].name][1]) == ("5", "0")
    assert (then[tree["county_b"].name][1], now[tree["county_b"].name][1]) == ("1", "2")
    assert [
        month["day"] if isinstance(month, dict) else month[0]
        for month in report(client, "screening-uptake", tree["city"]).context["months"]
    ] == [date(2026, 11, 30)]


def test_a_unit_that_came_later_has_no_figures_of_then(tree, kept):
    late = UnionFactory(parent=tree["county_a"], code="T-A-9")
    page = report(at_desk(tree["city"]), "screening-uptake", late, day="2026-11-30")
    assert page.context["absent"]
    export = at_desk(tree["city"]).get(address("screening-uptake", late, "export", day="2026-11-30"))
    assert export.status_code == 404


def test_the_month_before_a_day():
    assert month_end_before(date(2026, 3, 31)) == date(2026, 2, 28)
    assert month_end_before(date(2026, 1, 1)) == date(2025, 12, 31) == date(2026, 1, 1) - timedelta(days=1)


def test_the_finding_is_compared_with_the_year_before_and_the_last_month_end(tree, kept, monkeypatch):
    monkeypatch.setattr("services.foundation.clock.today", lambda: date(2026, 12, 20))
    _programme, session, root = programme_at(tree["city"], slots=10, code="last-year", year=2025)
    booked(session, tree["unit_a"], root)
    Booking.objects.unscoped().filter(state="attended").update(state="cancelled")
    client = at_desk(tree["city"])
    client.cookies["language"] = "en"
    assert report(client, "screening-uptake", tree["city"], period="2026").context["remarks"] == [
        "2.0 percentage points less than 2026-11-30 (6.0%)",
        "6.0 percentage points less than 2025 (10.0%)",
    ]
    client.cookies["language"] = "zh-hans"
    (month, _year) = report(client, "screening-uptake", tree["city"], period="2026").context["remarks"]
    assert month == "比 2026-11-30（6.0%）少 2.0 个百分点"


def test_a_span_of_days_has_a_trend_a_comparison_and_a_target(tree, running, monkeypatch):
    """Of both women who came, at the end of November and of December; 7 to 13 days is aimed at."""

    def waited(days: int) -> None:
        for booking in Booking.objects.unscoped().filter(state="attended").select_related("session"):
            at = booking.session.starts_at - timedelta(days=days, hours=1)
            Booking.objects.unscoped().filter(pk=booking.pk).update(created_at=at)

    client, days = at_desk(tree["city"]), statistics["screening-days"]
    client.cookies["language"] = "en"
    waited(30)
    keep_month_end(date(2026, 11, 30), now=NEXT_MONTH)
    waited(10)
    keep_month_end(date(2026, 12, 31), now=timezone.make_aware(datetime(2027, 1, 1, 1)))
    monkeypatch.setattr("services.foundation.clock.today", lambda: date(2027, 1, 20))
    form = address("screening-days", tree["city"], "target", period="2026")
    assert client.post(form, {"value": "10", "source": "Plan"}).context["form"].errors["value"]
    assert client.post(form, {"value": "13", "source": "Plan"}).status_code == 302
    assert client.get(form).context["form"]["value"].value() == 13
    page = report(client, "screening-days", tree["city"], period="2026")
    assert page.context["figure"] == "7 to 13 days"
    assert page.context["months"] == [(date(2026, 11, 30), "28 to 55 days"), (date(2026, 12, 31), "7 to 13 days")]
    assert [float(bar[3]) for bar in page.context["months_chart"]["columns"].bars] == [100.0, pytest.approx(23.64)]
    assert page.context["remarks"] == [
        "unchanged against 2026-12-31 (7 to 13 days)",
        "Target up to “7 to 13 days”: reached. Source: Plan",
    ]
    waited(60)
    assert report(client, "screening-days", tree["city"], period="2026").context["remarks"] == [
        "more than 2026-12-31 (7 to 13 days)",
        "Target up to “7 to 13 days”: not reached yet. Source: Plan",
    ]
    then = report(client, "screening-days", tree["city"], period="2026", day="2026-12-31")
    assert then.context["remarks"][0] == "less than 2026-11-30 (28 to 55 days)"
    book = load_workbook(BytesIO(client.get(address("screening-days", tree["city"], "export", period="2026")).content))
    assert [cell.value for cell in book.worksheets[-1][3]] == ["2026-12-31", "7 to 13 days"]
    with pytest.raises(TargetOutOfRange):
        set_target(
            days,
            organization=tree["city"],
            period="2026",
            value=Decimal(10),
            source="x",
            by=client.user,
            now=NEXT_MONTH,
        )
