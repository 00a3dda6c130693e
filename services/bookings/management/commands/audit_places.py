"""Recompute every counter of places and say where one disagrees; exit code 1 when any does."""

from django.core.management.base import BaseCommand, CommandError

from services.bookings.models import Offering
from services.bookings.queries import audit


class Command(BaseCommand):
    help = "Check that the places taken, used and passed down equal the bookings and transfers behind them."

    def handle(self, **options):
        differences = [(offering, found) for offering in Offering.objects.order_by("pk") for found in audit(offering)]
        for offering, found in differences:
            self.stderr.write(
                f"offering {offering.pk}: {found.kind} {found.key}: {found.counter} is {found.stored}, "
                f"counted {found.counted}"
            )
        if differences:
            raise CommandError(f"{len(differences)} differences", returncode=1)
        self.stdout.write("Every counter agrees.")
