"""Draw again from a frame and a seed: for everybody who wants to check a published draw, without any database."""

import csv
import json
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from services.home_inspections.rules import draw as rules


class Command(BaseCommand):
    help = "Works a draw of homes out again: SHA256(seed,id) within each stratum, the smallest ceil(n * ratio)."
    requires_system_checks = []

    def add_arguments(self, parser):
        parser.add_argument("--seed", required=True, help="The public seed, exactly as it was published.")
        parser.add_argument("--frame", required=True, help="A CSV file (UTF-8) with the columns stratum,id.")
        parser.add_argument("--ratio", default="0.5", help="Share of each stratum, above 0 and at most 1.")
        parser.add_argument("--take-all", action="append", default=[], help="A stratum of which everybody is drawn.")
        parser.add_argument("--json", action="store_true", help="selected, reserve and frame_sha256 as JSON.")

    def handle(self, *args, **options):
        try:
            ratio = rules.read_ratio(options["ratio"])
            drawn = rules.draw(
                read_frame(Path(options["frame"])), seed=options["seed"], ratio=ratio, take_all=options["take_all"]
            )
        except (OSError, ValueError) as wrong:
            raise CommandError(str(wrong)) from None
        if options["json"]:
            said = {"selected": drawn.selected, "reserve": drawn.reserve, "frame_sha256": drawn.frame_sha256}
            self.stdout.write(json.dumps(said, ensure_ascii=False))
            return
        self.stdout.write(f"frame sha256  {drawn.frame_sha256}")
        for code in drawn.selected:
            self.stdout.write(f"selected      {code}")
        for stratum, codes in drawn.reserve.items():
            for place, code in enumerate(codes, start=1):
                self.stdout.write(f"reserve {place:>4}  {code}  ({stratum})")


def read_frame(path: Path) -> dict[str, list[str]]:
    """Ids by stratum. Raises ``ValueError`` for a file that isn't a frame."""
    strata: dict[str, list[str]] = {}
    with path.open(encoding="utf-8-sig", newline="") as file:
        reader = csv.DictReader(file)
        if not {"stratum", "id"} <= set(reader.fieldnames or ()):
            raise ValueError("the file needs the columns stratum,id")
        for number, row in enumerate(reader, start=2):
            stratum, code = (row["stratum"] or "").strip(), (row["id"] or "").strip()
            if not code:
                raise ValueError(f"line {number}: the id is missing")
            strata.setdefault(stratum, []).append(code)
    if not strata:
        raise ValueError("the file holds no id")
    return strata
