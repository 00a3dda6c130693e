"""The server is killed while she types and sends a paper (D20): what had been confirmed is there when it is up again.

A real server process on a database file, SIGKILL to all of it in the middle of its answers, started anew, twice.
"""

import hashlib
import http.client
import json
import os
import re
import signal
import socket
import sqlite3
import subprocess
import sys
import threading
import time
from dataclasses import dataclass, field
from html import unescape
from pathlib import Path
from urllib.parse import urlencode

import pytest
from django.conf import settings
from django.db import connection
from django.test import Client
from django.urls import reverse

from tests.casework import samples
from tests.factories.households import drafted, relief_world
from tests.races.conftest import database_url
from tests.relief.her_world import page

pytestmark = pytest.mark.django_db(transaction=True, serialized_rollback=True)
STORY = "因丈夫患病住院，家里欠下外债，孩子今年上大学，生活困难，请工会核实。" * 6
PART = 120
_FIELD = re.compile(r'<input[^>]*name="address"[^>]*>')
_VALUE = re.compile(r'value="([^"]*)"')
_HIDDEN = re.compile(r'name="(csrfmiddlewaretoken|base)" value="([^"]*)"')


class Down(Exception):
    """The server is gone."""


@dataclass
class Server:
    """One process group; ``kill`` ends it as a power cut of the process would, without a word."""

    port: int
    environment: dict
    process: subprocess.Popen | None = None

    def start(self) -> None:
        command = [sys.executable, "-m", "gunicorn", "portal.wsgi:application", "--bind", f"127.0.0.1:{self.port}"]
        command += ["--workers", "1", "--threads", "4", "--log-level", "critical"]
        self.process = subprocess.Popen(
            command, cwd=settings.BASE_DIR, env=self.environment, start_new_session=True, stderr=subprocess.DEVNULL
        )
        for _ in range(300):
            assert self.process.poll() is None, "the server died by itself"
            try:
                connected = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
                connected.request("GET", "/robots.txt")
                return connected.getresponse().close()
            except OSError:
                time.sleep(0.1)
        raise AssertionError("the server did not come up")

    def kill(self) -> None:
        os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait(timeout=20)


@dataclass
class Browser:
    """Her cookies and what her page holds hidden."""

    port: int
    cookies: dict[str, str]
    hidden: dict[str, str] = field(default_factory=dict)

    def send(self, method: str, path: str, body: bytes = b"", **headers) -> tuple[int, bytes]:
        connected = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
        try:
            cookies = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
            connected.request(method, path, body, {"Cookie": cookies, **headers})
            answer = connected.getresponse()
            content = answer.read()
        except (OSError, http.client.HTTPException) as gone:
            raise Down from gone
        finally:
            connected.close()
        for given in answer.headers.get_all("Set-Cookie") or []:
            name, _, rest = given.partition("=")
            self.cookies[name] = rest.partition(";")[0]
        return answer.status, content

    def post(self, path: str, fields: dict, **headers) -> tuple[int, bytes]:
        body = urlencode({"csrfmiddlewaretoken": self.hidden["csrfmiddlewaretoken"], **fields}).encode()
        return self.send("POST", path, body, **{"Content-Type": "application/x-www-form-urlencoded"}, **headers)

    def open(self, path: str) -> str:
        status, content = self.send("GET", path)
        assert status == 200
        text = content.decode()
        self.hidden |= dict(_HIDDEN.findall(text))
        return text


@dataclass
class Typing:
    """Letter after letter, each kept as ``static/js/keep.js`` keeps it; ``confirmed`` is what she read as kept."""

    browser: Browser
    address: str
    confirmed: str = ""

    def run(self) -> None:
        try:
            for end in range(len(self.confirmed) + 1, len(STORY) + 1):
                typed = {"address": STORY[:end], "base": self.browser.hidden["base"]}
                status, answer = self.browser.post(self.address, typed, **{"X-Keep": "1"})
                assert status == 200 and json.loads(answer)["kept"]
                self.confirmed = STORY[:end]
        except Down:
            return


@dataclass
class Sending:
    """A paper in parts, as ``static/js/upload.js`` sends them; ``confirmed`` bytes were answered as received."""

    browser: Browser
    case: str
    paper: bytes
    confirmed: int = 0

    def announce(self) -> dict:
        said = {"kind": "other", "name": "病历.pdf", "size": len(self.paper)}
        said["digest"] = hashlib.sha256(self.paper).hexdigest()
        status, answer = self.browser.post(reverse("casework:uploads", args=[self.case]), said)
        assert status == 200
        return json.loads(answer)

    def run(self) -> None:
        try:
            known = self.announce()
            while known["received"] < len(self.paper):
                place = known["received"]
                headers = {"Upload-Offset": str(place), "X-CSRFToken": self.browser.hidden["csrfmiddlewaretoken"]}
                status, answer = self.browser.send("POST", known["url"], self.paper[place : place + PART], **headers)
                assert status == 200
                known = json.loads(answer)
                self.confirmed = known["received"]
        except Down:
            return


def typed_there(text: str) -> str:
    """What her page shows in the field when she comes back to it."""
    value = _VALUE.search(_FIELD.search(text)[0])
    return unescape(value[1]) if value else ""


@pytest.fixture
def server(tmp_path):
    """On a copy of the test's database in a file of its own; on PostgreSQL, on that very database."""
    if connection.vendor == "sqlite":
        copy = tmp_path / "mumian.sqlite3"
        with sqlite3.connect(copy) as target:
            connection.connection.backup(target)
        address = f"sqlite:///{copy}"
    else:
        address = database_url()
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    environment = os.environ | {
        "DJANGO_SETTINGS_MODULE": "portal.settings.demo",
        "DATABASE_URL": address,
        "VAR_DIR": str(tmp_path),
        "LOG_LEVEL": "CRITICAL",
    }
    server = Server(port, environment)
    yield server
    if server.process and server.process.poll() is None:
        server.kill()


def killed_at_work(server: Server, *at_work, until) -> None:
    """All of it at once; killed in the middle, as soon as ``until`` says so."""
    threads = [threading.Thread(target=one.run) for one in at_work]
    for thread in threads:
        thread.start()
    for _ in range(600):
        if until():
            break
        time.sleep(0.02)
    server.kill()
    for thread in threads:
        thread.join(timeout=60)
    assert until() and not any(thread.is_alive() for thread in threads)


@pytest.fixture
def drafts():
    """Her draft, in the database before the server's copy is taken."""
    world = relief_world()
    application = drafted(world)
    client = Client()
    client.force_login(world.her.user, backend="services.accounts.backends.WorkerCode")
    return application, {settings.SESSION_COOKIE_NAME: client.cookies[settings.SESSION_COOKIE_NAME].value}


def test_what_was_confirmed_survives_the_server_being_killed_twice(drafts, server, tmp_path):
    application, cookies = drafts
    paper = samples.pdf(20)
    assert len(paper) > 4 * PART
    browser, address = Browser(server.port, cookies), page(application, "home")
    typing, sending = Typing(browser, address), Sending(browser, application.case.token, paper)
    for _time in range(2):
        server.start()
        shown = typed_there(browser.open(address))
        # What she read as kept is there; at most the letter that was on its way is there as well.
        assert STORY.startswith(shown) and len(typing.confirmed) <= len(shown) <= len(typing.confirmed) + 1
        typed, sent = len(shown), sending.confirmed
        assert sending.announce()["received"] >= sent
        typing.confirmed = shown
        killed_at_work(
            server,
            typing,
            sending,
            until=lambda typed=typed, sent=sent: len(typing.confirmed) > typed + 3 and sending.confirmed > sent,
        )
    server.start()
    shown = typed_there(browser.open(address))
    assert STORY.startswith(shown) and len(typing.confirmed) <= len(shown) <= len(typing.confirmed) + 1
    assert sending.announce()["received"] >= sending.confirmed > 0
    sending.run()
    _status, answer = browser.post(sending.announce()["finish"], {})
    document = json.loads(answer)["document"]
    _status, kept = browser.send("GET", reverse("casework:document", args=[application.case.token, document]))
    assert hashlib.sha256(kept).hexdigest() == hashlib.sha256(paper).hexdigest()
    # One document; a part that the kill kept from its row is for the daily sweep.
    assert len(list(Path(tmp_path, "private").rglob("*.pdf"))) == 1
