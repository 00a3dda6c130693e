"""Checks the Chinese of texts that aren't ours: what Wagtail and the packages it is built on leave untranslated.

``locale/wagtail`` must hold every text of the installed packages that neither they nor we translate, and nothing else:
an entry goes when a new version drops its text or translates it.
"""

import os
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import django
import polib
from django.apps import apps
from django.template import TemplateSyntaxError

from scripts import check_messages

FOLDER = check_messages.ROOT / "locale" / "wagtail"
DOMAINS = ("django", "djangojs")
# Folders that speak to programmers.
NOT_SHOWN = {"tests", "test", "management", "project_template", "rest_framework", "migrations"}

Text = check_messages.Text


def faults() -> list[str]:
    """One line for each thing that is wrong with the borrowed catalogues; empty when all is well."""
    return [line for domain in DOMAINS for line in _faults(domain)]


def _faults(domain: str) -> Iterator[str]:
    own = _entries(FOLDER, "zh_Hans", domain)
    ours = _entries(check_messages.ROOT / "locale", "zh_Hans", domain)
    offered, translated = set(), set()
    for folder in _packages():
        offered |= _offered(folder, domain)
        translated |= {
            key for key, entry in _entries(folder / "locale", "zh_Hans", domain).items() if entry.translated()
        }
    for key in sorted(offered - translated - set(own) - set(ours), key=str):
        yield f"{domain}: stays in English: {key[1]!r}"
    for key, entry in own.items():
        if key not in offered:
            yield f"{domain}: no installed package says this: {key[1]!r}"
        elif key in translated:
            yield f"{domain}: its own package translates this: {key[1]!r}"
        elif fault := check_messages.fault_of(entry):
            yield f"{domain}: {key[1]!r} {fault}"


def displaced() -> set[str]:
    """Texts of the installed packages that read otherwise since we say the same words of something else."""
    ours = _entries(check_messages.ROOT / "locale", "zh_Hans", "django")
    found = set()
    for folder in _packages():
        theirs = _entries(folder / "locale", "zh_Hans", "django")
        for key in _offered(folder, "django") & set(ours):
            if ours[key].msgstr != (theirs[key].msgstr if key in theirs else None):
                found.add(key[1])
    return found


def _packages() -> list[Path]:
    """The folders of the installed apps of others, and of Django itself."""
    parts = check_messages.SOURCES
    others = [Path(config.path) for config in apps.get_app_configs() if config.name.split(".")[0] not in parts]
    return [*others, Path(django.__file__).parent / "conf"]


@cache
def _offered(folder: Path, domain: str) -> frozenset[Text]:
    """The texts that the package offers for translation: those of its English catalogue, and of its sources."""
    listed = set(_entries(folder / "locale", "en", domain))
    return frozenset(listed if domain == "djangojs" else listed | set(_texts_of_sources(folder)))


def _texts_of_sources(folder: Path) -> Iterator[Text]:
    for path in _sources(folder):
        if path.suffix == ".py":
            yield from (text for text in check_messages.texts_of_python(path.read_text()) if text[1])
        elif "templates" in path.parts and path.suffix in {".html", ".txt"}:
            try:
                yield from (text for text in check_messages.texts_of_template(path.read_text()) if text[1])
            except TemplateSyntaxError:
                continue  # a sample of a template, not one


def _sources(folder: Path) -> Iterator[Path]:
    """The files of the package itself: an app inside it counts when it is installed, and then for itself."""
    for path in sorted(folder.iterdir()):
        if path.is_file():
            yield path
        elif path.name not in NOT_SHOWN and not (path / "apps.py").exists() and not (path / "locale").exists():
            yield from _sources(path)


def _entries(folder: Path, language: str, domain: str) -> dict[Text, polib.POEntry]:
    path = folder / language / "LC_MESSAGES" / f"{domain}.po"
    if not path.exists():
        return {}
    return {(entry.msgctxt, entry.msgid): entry for entry in polib.pofile(str(path)) if not entry.obsolete}


def main() -> int:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings.test")
    django.setup()
    lines = faults()
    print("\n".join(lines) or "The borrowed catalogues are complete.")
    return 1 if lines else 0


if __name__ == "__main__":
    sys.exit(main())
