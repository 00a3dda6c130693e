"""Recompute every counter of places and say where one disagrees; exit code 1 when any does."""

from django.core.management.base import BaseCommand, CommandError

from services.bookings.actions.checking import BATCH
from services.bookings.models import Offering
from services.bookings.queries.auditing import audit_many


class Command(BaseCommand):
    help = "Check that the places taken, used and passed down equal the bookings and transfers behind them."

    def handle(self, **options):
        keys = list(Offering.objects.order_by("pk").values_list("pk", flat=True))
        batches = [keys[at : at + BATCH] for at in range(0, len(keys), BATCH)]
        differences = [(key, one) for some in batches for key, of in audit_many(some).items() for one in of]
        for key, found in differences:
            self.stderr.write(
                f"offering {key}: {found.kind} {found.key}: {found.counter} is {found.stored}, counted {found.counted}"
            )
        if differences:
            raise CommandError(f"{len(differences)} differences", returncode=1)
        self.stdout.write("Every counter agrees.")
