"""Erase what its notice promised to keep no longer, as the nightly task does; ``--dry-run`` says what would go."""

from django.conf import settings
from django.core.management.base import BaseCommand
from django.utils import translation
from django.utils.timezone import localdate

from services.foundation import clock
from services.privacy import actions
from services.privacy.registry import terms


class Command(BaseCommand):
    help = "Erases matters whose term is over and leaves a proof; --dry-run counts them and changes nothing."

    def add_arguments(self, parser):
        parser.add_argument("--dry-run", action="store_true", help="say what would go, erase nothing")

    def handle(self, *, dry_run: bool, **options):
        with translation.override(settings.LANGUAGE_CODE):
            lines = self._due() if dry_run else self._erased()
            for line in lines:
                self.stdout.write(line)

    def _due(self) -> list[str]:
        found = actions.due_now(localdate(clock.now()))
        return [f"{count}\t{term.label}\t{term.rule}" for term, count in found]

    def _erased(self) -> list[str]:
        proofs = actions.erase_ended(now=clock.now())
        return [
            f"{proof.matters}\t{terms[proof.kind].label}\t{proof.until}\t{proof.rows}/{proof.files}" for proof in proofs
        ]
