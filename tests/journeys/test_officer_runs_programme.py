"""The city officer sets a programme up, publishes its terms, adds sessions, hands places down, opens, reads uptake."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from services.bookings.enums import OfferingState
from services.bookings.models import Allocation
from services.organizations.enums import Role
from services.organizations.models import Organization
from services.screening.models import Programme
from tests.factories.bookings import VenueFactory
from tests.factories.organizations import small_tree
from tests.screening.people import booked, post

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.journey]


@pytest.fixture
def tree():
    tree = small_tree()
    Organization.objects.filter(code="T-A").update(women_member_count=200, member_count=900)
    Organization.objects.filter(code="T-B").update(women_member_count=100, member_count=900)
    VenueFactory(organization=tree["city"], name="示例市妇幼保健院体检中心")
    return tree


def set_moment(page, name: str, value: str) -> None:
    """Type into one of Wagtail's date fields and close its calendar, which lies over the next field."""
    page.fill(f"[name={name}]", value)
    page.keyboard.press("Escape")
    page.locator("h2.w-h1").first.click()


def create(walker) -> Programme:
    page, now = walker.page, timezone.localtime()
    walker.open("/admin/screening/")
    walker.look("desk-programmes-empty")
    walker.open("/admin/screening/add/")
    page.fill("[name=basics-title]", "2026 年示例市女职工免费筛查")
    page.check("[name=basics-items][value=tct]")
    set_moment(page, "window-opens_at", f"{now - timedelta(hours=1):%Y-%m-%d %H:%M}")
    set_moment(page, "window-closes_at", f"{now - timedelta(days=1):%Y-%m-%d %H:%M}")
    page.fill("[name=terms-age_min]", "35")
    page.fill("[name=terms-age_max]", "64")
    page.fill("[name=terms-source]", "《示例方案》第三条")
    walker.press("创建项目", "Create the programme")
    assert page.locator(".error-message").count() == 1
    assert page.input_value("[name=terms-source]") == "《示例方案》第三条"
    walker.look("desk-programme-repair")
    set_moment(page, "window-closes_at", f"{now + timedelta(days=30):%Y-%m-%d %H:%M}")
    walker.press("创建项目", "Create the programme")
    page.wait_for_url("**/of/**")
    walker.look("desk-programme-new")
    return Programme.objects.get()


def publish_terms(walker) -> None:
    page = walker.page
    walker.follow("核对并发布参检条件", "Check and publish the terms")
    walker.look("desk-terms-draft")
    walker.follow("核对并发布", "Check and publish")
    walker.look("desk-terms-publish")
    walker.press("发布参检条件", "Publish the terms")
    page.wait_for_url("**/terms/")
    walker.look("desk-terms")


def add_series(walker, programme) -> None:
    page, first = walker.page, timezone.localdate() + timedelta(days=10)
    walker.open(reverse("screening_desk:series", args=[programme.code]))
    page.select_option("[name=venue]", index=1)
    set_moment(page, "first_day", f"{first:%Y-%m-%d}")
    set_moment(page, "last_day", f"{first + timedelta(days=6):%Y-%m-%d}")
    page.fill("[name=capacity]", "20")
    walker.go(page.locator("form[method=post] .desk-actions button[type=submit]"))
    walker.look("desk-series-preview")
    assert programme.offering.sessions.count() == 0
    walker.go(page.locator("button[name=make]"))
    page.wait_for_url("**/sessions/")
    walker.look("desk-sessions")


def hand_down(walker, programme) -> None:
    page = walker.page
    walker.open(reverse("screening_desk:places_open", args=[programme.code]))
    page.fill("[name=slots]", "90")
    page.fill("[name=reason]", "示例方案")
    walker.go(page.locator("form[method=post] button[type=submit]").last)
    page.wait_for_url("**/places/")
    walker.open(reverse("screening_desk:give", args=[programme.code, "T"]) + "?suggest=1")
    walker.look("desk-give")
    page.fill("[name=reason]", "按女职工人数分配")
    walker.go(page.locator("form[method=post] .desk-actions button[type=submit]"))
    page.wait_for_url("**/places/at/T/")
    walker.look("desk-places")


def open_sign_up(walker, programme) -> None:
    walker.open(reverse("screening_desk:programme_open", args=[programme.code]))
    walker.look("desk-open")
    walker.go(walker.page.locator("form[method=post] .desk-actions button[type=submit]"))
    walker.page.wait_for_url(f"**/of/{programme.code}/")


def test_from_an_empty_desk_to_the_uptake(walker, tree):
    walker.sign_in(post(tree["city"], Role.FEDERATION_OFFICER))
    programme = create(walker)
    publish_terms(walker)
    add_series(walker, programme)
    hand_down(walker, programme)
    open_sign_up(walker, programme)
    programme.offering.refresh_from_db()
    rows = Allocation.objects.unscoped().filter(offering=programme.offering)
    shares = {row.organization.code: row.slots for row in rows.select_related("organization")}
    assert (programme.offering.state, programme.offering.sessions.count(), shares) == (
        OfferingState.OPEN,
        5,
        {"T": 90, "T-A": 60, "T-B": 30},
    )
    booked(programme.offering.sessions.first(), tree["unit_a"], rows.get(organization=tree["county_a"]))
    walker.open(reverse("screening_desk:uptake", args=[programme.code]))
    walker.look("desk-uptake")
    walker.go(walker.page.get_by_role("link", name="甲县总工会"))
    walker.page.wait_for_url("**/uptake/T-A/")
    walker.look("desk-uptake-county")
    walker.go(walker.page.locator("tfoot a").nth(1))
    walker.page.wait_for_url("**/screening/bookings/**")
    assert walker.page.locator("#listing-results tbody tr").count() == 1
    walker.look("desk-bookings")
