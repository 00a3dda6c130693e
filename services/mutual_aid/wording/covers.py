"""A cover in a few words: for lists, and for her."""

from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from services.foundation.said import day
from services.mutual_aid.enums import CoverState, Grade, Result
from services.mutual_aid.models import CoverVersion
from services.mutual_aid.rules.standing import Given


def standing_in_short(version: CoverVersion, today: date) -> str:
    if version.state == CoverState.VOID:
        return pgettext("cover", "Void")
    if today < version.first_day:
        return pgettext("cover", "Begins later")
    return pgettext("cover", "Over") if today > version.last_day else pgettext("cover", "Runs")


def waiting_in_words(given: tuple[Given, ...]) -> str:
    """Where she stands in the waiting period, by the sum for invasive primary cancer, which every scheme knows."""
    found = next((one for one in given if one.grade == Grade.INVASIVE_PRIMARY), None)
    if found is None:
        return ""
    if found.result == Result.FULL:
        return _("The waiting period is over: you are fully covered.")
    if found.next_from is None:
        return ""
    words = {"day": day(found.next_from)}
    if found.result == Result.NOTHING:
        return _("The waiting period runs: before %(day)s the scheme pays nothing yet.") % words
    return _("Until the day before %(day)s the scheme pays a smaller sum, from then on more.") % words
