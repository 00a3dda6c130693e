"""Loads a whole installation on loopback through nginx: an opening minute, an office morning, one process and two.

Every figure is a ratio to something measured in the same run: to a Django with one view that inserts one row, under
the same servers; to one officer alone; to one web process. The generator (locust) runs on the same cores: what it
takes, the product lacks. LOAD_WOMEN is how many come to the opening, LOAD_SECONDS the length of each part that has no
end by itself.
"""

import json
import os
import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

from benchmarks.load.world import OFFICERS, PLACES
from scripts.installation import PROGRAMS, Installation, command_of, installation, memory_of
from scripts.smoke import roster
from scripts.test_services import free_port, wait_for

ROOT = Path(__file__).resolve().parents[2]
LOCUST = PROGRAMS.parent / "load" / "bin" / "locust"
WOMEN = int(os.environ.get("LOAD_WOMEN", "2000"))
SECONDS = int(os.environ.get("LOAD_SECONDS", "60"))
# What is promised: docs/benchmarks.md.
OF_YARDSTICK, P95_GROWTH, SECOND_PROCESS = 0.15, 4.0, 1.6


@dataclass
class Generator:
    """Locust, run once for each part."""

    place: Installation
    world: Path
    parts: dict[str, dict] = field(default_factory=dict)

    def run(self, kind: str, *, users: int, rate: float, seconds: int, name: str = "") -> dict:
        result = self.place.folder / f"load-{name or kind}.json"
        command = [str(LOCUST), "-f", str(ROOT / "benchmarks" / "load" / "locustfile.py"), kind, "--headless"]
        command += ["--users", str(users), "--spawn-rate", str(rate), "--run-time", f"{seconds}s"]
        command += ["--host", self.place.base, "--only-summary", "--loglevel", "ERROR", "--reset-stats"]
        told = {"LOAD_WORLD": str(self.world), "LOAD_RESULT": str(result), "LOAD_USERS": str(users)}
        told["LOAD_ROSTER"] = str(self.world.with_name("roster.xlsx"))
        before = self.spent()
        done = subprocess.run(command, env=os.environ | told, capture_output=True, text=True)
        if not result.exists():
            sys.exit(f"locust said nothing:\n{done.stderr[-2000:]}")
        figures = json.loads(result.read_text())
        figures["web seconds"] = self.spent() - before
        self.parts[name or kind] = figures
        return figures

    def spent(self) -> float:
        """Processor seconds of the product's web processes until now."""
        web = [process for name, process in self.place.processes.items() if name.startswith("web")]
        ticks = os.sysconf("SC_CLK_TCK")
        return sum(_ticks(pid) / ticks for process in web for pid in process.pids())


def _ticks(pid: int) -> int:
    try:
        fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    except FileNotFoundError:
        return 0
    return int(fields[11]) + int(fields[12])


def main() -> int:
    if not LOCUST.exists():
        sys.exit("locust is missing: run `make load`.")
    print(f"load before: {os.getloadavg()[0]:.1f}", flush=True)
    with installation(web=2, max_requests="0", max_requests_jitter="0") as place:
        place.prepare()
        place.load_demo()
        place.start()
        world = place.folder / "world.json"
        world.write_text(place.run([sys.executable, "-m", "benchmarks.load.world", str(WOMEN)]).splitlines()[-1])
        world.with_name("roster.xlsx").write_bytes(roster(20))
        figures = measure(Generator(place, world), json.loads(world.read_text()))
    return report(figures)


def measure(generator: Generator, world: dict) -> dict:
    place, figures = generator.place, {"load": os.getloadavg()[0]}
    figures["memory"] = {
        name: [round(memory_of(pid)) for pid in process.pids()] for name, process in place.processes.items()
    }
    # Everybody meets warm processes.
    generator.run("Hurried", users=4, rate=4, seconds=8, name="warm")
    figures["opening"] = generator.run("Opening", users=WOMEN, rate=200, seconds=600)
    look = place.run([sys.executable, "-m", "benchmarks.load.world", "--look", world["place"]])
    figures["places"] = json.loads(look.splitlines()[-1])
    figures["yardstick"] = yardstick(generator)
    figures["alone"] = generator.run("LoneOfficer", users=1, rate=1, seconds=SECONDS)
    figures["office"] = generator.run("Officer", users=OFFICERS, rate=5, seconds=SECONDS * 2)
    figures["hurried 2"] = generator.run("Hurried", users=8, rate=8, seconds=SECONDS // 2, name="hurried 2")
    place.send_requests_to(place.web_ports[:1])
    figures["hurried 1"] = generator.run("Hurried", users=8, rate=8, seconds=SECONDS // 2, name="hurried 1")
    return figures


def yardstick(generator: Generator) -> dict:
    """The bare view in two gunicorns with the options of ours, behind the same nginx."""
    place, ports = generator.place, [free_port(), free_port()]
    for number, port in enumerate(ports, 1):
        command = command_of("web", bind=f"127.0.0.1:{port}", workers="1", max_requests="0", max_requests_jitter="0")
        command[command.index("portal.wsgi")] = "benchmarks.load.bare"
        place.start_another(f"bare {number}", command, DATABASE_URL=place.database)
    for port in ports:
        wait_for(port, 60)
    place.send_requests_to(ports)
    figures = generator.run("Yardstick", users=WOMEN, rate=200, seconds=600)
    place.send_requests_to(place.web_ports)
    for number in (1, 2):
        place.processes[f"bare {number}"].stop()
    return figures


class Bound(NamedTuple):
    what: str
    value: float
    bound: float
    at_least: bool = False

    @property
    def met(self) -> bool:
        return self.value >= self.bound if self.at_least else self.value <= self.bound

    def __str__(self) -> str:
        needed = f"{'at least' if self.at_least else 'at most'} {self.bound:g}"
        return f"{self.what:<52} {self.value:8.2f}  {needed:<13} {'yes' if self.met else 'NO'}"


def bounds_of(figures: dict) -> list[Bound]:
    rates = {name: figures[name]["per_second"] for name in ("opening", "yardstick", "hurried 1", "hurried 2")}
    places, p95 = figures["places"], {name: figures[name]["p95"] for name in ("office", "alone")}
    ratio = rates["opening"] / rates["yardstick"]
    return [
        Bound("opening: requests a second to the bare view's", ratio, OF_YARDSTICK, True),
        Bound("opening: women booked beyond the places", max(0, places["women"] - PLACES), 0),
        Bound("opening: places left although women came for them", max(0, PLACES - places["women"]), 0),
        Bound("opening: counters that differ from a recount", places["differences"], 0),
        Bound("server errors, lost lines, odd answers", _faults(figures), 0),
        Bound("office: p95 of 30 officers to that of one", p95["office"] / p95["alone"], P95_GROWTH),
        Bound("two web processes to one", rates["hurried 2"] / rates["hurried 1"], SECOND_PROCESS, True),
    ]


def report(figures: dict) -> int:
    """Prints every figure; 0 when each is within its bound."""
    opening = figures["opening"]
    told, bounds = opening["counted"], bounds_of(figures)
    print(json.dumps(figures, indent=1, ensure_ascii=False))
    print(f"\nopening: {told.get('booked', 0)} booked, {told.get('told that it is full', 0)} told that it is full,")
    print(f"  {told.get('told to try again', 0)} times asked to try again; all in {opening['seconds']:.0f} s")
    print(f"processor time of a request: opening {_cost(opening):.1f} ms, desk {_cost(figures['hurried 2']):.1f} ms")
    print(f"load before the first part {figures['load']:.1f}\n")
    for bound in bounds:
        print(bound)
    return 0 if all(bound.met for bound in bounds) else 1


def _cost(part: dict) -> float:
    return 1000 * part["web seconds"] / max(1, part["requests"])


def _faults(figures: dict) -> int:
    odd = ("status 5xx", "status 4xx", "lost", "odd", "signed out")
    parts = [part["counted"] for part in figures.values() if isinstance(part, dict) and "counted" in part]
    return sum(part.get(name, 0) for part in parts for name in odd)


if __name__ == "__main__":
    sys.exit(main())
