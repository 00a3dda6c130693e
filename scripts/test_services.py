"""Runs the tests, or the benchmarks, on PostgreSQL with Redis, a real Celery worker and nginx.

Paths below tests/ as arguments run what needs these services there, and nothing else. Uses TEST_DATABASE_URL and
TEST_REDIS_URL when they are set; TEST_REDIS_URL must name a database of its own, as the tests empty it. Else starts
Debian's servers on free ports, in a temporary folder, as an unprivileged user, and installs them first when it runs as
root. Nothing of this machine's own servers is touched.
"""

import getpass
import os
import pwd
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from contextlib import ExitStack, contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
POSTGRES_OPTIONS = "-c fsync=off -c synchronous_commit=off -c full_page_writes=off -c max_connections=200"
BENCHMARK_SECONDS = 900


def main() -> int:
    signal.signal(signal.SIGTERM, lambda *_: sys.exit("Stopped."))  # so that the servers are stopped as well
    with ExitStack() as stack:
        environment = {
            **os.environ,
            "DATABASE_URL": os.environ.get("TEST_DATABASE_URL") or stack.enter_context(postgresql()),
            "REDIS_URL": os.environ.get("TEST_REDIS_URL") or stack.enter_context(redis()),
        }
        environment["CELERY_BROKER_URL"] = environment["REDIS_URL"]
        if "--bench" in sys.argv:
            return run_benchmarks(environment)
        if paths := [argument for argument in sys.argv[1:] if argument.startswith("tests/")]:
            return pytest(environment, "race or services", *paths)
        if not (shutil.which("nginx", path="/usr/sbin:/usr/bin") or install("nginx-light")):
            sys.exit("nginx is missing: apt-get install nginx-light (as root).")
        marks = [("not race and not services", ["-n", "3"]), ("race or services", [])]
        return max(pytest(environment, mark, *options) for mark, options in marks)


def pytest(environment: dict, mark: str, *options: str) -> int:
    command = [sys.executable, "-m", "pytest", "-m", mark, *options]
    return subprocess.run(command, cwd=ROOT, env=environment).returncode


def run_benchmarks(environment: dict) -> int:
    """Every module below ``benchmarks/`` that can be run by itself, one after the other, each within its time."""
    scripts = [path for path in sorted((ROOT / "benchmarks").glob("[a-z]*.py")) if "__main__" in path.read_text()]
    return max((_benchmark(path.stem, environment) for path in scripts), default=1)


def _benchmark(name: str, environment: dict) -> int:
    try:
        command = [sys.executable, "-m", f"benchmarks.{name}"]
        return subprocess.run(command, cwd=ROOT, env=environment, timeout=BENCHMARK_SECONDS).returncode
    except subprocess.TimeoutExpired:
        print(f"{name} was stopped: it took longer than {BENCHMARK_SECONDS} s.", flush=True)
        return 1


@contextmanager
def postgresql(options: str = POSTGRES_OPTIONS):
    """A new PostgreSQL on a free port; yields its URL and leaves nothing behind."""
    folder, port = _folder(), free_port()
    data = str(folder / "data")
    options = f"-p {port} -k {folder} -c listen_addresses=127.0.0.1 {options}"
    postgres_command("initdb", "-D", data, "-U", "mumian", "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8")
    postgres_command("pg_ctl", "-D", data, "-w", "-l", str(folder / "log"), "-o", options, "start")
    try:
        yield f"postgres://mumian@127.0.0.1:{port}/postgres"
    finally:
        postgres_command("pg_ctl", "-D", data, "-m", "immediate", "stop")
        shutil.rmtree(folder, ignore_errors=True)


def postgres_command(program: str, *options: str) -> None:
    """One of the server's own programs, as the user to whom its folder belongs; ends the run when it fails."""
    binaries = _postgres_binaries() or (install("postgresql") and _postgres_binaries())
    if not binaries:
        sys.exit("PostgreSQL is missing: apt-get install postgresql (as root), or set TEST_DATABASE_URL.")
    as_user = ["runuser", "-u", _unprivileged(), "--"] if os.getuid() == 0 else []
    _quietly([*as_user, f"{binaries}/{program}", *options])


@contextmanager
def redis():
    """A new Redis on a free port that keeps nothing; yields its URL."""
    program = shutil.which("redis-server") or (install("redis-server") and shutil.which("redis-server"))
    if not program:
        sys.exit("Redis is missing: apt-get install redis-server (as root), or set TEST_REDIS_URL.")
    port = free_port()
    command = [program, "--port", str(port), "--bind", "127.0.0.1", "--save", "", "--appendonly", "no"]
    server = subprocess.Popen(command, cwd=tempfile.gettempdir(), stdout=subprocess.DEVNULL)
    try:
        wait_for(port)
        yield f"redis://127.0.0.1:{port}/0"
    finally:
        server.terminate()
        server.wait()


def _postgres_binaries() -> Path | None:
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda path: int(path.parts[-3]))
    if found:
        return found[-1].parent
    on_path = shutil.which("initdb")
    return Path(on_path).resolve().parent if on_path else None


def install(package: str) -> bool:
    """True after Debian's package was installed; False where that isn't ours to do."""
    if os.getuid() != 0 or not shutil.which("apt-get"):
        return False
    print(f"Installing {package}", flush=True)
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    quiet = {"env": environment, "stdout": subprocess.DEVNULL, "check": True}
    subprocess.run(["apt-get", "update", "-qq"], **quiet)
    subprocess.run(["apt-get", "install", "-y", "-qq", "--no-install-recommends", package], **quiet)
    return True


def _unprivileged() -> str:
    """PostgreSQL refuses to run as root: its own user does, or nobody."""
    if os.getuid() != 0:
        return getpass.getuser()
    return "postgres" if "postgres" in {entry.pw_name for entry in pwd.getpwall()} else "nobody"


def _folder() -> Path:
    folder = Path(tempfile.mkdtemp(prefix="mumian-pg-"))
    if os.getuid() == 0:
        shutil.chown(folder, _unprivileged())
    return folder


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def wait_for(port: int, seconds: float = 10) -> None:
    until = time.monotonic() + seconds
    while True:
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
            return
        except OSError:
            if time.monotonic() > until:
                raise
            time.sleep(0.1)


def _quietly(command: list[str]) -> None:
    """Run a command in a folder anybody may read; its output is shown only when it fails."""
    done = subprocess.run(command, cwd="/", stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    if done.returncode:
        sys.exit(f"{' '.join(command)}\n{done.stdout}")


if __name__ == "__main__":
    sys.exit(main())
