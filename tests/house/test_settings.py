"""Every environment's settings are safe, and ``.env.example`` tells of every variable they read."""

import json
import os
import re
import subprocess
import sys
from math import prod

import pytest
from django.core.exceptions import ImproperlyConfigured

from tests.house.sources import ROOT

SETTINGS = ["demo", "production", "test"]
SECRETS = {
    "SECRET_KEY": "f2cQ8v0wM6-rTq1ZbYx3nLk9JdHs5PgUe7AoXiVtWmCzKySjRhN4",  # pragma: allowlist secret
    "FIELD_KEYS": "a:MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDE=",  # pragma: allowlist secret
    "INDEX_KEY": "YWJjZGVmZ2hpamtsbW5vcHFyc3R1dnd4eXowMTIzNDU=",  # pragma: allowlist secret
    "ALLOWED_HOSTS": "portal.example.org",
}
PRINT_SETTINGS = """
import json, importlib
s = importlib.import_module("portal.settings.{name}")
names = {names!r}
print(json.dumps({{n: getattr(s, n, None) for n in names}}, default=str))
"""


def _environment(**variables) -> dict:
    """A clean environment: nothing of this machine's own settings."""
    kept = {name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ}
    return {**kept, "ENV_FILE": os.devnull, **variables}


def _python(*arguments: str, **variables) -> subprocess.CompletedProcess:
    environment = _environment(**variables)
    return subprocess.run([sys.executable, *arguments], cwd=ROOT, env=environment, capture_output=True, text=True)


def _settings(name: str, tmp_path, *names: str) -> dict:
    code = PRINT_SETTINGS.format(name=name, names=names)
    done = _python("-c", code, VAR_DIR=str(tmp_path), **SECRETS)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def _read_in_settings() -> set[str]:
    text = "".join(path.read_text() for path in (ROOT / "portal" / "settings").glob("*.py"))
    return set(re.findall(r"\benv\.\w+\(\s*\"([A-Z_0-9]+)\"", text))


def _told_in_example() -> dict[str, str]:
    """Each variable with the comment that stands above it."""
    told, comment = {}, []
    for line in (ROOT / ".env.example").read_text().splitlines():
        if match := re.fullmatch(r"#?([A-Z][A-Z_0-9]+)=.*", line):
            told[match[1]] = " ".join(comment)
        comment = [*comment, line.lstrip("# ")] if line.startswith("# ") else []
    return told


def test_the_example_names_every_variable_that_is_read_and_no_other():
    # ENV_FILE says where the file itself is; CELERY_TASK_ALWAYS_EAGER belongs to the tests.
    assert set(_told_in_example()) == _read_in_settings() - {"ENV_FILE", "CELERY_TASK_ALWAYS_EAGER"}


def test_the_example_says_what_each_variable_is_for():
    assert [name for name, comment in _told_in_example().items() if len(comment) < 15] == []


def test_the_example_shows_the_numbers_and_switches_that_hold_by_default():
    text = (ROOT / "portal" / "settings" / "base.py").read_text()
    plain = re.findall(r"\benv\.(?:int|bool)\(\"([A-Z_0-9]+)\", default=([\w *]+)\)", text)
    held = {name: str(_worth(default)).lower() for name, default in plain}
    shown = re.findall(r"^#([A-Z_0-9]+)=(.*)$", (ROOT / ".env.example").read_text(), re.MULTILINE)
    assert {name: value for name, value in shown if name in held} == held


def _worth(expression: str) -> int | bool:
    """The value of a product of numbers, or of a truth value, as settings write them."""
    if expression in {"True", "False"}:
        return expression == "True"
    return prod(int(part) for part in expression.split("*"))


@pytest.mark.parametrize("missing", sorted(SECRETS))
def test_production_refuses_to_start_without(missing, tmp_path):
    variables = {name: value for name, value in SECRETS.items() if name != missing}
    done = _python("-c", "import portal.settings.production", VAR_DIR=str(tmp_path), **variables)
    assert done.returncode != 0
    assert f"{ImproperlyConfigured.__name__}: {missing} is not set" in done.stderr


def test_production_passes_django_s_deployment_check_without_a_warning(tmp_path):
    arguments = ["manage.py", "check", "--deploy", "--fail-level", "WARNING"]
    variables = {**SECRETS, "DJANGO_SETTINGS_MODULE": "portal.settings.production", "VAR_DIR": str(tmp_path)}
    done = _python(*arguments, **variables)
    # The one that is silenced asks for X-Frame-Options DENY: the editor previews our own pages in a frame.
    assert (done.returncode, done.stdout.strip()) == (0, "System check identified no issues (1 silenced)."), done.stderr


@pytest.mark.parametrize("name", SETTINGS)
def test_what_a_request_may_carry_is_bounded(name, tmp_path):
    limits = _settings(
        name,
        tmp_path,
        "DATA_UPLOAD_MAX_NUMBER_FIELDS",
        "DATA_UPLOAD_MAX_MEMORY_SIZE",
        "DATA_UPLOAD_MAX_NUMBER_FILES",
        "FILE_UPLOAD_MAX_MEMORY_SIZE",
        "IMPORT_MAX_BYTES",
        "IMPORT_MAX_ROWS",
    )
    unset = {limit for limit, value in limits.items() if not value}
    # Django's own default of 100 files stands where nothing is said.
    assert unset <= {"DATA_UPLOAD_MAX_NUMBER_FILES"}
    assert limits["DATA_UPLOAD_MAX_MEMORY_SIZE"] <= 10 * 1024 * 1024


@pytest.mark.parametrize("name", SETTINGS)
def test_debugging_is_off_everywhere(name, tmp_path):
    assert _settings(name, tmp_path, "DEBUG") == {"DEBUG": False}


def test_production_shows_no_code_takes_no_invented_person_and_asks_for_a_second_factor(tmp_path):
    assert _settings(
        "production", tmp_path, "SHOW_CODES_ON_SCREEN", "ALLOW_INVENTED_IDENTITIES", "STAFF_SECOND_FACTOR_REQUIRED"
    ) == {
        "SHOW_CODES_ON_SCREEN": False,
        "ALLOW_INVENTED_IDENTITIES": False,
        "STAFF_SECOND_FACTOR_REQUIRED": True,
    }


def test_production_s_cookies_and_transport_are_guarded(tmp_path):
    guards = {
        "SESSION_COOKIE_SECURE": True,
        "CSRF_COOKIE_SECURE": True,
        "SESSION_COOKIE_HTTPONLY": True,
        "SESSION_COOKIE_SAMESITE": "Lax",
        "CSRF_COOKIE_SAMESITE": "Lax",
        "SECURE_SSL_REDIRECT": True,
        "SECURE_HSTS_SECONDS": 31_536_000,
        "SECURE_REFERRER_POLICY": "same-origin",
        "X_FRAME_OPTIONS": "SAMEORIGIN",
    }
    assert _settings("production", tmp_path, *guards) == guards


STORE = {
    "S3_ENDPOINT_URL": "http://127.0.0.1:9",
    "S3_ACCESS_KEY": "tests",
    "S3_SECRET_KEY": "tests-only",  # pragma: allowlist secret
    "S3_PUBLIC_BUCKET": "public",
    "S3_PRIVATE_BUCKET": "private",
}
FIELDS_STORE = """
import django
django.setup()
from django.core.files.storage import default_storage
from services.casework.models import Document
from services.exchange.models import Export
fields = [Document._meta.get_field("file"), Export._meta.get_field("file")]
print(*(field.storage.bucket_name for field in fields), default_storage.bucket_name)
"""


def test_variables_alone_move_every_file_into_buckets(tmp_path):
    named = {"DJANGO_SETTINGS_MODULE": "portal.settings.production", "VAR_DIR": str(tmp_path), **SECRETS, **STORE}
    done = _python("-c", FIELDS_STORE, **named)
    assert done.stdout.split() == ["private", "private", "public"], done.stderr


@pytest.mark.parametrize("name", SETTINGS)
@pytest.mark.parametrize("given", [{"S3_PUBLIC_BUCKET": "public"}, STORE | {"S3_SECRET_KEY": ""}])
def test_half_of_an_object_store_starts_nowhere(name, given, tmp_path):
    done = _python("-c", f"import portal.settings.{name}", VAR_DIR=str(tmp_path), **SECRETS, **given)
    assert done.returncode != 0
    assert "ImproperlyConfigured" in done.stderr and "S3_SECRET_KEY" in done.stderr


def test_pictures_of_another_address_may_be_shown(tmp_path):
    shown = _settings("production", tmp_path, "CONTENT_SECURITY_POLICY")
    assert shown["CONTENT_SECURITY_POLICY"]["DIRECTIVES"]["img-src"] == ["'self'", "data:"]
    code = PRINT_SETTINGS.format(name="production", names=["CONTENT_SECURITY_POLICY"])
    address = {"S3_PUBLIC_URL": "https://pictures.example.org/a/"}
    told = _python("-c", code, VAR_DIR=str(tmp_path), **SECRETS, **STORE, **address).stdout
    assert "https://pictures.example.org" in json.loads(told)["CONTENT_SECURITY_POLICY"]["DIRECTIVES"]["img-src"]
