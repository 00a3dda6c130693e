"""Looks for keys, passwords and tokens in every file under version control; what is new fails.

An invented key of a test or of the demo bears the mark that MARK finds, on its line. What only looks like a secret
stands in the baseline, where somebody has said so: `make secrets` adds what is new and asks about each. Works without
a network.

A file that was clean is not read again until it changes: its content's hash is kept in CACHE.
"""

import hashlib
import json
import os
import re
import subprocess
import sys
from pathlib import Path

from detect_secrets.core import baseline
from detect_secrets.core.secrets_collection import SecretsCollection
from detect_secrets.settings import get_settings

ROOT = Path(__file__).resolve().parents[1]
BASELINE = ROOT / ".secrets.baseline"
CACHE = ROOT / ".secrets_cache"
MARK = re.compile(rb"pragma: ?(allow|white)list[ -](nextline[ -])?secret")
# Where invented keys may stand. What runs in production has none, so nothing there is to be waved through.
MARKED = (
    "tests/",
    "benchmarks/",
    "portal/settings/demo.py",
    "scripts/screenshots.py",
    "services/organizations/demo.py",
)


def main(arguments: list[str]) -> int:
    os.chdir(ROOT)  # the baseline names our plugin from here
    audited = baseline.load_from_file(str(BASELINE))
    judged = baseline.load(audited, str(BASELINE))  # and switches on the plugins and filters that it names
    names = tracked()
    found = scan(names)
    if "--update" in arguments:
        return update(audited, judged, found)
    faults = [*marks_in_earnest(names), *not_judged(audited["results"]), *differences(judged, found)]
    for fault in faults:
        print(fault)
    if not faults:
        print(f"Secrets: none in {len(names)} files.")
    return bool(faults)


def tracked() -> list[str]:
    """Files that are, or are about to be, under version control."""
    command = ["git", "ls-files", "--cached", "--others", "--exclude-standard"]
    names = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout.splitlines()
    return sorted(name for name in set(names) if name != BASELINE.name and (ROOT / name).is_file())


def update(audited: dict, judged: SecretsCollection, found: SecretsCollection) -> int:
    """Writes what is found now to the baseline, with what was said of it before."""
    found.merge(judged)
    for name, each in found:
        each.filename = name  # as the repository names it, not where it lies on this machine
    BASELINE.write_text(json.dumps({**audited, "results": found.json()}, indent=2) + "\n")
    print(f"{BASELINE.name}: {len(list(found))} lines. Judge the new ones: detect-secrets audit {BASELINE.name}")
    return 0


def scan(names: list[str]) -> SecretsCollection:
    """Everything found in files that aren't known to be clean."""
    clean = set(CACHE.read_text().split()) if CACHE.exists() else set()
    digests = {name: _digest(name) for name in names}
    asked = [name for name in names if digests[name] not in clean]
    found = SecretsCollection(root=str(ROOT))
    if asked:
        found.scan_files(*asked)
    CACHE.write_text("\n".join(sorted({digests[name] for name in names if name not in found.files})))
    return found


def _digest(name: str) -> str:
    """Of the file, its name (some filters look at it) and how it is looked at."""
    how = json.dumps(get_settings().json(), sort_keys=True).encode()
    ours = (ROOT / "scripts" / "own_keys.py").read_bytes()
    return hashlib.sha256(b"\0".join([how, ours, name.encode(), (ROOT / name).read_bytes()])).hexdigest()


def differences(judged: SecretsCollection, found: SecretsCollection) -> list[str]:
    """What is found and not judged yet, without the value itself; and what was judged and is gone."""
    known, now = ({(name, each.type, each.secret_hash) for name, each in all_} for all_ in (judged, found))
    new = [
        f"{name}:{each.line_number}: {each.type}. Take it out; docs/security.md says what to do where it is invented"
        for name, each in found
        if (name, each.type, each.secret_hash) not in known
    ]
    gone = [f"{BASELINE.name}: {name} has no {kind} any more: make secrets" for name, kind, _hash in known - now]
    return sorted(new) + sorted(gone)


def not_judged(results: dict) -> list[str]:
    """Lines of the baseline that nobody has looked at, or that somebody found to be real."""
    return [
        f"{BASELINE.name}: {name}:{each['line_number']} isn't judged harmless"
        for name, all_ in results.items()
        for each in all_
        if each.get("is_secret") is not False
    ]


def marks_in_earnest(names: list[str]) -> list[str]:
    """Marks outside the files of tests and demo."""
    outside = [name for name in names if not name.startswith(MARKED)]
    return [
        f"{name}: the mark for invented keys is for tests and the demo"
        for name in outside
        if MARK.search((ROOT / name).read_bytes())
    ]


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
