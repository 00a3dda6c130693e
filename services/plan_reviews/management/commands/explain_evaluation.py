"""Work an evaluation out of a table: for everybody who wants to check a published share, without any database."""

import json
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from services.indicators.rules.ratios import rounded
from services.plan_reviews.rules.counting import count
from services.plan_reviews.rules.sheets import COLUMNS, read_table


class Command(BaseCommand):
    help = "Judges indicators of a CSV file (" + ",".join(COLUMNS) + ") and counts met, not met and no data."
    requires_system_checks = []

    def add_arguments(self, parser):
        parser.add_argument("file", help="A CSV file in UTF-8 or GB18030 with a line of headings.")
        parser.add_argument("--json", action="store_true", help="The counts, the three shares and every line as JSON.")

    def handle(self, *args, **options):
        try:
            lines = read_table(Path(options["file"]).read_bytes())
        except OSError as wrong:
            raise CommandError(f"{options['file']}: {wrong.strerror or wrong}") from None
        except ValueError as wrong:  # Unreadable, or no name of a file at all
            raise CommandError(f"{options['file']}: {wrong}") from None
        found = count(line.status for line in lines)
        said = {
            "met": found.met,
            "not_met": found.not_met,
            "no_data": found.no_data,
            "total": found.total,
            "no_target": found.no_target,
            "met_of_all": _plain(found.of_all),
            "met_of_those_with_data": _plain(found.of_known),
            "no_data_rate": _plain(found.unknown),
        }
        if options["json"]:
            told = [
                {
                    "indicator": line.indicator,
                    "comparator": line.comparator,
                    "status": line.status,
                    "value": _plain(line.value, 4),
                    "why": line.why,
                }
                for line in lines
            ]
            self.stdout.write(json.dumps(said | {"indicators": told}, ensure_ascii=False))
            return
        for line in lines:
            self.stdout.write(f"{line.status:10} {line.indicator}  {_plain(line.value, 4)}  ({line.why})")
        for name, number in said.items():
            self.stdout.write(f"{name:24} {'no data' if number is None else number}")


def _plain(value, decimals: int = 1) -> float | None:
    found = rounded(value, decimals)
    return None if found is None else float(found)
