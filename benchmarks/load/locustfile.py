"""Who comes: women at an opening, officers on a morning, and the same requests for the yardstick.

LOAD_WORLD names the file with their sessions, LOAD_RESULT the file into which the figures go.
"""

import json
import os
import random
import re
import threading
import time
from pathlib import Path
from urllib.parse import urlencode

from locust import FastHttpUser, between, constant, events
from locust.exception import StopUser

WORLD = json.loads(Path(os.environ["LOAD_WORLD"]).read_text())
CSRF = "c" * 32
FORM = {"Content-Type": "application/x-www-form-urlencoded"}
CASE = re.compile(r'href="(/admin/cases/[^"/]+/[^"]*)"')

taken = {"women": 0, "officers": 0}
counted: dict[str, int] = {}
times: list[tuple[float, float]] = []
lock = threading.Lock()


def next_of(kind: str):
    with lock:
        number = taken[kind]
        taken[kind] += 1
    return WORLD[kind][number % len(WORLD[kind])]


def count(what: str) -> None:
    counted[what] = counted.get(what, 0) + 1


class Person(FastHttpUser):
    abstract = True
    insecure = True
    connection_timeout = network_timeout = 120.0
    session = ""

    def ask(self, method: str, path: str, name: str, data: str | bytes = b"", headers: dict | None = None):
        sent = {"Cookie": f"sessionid={self.session}; csrftoken={CSRF}", "Referer": f"{self.host}{path}"}
        began = time.time()
        with self.client.request(
            method,
            path,
            name=name,
            data=data or None,
            headers=sent | (headers or {}),
            allow_redirects=False,
            catch_response=True,
        ) as answer:
            times.append((began, time.time() - began))
            count(f"status {answer.status_code // 100}xx" if answer.status_code else "lost")
            if (answer.headers or {}).get("Location", "").startswith(("/staff/", "/accounts/")):
                count("signed out")
                answer.failure("signed out")
            elif answer.status_code in (200, 204, 302):
                answer.success()
            else:
                count(f"{name}: {answer.status_code}")
                answer.failure(f"{answer.status_code}")
            return answer

    def send(self, path: str, name: str, **fields: str):
        return self.ask("POST", path, name, urlencode({"csrfmiddlewaretoken": CSRF, **fields}), FORM)


class Opening(Person):
    """She opens the page, takes a time, checks it, confirms: once, or until she is told that all is full."""

    wait_time = constant(0)

    def on_start(self):
        self.session = next_of("women")

    def book(self):
        page = f"/screening/{WORLD['programme']}/book/"
        shown = self.ask("GET", page, "the page with the times")
        if re.search(rf'name="session" value="{WORLD["place"]}"(?![^>]*disabled)', shown.text or ""):
            self._choose(page)
        else:
            count("told that it is full" if shown.status_code == 200 else "odd")
        self.done()

    def _choose(self, page: str) -> None:
        for _attempt in range(5):
            answer = self.send(page, "take a time", session=WORLD["place"])
            if answer.status_code == 302:
                check = answer.headers["Location"]
                self.ask("GET", check, "check the answers")
                confirmed = self.send(check, "confirm")
                count("booked" if confirmed.status_code == 302 else "odd")
                return
            if WORLD["full"] in (answer.text or ""):
                count("told that it is full")
                return
            if WORLD["busy"] not in (answer.text or ""):
                count("odd")
                return
            count("told to try again")
        count("gave up politely")

    def done(self) -> None:
        count("went home")
        if counted["went home"] >= int(os.environ["LOAD_USERS"]):
            self.environment.runner.quit()
        raise StopUser()

    tasks = [book]


class Yardstick(Opening):
    """A request of either kind at the bare view."""

    def insert(self):
        self.ask("GET", "/bare/", "bare get")
        self.send("/bare/", "bare post", session=WORLD["place"])
        self.done()

    tasks = [insert]


class Desk(Person):
    """What an officer opens; how often, and how quickly, the classes below say."""

    abstract = True

    def on_start(self):
        own = next_of("officers")
        self.session, self.unit, self.rosters = own["session"], own["unit"], 0

    def women(self):
        self.ask("GET", "/admin/workers/", "list of women")

    def cases(self):
        shown = self.ask("GET", "/admin/cases/", "list of cases")
        if found := CASE.findall(shown.text or ""):
            self.ask("GET", random.choice(found), "a case")

    def search(self):
        self.ask("GET", f"/admin/workers/?{urlencode({'q': '示例桂兰'})}", "search for a woman")

    def home(self):
        self.ask("GET", "/admin/", "the desk")

    def imports(self):
        self.ask("GET", "/admin/imports/", "list of imports")
        file = Path(os.environ["LOAD_ROSTER"]).read_bytes()
        parts = {"csrfmiddlewaretoken": CSRF, "sheet": "workers", "unit": self.unit}
        body = b"".join(
            f'--x-load\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n'.encode()
            for name, value in parts.items()
        )
        head = b'--x-load\r\nContent-Disposition: form-data; name="file"; filename="r.xlsx"\r\n'
        body += head + b"Content-Type: application/zip\r\n\r\n" + file + b"\r\n--x-load--\r\n"
        answer = self.ask(
            "POST",
            "/admin/imports/new/",
            "load a roster",
            body,
            {"Content-Type": "multipart/form-data; boundary=x-load"},
        )
        if answer.status_code == 302:
            job = answer.headers["Location"]
            self.ask("GET", job, "an import")
            self.send(f"{job}discard/", "throw an import away")


_MORNING = {Desk.women: 4, Desk.cases: 4, Desk.search: 2, Desk.home: 2, Desk.imports: 1}


class Officer(Desk):
    """Lists, cases, now and then a roster; some seconds of reading between two pages."""

    wait_time = between(3, 7)
    tasks = _MORNING


class LoneOfficer(Desk):
    """The same pages with nobody else there."""

    wait_time = constant(0.3)
    tasks = _MORNING


class Hurried(Desk):
    """No reading between two pages, to see how many a second there can be; no rosters."""

    wait_time = constant(0)
    tasks = {Desk.women: 4, Desk.cases: 4, Desk.home: 2}


@events.quitting.add_listener
def write(environment, **kwargs):
    told = {"counted": counted, "requests": len(times)}
    if times:
        lasted = sorted(seconds for _began, seconds in times)
        told["seconds"] = max(b + s for b, s in times) - min(b for b, _s in times)
        told["median"], told["p95"] = lasted[len(lasted) // 2], lasted[int(len(lasted) * 0.95)]
        told["per_second"] = len(times) / told["seconds"]
        pages = environment.stats.entries.values()
        told["p95 by page"] = {entry.name: entry.get_response_time_percentile(0.95) for entry in pages}
    Path(os.environ["LOAD_RESULT"]).write_text(json.dumps(told))
