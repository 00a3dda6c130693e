"""Seal everything anew under the first of FIELD_KEYS; ``--check`` proves that nothing is left under another."""

from django.core.management.base import BaseCommand, CommandError

from portal.resealing import left_over, reseal_everything
from services.foundation import keys


class Command(BaseCommand):
    help = "Seals every sealed value anew with the first key, beside people at work; may be stopped and called again."

    def add_arguments(self, parser):
        parser.add_argument("--check", action="store_true", help="change nothing, say what is left under other keys")

    def handle(self, *, check: bool, **options):
        if not check:
            done = reseal_everything(say=self.stdout.write)
            self.stdout.write(f"{done.resealed} rows sealed anew with {keys.newest_key()}.")
            if done.unreadable:
                self.stderr.write(
                    f"{done.unreadable} rows can't be opened with any key of FIELD_KEYS: left as they are."
                )
            if done.held:
                self.stderr.write(f"{done.held} rows were in use all the time: call it again.")
        left = left_over()
        for sealed, key, count in left:
            self.stderr.write(f"{sealed}: {count} values under {key or 'no key'}")
        if left:
            raise CommandError("Values are left under other keys: keep those keys.", returncode=1)
        self.stdout.write(f"Every sealed value is sealed by {keys.newest_key()}.")
