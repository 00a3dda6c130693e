"""Count everything anew, another way, and say where a rolled-up figure differs; exit code 1 when any does."""

from django.core.management.base import BaseCommand, CommandError
from django.db import connection

from services.figures.actions import fold, mark_everything, watch_tables
from services.figures.actions.watching import missing_triggers
from services.figures.queries import differences

SHOWN = 20


class Command(BaseCommand):
    help = "Check that every rolled-up figure equals a recount, and that the triggers are in place."

    def add_arguments(self, parser):
        parser.add_argument("--repair", action="store_true", help="Roll everything up anew first.")

    def handle(self, *, repair: bool, **options):
        if repair:
            watch_tables()
            mark_everything()
        faults = [f"trigger missing: {name}" for name in missing_triggers(connection)]
        fold()
        faults += [str(difference) for difference in differences()]
        for fault in faults[:SHOWN]:
            self.stderr.write(fault)
        if faults:
            raise CommandError(f"{len(faults)} differences", returncode=1)
        self.stdout.write("Every figure equals its recount.")
