"""What stands in deploy/ is true of the product: its settings, queues, folders and limits."""

import re
import shutil
import subprocess
import sys

import pytest
import yaml
from django.conf import settings

from tests.house.sources import ROOT

DEPLOY = ROOT / "deploy"
UNITS = sorted((DEPLOY / "systemd").glob("*.service"))
VARIABLE = re.compile(r"^([A-Z][A-Z_0-9]+)=", re.MULTILINE)


@pytest.fixture(scope="module")
def compose() -> dict:
    return yaml.safe_load((DEPLOY / "compose.yaml").read_text())


def _commands(compose: dict) -> dict[str, str]:
    texts = {name: service.get("command", "") for name, service in compose["services"].items()}
    return {name: text if isinstance(text, str) else " ".join(text) for name, text in texts.items()}


def _queues() -> set[str]:
    return {settings.CELERY_TASK_DEFAULT_QUEUE, *(route["queue"] for route in settings.CELERY_TASK_ROUTES.values())}


def test_every_queue_has_a_worker_and_the_clock_runs_once(compose):
    commands = _commands(compose)
    served = [queue for text in commands.values() for queue in re.findall(r"--queues (\S+)", text)]
    assert sorted(served) == sorted(_queues())
    assert sum(" beat" in text for text in commands.values()) == 1
    target = (DEPLOY / "systemd" / "mumian.target").read_text()
    assert set(re.findall(r"mumian-worker@(\w+)\.service", target)) == _queues()
    assert target.count("mumian-beat.service") == 1


def test_only_nginx_is_reached_from_outside_and_data_lies_on_a_network_without_a_way_out(compose):
    services = compose["services"]
    assert [name for name, service in services.items() if "ports" in service] == ["nginx"]
    assert compose["networks"]["inside"] == {"internal": True}
    assert {name: services[name]["networks"] for name in ("db", "redis")} == {"db": ["inside"], "redis": ["inside"]}


def test_our_processes_are_an_ordinary_user_s_and_cannot_change_the_code(compose):
    image = (DEPLOY / "Dockerfile").read_text()
    assert re.findall(r"^USER (.+)$", image, re.MULTILINE)[-1] == "10001:10001"
    ours = [service for service in compose["services"].values() if service.get("image") == "mumian"]
    assert len(ours) == 5
    assert all(service["read_only"] and service["cap_drop"] == ["ALL"] for service in ours)
    for unit in UNITS:
        text = unit.read_text()
        assert {"User=mumian", "NoNewPrivileges=yes", "ProtectSystem=strict"} <= set(text.splitlines()), unit.name


def test_nginx_may_read_and_not_write(compose):
    nginx = compose["services"]["nginx"]["volumes"]
    assert [volume for volume in nginx if not volume.endswith(":ro")] == []
    assert not any(volume.startswith("state:") for volume in nginx)


def test_no_settings_and_no_data_go_into_the_image():
    kept = (DEPLOY / "Dockerfile.dockerignore").read_text().splitlines()
    assert "*" in kept and "**/.env*" in kept
    let_in = {line.removeprefix("!") for line in kept if line.startswith("!")}
    assert {"portal", "services", "cms_pages", "templates", "static", "locale", "manage.py"} <= let_in
    assert all((ROOT / name).exists() for name in let_in)
    assert not let_in & {"var", "tests", "deploy", ".git", ".env"}


def test_no_password_stands_in_a_file_of_deploy():
    files = [path for path in DEPLOY.rglob("*") if path.is_file()]
    given = re.compile(r"(?i)(password|secret_key|field_keys|index_key)\s*[=:]\s*['\"]?[A-Za-z0-9+/_-]{6,}")
    assert {path.name: found for path in files if (found := given.findall(path.read_text()))} == {}


def test_the_settings_that_the_guide_tells_to_set_exist():
    guide = (DEPLOY / "README.md").read_text()
    told = {name for block in re.findall(r"```ini\n(.*?)```", guide, re.DOTALL) for name in VARIABLE.findall(block)}
    known = set(re.findall(r"^#?([A-Z][A-Z_0-9]+)=", (ROOT / ".env.example").read_text(), re.MULTILINE))
    assert told and told <= known | {"TLS_FOLDER"}
    assert {"BEHIND_PROXY", "TRUSTED_PROXY_COUNT", "NGINX_SENDS_FILES", "VAR_DIR", "REDIS_URL"} <= told


def test_both_ways_run_the_same_web_server(compose):
    started = re.search(r"CMD \[(.*?)\]\n", (DEPLOY / "Dockerfile").read_text(), re.DOTALL)[1]
    image = [part.strip('", \\\n') for part in started.split(",")]
    unit = re.search(r"^ExecStart=\S+/(gunicorn .*)$", (DEPLOY / "systemd/mumian-web.service").read_text(), re.M)[1]
    assert " ".join(image).replace("0.0.0.0", "127.0.0.1") == unit  # noqa: S104 - inside the container's network
    table = (ROOT / "docs" / "operations.md").read_text()
    assert re.search(r"`gunicorn portal.wsgi (.*?)`", table)[1] in unit


def test_systemd_finds_nothing_wrong_with_the_units(tmp_path):
    checker = shutil.which("systemd-analyze")
    assert checker, "systemd is missing: apt-get install systemd"
    folder = shutil.copytree(DEPLOY / "systemd", tmp_path / "units")
    for path in folder.rglob("*.service"):
        # The programs aren't installed where the tests run: any that exists does for the check of the unit.
        path.write_text(re.sub(r"/srv/mumian/\.venv/bin/\w+", sys.executable, path.read_text()))
    names = [
        folder / name
        for name in ("mumian.target", "mumian-prepare.service", "mumian-worker@bulk.service", "mumian-backup.timer")
    ]
    environment = {"SYSTEMD_UNIT_PATH": f"{folder}:", "PATH": "/usr/bin:/bin"}
    done = subprocess.run([checker, "verify", *map(str, names)], capture_output=True, text=True, env=environment)
    about_ours = [line for line in done.stderr.splitlines() if "mumian" in line]
    assert (done.returncode, about_ours) == (0, []), done.stderr
