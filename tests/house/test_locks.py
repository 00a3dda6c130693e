"""The lock check says what is wrong with a lock, and the audit never takes silence for a clean answer."""

import pytest

from scripts import audit, check_locks

DIGEST = "--hash=sha256:" + "0123456789abcdef" * 4


@pytest.mark.parametrize(
    ("lock", "said"),
    [
        ("django>=5.2 " + DIGEST, "django isn't pinned to one version"),
        ("django==5.2.* " + DIGEST, "django isn't pinned to one version"),
        ("django @ https://example.org/django.whl " + DIGEST, "django isn't pinned to one version"),
        ("django==5.2.19", "django has no SHA-256 of its files"),
        ("django==5.2.19 --hash=md5:00", "django has no SHA-256 of its files"),
        ("--index-url https://example.org/simple", "is no pinned package"),
        ("-e ./vendor/django", "is no pinned package"),
        (f"django==5.2.19 {DIGEST}\ndjango==5.2.19 {DIGEST}", "django is pinned twice"),
    ],
)
def test_a_lock_that_is_none_is_told_why(lock, said):
    [fault] = check_locks.lock_faults(lock)
    assert said in fault


def test_a_lock_over_several_lines_with_comments_is_read():
    assert check_locks.lock_faults(f"# made by a tool\ndjango==5.2.19 \\\n    {DIGEST}\n    # via wagtail\n") == []


def test_what_is_asked_for_is_locked_to_what_was_asked_for():
    lock = f"wagtail==7.4.2 {DIGEST}"
    assert check_locks.unanswered("wagtail>=7.4.3,<7.5\ncelery>=5", lock) == [
        "wagtail is locked to 7.4.2, asked for is <7.5,>=7.4.3",
        "celery is asked for and not locked",
    ]


def test_a_package_in_another_version_than_the_lock_s_is_named():
    locked = check_locks.pins(f"pytest==1.0 {DIGEST}\nnobody-has-this==1.0 {DIGEST}\nx==1 ; sys_platform == 'nowhere'")
    first, second = check_locks.not_installed(locked)
    assert first.startswith("pytest is installed as") and first.endswith("locked is 1.0")
    assert second == "nobody-has-this 1.0 is locked and not installed"


def test_the_locks_are_in_order_and_installed(capsys):
    assert check_locks.main() == 0, capsys.readouterr().out


def test_a_package_that_the_service_does_not_know_is_not_audited(capsys):
    answer = [{"name": "django", "version": "5.2.19", "vulns": []}, {"name": "celery", "skip_reason": "not found"}]
    assert audit.verdict("requirements.txt", answer) == audit.UNREACHABLE
    assert "NOT AUDITED. The service knows nothing of 1 of 2 packages" in capsys.readouterr().out


def test_an_answer_about_nothing_is_no_audit(capsys):
    assert audit.verdict("requirements.txt", []) == audit.UNREACHABLE


def test_a_known_hole_is_named_with_the_release_that_repairs_it(capsys):
    hole = {"id": "PYSEC-2026-1", "fix_versions": ["5.2.20"]}
    assert audit.verdict("requirements.txt", [{"name": "django", "version": "5.2.19", "vulns": [hole]}]) == 1
    assert "django 5.2.19 has PYSEC-2026-1, repaired in 5.2.20" in capsys.readouterr().out


def test_an_audit_of_everything_without_a_finding_is_clean(capsys):
    assert audit.verdict("requirements.txt", [{"name": "django", "version": "5.2.19", "vulns": []}]) == 0
