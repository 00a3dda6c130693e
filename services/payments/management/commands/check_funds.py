"""Replay every fund's ledger and recount what is owed and paid; exit code 1 when anything disagrees."""

from django.core.management.base import BaseCommand, CommandError

from services.payments.queries.checking import faults


class Command(BaseCommand):
    help = "Check that every fund equals its ledger, and that payables, batches and ledger say the same."

    def handle(self, **options):
        count = 0
        for found in faults():
            count += 1
            self.stderr.write(
                f"{found.what} {found.key}: {found.which} is {found.stored or 'nothing'}, "
                f"counted {found.counted or 'nothing'}"
            )
        if count:
            raise CommandError(f"{count} differences", returncode=1)
        self.stdout.write("Every fund agrees with its ledger.")
