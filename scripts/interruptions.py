"""What a running installation goes through when the servers under it break off: the database, then cache and queue.

While each of them is away, readers go on asking. Nobody may meet the page that says something of ours broke; whoever
can't be served is told that it passes. Once it is back everything goes on by itself: no process is started anew.
"""

import os
import shlex
import shutil
import signal
import tempfile
import threading
import time
from collections import Counter
from contextlib import contextmanager
from pathlib import Path

import psycopg
from redis import Redis

from scripts import smoke
from scripts.installation import Installation
from scripts.test_services import postgres_command, wait_for
from scripts.visitor import Failed

AWAY = 4  # seconds
_A_CODE = 61  # seconds between two codes to one number
_READERS = 4
_PASSES = 503


def database_restarts(place: Installation) -> str:
    """the database crashes and comes back: pages say so, sessions and processes go on"""
    time.sleep(_A_CODE)  # so that everybody may be sent one anew
    with psycopg.connect(place.database) as connection:
        data = connection.execute("SHOW data_directory").fetchone()[0]
    _only_ours(data)
    _program, *options = shlex.split((Path(data) / "postmaster.opts").read_text())
    options = shlex.join(options)
    her = _signed_in(place, "年龄暂不符合")
    with _readers(place, her.session.cookies) as answers:
        time.sleep(1)
        postgres_command("pg_ctl", "-D", data, "-m", "immediate", "-w", "stop")
        time.sleep(AWAY)
        postgres_command("pg_ctl", "-D", data, "-w", "-l", f"{data}/log-again", "-o", options, "start")
        _until(lambda: her.get("/my/", status=None).status_code == 200, "her services are shown again")
    said = _judged(answers, needed=_PASSES)
    her.stands_at(r"^/my/$")  # still signed in
    _signed_in(place, "首次登录")  # takes a page that writes, outbox and worker
    return said


def cache_and_queue_restart(place: Installation) -> str:
    """cache and queue are killed and come back empty: pages are made without them, messages still go out"""
    address = place.variables["REDIS_URL"]
    with Redis.from_url(address) as server:
        process, port = server.info("server")["process_id"], server.connection_pool.connection_kwargs["port"]
    her = _signed_in(place, "已预约体检")
    with _readers(place, her.session.cookies) as answers:
        time.sleep(1)
        os.kill(process, signal.SIGKILL)
        time.sleep(AWAY)
        types_it = smoke.asks_for_a_code(place, smoke.known(place, "正在候补")["name"])
        redis = [shutil.which("redis-server"), "--port", str(port), "--bind", "127.0.0.1"]
        place.start_another("redis", [*redis, "--save", "", "--appendonly", "no"])
        wait_for(port)
        time.sleep(2)
    said = _judged(answers, needed=200)
    types_it()  # her code had nowhere to be queued; the clock takes it up
    return said


def _signed_in(place: Installation, words: str):
    return smoke.signed_in(place, smoke.known(place, words)["name"])


def _only_ours(data: str) -> None:
    if Path(tempfile.gettempdir()) not in Path(data).parents:
        raise Failed(f"{data} belongs to a database that isn't ours to stop")


@contextmanager
def _readers(place: Installation, cookies):
    """Several read the public list and her own page over and over; yields how often each answer came."""
    answers, over = Counter(), threading.Event()

    def read() -> None:
        reader = smoke.visitor(place)
        reader.session.cookies.update(cookies)
        while not over.is_set():
            for path in ("/my/", "/screening/"):
                answers[reader.get(path, status=None).status_code] += 1

    readers = [threading.Thread(target=read, daemon=True) for _ in range(_READERS)]
    for reader in readers:
        reader.start()
    try:
        yield answers
    finally:
        over.set()
        for reader in readers:
            reader.join()


def _until(is_so, what: str, seconds: float = 30) -> None:
    until = time.monotonic() + seconds
    while not is_so():
        if time.monotonic() > until:
            raise Failed(f"within {seconds:g} s never: {what}")
        time.sleep(0.3)


def _judged(answers: Counter, *, needed: int) -> str:
    if wrong := set(answers) - {200, _PASSES}:
        raise Failed(f"answers that nobody should get: {sorted(wrong)} among {dict(answers)}")
    if not answers[needed]:
        raise Failed(f"nobody was answered {needed}: {dict(answers)}")
    return f"{answers[200]} pages shown, {answers[_PASSES]} times told that it passes"
