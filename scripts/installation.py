"""The processes of ``deploy/`` started by hand on loopback: two web processes, a worker for each queue, the clock,
PostgreSQL, Redis, an S3 server, and nginx in front. One environment file says everything, as in production.

Commands are read from the systemd units, so that what is rehearsed is what is deployed. Everything lies in one folder
and is stopped and removed at the end.
"""

import base64
import json
import os
import re
import secrets
import shlex
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

import boto3
import requests

from scripts import nginx_here
from scripts.test_services import free_port, install, postgresql, redis, wait_for

ROOT = Path(__file__).resolve().parents[1]
UNITS = ROOT / "deploy" / "systemd"
PROGRAMS = Path(sys.executable).parent
PRODUCTION, REHEARSAL = "portal.settings.production", "scripts.rehearsal_settings"
BUCKETS = {"S3_PUBLIC_BUCKET": "mumian-public", "S3_PRIVATE_BUCKET": "mumian-private"}
# As Debian starts it: what is committed is on the disk.
DURABLE = "-c max_connections=200"
PATIENCE = 180  # seconds until a process answers


class NotReady(Exception):
    """A process ended or never answered: what its log says last."""


def command_of(unit: str, *, queue: str = "", **replaced: str) -> list[str]:
    """What the unit starts, with our programs for those of ``/srv/mumian`` and these options replaced or added."""
    return commands_of(unit, queue=queue, **replaced)[0]


def commands_of(unit: str, *, queue: str = "", **replaced: str) -> list[list[str]]:
    """As ``command_of``, for a unit that starts several programs one after the other."""
    name = f"mumian-{unit}@.service" if queue else f"mumian-{unit}.service"
    text = (UNITS / name).read_text()
    drop_ins = sorted((UNITS / f"mumian-{unit}@{queue}.service.d").glob("*.conf"))
    concurrency = [path.read_text() for path in [UNITS / name, *drop_ins]]
    workers = re.findall(r"CONCURRENCY=(\d+)", "\n".join(concurrency))
    made = []
    for line in re.findall(r"^ExecStart=(.+)$", text, re.MULTILINE):
        line = line.replace("/srv/mumian/.venv/bin", str(PROGRAMS)).replace("%%h", "%h").replace("%i", queue)
        made.append(_with(shlex.split(line.replace("${CONCURRENCY}", workers[-1] if workers else "")), replaced))
    return made


def _with(command: list[str], replaced: dict[str, str]) -> list[str]:
    command = list(command)
    for name, value in replaced.items():
        option = f"--{name.replace('_', '-')}"
        if option in command:
            command[command.index(option) + 1] = value
        else:
            command += [option, value]
    return command


@dataclass
class Process:
    """One program with a session of its own, so that a signal reaches all of its children; its log is a file."""

    name: str
    command: list[str]
    environment: dict[str, str]
    log: Path
    running: subprocess.Popen | None = None

    def start(self) -> None:
        with self.log.open("ab") as log:
            self.running = subprocess.Popen(
                self.command,
                cwd=ROOT,
                env=self.environment,
                stdout=log,
                stderr=subprocess.STDOUT,
                stdin=subprocess.DEVNULL,
                start_new_session=True,
            )

    def kill(self) -> None:
        """SIGKILL to the program and all its children, at once."""
        if self.running is not None:
            _signal(self.running.pid, signal.SIGKILL)
            self.running.wait()

    def stop(self, seconds: float = 30) -> None:
        if self.running is None or self.running.poll() is not None:
            return
        self.running.terminate()
        with suppress(subprocess.TimeoutExpired):
            self.running.wait(timeout=seconds)
        self.kill()

    def said(self, lines: int = 15) -> str:
        return "\n".join(self.log.read_text(errors="replace").splitlines()[-lines:])

    def pids(self) -> list[int]:
        """Of the program and its children; none once it has ended."""
        if self.running is None or self.running.poll() is not None:
            return []
        return [self.running.pid, *children_of(self.running.pid)]


def _key() -> str:
    return base64.urlsafe_b64encode(secrets.token_bytes(32)).decode()


def _signal(group: int, sign: int) -> None:
    with suppress(ProcessLookupError):
        os.killpg(group, sign)


def children_of(pid: int) -> list[int]:
    try:
        return [int(one) for one in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]
    except FileNotFoundError:
        return []


def memory_of(pid: int) -> float:
    """Megabytes that are this process's own, and its share of what it has in common with others."""
    rollup = Path(f"/proc/{pid}/smaps_rollup").read_text()
    return int(re.search(r"^Pss:\s+(\d+) kB", rollup, re.MULTILINE)[1]) / 1024


class Installation:
    """``prepare``, ``load_demo``, ``start``; then ``base`` is where nginx answers."""

    def __init__(self, folder: Path, *, database: str, redis_url: str, web: int, web_options: dict[str, str]):
        self.folder, self.database, self.var = folder, database, folder / "var"
        self.web_ports = [free_port() for _ in range(web)]
        self.plain, self.secure, self.store_port = free_port(), free_port(), free_port()
        self.base = f"https://127.0.0.1:{self.secure}"
        self.token = secrets.token_urlsafe(24)
        self.processes: dict[str, Process] = {}
        self._web_options = web_options
        for part in ("static", "media", "private"):
            (self.var / part).mkdir(parents=True)
        self.certificate = nginx_here.certificate(folder)
        self._write_environment(redis_url)

    def _write_environment(self, redis_url: str) -> None:
        queue = redis_url.rsplit("/", 1)[0] + "/1"
        self.variables = {
            "SECRET_KEY": secrets.token_urlsafe(50),
            "FIELD_KEYS": f"k1:{_key()}",
            "INDEX_KEY": _key(),
            "ALLOWED_HOSTS": "127.0.0.1",
            "PUBLIC_BASE_URL": self.base,
            "VAR_DIR": str(self.var),
            "DATABASE_URL": self.database,
            "DATABASE_POOL_SIZE": "4",
            "REDIS_URL": redis_url,
            "CELERY_BROKER_URL": queue,
            "BEHIND_PROXY": "true",
            "TRUSTED_PROXY_COUNT": "1",
            "NGINX_SENDS_FILES": "true",
            "CASE_DOCUMENTS_UNSCANNED": "true",
            "MONITORING_TOKEN": self.token,
            "S3_ENDPOINT_URL": f"http://127.0.0.1:{self.store_port}",
            "S3_ACCESS_KEY": "rehearsal",
            "S3_SECRET_KEY": secrets.token_urlsafe(24),
            "LOG_LEVEL": "WARNING",
            "UPLOADS_PER_HOUR": "0",
            "EXPORTS_PER_HOUR": "0",
            **BUCKETS,
        }
        written = self.folder / "env"
        written.touch(mode=0o600)
        written.write_text("".join(f"{name}={value}\n" for name, value in self.variables.items()))

    def environment(self, settings: str = REHEARSAL, **more: str) -> dict[str, str]:
        """Of a process: the path, the settings and the environment file, and nothing of whoever started us."""
        kept = {name: os.environ[name] for name in ("PATH", "LANG", "TZ") if name in os.environ}
        kept["HOME"] = str(self.folder)
        ours = {"DJANGO_SETTINGS_MODULE": settings, "ENV_FILE": str(self.folder / "env")}
        quiet = {"PYTHONDONTWRITEBYTECODE": "1", "PYTHONWARNINGS": "ignore:You're running the worker"}
        return kept | ours | quiet | more

    # --- before the first process ---------------------------------------------------------------------------------
    def prepare(self) -> None:
        """The object store with its buckets, then what the unit ``prepare`` does, under production's own settings."""
        store = [sys.executable, "-m", "moto.server", "--host", "127.0.0.1", "--port", str(self.store_port)]
        self._start("store", store, os.environ | {"PYTHONWARNINGS": "ignore"})
        wait_for(self.store_port, PATIENCE)
        client = self.store_client()
        for bucket in BUCKETS.values():
            client.create_bucket(Bucket=bucket)
        for command in commands_of("prepare"):
            self.run(command, settings=PRODUCTION)
        for path in [self.folder, *(self.var / "static").rglob("*")]:
            path.chmod(0o755 if path.is_dir() else 0o644)  # nginx's own user reads them

    def store_client(self):
        return boto3.client(
            "s3",
            endpoint_url=self.variables["S3_ENDPOINT_URL"],
            region_name="us-east-1",
            aws_access_key_id=self.variables["S3_ACCESS_KEY"],
            aws_secret_access_key=self.variables["S3_SECRET_KEY"],
        )

    def run(self, command: list[str], *, settings: str = REHEARSAL) -> str:
        """A command beside the processes; raises with the end of what it said when it fails."""
        done = subprocess.run(
            command,
            cwd=ROOT,
            env=self.environment(settings),
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        if done.returncode:
            raise NotReady(f"{shlex.join(command[-4:])} ended with {done.returncode}:\n{done.stdout[-1500:]}")
        return done.stdout

    def load_demo(self) -> None:
        self.run([sys.executable, "manage.py", "load_demo", "--port", str(self.secure)])

    def sign_ins(self) -> list[dict]:
        """Who can sign in, as the demo prints it."""
        return json.loads((self.var / "demo-sign-ins.json").read_text())

    # --- the processes --------------------------------------------------------------------------------------------
    def start(self) -> None:
        self.start_background()
        for number in range(len(self.web_ports)):
            self.start_web(number)
        self.start_nginx()
        for number in range(len(self.web_ports)):
            self.wait_until_ready(number)

    def start_background(self) -> None:
        for queue in ("interactive", "bulk"):
            self._start(f"worker {queue}", command_of("worker", queue=queue), self.environment())
        self._start("beat", command_of("beat"), self.environment())

    def start_web(self, number: int) -> None:
        name, metrics = f"web {number + 1}", self.folder / f"metrics-{number + 1}"
        shutil.rmtree(metrics, ignore_errors=True)
        own = {"bind": f"127.0.0.1:{self.web_ports[number]}", "control_socket": str(self.folder / f"control-{number}")}
        command = command_of("web", **own, **self._web_options)
        self._start(name, command, self.environment(METRICS_DIR=str(metrics)))

    def start_nginx(self) -> None:
        program = shutil.which("nginx", path="/usr/sbin:/usr/bin") or (install("nginx-light") and "/usr/sbin/nginx")
        if not program:
            sys.exit("nginx is missing: apt-get install nginx-light (as root).")
        conf = self._nginx_to(self.web_ports)
        self._start("nginx", [program, "-c", str(conf)], dict(os.environ))
        wait_for(self.secure, PATIENCE)

    def _nginx_to(self, ports: list[int]) -> Path:
        return nginx_here.configuration(self.folder, applications=ports, plain=self.plain, secure=self.secure)

    def send_requests_to(self, ports: list[int]) -> None:
        """Let nginx know these web processes and no others."""
        self._nginx_to(ports)
        self.processes["nginx"].running.send_signal(signal.SIGHUP)
        time.sleep(2)

    def start_another(self, name: str, command: list[str], **variables: str) -> None:
        """Something beside the product, stopped with it."""
        self._start(name, command, self.environment(**variables))

    def _start(self, name: str, command: list[str], environment: dict[str, str]) -> None:
        log = self.folder / f"{name.replace(' ', '-')}.log"
        self.processes[name] = Process(name, command, environment, log)
        self.processes[name].start()

    def wait_until_ready(self, number: int) -> None:
        process = self.processes[f"web {number + 1}"]
        self.wait(lambda: self.health("ready", number)[0] == 200, f"web {number + 1} ready", of=process)

    def wait(self, is_so: Callable[[], bool], what: str, *, of: Process | None = None, seconds: float = PATIENCE):
        """Ask again and again until it is so. Raises ``NotReady`` when it never comes, or the process ends."""
        until = time.monotonic() + seconds
        while not is_so():
            if of is not None and of.running.poll() is not None:
                raise NotReady(f"{of.name} ended: {of.said()}")
            if time.monotonic() > until:
                raise NotReady(f"within {seconds:g} s never: {what}" + (f"\n{of.said()}" if of else ""))
            time.sleep(0.3)

    def health(self, kind: str, number: int = 0) -> tuple[int, dict]:
        """What monitoring is told by one web process itself; 0 when it doesn't answer."""
        address = f"http://127.0.0.1:{self.web_ports[number]}/health/{kind}/"
        try:
            answer = requests.get(address, headers={"Authorization": f"Bearer {self.token}"}, timeout=30)
            return answer.status_code, answer.json()
        except requests.RequestException:
            return 0, {}

    def stop(self) -> None:
        """nginx first, the store last: nobody asks what isn't there any more."""
        for process in reversed(self.processes.values()):
            process.stop()

    def left(self) -> list[str]:
        """Processes of ours that still run."""
        return [name for name, process in self.processes.items() if process.running.poll() is None]


@contextmanager
def installation(*, web: int = 2, **web_options: str) -> Iterator[Installation]:
    """Empty, with its database and queue running; whatever was started is stopped and removed at the end."""
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="mumian-rehearsal-")))
        database, redis_url = stack.enter_context(postgresql(DURABLE)), stack.enter_context(redis())
        # One of the unit's four processes in each of them: all of this is one machine.
        options = {"workers": "1"} | web_options
        made = Installation(folder, database=database, redis_url=redis_url, web=web, web_options=options)
        stack.callback(made.stop)
        yield made
