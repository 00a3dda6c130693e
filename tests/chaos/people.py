"""Those who go on while processes die: women who book and cancel, an office that pays, officers who import.

Whoever loses a line does what people do: she looks where she stands and tries again. What she was told for sure she
remembers, to be compared with what is on record in the end.
"""

import random
import re
import threading
from collections import Counter
from collections.abc import Callable
from contextlib import contextmanager
from datetime import date

import requests
from django.conf import settings
from django.db import connection
from django.test import Client
from django.urls import reverse

from scripts.visitor import Visitor
from services.bookings.errors import Busy, SessionFull
from services.exchange.enums import RUNNING, JobState
from services.exchange.models import Job
from services.payments.enums import BatchState
from services.payments.models import Batch
from services.workers.models import Worker
from tests.exchange.workbooks import workbook
from tests.factories.payments import Office, answer, owed
from tests.factories.workers import identity_number

LOST = (requests.ConnectionError, requests.Timeout, requests.exceptions.ChunkedEncodingError)
BOOKED, CANCELLED = "booked", "cancelled"
HEAD = ("姓名", "身份证号", "手机号码")
ROWS, AT_A_TIME = 40, 4


class Person:
    """Goes round and round until it is over. A page that fails is kept; a line that breaks is counted."""

    reads = (0.0, 0.0)

    def __init__(self, base: str, user, seed: str):
        self.base, self.chance = base, random.Random(seed)
        self.browser, self.lost, self.wrong, self.done = self._browser_of(user), 0, [], Counter()

    def _browser_of(self, user) -> Visitor:
        client = Client()
        door = "WorkerCode" if user.is_worker else "StaffPassword"
        client.force_login(user, backend=f"services.accounts.backends.{door}")
        made = Visitor(self.base)
        made.session.cookies.set(settings.SESSION_COOKIE_NAME, client.cookies[settings.SESSION_COOKIE_NAME].value)
        return made

    def live(self, over: threading.Event) -> None:
        try:
            while not over.is_set():
                try:
                    self.once()
                    over.wait(self.chance.uniform(*self.reads))
                except LOST:
                    self.lost += 1
                    over.wait(0.1)
                except Exception as error:
                    self.wrong.append(f"{type(self).__name__}: {type(error).__name__}: {str(error)[:300]}")
                    over.wait(0.5)
        finally:
            connection.close()

    def once(self) -> None:
        raise NotImplementedError


class Woman(Person):
    """Books; now and then cancels, and books again. She reads between two pages: the desks want their turn as well."""

    reads = (0.2, 1.0)  # seconds

    def __init__(self, base: str, worker: Worker, stage):
        super().__init__(base, worker.user, f"woman {worker.pk}")
        self.worker, self.code, self.place = worker, stage.programme.code, stage.session.token
        self.sure = ""
        self._refusals = [str(refusal().message()) for refusal in (SessionFull, Busy)]

    def once(self) -> None:
        page = f"/screening/{self.code}/book/"
        self.browser.get(page)
        if self.browser.path == page:
            if not re.search(rf'name="session" value="{self.place}"(?![^>]*disabled)', self.browser.text):
                return  # full for the moment
            self.sure = ""
            self.browser.post(page, session=self.place)
            if any(said in self.browser.text for said in self._refusals):
                return
        if self.browser.path.endswith("/check/"):
            self.sure = ""
            self.browser.post(self.browser.path)
            if self._refusals[1] in self.browser.text:
                return
            self.browser.stands_at(r"/booked/$")
            self.sure = BOOKED
            self.done[BOOKED] += 1
        else:
            token = self.browser.stands_at(r"^/screening/booking/([\w-]+)/(?:booked/)?$")[1]
            if self.chance.random() < 0.6:
                self._cancel(token)

    def _cancel(self, token: str) -> None:
        self.browser.get(f"/screening/booking/{token}/cancel/")
        if not self.browser.path.endswith("/cancel/"):
            return
        self.sure = ""
        self.browser.post(self.browser.path)
        if not self.browser.path.endswith("/cancel/"):
            self.sure = CANCELLED
            self.done[CANCELLED] += 1


class Payer(Person):
    """Pays what is owed, batch after batch: put in, handed in, approved by a second person, sent, answered twice."""

    def __init__(self, base: str, office: Office):
        super().__init__(base, office.first, "payer")
        self.office, self.second = office, self._browser_of(office.second)

    def once(self) -> None:
        batch = Batch.objects.unscoped().exclude(state__in=(BatchState.CLOSED, BatchState.CANCELLED)).first()
        if batch is None:
            return self._begin()
        step = {
            BatchState.OPEN: self._fill,
            BatchState.FROZEN: self._approve,
            BatchState.APPROVED: self._send,
            BatchState.SENT: self._answer,
        }[batch.state]
        return step(batch)

    def _press(self, browser: Visitor, name: str, batch: Batch, **fields) -> None:
        path = reverse(f"payments_desk:{name}", args=[batch.token])
        browser.get(path)
        if browser.path == path:
            browser.post(path, **fields)

    def _begin(self) -> None:
        for _ in range(AT_A_TIME):
            owed(self.office.fund, amount="25.00")
        path = reverse("payments_desk:batch_add")
        self.browser.get(path)
        self.browser.post(path, fund=str(self.office.fund.pk), layout=self.office.layout.code)
        self.browser.stands_at(r"/batch/")

    def _fill(self, batch: Batch) -> None:
        if not batch.lines.exists():
            self._press(self.browser, "batch_put", batch, which="all")
        self._press(self.browser, "batch_freeze", batch)

    def _approve(self, batch: Batch) -> None:
        self._press(self.second, "batch_approve", batch, checked="on")

    def _send(self, batch: Batch) -> None:
        self._press(self.browser, "batch_sent" if batch.file_digest else "batch_write", batch)

    def _answer(self, batch: Batch) -> None:
        rows = [(line.reference, line.amount, "成功", "") for line in batch.lines.order_by("pk")]
        body = answer(rows).getvalue()
        path = reverse("payments_desk:batch_result", args=[batch.token])
        for _twice in range(2):
            self.browser.get(path)
            if self.browser.path == path:
                self.browser.post(path, files={"file": ("回盘.xlsx", body, "application/zip")})
        self.done["answered"] += 1


class Importer(Person):
    """Loads one roster after the other; whoever is told that the system stopped loads hers again."""

    def __init__(self, base: str, officer, unit, number: int):
        super().__init__(base, officer, f"importer {unit.pk}")
        self.unit, self.number, self.rosters, self.finished = unit, number, 0, set()

    def roster(self) -> tuple[str, bytes]:
        born = date(1980 + self.number, 1 + self.rosters // 300 % 12, 1 + self.rosters // 12 % 25)
        first = self.rosters % 12 * ROWS
        rows = [
            ("示例丙", identity_number(born, first + row), f"1991{self.number}{self.rosters * ROWS + row:06d}")
            for row in range(ROWS)
        ]
        return f"名册{self.rosters}.xlsx", workbook([HEAD, *rows]).getvalue()

    def once(self) -> None:
        job = Job.objects.unscoped().filter(organization=self.unit).order_by("-pk").first()
        if job is None or job.state in (JobState.FAILED, JobState.DONE):
            if job is not None and job.state == JobState.DONE and job.pk not in self.finished:
                self.finished.add(job.pk)
                self.rosters += 1
                self.done["imported"] += 1
            return self._upload()
        if job.state in RUNNING:
            self.browser.get(reverse("imports:progress", args=[job.token]), status=None)
            threading.Event().wait(0.2)
            return None
        page = reverse("imports:one", args=[job.token])
        self.browser.get(page)
        apply = reverse("imports:apply" if job.state == JobState.CLEAN else "imports:discard", args=[job.token])
        if f'action="{apply}"' in self.browser.text:
            self.browser.post(apply)
        return None

    def _upload(self) -> None:
        path = reverse("imports:upload")
        self.browser.get(f"{path}?sheet=workers")
        name, body = self.roster()
        file = (name, body, "application/zip")
        self.browser.post(path, sheet="workers", unit=self.unit.code, files={"file": file})


@contextmanager
def going_on(people: list[Person], *others: Callable[[threading.Event], None]):
    """All of them at once, each in a thread, until the block ends; then each ends what she is doing."""
    over = threading.Event()
    threads = [threading.Thread(target=person.live, args=(over,)) for person in people]
    threads += [threading.Thread(target=other, args=(over,)) for other in others]
    for thread in threads:
        thread.start()
    try:
        yield
    finally:
        over.set()
        for thread in threads:
            thread.join(timeout=120)
    assert not any(thread.is_alive() for thread in threads), "somebody never came back"
