"""What a returned workbook carries beside what is hers: found again whichever language it was written in."""

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext_lazy

COLUMN = gettext_lazy("Import remarks")
SUMMARY = gettext_lazy("Import summary")


def in_every_language(words) -> frozenset[str]:
    """How these lazy ``words`` read in each language of the interface."""
    found = set()
    for code, _name in settings.LANGUAGES:
        with translation.override(code):
            found.add(str(words))
    return frozenset(found)
