"""Women at their browsers: a session of their own, the real pages with their forms, over HTTP to real processes."""

import html
import http.client
import re
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from urllib.parse import urlencode, urlsplit

from django.conf import settings
from django.test import Client
from django.urls import reverse

from services.bookings.errors import Busy, SessionFull
from services.workers.models import Worker

_TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="(\w+)"')
FULL, BUSY = "full", "busy"


@dataclass
class Page:
    status: int
    location: str
    text: str


@dataclass
class Browser:
    """One woman's cookies and the form token of the page she sees."""

    base: str
    cookies: dict[str, str] = field(default_factory=dict)
    token: str = ""

    def get(self, path: str) -> Page:
        page = self._send("GET", path)
        if found := _TOKEN.search(page.text):
            self.token = found.group(1)
        return page

    def post(self, path: str, **fields: str) -> Page:
        return self._send("POST", path, urlencode({"csrfmiddlewaretoken": self.token, **fields}))

    def _send(self, method: str, path: str, body: str = "") -> Page:
        connection = http.client.HTTPConnection(urlsplit(self.base).netloc, timeout=180)
        headers = {"Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items())}
        if method == "POST":
            headers |= {"Content-Type": "application/x-www-form-urlencoded"}
        try:
            connection.request(method, path, body, headers)
            answer = connection.getresponse()
            text = html.unescape(answer.read().decode())
            for value in answer.headers.get_all("Set-Cookie") or []:
                name, _, rest = value.partition("=")
                self.cookies[name] = rest.partition(";")[0]
            return Page(answer.status, urlsplit(answer.headers.get("Location", "")).path, text)
        finally:
            connection.close()


def browser_of(her: Worker, base: str) -> Browser:
    """A browser in which she is signed in."""
    client = Client()
    client.force_login(her.user, backend="services.accounts.backends.WorkerCode")
    return Browser(base, {settings.SESSION_COOKIE_NAME: client.cookies[settings.SESSION_COOKIE_NAME].value})


def choose(browser: Browser, code: str, session: str) -> str:
    """Post the choice of a session: the address it leads to, or ``full`` or ``busy`` as the page says."""
    page = browser.post(reverse("screening:book", args=[code]), session=session)
    if page.status == 302:
        return page.location
    for answer, refusal in ((FULL, SessionFull), (BUSY, Busy)):
        if page.status == 200 and str(refusal().message()) in page.text:
            return answer
    raise AssertionError(f"{page.status}: {page.text[:2000]}")


def confirm(browser: Browser, address: str) -> str:
    """Look at the answers and post the confirmation: where it leads, or ``busy``."""
    browser.get(address)
    page = browser.post(address)
    if page.status == 200 and str(Busy().message()) in page.text:
        return BUSY
    assert page.status == 302, f"{page.status}: {page.text[:2000]}"
    return page.location


def book(browser: Browser, code: str, session: str) -> str:
    """Choose and confirm, again while told that many are booking and nothing was taken."""
    while (held := choose(browser, code, session)) == BUSY:
        pass
    if held == FULL:
        return FULL
    while (booked := confirm(browser, held)) == BUSY:
        pass
    return booked


def all_at_once(act: Callable, things: Iterable, *, hands: int = 0) -> list:
    """Let every one act in a thread of its own, or ``hands`` at a time."""
    things = list(things)
    with ThreadPoolExecutor(hands or len(things)) as pool:
        return list(pool.map(act, things))
