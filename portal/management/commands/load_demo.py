"""Bring the tables up to date, fill an empty installation with invented people, and say who can sign in."""

import json
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from time import monotonic
from unicodedata import east_asian_width

from django.apps import apps
from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import connection, transaction
from django.db.migrations.executor import MigrationExecutor
from django.utils import translation

from services.foundation import clock
from services.foundation.demo import DemoContext, SignIn

# Lower apps first: each builds on what stands already; relief before screening, whose demo keeps the month ends.
# Apps without a ``demo`` module are passed over.
ORDER = (
    "organizations",
    "accounts",
    "workers",
    "bookings",
    "casework",
    "payments",
    "mutual_aid",
    "relief",
    "coverage",
    "childrens_homes",
    "home_equipment",
    "home_inspections",
    "child_files",
    "signups",
    "indicators",
    "plan_reviews",
    "screening",
    "exchange",
    "privacy",
    "messaging",
    "overview",
    "cms_pages",
    "publishing",
    "outreach",
)
CODE_IS_SHOWN = "the code is shown on the page"


class Command(BaseCommand):
    help = "Loads the demo's invented people when the installation is empty, and prints who can sign in."
    requires_system_checks = []  # the tests run them; here they would be half of a second start

    def add_arguments(self, parser):
        parser.add_argument("--port", default="8000", help="Shown in the addresses that are printed.")

    def handle(self, *args, **options):
        if not settings.ALLOW_INVENTED_IDENTITIES:
            raise CommandError("Invented people don't belong in this installation (ALLOW_INVENTED_IDENTITIES is off).")
        started = monotonic()
        if not up_to_date():
            call_command("migrate", verbosity=0)
            self.stdout.write(f"Tables made in {monotonic() - started:.0f} s.")
            started = monotonic()
        if apps.get_model("organizations", "Organization").objects.exists():
            self.stdout.write("The demo's data is kept as it was left.")
        else:
            self.load()
            self.stdout.write(f"Demo data loaded in {monotonic() - started:.0f} s.")
        self.print_sign_ins(options["port"])

    def load(self) -> None:
        """All apps in one transaction: a demo that fails half-way leaves nothing behind."""
        context = DemoContext(now=clock.now())
        with translation.override(settings.LANGUAGE_CODE), transaction.atomic():
            for module in demo_modules():
                began = monotonic()
                module.load(context)
                self.stdout.write(f"  {module.__name__}: {monotonic() - began:.1f} s")
            began = monotonic()
            context.catch_up(context.now)
            self.stdout.write(f"  what happened since: {monotonic() - began:.1f} s")
        _table().write_text(json.dumps([row.as_json() for row in context.sign_ins], ensure_ascii=False))

    def print_sign_ins(self, port: str) -> None:
        if not _table().exists():
            return
        rows = [SignIn(**row) for row in json.loads(_table().read_text())]
        lines = [("Who", "Where", "Name or phone", "Password or code")]
        lines += [(r.who, f"http://127.0.0.1:{port}{r.door}", r.name, r.secret or CODE_IS_SHOWN) for r in rows]
        widths = [max(_columns(line[i]) for line in lines) for i in range(4)]
        for number, line in enumerate(lines):
            self.stdout.write("  ".join(_pad(cell, width) for cell, width in zip(line, widths, strict=True)).rstrip())
            if number == 0:
                self.stdout.write("  ".join("-" * width for width in widths))


def up_to_date() -> bool:
    """Whether every migration is applied. ``migrate`` itself takes seconds to find nothing to do."""
    executor = MigrationExecutor(connection)
    return not executor.migration_plan(executor.loader.graph.leaf_nodes())


def demo_modules() -> list:
    """The ``demo`` modules of the installed apps, in loading order."""
    names = [apps.get_app_config(label).name for label in ORDER if apps.is_installed(_package(label))]
    return [import_module(f"{name}.demo") for name in names if find_spec(f"{name}.demo")]


def _package(label: str) -> str:
    return label if label == "cms_pages" else f"services.{label}"


def _table() -> Path:
    settings.VAR_DIR.mkdir(parents=True, exist_ok=True)
    return settings.VAR_DIR / "demo-sign-ins.json"


def _columns(text: str) -> int:
    """Width on a terminal: Chinese characters take two columns."""
    return sum(2 if east_asian_width(character) in "WF" else 1 for character in text)


def _pad(text: str, width: int) -> str:
    return text + " " * (width - _columns(text))
