"""What she was given elsewhere, in words: in her own unions by name and number, else only whom to ask."""

from django.utils.translation import gettext as _

from services.foundation.said import Said, day
from services.foundation.verdict import Outcome


def _given(figures: dict, outcome: Outcome) -> Said:
    rule = _("Nobody is helped twice for the same")
    if not figures["number"]:
        return Said(rule, _("Something was given to her on %(day)s; ask %(contact)s.") % _words(figures))
    return Said(rule, _("%(what)s %(number)s of %(day)s; ask %(contact)s.") % _words(figures))


def _words(figures: dict) -> dict:
    return dict(figures) | {"day": day(figures["on"])}


EXPLAIN = {"given_elsewhere": _given}
