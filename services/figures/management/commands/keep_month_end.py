"""Keep the figures of the month that has just ended, as the scheduled task does."""

from django.core.management.base import BaseCommand, CommandError

from services.figures.actions import keep_month_end
from services.figures.actions.keeping import month_end_before
from services.foundation import clock
from services.foundation.errors import Refused


class Command(BaseCommand):
    help = "Copy the figures and the tree of the last month end, once; they never change afterwards."

    def handle(self, **options):
        try:
            snapshot, made = keep_month_end(month_end_before(clock.today()), now=clock.now())
        except Refused as refusal:
            raise CommandError(refusal.message(staff=True)) from refusal
        self.stdout.write(f"{snapshot.day}: " + ("kept." if made else "was kept already."))
