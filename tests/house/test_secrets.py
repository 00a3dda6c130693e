"""The scan finds this product's own keys and tells of them without repeating them."""

import base64
import secrets

import pytest
from detect_secrets.core import baseline
from detect_secrets.core.secrets_collection import SecretsCollection
from detect_secrets.settings import transient_settings

from scripts import check_secrets

FIELD_KEY = base64.urlsafe_b64encode(secrets.token_bytes(32)).decode()
LINES = {
    "a key of sealed columns in a settings file": f"FIELD_KEYS=k1:{FIELD_KEY}",
    "a key of sealed columns in code": f'KEYS = ["k1:{FIELD_KEY}"]',
    "a key of the index": f"INDEX_KEY={FIELD_KEY}",
    "a signing key in a settings file": f"SECRET_KEY={secrets.token_urlsafe(50)}",
    "a signing key as a default": f'SECRET_KEY = env.str("SECRET_KEY", default="{secrets.token_urlsafe(50)}")',
    "a database's password": f"DATABASE_URL=postgres://mumian:{secrets.token_hex(12)}@db.internal/mumian",
    "a key of Aliyun": "ALIYUN = 'LTAI" + secrets.token_hex(10) + "'",
    "a private key": "-----BEGIN RSA " + "PRIVATE KEY-----",
}
HARMLESS = {
    "an empty setting": "SECRET_KEY=",
    "how a key is made": 'SECRET_KEY=$(python3 -c "import secrets; print(secrets.token_urlsafe(50))")',
    "a setting that is read": 'SECRET_KEY = env.str("SECRET_KEY", default="")',
    "an invented key that says so": f'INDEX_KEY = "{FIELD_KEY}"  # pragma: allowlist ' + "secret",
}


def _found(tmp_path, monkeypatch, line: str) -> SecretsCollection:
    monkeypatch.chdir(check_secrets.ROOT)
    kept = baseline.load_from_file(str(check_secrets.BASELINE))
    path = tmp_path / "sample.py"
    path.write_text(line + "\n")
    found = SecretsCollection()
    with transient_settings({name: kept[name] for name in ("plugins_used", "filters_used")}):
        found.scan_file(str(path))
    return found


@pytest.mark.parametrize("line", LINES.values(), ids=LINES)
def test_a_secret_is_found_and_not_repeated(tmp_path, monkeypatch, line):
    faults = check_secrets.differences(SecretsCollection(), _found(tmp_path, monkeypatch, line))
    assert faults
    assert not any(FIELD_KEY in fault or line in fault for fault in faults)


@pytest.mark.parametrize("line", HARMLESS.values(), ids=HARMLESS)
def test_what_is_no_secret_is_left_alone(tmp_path, monkeypatch, line):
    assert check_secrets.differences(SecretsCollection(), _found(tmp_path, monkeypatch, line)) == []


def test_a_line_that_was_judged_is_known_and_one_that_is_gone_is_told(tmp_path, monkeypatch):
    found = _found(tmp_path, monkeypatch, LINES["a key of the index"])
    assert check_secrets.differences(found, found) == []
    [gone, *_] = check_secrets.differences(found, SecretsCollection())
    assert gone.endswith("any more: make secrets")


def test_a_line_nobody_judged_or_found_to_be_real_fails():
    lines = [{"line_number": 1}, {"line_number": 2, "is_secret": True}, {"line_number": 3, "is_secret": False}]
    assert check_secrets.not_judged({"a.py": lines}) == [
        ".secrets.baseline: a.py:1 isn't judged harmless",
        ".secrets.baseline: a.py:2 isn't judged harmless",
    ]


def test_no_file_that_runs_in_production_is_waved_through():
    assert check_secrets.marks_in_earnest(check_secrets.tracked()) == []


def test_a_mark_in_such_a_file_is_refused(tmp_path, monkeypatch):
    monkeypatch.setattr(check_secrets, "ROOT", tmp_path)
    (tmp_path / "portal.py").write_text("KEY = 'x'  # pragma: allowlist " + "secret\n")
    assert len(check_secrets.marks_in_earnest(["portal.py"])) == 1
