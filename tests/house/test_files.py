"""Files stay small, say what they are for, and bear a name that says it too."""

import ast
import re
from pathlib import Path

from tests.house.sources import ROOT, kept_files, python_files

LONGEST_FILE = 400
LONGEST_FUNCTION = 60
NAMES_THAT_SAY_NOTHING = {"utils", "util", "helpers", "helper", "common", "core", "misc", "services", "base", "lib"}
# The one base there is: the settings that every environment starts from. And the package of the service apps.
NAMED_ON_PURPOSE = {"portal/settings/base.py", "services"}


def _own_modules() -> list[Path]:
    return [path for path in kept_files(".py") if "migrations" not in path.parts]


def _short(path: Path) -> str:
    return str(path.relative_to(ROOT))


def test_no_python_file_outgrows_a_reader():
    lengths = {_short(path): len(path.read_text().splitlines()) for path in _own_modules()}
    assert {name: lines for name, lines in lengths.items() if lines > LONGEST_FILE} == {}


def test_no_function_outgrows_a_screen():
    long = {}
    for path in _own_modules():
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                lines = node.end_lineno - node.lineno + 1
                if lines > LONGEST_FUNCTION:
                    long[f"{_short(path)}:{node.name}"] = lines
    assert long == {}


def test_no_module_or_package_has_a_name_that_says_nothing():
    paths = {path.relative_to(ROOT) for path in python_files()}
    paths |= {parent for path in paths for parent in path.parents}
    empty = {str(path) for path in paths if path.stem in NAMES_THAT_SAY_NOTHING}
    assert empty - NAMED_ON_PURPOSE == set()


def test_every_module_opens_with_a_sentence():
    # Routes and app configurations say what they are by their name.
    silent = [
        _short(path)
        for path in python_files()
        if path.name not in {"__init__.py", "apps.py", "urls.py"}
        and path.stem != "preferences_urls"
        and not ast.get_docstring(ast.parse(path.read_text()))
    ]
    assert silent == []


def test_nothing_is_left_for_later():
    mark = re.compile(r"\b(?:TO" + r"DO|FIX" + r"ME|XX" + r"X)\b|\(Being " + r"built")
    endings = (".py", ".html", ".txt", ".css", ".js", ".md", ".sh", ".po")
    files = [path for path in kept_files(*endings) if not path.name.startswith("requirements")]
    assert [_short(path) for path in files if mark.search(path.read_text())] == []


def test_no_template_carries_its_own_style_or_script():
    inline = re.compile(r"<style|<script(?![^>]*\bsrc=)(?![^>]*type=\"application/json\")|\sstyle=\"|\son[a-z]+=\"")
    files = [path for path in kept_files(".html") if path.is_relative_to(ROOT / "templates")]
    assert [_short(path) for path in files if inline.search(path.read_text())] == []
