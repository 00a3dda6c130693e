"""Put both plans with goals and targets into a tree that has none."""

from django.core.management.base import BaseCommand, CommandError

from services.foundation import clock
from services.organizations.models import Organization
from services.plan_reviews.actions.plans import load_samples


class Command(BaseCommand):
    help = "Loads both plans 2021-2030 with goals, units and targets as samples, marked so."

    def add_arguments(self, parser):
        parser.add_argument("organization", help="Code of the organisation at the top of the tree that monitors.")

    def handle(self, *args, **options):
        owner = Organization.objects.filter(code=options["organization"], depth=1).first()
        if owner is None:
            raise CommandError("No organisation at the top of a tree has this code.")
        made = load_samples(owner, by=None, now=clock.now())
        self.stdout.write(f"{made} targets loaded as samples.")
