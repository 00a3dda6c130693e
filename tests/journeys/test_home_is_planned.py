"""A county officer applies for a site, a typing error is caught, the city plans it, and the home has its page."""

from urllib.parse import urlsplit

import pytest
from django.urls import reverse

from services.childrens_homes.models import Home, SiteApplication
from tests.childrens_homes.office import Office

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def office():
    return Office(school=1, preschool=0)


def _url(name, *args):
    return reverse(f"childrens_homes_desk:{name}", args=args)


def _send(walker) -> None:
    walker.go(walker.page.locator("main form[method=post] button[type=submit]").last)


def _next(walker) -> None:
    """The step that is due, then its one button."""
    walker.go(walker.page.locator(".homes-next a.button:not(.button-secondary)").first)
    _send(walker)


def _opinion(walker, department: str) -> None:
    walker.go(walker.page.locator("main a[href$='/opinion/']").first)
    walker.page.select_option("[name=department]", department)
    _send(walker)


def test_a_home_is_planned(walker, office):
    page, year = walker.page, office.programme.year
    walker.sign_in(office.county)
    walker.open(_url("overview"))
    walker.look("homes-overview")
    walker.open(_url("application_add"))
    fields = {"lbc_count": "60", "lbc_preschool_count": "4", "room_m2": "4000", "outdoor_m2": "200"}
    fields |= {"demand_note": "示例需求", "capacity_note": "示例能力", "host": office.tree["school_a"].code}
    for name, value in fields.items():
        page.fill(f"[name={name}]", value)
    page.select_option("[name=site_type]", "primary_school")
    _send(walker)
    walker.look("homes-area-absurd")
    assert page.input_value("[name=demand_note]") == "示例需求" and "500" in page.locator("main").inner_text()
    page.fill("[name=room_m2]", "48")
    _send(walker)
    walker.look("homes-application")
    token = SiteApplication.objects.unscoped().get().token
    _next(walker)
    _next(walker)
    walker.sign_out()
    walker.sign_in(office.city)
    walker.open(_url("application", token))
    _next(walker)
    walker.open(_url("plan_draft", year))
    _send(walker)
    walker.go(page.locator("main form button.button").first)
    walker.look("homes-plan-draft")
    _next(walker)
    _opinion(walker, "education")
    _opinion(walker, "finance")
    plan = urlsplit(page.url).path
    assert page.locator(".homes-next a.button:not(.button-secondary)").count() == 0
    walker.sign_out()
    walker.sign_in(office.chair)  # who drafted it doesn't approve it
    walker.open(plan)
    _next(walker)
    _next(walker)
    walker.look("homes-plan")
    code = Home.objects.unscoped().get().code
    walker.sign_out()
    walker.sign_in(office.county)
    walker.open(_url("home", code))
    walker.look("homes-home")
    _next(walker)
    assert Home.objects.unscoped().get().state == "under_construction"
    for name in ("matrix", "timeline", "letters", "reports"):
        walker.open(_url(name))
        walker.look(f"homes-{name}")
    walker.open(_url("report", "compliance"))
    walker.look("homes-report")
