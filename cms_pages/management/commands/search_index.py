"""Prove that the index of search is what the pages say, or write it anew."""

from django.core.management.base import BaseCommand, CommandError

from cms_pages.finding import indexing


class Command(BaseCommand):
    help = "Compares the index of search with every live page and fails where they differ; --rebuild writes it anew."

    def add_arguments(self, parser):
        parser.add_argument("--rebuild", action="store_true", help="Write every entry anew, then compare.")

    def handle(self, *args, rebuild: bool, **options):
        if rebuild:
            self.stdout.write(f"{indexing.rebuild()} pages indexed.")
        differing = list(indexing.differing())
        if differing:
            raise CommandError(
                f"{len(differing)} pages differ from their index, the first are {differing[:10]}. Run with --rebuild."
            )
        self.stdout.write("The index is what the pages say.")
