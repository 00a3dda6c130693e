"""10,000 payables promised, put into a batch, approved, written for the bank, the bank's answer read back; against
bare SQL and a bare workbook doing the same rows.

Ours: the actions, from ``raise_payables`` to ``read_results``: policies, locks, the ledger's line for every promise and
every payment, references, digests worked out at each step, the file read back before it is kept, every row of the
answer judged, letters to the women written. Yardstick: the same rows in the same tables by ``executemany`` and plain
updates, numbers sealed beforehand, openpyxl in write-only and read-only mode, nothing checked, nobody told. The women
and their accounts stand in the database before either begins; one in ten has an account here and gets a letter. Each
runs in a process of its own, in turns; the medians of ``BENCHMARK_ROUNDS`` give the ratio. Afterwards the books of both
sides must agree: every payable paid, the fund's sums equal. ``BENCHMARK_ROWS`` overrides the number of payables.

Run: DATABASE_URL=postgres://user@host:5432/postgres python -m benchmarks.payment_batch
"""

import io
import json
import os
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from decimal import Decimal
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

ROOT = Path(__file__).resolve().parents[1]
ROWS = int(os.environ.get("BENCHMARK_ROWS", "10000"))
ROUNDS = int(os.environ.get("BENCHMARK_ROUNDS", "3"))
MOST_TIME = 3.0
AMOUNT = Decimal("500.00")
HEADINGS = ("序号", "业务参考号", "收款户名", "收款账号", "开户银行", "金额", "用途")
ANSWER = ("业务参考号", "金额", "处理结果", "失败原因")


def prepare() -> None:
    """Women with their accounts at one city, two finance officers, and a layout."""
    from datetime import date

    from django.utils import timezone

    from services.payments.models import Account
    from services.workers.models import Worker
    from tests.factories.accounts import WorkerUserFactory
    from tests.factories.payments import Office, card_number

    office, now = Office(), timezone.now()
    for first in range(0, ROWS, 1_000):
        numbers = range(first, min(first + 1_000, ROWS))
        women = [
            Worker(
                organization=office.organization,
                user=WorkerUserFactory(phone=f"199{number:08d}") if number % 10 == 0 else None,
                name="示例乙",
                id_number=f"9900001975{number:08d}",
                phone=f"199{number:08d}",
                birth_date=date(1975, 6, 15),
            )
            for number in numbers
        ]
        for woman in women:
            woman.fill_derived()
        Worker.objects.bulk_create(women)
        accounts = [
            Account(
                worker=woman,
                holder=woman.name,
                bank="示例银行",
                number=card_number(woman.pk),
                given_by=office.first,
                given_at=now,
            )
            for woman in women
        ]
        for account in accounts:
            account.fill_derived()
        Account.objects.bulk_create(accounts)
    _vacuum()


def _vacuum() -> None:
    from django.db import connection

    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("VACUUM ANALYZE")


def _fund(side: str):
    from django.utils import timezone

    from services.organizations.models import Organization
    from services.payments import actions
    from services.payments.models import BankLayout, FundSource

    organization = Organization.objects.get()
    number = FundSource.objects.unscoped().count() + 1
    fund = actions.open_fund(
        organization=organization,
        code=f"{side}-{number}",
        year=2026,
        name="示例资金",
        kind="city",
        budget=AMOUNT * ROWS,
        by=None,
        now=timezone.now(),
    )
    return fund, organization, BankLayout.objects.get()


def _officers():
    from services.accounts.models import User

    return list(User.objects.filter(assignments__role="finance_officer").order_by("pk"))


def ours() -> dict:
    from django.utils import timezone

    from services.payments import actions
    from services.payments.models import FundSource
    from services.workers.models import Worker

    fund, organization, layout = _fund("ours")
    first, second = _officers()
    women = list(Worker.objects.unscoped().only("pk").order_by("pk"))
    begun, steps = time.perf_counter(), {}

    def lap(name: str) -> None:
        steps[name] = round(time.perf_counter() - begun - sum(steps.values()), 2)

    now = timezone.now()
    owed = [
        actions.Owed(f"{fund.code}:{n}", "bench", "b", "示例帮扶", "", her, organization, organization.path, AMOUNT)
        for n, her in enumerate(women)
    ]
    payables = actions.raise_payables(owed, fund=fund, by=first, now=now)
    lap("raised")
    batch = actions.open_batch(fund=fund, layout=layout, by=first, now=now)
    assert actions.add(batch, payables=payables, by=first, now=now).count == ROWS
    lap("built")
    batch = actions.freeze(batch, by=first, now=now)
    batch = actions.approve(batch, seen=batch.digest, by=second, now=now)
    lap("approved")
    batch = actions.write_file(batch, by=first, now=now)
    batch = actions.mark_sent(batch, by=first, now=now)
    lap("written")
    paused = time.perf_counter()
    answer = _answer(batch.lines.order_by("pk").values_list("reference", flat=True))
    paused = time.perf_counter() - paused
    begun += paused
    result = actions.read_results(batch, upload=answer, name="x", by=first, now=now)
    lap("read")
    seconds = time.perf_counter() - begun
    assert result.applied == ROWS
    fund = FundSource.objects.unscoped().get(pk=fund.pk)
    return {"seconds": seconds, "steps": steps, "paid": str(fund.spent), "promised": str(fund.committed)}


def _answer(references) -> io.BytesIO:
    """What the bank sends back, made outside the time that is measured on either side."""
    from openpyxl import Workbook

    book, stream = Workbook(write_only=True), io.BytesIO()
    page = book.create_sheet("回盘")
    page.append(ANSWER)
    for reference in references:
        page.append([reference, 500, "成功", ""])
    book.save(stream)
    stream.seek(0)
    return stream


def yardstick() -> dict:
    """The same rows: payables, ledger, batch, lines, a file, the answer, the states; each statement the plainest."""
    from django.db import connection, transaction
    from django.utils import timezone
    from openpyxl import Workbook, load_workbook

    from services.payments.models import Account

    fund, organization, layout = _fund("bare")
    first, second = _officers()
    accounts = [
        (one.pk, one.worker_id, one.holder, one.bank, one.number, one.number_index)
        for one in Account.objects.order_by("worker_id")
    ]
    now = timezone.now()
    begun = time.perf_counter()
    with transaction.atomic(), connection.cursor() as cursor:
        base, references = _bare_batch(cursor, fund, organization, layout, (first, second), accounts, now)
    book = Workbook(write_only=True)
    page = book.create_sheet("代发明细")
    page.append(HEADINGS)
    for n, (_account, _worker, holder, bank, number, _index) in enumerate(accounts, 1):
        page.append([n, references[n - 1], holder, number, bank, AMOUNT, "示例帮扶"])
    book.save(io.BytesIO())
    paused = time.perf_counter()
    stream = _answer(references)
    begun += time.perf_counter() - paused
    rows = load_workbook(stream, read_only=True).worksheets[0].iter_rows(min_row=2, values_only=True)
    paid = [row[0] for row in rows if row[2] == "成功"]
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.executemany(
            "UPDATE payments_batchline SET state = 'paid', settled_at = %s WHERE reference = %s",
            [(now, reference) for reference in paid],
        )
        cursor.execute("UPDATE payments_payable SET state = 'paid', paid_at = %s WHERE id > %s", [now, base])
        _bare_ledger(cursor, fund, base, "spend", first, now)
        cursor.execute(
            "UPDATE payments_fundsource SET committed = 0, spent = %s WHERE id = %s", [AMOUNT * len(paid), fund.pk]
        )
    seconds = time.perf_counter() - begun
    fund.refresh_from_db()
    return {"seconds": seconds, "steps": {}, "paid": str(fund.spent), "promised": str(fund.committed)}


def _bare_batch(cursor, fund, organization, layout, officers, accounts, now) -> tuple[int, list[str]]:
    """Payables, their promises, a batch and its lines; the key before the first payable, and the references."""
    from services.foundation.references import unguessable

    (first, second), path = officers, organization.path
    cursor.execute("SELECT COALESCE(MAX(id), 0) FROM payments_payable")
    base = cursor.fetchone()[0]
    cursor.executemany(
        "INSERT INTO payments_payable (id, token, key, service, subject_code, title, case_number, organization_id,"
        " path, worker_id, account_id, fund_id, amount, state, attempts, failure, held_because, raised_at,"
        " changed_at) VALUES (%s, %s, %s, 'bench', 'b', '示例帮扶', '', %s, %s, %s, %s, %s, %s, 'batched', 0, '',"
        " '', %s, %s)",
        [
            (
                *(base + n, unguessable(), f"{fund.code}:{n}", organization.pk, path, worker, account, fund.pk),
                *(AMOUNT, now, now),
            )
            for n, (account, worker, *_rest) in enumerate(accounts, 1)
        ],
    )
    _bare_ledger(cursor, fund, base, "commit", first, now)
    cursor.execute("UPDATE payments_fundsource SET committed = %s WHERE id = %s", [AMOUNT * ROWS, fund.pk])
    cursor.execute(
        "INSERT INTO payments_batch (token, number, organization_id, fund_id, layout_id, state, count, total,"
        " digest, file, file_digest, layout_kept, note, made_by_id, made_at, approved_by_id)"
        " VALUES (%s, %s, %s, %s, %s, 'approved', %s, %s, '', '', 'x', '{}', '', %s, %s, %s) RETURNING id",
        [
            *(unguessable(), f"bare-{fund.pk}", organization.pk, fund.pk, layout.pk, ROWS, AMOUNT * ROWS),
            *(first.pk, now, second.pk),
        ],
    )
    batch = cursor.fetchone()[0]
    references = [f"B{batch}-{n}" for n in range(1, ROWS + 1)]
    cursor.executemany(
        "INSERT INTO payments_batchline (batch_id, payable_id, reference, amount, account_id, account_index, state,"
        " result, added_by_id) VALUES (%s, %s, %s, %s, %s, %s, 'sent', '', %s)",
        [
            (batch, base + n, references[n - 1], AMOUNT, account, index, first.pk)
            for n, (account, _worker, _holder, _bank, _number, index) in enumerate(accounts, 1)
        ],
    )
    cursor.execute("UPDATE payments_payable SET state = 'sent', attempts = 1 WHERE id > %s", [base])
    return base, references


def _bare_ledger(cursor, fund, base: int, move: str, by, now) -> None:
    spends = move == "spend"
    cursor.executemany(
        "INSERT INTO payments_fundline (fund_id, move, amount, payable_id, budget_after, committed_after, spent_after,"
        " reason, by_id, at) VALUES (%s, %s, %s, %s, %s, %s, %s, '', %s, %s)",
        [
            (
                *(fund.pk, move, AMOUNT, base + n, AMOUNT * ROWS),
                *(AMOUNT * (ROWS - n if spends else n), AMOUNT * n if spends else 0),
                *(by.pk, now),
            )
            for n in range(1, ROWS + 1)
        ],
    )


def run_child(step: str) -> None:
    import django

    django.setup()
    if step == "prepare":
        prepare()
        return
    done = {"ours": ours, "yardstick": yardstick}[step]()
    _reset_sequence()
    _vacuum()
    print(json.dumps(done | {"peak_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024}))


def _reset_sequence() -> None:
    """The yardstick gives keys of its own: let the next side begin after them."""
    from django.core.management.color import no_style
    from django.db import connection

    from services.payments.models import Payable

    with connection.cursor() as cursor:
        for statement in connection.ops.sequence_reset_sql(no_style(), [Payable]):
            cursor.execute(statement)


def call(step: str, folder: Path, address: str) -> dict:
    environment = {
        **os.environ,
        "DATABASE_URL": address,
        "DJANGO_SETTINGS_MODULE": "portal.settings.demo",
        "VAR_DIR": str(folder),
        "LOG_LEVEL": "WARNING",
    }
    order = [sys.executable, "-m", "benchmarks.payment_batch", "--child", step]
    if step == "migrate":
        order = [sys.executable, "manage.py", "migrate", "--verbosity", "0"]
    done = subprocess.run(order, cwd=ROOT, env=environment, capture_output=True, text=True)
    if done.returncode:
        raise SystemExit(done.stderr)
    return json.loads(done.stdout.splitlines()[-1]) if done.stdout.strip() and step != "migrate" else {}


class Database:
    """A database of its own on PostgreSQL, or a file."""

    def __init__(self, folder: Path):
        self.url = os.environ.get("DATABASE_URL", "")
        self.postgres = self.url.startswith("postgres")
        self.name = f"mumian_benchmark_payments_{os.getpid()}"
        self.address = f"sqlite:///{folder / self.name}.sqlite3"
        if self.postgres:
            self.address = urlunsplit(urlsplit(self.url)._replace(path=f"/{self.name}"))
            self._maintain(f'CREATE DATABASE "{self.name}"')

    def drop(self) -> None:
        if self.postgres:
            self._maintain(f'DROP DATABASE "{self.name}"')

    def _maintain(self, statement: str) -> None:
        import psycopg

        with psycopg.connect(self.url, autocommit=True) as connection:
            connection.execute(statement)


def main() -> dict:
    runs = {"yardstick": [], "ours": []}
    with tempfile.TemporaryDirectory(prefix="mumian-benchmark-") as name:
        folder = Path(name)
        database = Database(folder)
        try:
            call("migrate", folder, database.address)
            call("prepare", folder, database.address)
            for _turn in range(ROUNDS):
                for side, found in runs.items():
                    found.append(call(side, folder, database.address))
        finally:
            database.drop()
    whole = f"{AMOUNT * ROWS:.2f}"
    for run in (*runs["yardstick"], *runs["ours"]):
        assert (run["paid"], run["promised"]) == (whole, "0.00"), "every payable must have been paid"
    plain, full = (statistics.median(run["seconds"] for run in runs[side]) for side in ("yardstick", "ours"))
    ratio = round(full / plain, 3)
    return {
        "benchmark": "payment_batch",
        "database": "postgresql" if database.postgres else "sqlite",
        "rows": ROWS,
        "rounds": ROUNDS,
        "load": [round(load, 1) for load in os.getloadavg()],
        "time_ratio": ratio,
        "targets": {"time_ratio": MOST_TIME},
        "yardstick": [round(run["seconds"], 2) for run in runs["yardstick"]],
        "ours": [round(run["seconds"], 2) for run in runs["ours"]],
        "steps": runs["ours"][-1]["steps"],
        "peak_mb": {side: round(max(run["peak_mb"] for run in found)) for side, found in runs.items()},
        "met": ratio <= MOST_TIME,
    }


if __name__ == "__main__":
    if "--child" in sys.argv:
        run_child(sys.argv[-1])
    else:
        outcome = main()
        print(json.dumps(outcome, indent=2))
        sys.exit(0 if outcome["met"] else 1)
