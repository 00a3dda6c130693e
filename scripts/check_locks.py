"""Checks the lock files without a network: every package is pinned once, to hashes, and what is installed is that.

What this can't tell is whether a pinned version has a known hole, or was withdrawn: `make audit` asks that of the
package index.
"""

import re
import sys
from importlib import metadata
from pathlib import Path
from typing import NamedTuple

from packaging.requirements import InvalidRequirement, Requirement
from packaging.utils import canonicalize_name
from packaging.version import Version

ROOT = Path(__file__).resolve().parents[1]
# What is asked for, with the lock that answers it; and whether it belongs into the environment that is looked at.
LOCKS = {"requirements": True, "requirements-dev": True, "requirements-audit": False, "requirements-load": False}
_HASH = re.compile(r"--hash=(\S+)")
_SHA256 = re.compile(r"sha256:[0-9a-f]{64}")


class Pin(NamedTuple):
    """One package of a lock file."""

    requirement: Requirement
    hashes: list[str]

    @property
    def name(self) -> str:
        return canonicalize_name(self.requirement.name)

    @property
    def version(self) -> str | None:
        """The one version it is pinned to; nothing where it is pinned to none, or to a range."""
        stated = list(self.requirement.specifier)
        exact = len(stated) == 1 and stated[0].operator == "==" and not stated[0].version.endswith("*")
        return stated[0].version if exact else None

    @property
    def applies(self) -> bool:
        return self.requirement.marker is None or self.requirement.marker.evaluate()


def main() -> int:
    faults = [fault for name in LOCKS for fault in _of_lock(name)]
    faults += _at_odds()
    faults += [fault for name, here in LOCKS.items() if here for fault in not_installed(_pins(name))]
    for fault in faults:
        print(fault)
    if not faults:
        count = sum(len(_pins(name)) for name in LOCKS)
        print(f"Locks: {count} packages pinned to hashes; what runs and tests is installed as locked.")
    return bool(faults)


def _of_lock(name: str) -> list[str]:
    wanted, lock = (ROOT / f"{name}.in").read_text(), (ROOT / f"{name}.txt").read_text()
    return [f"{name}.txt: {fault}" for fault in [*lock_faults(lock), *unanswered(wanted, lock)]]


def lines_of(text: str) -> list[str]:
    """Logical lines without comments: a backslash at the end joins a line to the next."""
    joined = re.sub(r"\\\n", " ", re.sub(r"(^|\s)#.*", r"\1", text, flags=re.MULTILINE))
    return [line.strip() for line in joined.splitlines() if line.strip()]


def pins(text: str) -> list[Pin]:
    found = []
    for line in lines_of(text):
        if not line.startswith("-"):
            found.append(Pin(Requirement(re.split(r"\s--", line)[0].strip()), _HASH.findall(line)))
    return found


def lock_faults(text: str) -> list[str]:
    """What makes a lock less than one: an option, an address, a range, a missing or weak hash, a name twice."""
    faults, seen = [], set()
    for line in lines_of(text):
        try:
            [pin] = pins(line)
        except (ValueError, InvalidRequirement):
            faults.append(f"{line[:80]!r} is no pinned package")
            continue
        if pin.requirement.url or not pin.version:
            faults.append(f"{pin.name} isn't pinned to one version")
        if not pin.hashes or not all(map(_SHA256.fullmatch, pin.hashes)):
            faults.append(f"{pin.name} has no SHA-256 of its files")
        if (pin.name, str(pin.requirement.marker)) in seen:
            faults.append(f"{pin.name} is pinned twice")
        seen.add((pin.name, str(pin.requirement.marker)))
    return faults


def unanswered(wanted: str, lock: str) -> list[str]:
    """What is asked for and isn't locked, or is locked to a version that wasn't asked for."""
    locked = {pin.name: pin.version for pin in pins(lock) if pin.applies}
    faults = []
    for asked in (pin for pin in pins(wanted) if pin.applies):
        version = locked.get(asked.name)
        if not version:
            faults.append(f"{asked.name} is asked for and not locked")
        elif not asked.requirement.specifier.contains(version, prereleases=True):
            faults.append(f"{asked.name} is locked to {version}, asked for is {asked.requirement.specifier}")
    return faults


def not_installed(locked: list[Pin]) -> list[str]:
    """Packages that this environment lacks, or has in another version than the lock says."""
    faults = []
    for pin in (pin for pin in locked if pin.applies and pin.version):
        try:
            found = metadata.version(pin.name)
        except metadata.PackageNotFoundError:
            faults.append(f"{pin.name} {pin.version} is locked and not installed")
            continue
        if Version(found) != Version(pin.version):
            faults.append(f"{pin.name} is installed as {found}, locked is {pin.version}")
    return faults


def _at_odds() -> list[str]:
    """What goes into one environment must be one version in both locks."""
    runtime = {pin.name: pin.version for pin in _pins("requirements") if pin.applies}
    return [
        f"requirements-dev.txt: {pin.name} is {pin.version}, requirements.txt has {runtime[pin.name]}"
        for pin in _pins("requirements-dev")
        if pin.applies and runtime.get(pin.name, pin.version) != pin.version
    ]


def _pins(name: str) -> list[Pin]:
    return pins((ROOT / f"{name}.txt").read_text())


if __name__ == "__main__":
    sys.exit(main())
