"""Whoever asks where a rule comes from finds the answer in this repository."""

import re
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
_REFERENCE = re.compile(r"(?<![\w\"'])S(\d{1,3})[mf]?(?![\w-])")
_LINTERS = re.compile(r"# noqa.*")


def test_every_source_that_the_code_names_is_listed():
    listed = set(re.findall(r"^\| S(\d+) ", (ROOT / "docs/sources.md").read_text(), re.MULTILINE))
    named = {
        (number, str(path.relative_to(ROOT)))
        for path in (ROOT / "services").rglob("*.py")
        for number in _REFERENCE.findall(_LINTERS.sub("", path.read_text()))
    }
    assert {(number, path) for number, path in named if number not in listed} == set()
