"""Anonymous readers on home, campaign and guide, against a bare Django view under the same server.

Three servers stand side by side on loopback, each one gunicorn with one synchronous worker: ``hello`` is Django with
no app, no middleware and one view that answers a dozen bytes; ``cached`` and ``uncached`` are the demo with its
settings and invented content on SQLite, with and without copies of anonymous pages. Four threads ask for one page at
a time, a connection for each request, for so many seconds; rounds alternate between the servers. The result of a
page is its requests per second divided by those of ``hello`` in the same round, the median of the rounds.

Run it as a module. ``BENCHMARK_SECONDS`` and ``BENCHMARK_ROUNDS`` override the length and number of measurements.
"""

import json
import os
import socket
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from contextlib import ExitStack, contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
SECONDS = float(os.environ.get("BENCHMARK_SECONDS", "0.5"))
ROUNDS = int(os.environ.get("BENCHMARK_ROUNDS", "9"))
THREADS = 4
NEEDED = {"cached": 0.40, "uncached": 0.03}
PAGES = {"home": "/", "campaign": "/campaigns/health-month/", "guide": "/services/free-screening/"}


def hello():
    """The yardstick as a WSGI application."""
    import django
    from django.conf import settings
    from django.core.wsgi import get_wsgi_application
    from django.http import HttpResponse
    from django.urls import path

    settings.configure(
        ALLOWED_HOSTS=["127.0.0.1"],
        DEBUG=False,
        MIDDLEWARE=[],
        ROOT_URLCONF=(path("", lambda request: HttpResponse("Hello, world")),),
        SECRET_KEY="benchmark",  # noqa: S106 - nothing is signed  # pragma: allowlist secret
    )
    django.setup()
    return get_wsgi_application()


def _environment(folder: Path, **more: str) -> dict:
    """The demo's, with its data below ``folder`` and no server of anybody else's."""
    outer = {name: value for name, value in os.environ.items() if name not in ("DATABASE_URL", "REDIS_URL")}
    return (
        outer | {"DJANGO_SETTINGS_MODULE": "portal.settings.demo", "VAR_DIR": str(folder), "LOG_LEVEL": "ERROR"} | more
    )


def _manage(folder: Path, *command: str) -> None:
    subprocess.run(
        [sys.executable, "manage.py", *command],
        cwd=ROOT,
        env=_environment(folder),
        check=True,
        stdout=subprocess.DEVNULL,
    )


def _free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        return taken.getsockname()[1]


def ask(port: int, path: str, cookie: str = "") -> bytes:
    """One request over a connection of its own; the whole answer. Copies are kept by host and port."""
    signed_in = f"Cookie: {cookie}\r\n" if cookie else ""
    head = f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\n{signed_in}Connection: close\r\n\r\n"
    with socket.create_connection(("127.0.0.1", port), timeout=10) as connection:
        connection.sendall(head.encode())
        parts = []
        while part := connection.recv(65536):
            parts.append(part)
    return b"".join(parts)


@contextmanager
def server(folder: Path, application: str, **more: str):
    """One gunicorn, ready to answer; yields its port."""
    port = _free_port()
    command = [sys.executable, "-m", "gunicorn", "--bind", f"127.0.0.1:{port}", "--workers", "1", application]
    process = subprocess.Popen(
        [*command, "--worker-class", "sync", "--log-level", "warning"], cwd=ROOT, env=_environment(folder, **more)
    )
    try:
        deadline = time.monotonic() + 60
        while True:
            try:
                ask(port, "/")
                break
            except OSError:
                if time.monotonic() > deadline or process.poll() is not None:
                    raise
                time.sleep(0.1)
        yield port
    finally:
        process.terminate()
        process.wait()


def rate(port: int, path: str, seconds: float, cookie: str = "") -> float:
    """Answers per second; each must be a complete 200."""
    counts, end = [0] * THREADS, time.perf_counter() + seconds

    def reader(place: int) -> None:
        while time.perf_counter() < end:
            answer = ask(port, path, cookie)
            assert answer.startswith(b"HTTP/1.1 200"), answer[:200]
            counts[place] += 1

    threads = [threading.Thread(target=reader, args=(place,)) for place in range(THREADS)]
    begin = time.perf_counter()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return sum(counts) / (time.perf_counter() - begin)


def measure(ports: dict[str, int]) -> dict:
    """Rates and ratios by server and page."""
    ratios = {kind: {page: [] for page in PAGES} for kind in NEEDED}
    rates = {"hello": [], **{f"{kind} {page}": [] for kind in NEEDED for page in PAGES}}
    for kind in NEEDED:
        for path in PAGES.values():
            rate(ports[kind], path, 0.3)
    for _round in range(ROUNDS):
        for page, path in PAGES.items():
            plain = rate(ports["hello"], "/", SECONDS)
            rates["hello"].append(plain)
            for kind in NEEDED:
                seen = rate(ports[kind], path, SECONDS)
                rates[f"{kind} {page}"].append(seen)
                ratios[kind][page].append(seen / plain)
    return {
        "ratios": {
            kind: {page: round(statistics.median(r), 3) for page, r in of.items()} for kind, of in ratios.items()
        },
        "per_second": {name: round(statistics.median(values)) for name, values in rates.items()},
    }


def main() -> dict:
    with tempfile.TemporaryDirectory(prefix="mumian-benchmark-") as name, ExitStack() as servers:
        folder = Path(name)
        _manage(folder, "migrate", "--verbosity", "0")
        _manage(folder, "load_demo")
        ports = {
            "hello": servers.enter_context(server(folder, "benchmarks.public_pages:hello()")),
            "cached": servers.enter_context(server(folder, "portal.wsgi", PAGE_CACHE_SECONDS="300")),
            "uncached": servers.enter_context(server(folder, "portal.wsgi", PAGE_CACHE_SECONDS="0")),
        }
        result = {"benchmark": "public_pages", "database": "sqlite", "targets": NEEDED} | measure(ports)
    result["met"] = all(min(result["ratios"][kind].values()) >= needed for kind, needed in NEEDED.items())
    return result


if __name__ == "__main__":
    outcome = main()
    print(json.dumps(outcome, indent=2))
    sys.exit(0 if outcome["met"] else 1)
