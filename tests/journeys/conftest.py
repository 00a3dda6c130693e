"""Walking the product in a real browser: two sizes, two languages, axe on every page, a picture of each.

A journey takes ``walker`` and calls ``walker.open(path)``, ``walker.sign_in(user)``, ``walker.look("name")``;
``look`` runs axe, refuses sideways scrolling, and keeps a screenshot when SCREENSHOTS names a folder. What leads to
another page goes through ``walker.press``, ``walker.follow``, ``walker.go`` or ``walker.leaving``, never through a
bare ``click()``: that returns while the old page still stands.
"""

import os
from contextlib import contextmanager
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.conf import settings
from django.test import Client

from tests import halves

SIZES = {"phone": {"width": 360, "height": 740}, "desktop": {"width": 1280, "height": 900}}
# Of the four ways each of two runs walks one, so that between them each size and each language is walked once; a run
# without HALF walks all four.
WAYS = {"first": {("phone", "zh-hans")}, "second": {("desktop", "en")}}
PATIENCE = 90_000  # milliseconds: a busy machine is slow, not wrong
LEFT = "data-left"

# Loaded, its fonts there, and nothing half faded in: Wagtail shows its messages once the body is "ready".
SETTLE = """async () => {
    const frame = () => new Promise(requestAnimationFrame);
    if (document.readyState !== "complete") await new Promise(done => addEventListener("load", done, { once: true }));
    await document.fonts.ready;
    const unready = () => document.body.matches("[data-w-init-ready-class]:not(.ready)");
    do await frame(); while (unready());
    await frame();
    const ends = moving => moving.effect.getComputedTiming().endTime !== Infinity;
    await Promise.allSettled(document.getAnimations().filter(ends).map(moving => moving.finished));
    await frame();
}"""


def pytest_collection_modifyitems(config, items):
    if not halves.half():
        return
    ways = WAYS[halves.half()]
    left_out = [item for item in items if "walker" in item.fixturenames and _pair(item) not in ways]
    items[:] = [item for item in items if item not in left_out]
    config.hook.pytest_deselected(items=left_out)


def _pair(item) -> tuple[str, str]:
    return item.callspec.params["size"], item.callspec.params["language"]


class Walker:
    def __init__(self, page, base_url: str, size: str, language: str):
        self.page, self.base_url, self.size, self.language = page, base_url, size, language
        page.set_viewport_size(SIZES[size])
        page.set_default_timeout(PATIENCE)
        self._cookie(settings.LANGUAGE_COOKIE_NAME, language)
        self.ignored: set[str] = set()

    def _cookie(self, name: str, value: str) -> None:
        self.page.context.add_cookies([{"name": name, "value": value, "url": self.base_url}])

    def open(self, path: str):
        """Go to a path of the site; a server error fails the journey."""
        response = self.page.goto(f"{self.base_url}{path}")
        assert response.status < 500, f"{path}: {response.status}"
        return self.page

    @contextmanager
    def leaving(self):
        """What is done inside leads to another document: be there, and loaded, when the block ends.

        The old one is marked, so that neither it nor a new address in its bar is taken for the next page.
        """
        self.page.evaluate(f"document.documentElement.setAttribute('{LEFT}', '')")
        yield
        self.page.locator(f"html:not([{LEFT}])").wait_for(state="attached")
        self.page.wait_for_load_state("load")

    def go(self, target) -> None:
        """Click what leads to another page."""
        with self.leaving():
            target.click()

    def press(self, zh: str, en: str) -> None:
        """Send a form by the button of this name."""
        self.go(self.page.get_by_role("button", name=self.in_language(zh, en), exact=True).first)

    def follow(self, zh: str, en: str) -> None:
        """Follow the link of this name."""
        self.go(self.page.get_by_role("link", name=self.in_language(zh, en), exact=True).first)

    def heading(self, zh: str, en: str) -> None:
        """The page has this heading."""
        self.page.get_by_role("heading", name=self.in_language(zh, en), exact=True).first.wait_for()

    def sign_in(self, user) -> None:
        """Take over a session of ``user``; the sign-in pages have journeys of their own."""
        client = Client()
        door = "WorkerCode" if user.is_worker else "StaffPassword"
        client.force_login(user, backend=f"services.accounts.backends.{door}")
        self._cookie(settings.SESSION_COOKIE_NAME, client.cookies[settings.SESSION_COOKIE_NAME].value)

    def sign_out(self) -> None:
        self.page.context.clear_cookies(name=settings.SESSION_COOKIE_NAME)

    def in_language(self, zh: str, en: str) -> str:
        return zh if self.language == "zh-hans" else en

    def look(self, name: str) -> None:
        """What a careful reader checks on every page: accessible, nothing cut off sideways, a picture kept."""
        self.page.evaluate(SETTLE)
        folder = os.environ.get("SCREENSHOTS")
        if folder:
            target = Path(folder) / f"{name}-{self.size}-{self.language}.png"
            target.parent.mkdir(parents=True, exist_ok=True)
            self.page.screenshot(path=str(target), full_page=True)
        wider = self.page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        assert wider <= 0, f"{name} scrolls sideways by {wider}px at {self.size}"
        found = [
            f"{v['id']}: {v['nodes'][0]['html'][:160]}"
            for v in Axe().run(self.page).response["violations"]
            if v["impact"] in ("serious", "critical") and v["id"] not in self.ignored
        ]
        assert found == [], f"{name} ({self.size}, {self.language}): {found}"


@pytest.fixture(params=list(SIZES))
def size(request) -> str:
    return request.param


@pytest.fixture(params=["zh-hans", "en"])
def language(request) -> str:
    return request.param


@pytest.fixture
def walker(page, live_server, size, language) -> Walker:
    return Walker(page, live_server.url, size, language)
