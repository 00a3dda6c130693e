"""Loads the schemes of real cities as samples: drafts with their source, to read, to try and to copy from."""

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import translation

from services.mutual_aid import queries, wording
from services.mutual_aid.actions.samples import load_samples
from services.mutual_aid.rules.fitness import lacking
from services.organizations.models import Organization


class Command(BaseCommand):
    help = (
        "Loads the sample schemes (Beijing, Ningbo, Guangdong, Hainan, Shanghai) with their sources. What a text "
        "doesn't say stays empty and keeps the terms from being put in force (-v 2 lists it). Can be repeated: what is "
        "there isn't touched."
    )

    def add_arguments(self, parser):
        parser.add_argument(
            "--keeper",
            metavar="CODE",
            help="code of the union that keeps them; default: the top of the trade unions' tree, if there is one",
        )

    def handle(self, *args, **options):
        loaded = load_samples(keeper=_keeper(options["keeper"]))
        with translation.override(settings.LANGUAGE_CODE):
            for code, new in loaded.items():
                version = queries.version_for(code)
                found = lacking(queries.terms_of(version))
                self.stdout.write(f"{code}: {'loaded' if new else 'there already'}, v{version.version} {version.state}")
                for line in wording.lacks(found) if options["verbosity"] > 1 else ():
                    self.stdout.write(f"  {line}")


def _keeper(code: str | None) -> Organization | None:
    if not code:
        return queries.top_union()
    keeper = Organization.objects.filter(code=code).first()
    if keeper is None:
        raise CommandError(f"--keeper: there is no organisation with the code {code[:40]!r}.")
    return keeper
