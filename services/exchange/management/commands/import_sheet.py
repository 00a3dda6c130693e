"""Import a workbook from the command line: ``manage.py import_sheet organizations FILE``.

Standard output holds one JSON object and nothing else; everything meant for people goes to standard error. Without
``--only-clean`` nothing is written when any row is refused. Exit status: 0 when every row was judged and the account
printed, 2 when the file or the command was refused as a whole (``{"error": {code, message}}``).
"""

import json
import sys
from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand
from django.utils import translation

from services.exchange import errors
from services.exchange.actions import import_file
from services.exchange.wording import explain, explain_common
from services.foundation import clock
from services.foundation.errors import Refused
from services.foundation.sheets import sheets
from services.organizations.models import Organization


class Command(BaseCommand):
    help = "Imports an Excel sheet (organizations, workers) and prints the outcome as JSON."
    suppressed_base_arguments = {"--force-color"}

    def add_arguments(self, parser):
        parser.add_argument("sheet", choices=sorted(sheets.codes()))
        parser.add_argument("file", type=Path)
        parser.add_argument("--unit", default="", metavar="CODE", help="code of the unit the sheet is imported for")
        parser.add_argument("--dry-run", action="store_true", help="check only, write nothing")
        parser.add_argument("--only-clean", action="store_true", help="write the clean rows, leave the others out")
        parser.add_argument("--json", action="store_true", help="kept for scripts: the output is JSON in any case")

    def handle(self, *args, sheet, file, unit, dry_run, only_clean, **options):
        with translation.override(settings.LANGUAGE_CODE):
            try:
                status, outcome = 0, self._import(sheet, file, unit, dry_run, only_clean)
            except Refused as refused:
                outcome = {"error": {"code": refused.code, "message": refused.message(staff=True)}}
                status = 2
        self.stdout.write(json.dumps(outcome, ensure_ascii=False))
        if status:
            sys.exit(status)

    def _import(self, sheet, file, unit, dry_run, only_clean) -> dict:
        spec = sheets[sheet]
        organization = self._unit(spec, unit)
        try:
            stream = file.open("rb")
        except OSError as error:
            raise errors.FileGone() from error
        with stream:
            done = import_file(
                spec,
                stream,
                organization=organization,
                write=not dry_run,
                only_clean=only_clean,
                today=clock.today(),
                now=clock.now(),
            )
        written = not dry_run and (only_clean or not done.refused)
        self.stderr.write(
            f"{done.report.sheet}: {dict(done.counts)}; written: {written}; unknown: {done.report.unknown}"
        )
        for common in done.common:
            self.stderr.write(" ".join(explain_common(spec, common, total=done.rows, unit=str(organization or ""))))
        return {
            "rows": done.rows,
            "accepted": done.rows - done.refused,
            "refused": [self._refusal(spec, row, done.faults[row]) for row in sorted(done.faults)],
            "notes": [self._refusal(spec, row, done.notes[row]) for row in sorted(done.notes)],
        }

    @staticmethod
    def _unit(spec, code: str) -> Organization | None:
        if not code:
            if spec.needs_unit:
                raise errors.UnitNeeded()
            return None
        organization = Organization.objects.filter(code=code).first()
        if organization is None:
            raise errors.UnknownUnit(code=code[:40])
        return organization

    @staticmethod
    def _refusal(spec, row: int, faults) -> dict:
        """One entry a row: the first fault's column and code, all faults' words."""
        told = [explain(spec, row, fault) for fault in faults]
        message = " ".join(f"{each.message}{each.remedy}" for each in told)
        return {"row": row, "column": told[0].column, "code": faults[0].code, "message": message}
