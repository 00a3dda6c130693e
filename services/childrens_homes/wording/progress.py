"""Where a part of a milestone stands, in words."""

from django.utils.translation import pgettext_lazy

from services.childrens_homes.rules import milestones as rules

STANDINGS = {
    rules.DONE: pgettext_lazy("milestone", "done in time"),
    rules.DONE_LATE: pgettext_lazy("milestone", "done late"),
    rules.OPEN: pgettext_lazy("milestone", "under way"),
    rules.LATE: pgettext_lazy("milestone", "late"),
    rules.AHEAD: pgettext_lazy("milestone", "still ahead"),
}
