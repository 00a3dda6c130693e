"""Put the thirty sample indicators into the dictionary of a tree."""

from django.core.management.base import BaseCommand, CommandError

from services.foundation import clock
from services.indicators.actions.dictionary import load_samples
from services.organizations.models import Organization


class Command(BaseCommand):
    help = "Loads the thirty indicators of both plans as samples, marked so, with sources and national numbers."

    def add_arguments(self, parser):
        parser.add_argument("organization", help="Code of the organisation at the top of the tree that monitors.")

    def handle(self, *args, **options):
        owner = Organization.objects.filter(code=options["organization"], depth=1).first()
        if owner is None:
            raise CommandError("No organisation at the top of a tree has this code.")
        made = load_samples(owner, by=None, now=clock.now())
        self.stdout.write(f"{made} indicators loaded as samples.")
