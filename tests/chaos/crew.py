"""The processes that are killed: a web server with two processes, a worker for each queue; and whoever kills them."""

import os
import random
import shutil
import signal
import subprocess
import sys
import time
import urllib.error
import urllib.request
from contextlib import contextmanager, suppress
from pathlib import Path

from django.conf import settings

from scripts.installation import Process, children_of
from scripts.test_services import free_port
from tests.races.conftest import database_url

# What is killed, and how often among a hundred kills.
TARGETS = {"a web process": 50, "the whole web server": 5, "a process of a worker": 35, "a whole worker": 10}
QUEUES = ("interactive", "bulk")


class Crew:
    def __init__(self, folder: Path, chance: random.Random):
        self.folder, self.chance, self.port = folder, chance, free_port()
        self.base = f"http://127.0.0.1:{self.port}"
        self.killed: dict[str, int] = dict.fromkeys(TARGETS, 0)
        environment = {
            **os.environ,
            "DJANGO_SETTINGS_MODULE": "portal.settings.demo",
            "DATABASE_URL": database_url(),
            "DATABASE_POOL_SIZE": "4",
            "REDIS_URL": settings.CACHES["progress"]["LOCATION"],
            "VAR_DIR": str(settings.VAR_DIR),
            "LOG_LEVEL": "ERROR",
            "QUIET_HOURS_FROM": "0",
            "QUIET_HOURS_TO": "0",
            "UPLOADS_PER_HOUR": "0",
        }
        # Loaded before it divides, so that a killed process is replaced at once.
        web = ["gunicorn", "portal.wsgi", "--bind", f"127.0.0.1:{self.port}", "--workers", "2", "--threads", "4"]
        self.web = self._process(
            "web", [*web, "--preload", "--log-level", "critical", "--no-control-socket"], environment
        )
        worker = ["celery", "--app", "portal", "worker", "--pool", "prefork", "--loglevel", "CRITICAL"]
        self.workers = [
            self._process(queue, [*worker, "--concurrency", count, "--queues", queue, "-n", f"{queue}@%h"], environment)
            for queue, count in zip(QUEUES, ("2", "1"), strict=True)
        ]

    def _process(self, name: str, arguments: list[str], environment: dict) -> Process:
        return Process(name, [sys.executable, "-m", *arguments], environment, self.folder / f"{name}.log")

    def start(self) -> None:
        for process in (self.web, *self.workers):
            process.start()
        self._wait_until_up()

    def _wait_until_up(self) -> None:
        for _ in range(600):
            assert self.web.running.poll() is None, f"the web server died: {self.web.said()}"
            try:
                urllib.request.urlopen(f"{self.base}/health/live/", timeout=5).close()  # noqa: S310
                return
            except (urllib.error.URLError, OSError):
                time.sleep(0.1)
        raise AssertionError("the web server did not come up")

    def kill_somebody(self) -> str:
        """SIGKILL, without a word before it; whoever has nobody to start it again is started."""
        what = self.chance.choices(list(TARGETS), weights=list(TARGETS.values()))[0]
        process = self.web if "web" in what else self.chance.choice(self.workers)
        if "whole" in what:
            process.kill()
            process.start()
        elif children := children_of(process.running.pid):
            _kill(self.chance.choice(children))
        self.killed[what] += 1
        return what

    def stop(self) -> None:
        for process in (self.web, *self.workers):
            process.stop()


def _kill(pid: int) -> None:
    with suppress(ProcessLookupError):  # it ended by itself
        os.kill(pid, signal.SIGKILL)


@contextmanager
def crew(folder: Path, chance: random.Random):
    folder.mkdir()
    made = Crew(folder, chance)
    try:
        made.start()
        yield made
    finally:
        made.stop()
        shutil.rmtree(folder, ignore_errors=True)


def forget_queues() -> None:
    """What earlier tests left in the broker."""
    command = [sys.executable, "-m", "celery", "--app", "portal", "purge", "-f"]
    subprocess.run(command, env=os.environ | {"DJANGO_SETTINGS_MODULE": "portal.settings.demo"}, capture_output=True)
