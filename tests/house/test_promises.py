"""What docs/promises.md says is held by a test is held by one that exists, and nothing is left out or said twice."""

import ast
import re
from functools import cache

from tests.house.sources import ROOT

DOCUMENT = (ROOT / "docs" / "promises.md").read_text(encoding="utf-8")
NAMED = re.compile(r"`(tests/[\w/]+\.py)::(\w+)`")
NOT_BUILT = "not built yet: "
ROOMS = {"children's homes", "coverage", "indicators", "operations at scale", "publishing"}


def _rows() -> list[tuple[str, str, str, str]]:
    """Code, promise, tests and what is open, of every row."""
    lines = [line.strip("|").split("|") for line in DOCUMENT.splitlines() if re.match(r"\| [DTM][A-Z]?\d+ \|", line)]
    return [tuple(cell.strip() for cell in cells) for cells in lines]


@cache
def _tests(path: str) -> frozenset[str]:
    file = ROOT / path
    nodes = ast.walk(ast.parse(file.read_text(encoding="utf-8"))) if file.exists() else ()
    return frozenset(node.name for node in nodes if isinstance(node, ast.FunctionDef) and node.name.startswith("test_"))


def test_every_test_named_there_exists():
    named = NAMED.findall(DOCUMENT)
    assert len(named) == DOCUMENT.count("::") > 500
    assert [f"{path}::{name}" for path, name in named if name not in _tests(path)] == []


def test_every_code_stands_there_once():
    codes = [code for code, *_rest in _rows()]
    asked = {f"T{number:02d}" for number in range(1, 87)} | {f"D{number}" for number in range(1, 29)}
    assert len(codes) == len(set(codes))
    assert {code for code in codes if not code.startswith("M")} == asked


def test_what_no_test_holds_is_said_to_be_not_built():
    assert {len(row) for row in _rows()} == {4}
    without = {code for code, _promise, tests, _left in _rows() if not NAMED.search(tests)}
    told = {code: left for code, _promise, _tests_, left in _rows() if left.startswith(NOT_BUILT)}
    assert without == set(told)
    assert {left.removeprefix(NOT_BUILT) for left in told.values()} <= ROOMS


def test_a_row_names_a_test_once():
    assert [code for code, _p, tests, _l in _rows() if len(named := NAMED.findall(tests)) != len(set(named))] == []
