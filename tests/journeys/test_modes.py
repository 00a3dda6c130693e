"""The same pages by keyboard alone, enlarged, in forced colours, in large print and in plain words."""

import pytest
from django.urls import reverse
from wagtail.models import Page

from tests.factories.pages import guide
from tests.screening.her_world import CODE, her_world

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True, serialized_rollback=True)]
MOST_STEPS = 60
# What twice the size leaves of each window.
HALVED = {"phone": {"width": 180, "height": 370}, "desktop": {"width": 640, "height": 450}}


@pytest.fixture
def places():
    """Home, a service guide, the questions before the booking, and the form in which she chooses a time."""
    world = her_world()
    shown = guide(programme=world.programme)
    return world, {
        "home": "/",
        "guide": Page.objects.get(pk=shown.pk).get_url(),
        "eligibility": reverse("screening:eligibility", args=[CODE]),
        "booking": reverse("screening:book", args=[CODE]),
    }


def each(walker, places, name: str, *, prepare=lambda: None) -> None:
    """Look at every page, hers included."""
    world, addresses = places
    walker.sign_in(world.user)
    for page, address in addresses.items():
        walker.open(address)
        prepare()
        walker.look(f"{name}-{page}")


def tab_to(page, wanted: str) -> None:
    """Press the tabulator until the focus stands on what ``wanted`` selects; it is to be seen on the way."""
    for _ in range(MOST_STEPS):
        page.keyboard.press("Tab")
        seen = page.evaluate(
            """wanted => {
                const one = document.activeElement;
                // A radio button's ring is drawn around its label, a card's around the card; within a date the
                // browser marks the part that is typed into.
                const shown = one.type === "date" || [one, one.closest("label, .card, .search")].some(
                    drawn => drawn && getComputedStyle(drawn).outlineStyle !== "none");
                return { there: one.matches(wanted), shown, what: one.outerHTML.slice(0, 120) };
            }""",
            wanted,
        )
        assert seen["shown"], f"nobody sees where the focus is: {seen['what']}"
        if seen["there"]:
            return
    raise AssertionError(f"the keyboard doesn't reach {wanted}")


def test_a_woman_finds_out_by_keyboard_alone_and_is_led_to_what_is_missing(walker, places):
    page = walker.open("/screening/")
    page.keyboard.press("Tab")
    assert page.locator(":focus").get_attribute("href") == "#content"  # past the header with one key
    tab_to(page, "a.card")
    with walker.leaving():
        page.keyboard.press("Enter")
    tab_to(page, f"a[href='{places[1]['eligibility']}']")
    with walker.leaving():
        page.keyboard.press("Enter")
    tab_to(page, "main form button")
    with walker.leaving():
        page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.matches('.error-summary')")
    tab_to(page, ".error-summary a")
    page.keyboard.press("Enter")
    first = page.locator("main form .field").first
    assert first.evaluate("field => field.contains(document.activeElement)")
    page.keyboard.type("41")
    tab_to(page, "input[name=member]")
    page.keyboard.press("Space")
    tab_to(page, "input[name=screened]")
    page.keyboard.press("Space")
    tab_to(page, "main form button")
    with walker.leaving():
        page.keyboard.press("Enter")
    assert not page.locator(".error-summary").count()


def test_at_twice_the_size_nothing_is_cut_off(walker, places):
    walker.page.set_viewport_size(HALVED[walker.size])
    each(walker, places, "zoomed")


def test_in_forced_colours_everything_is_there(walker, places):
    walker.page.emulate_media(forced_colors="active")
    each(walker, places, "forced")


@pytest.mark.parametrize("switch", ["large", "plain"])
def test_large_print_and_plain_words_stay_accessible(walker, places, switch):
    page = walker.open("/")
    walker.go(page.locator(f"button[name={switch}]"))
    assert page.locator(f"button[name={switch}]").get_attribute("aria-pressed") == "true"
    each(walker, places, switch)
