"""Wagtail's command of this name, with every page for itself and the guard between it and the public."""

from django.core.management.base import BaseCommand

from services.foundation import clock
from services.publishing.actions.scheduled import publish_due, take_down_expired


class Command(BaseCommand):
    help = "Publishes pages whose time has come and takes down those whose time is over."

    def handle(self, *args, **options):
        now = clock.now()
        gone = take_down_expired(now=now)
        live, held = publish_due(now=now)
        if options["verbosity"] > 1:
            self.stdout.write(f"{gone} taken down, {live} published, {held} held back")
