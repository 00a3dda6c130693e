"""A leader sees a county whole, goes down to the unions behind a number, and reminds those that lack a committee."""

from datetime import date, datetime
from io import BytesIO
from unicodedata import normalize

import pytest
from django.urls import reverse
from django.utils import timezone
from pypdf import PdfReader

from services.figures.actions import keep_month_end, set_target
from services.figures.registry import statistics
from services.organizations.enums import Role
from tests.coverage.standings import LACKING, UNSTATED, many_under, union_under
from tests.factories.organizations import small_tree
from tests.screening.people import post

A4 = (595.3, 841.9)  # points

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]


def test_a_leader_sees_coverage_and_reminds(walker):
    tree = small_tree()
    many_under(tree["town_a"], 12)
    lacking = many_under(tree["county_b"], 3, **LACKING)
    many_under(tree["county_b"], 8, term="ending")
    union_under(tree["county_b"], **UNSTATED)
    post(lacking[0].organization, Role.GRASSROOTS_OFFICER)
    officer, now = post(tree["city"]), timezone.now()
    keep_month_end(date(2026, 10, 31), now=timezone.make_aware(datetime(2026, 11, 1, 1)))
    aim = {"organization": tree["city"], "period": str(now.year), "source": "年度工作要点"}
    set_target(statistics["coverage-required"], value=90, by=officer, now=now, **aim)
    walker.sign_in(officer)
    walker.open(reverse("coverage_view:at", args=["T"]))
    walker.look("coverage-overview")
    prints = walker.page.locator("[data-print-page]")
    walker.page.evaluate("window.print = () => { window.printed = true; }")
    prints.click()
    assert walker.page.evaluate("window.printed")
    walker.page.emulate_media(media="print")
    assert not prints.is_visible() and not walker.page.locator(".coverage-calls").is_visible()
    assert walker.page.locator(".figures-finding").is_visible()
    # All of it comes onto paper, not only what the window shows.
    assert walker.page.evaluate("[main.scrollHeight - main.clientHeight, getComputedStyle(main).overflowY]") == [
        0,
        "visible",
    ]
    # And all of it on the one sheet that a leader takes along.
    (sheet,) = PdfReader(BytesIO(walker.page.pdf(format="A4"))).pages
    assert (float(sheet.mediabox.width), float(sheet.mediabox.height)) == pytest.approx(A4, abs=1.5)
    on_paper = "".join(normalize("NFKC", sheet.extract_text()).split())
    for said in ("87.0%", tree["county_a"].name, walker.in_language("指标说明", "Whatiscounted")):
        assert said in on_paper
    walker.page.emulate_media(media="screen")
    walker.open(f"{reverse('coverage_view:unions')}?about=committee")
    walker.look("coverage-unions-to-call")
    with walker.leaving():
        walker.page.locator("button[formaction$='/remind/']").first.click()
    walker.look("coverage-reminded")
    walker.open(reverse("coverage_view:changes"))
    walker.look("coverage-changes")
    walker.open(reverse("organizations_desk:merge", args=[lacking[1].organization.code]))
    walker.look("organizations-merge")
    walker.open(reverse("coverage:figures"))
    walker.look("coverage-public")
