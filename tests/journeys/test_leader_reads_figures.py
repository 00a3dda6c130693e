"""A federation leader drills from the city to one union's list of women, and prints."""

from io import BytesIO
from unicodedata import normalize

import pytest
from django.urls import reverse
from pypdf import PdfReader

from tests.factories.organizations import small_tree
from tests.screening.people import booked, post, programme_at

A4 = (595, 842)  # points
pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.journey]


@pytest.fixture
def tree():
    tree = small_tree()
    _programme, session, root = programme_at(tree["city"], year=2026)
    for place, state in (("unit_a", "confirmed"), ("unit_a", "attended"), ("unit_b", "attended"), ("unit_c", "held")):
        booked(session, tree[place], root, state=state)
    return tree


def test_a_leader_reads_drills_and_prints(walker, tree):
    page = walker.page
    walker.sign_in(post(tree["city"]))
    walker.open(reverse("figures:index"))
    walker.look("figures-index")
    walker.follow("筛查：名额预约率", "Screening: uptake of places")
    assert page.locator(".figures-figure").inner_text() == "4.0%"
    walker.look("figures-city")
    for place in ("county_a", "town_a"):
        walker.go(page.locator(".listing th a", has_text=tree[place].name))
    walker.look("figures-town")
    row = page.locator(".listing tr", has_text=tree["unit_a"].name)
    assert row.locator("td").nth(1).inner_text() == "2"
    page.emulate_media(media="print")
    assert not page.locator(".figures-splits").is_visible()
    assert page.locator(".figures-finding").is_visible()
    page.emulate_media(media="screen")
    # The button calls the browser's own dialogue, which nobody answers here.
    page.evaluate("window.print = () => { window.printed = true }")
    page.get_by_role("button", name=walker.in_language("打印（A4）", "Print (A4)")).click()
    assert page.evaluate("window.printed")
    sheets = PdfReader(BytesIO(page.pdf(format="A4"))).pages
    (sheet,) = sheets
    assert (float(sheet.mediabox.width), float(sheet.mediabox.height)) == pytest.approx(A4, abs=1.5)
    # A PDF may hold radicals for characters, and breaks lines where it likes.
    assert tree["unit_a"].name in "".join(normalize("NFKC", sheet.extract_text()).split())
    walker.go(row.locator("td").nth(1).locator("a"))
    assert page.locator(".listing tbody tr").count() == 2
