"""The import contract is kept, and nothing slips past it."""

import ast
import subprocess
import sys
from pathlib import Path

from tests.house.sources import ROOT, python_files

# import-linter can't see a model fetched by its name: each such place is listed, so that a new one is noticed.
MODELS_FETCHED_BY_NAME = {
    ("portal/management/commands/load_demo.py", "organizations.Organization"),
    # The page in which something was found, named by the finding itself: only its field labels are read.
    ("services/publishing/wording.py", ""),
    # The record a look was at, named by the row itself: only its field labels are read.
    ("services/privacy/queries.py", ""),
}


def test_the_import_contract_is_kept():
    linter = Path(sys.executable).parent / "lint-imports"
    done = subprocess.run([str(linter), "--no-cache"], cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout


def test_models_fetched_by_name_are_listed():
    assert {found for path in python_files() for found in _fetched_by_name(path)} == MODELS_FETCHED_BY_NAME


def _fetched_by_name(path: Path):
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "get_model":
            names = [a.value for a in node.args if isinstance(a, ast.Constant)]
            yield str(path.relative_to(ROOT)), ".".join(names)
