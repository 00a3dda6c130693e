"""Asks the package index about every version in the locks: known holes, withdrawn releases, files with other hashes.

Needs the internet, so it is no part of `make lint`. pip-audit takes a package that the index doesn't answer for as one
to be passed over and ends well with a lock it has looked up nothing of: here, what was not looked up is a failure.
Takes --service osv to ask osv.dev instead of pypi.org.
"""

import json
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
LOCKS = ("requirements.txt", "requirements-dev.txt")
UNREACHABLE = 2


def main(arguments: list[str]) -> int:
    return max([*(_holes(lock, arguments) for lock in LOCKS), *(_withdrawn(lock) for lock in LOCKS)])


def _holes(lock: str, arguments: list[str]) -> int:
    """0 when each version was looked up and none has a known hole, 1 when one has, 2 when nobody can say."""
    command = [sys.executable, "-m", "pip_audit", "--requirement", str(ROOT / lock), "--require-hashes"]
    command += ["--disable-pip", "--progress-spinner", "off", "--format", "json", *arguments]
    done = subprocess.run(command, capture_output=True, text=True)
    try:
        dependencies = json.loads(done.stdout)["dependencies"]
    except (ValueError, KeyError, TypeError):
        last = done.stderr.strip().splitlines()[-1:] or ["no answer"]
        print(f"{lock}: NOT AUDITED. The service of known holes can't be reached: {last[0][:300]}")
        return UNREACHABLE
    return verdict(lock, dependencies)


def verdict(lock: str, dependencies: list[dict]) -> int:
    """What pip-audit's answer means, said line by line."""
    unknown = [each["name"] for each in dependencies if "skip_reason" in each]
    holed = [each for each in dependencies if each.get("vulns")]
    for each in holed:
        for hole in each["vulns"]:
            repaired = ", ".join(hole.get("fix_versions") or []) or "no release yet"
            print(f"{lock}: {each['name']} {each['version']} has {hole['id']}, repaired in {repaired}")
    if unknown or not dependencies:
        print(f"{lock}: NOT AUDITED. The service knows nothing of {len(unknown)} of {len(dependencies)} packages:")
        print(f"  {', '.join(unknown[:8])}{' …' if len(unknown) > 8 else ''}")
        print(
            "  A mirror of the index holds the files, rarely its list of known holes: run this where pypi.org answers."
        )
        return UNREACHABLE
    if not holed:
        print(f"{lock}: {len(dependencies)} packages looked up, none has a known hole.")
    return int(bool(holed))


def _withdrawn(lock: str) -> int:
    """Downloads what is locked, by its hashes, and listens for what pip says about releases that were withdrawn."""
    with tempfile.TemporaryDirectory() as folder:
        command = [sys.executable, "-m", "pip", "download", "--quiet", "--no-deps", "--require-hashes"]
        command += ["--disable-pip-version-check", "--dest", folder, "--requirement", str(ROOT / lock)]
        done = subprocess.run(command, capture_output=True, text=True)
    withdrawn = [line for line in done.stderr.splitlines() if "yanked" in line]
    for line in withdrawn:
        print(f"{lock}: {line}")
    if done.returncode:
        print(f"{lock}: the files that are locked can't be had: {done.stderr.strip()[-500:]}")
    elif not withdrawn:
        print(f"{lock}: every file has the hash that is locked, none was withdrawn.")
    return int(bool(done.returncode or withdrawn))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
