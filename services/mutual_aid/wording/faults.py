"""What can't be right in what was typed, for the place beside the field."""

from django.utils.translation import gettext_lazy as _

from services.mutual_aid.rules.typed import MOST_DAYS, Fault

_WORDS = {
    "in_future": _("This day lies in the future."),
    "unknown_choice": _("Choose one from the list."),
    "days_impossible": _("Write the number of days, at most %(most)s."),
    "days_without_stay": _("You said that there was no stay in hospital. Correct one of the two."),
    "stay_without_days": _("Write how many days the stay lasted."),
}


def fault(found: Fault) -> str:
    return str(_WORDS[found.code]) % {"most": MOST_DAYS}
