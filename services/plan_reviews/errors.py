"""Why something about a plan, a target or a problem is refused, in words."""

from django.utils.translation import gettext_lazy as _

from services.foundation.errors import AlreadyDone, Refused


class TargetWithoutNumber(Refused):
    code = "target_without_number"
    for_staff = _("This comparator needs a number.")


class RangeWithoutEnds(Refused):
    code = "range_without_ends"
    for_staff = _("A range needs both ends, the lower one first.")


class NoDirection(Refused):
    code = "no_direction"
    for_staff = _("Of this indicator neither direction is better: it gets no target and no light.")


class DueOutsidePlan(Refused):
    code = "due_outside_plan"
    for_staff = _("The plan runs from %(first)s to %(last)s.")


class ForeignIndicator(Refused):
    code = "foreign_indicator"
    for_staff = _("This indicator belongs to another dictionary or to the other plan.")


class SourceMissing(Refused):
    code = "source_missing"
    for_staff = _("Name the document that sets the target.")


class YearsOutOfOrder(Refused):
    code = "years_out_of_order"
    for_staff = _(
        "First year, interim evaluation and last year have to follow each other; the base lies before the end."
    )


class PlanThere(Refused):
    code = "plan_there"
    for_staff = _("There is a plan of this kind that begins in this year.")


class GoalThere(Refused):
    code = "goal_there"
    for_staff = _("The plan has a goal with this number.")


class HasNumbers(Refused):
    code = "has_numbers"
    for_staff = _("This goal is judged by its indicators.")


class WordsMissing(Refused):
    code = "words_missing"
    for_staff = _("Say why: the words go into the history.")


class MeasureMissing(Refused):
    code = "measure_missing"
    for_staff = _("Say what will be done about it.")


class OwnerMissing(Refused):
    code = "owner_missing"
    for_staff = _("Name who answers for it.")


class DuePast(Refused):
    code = "due_past"
    for_staff = _("This day is over. Choose a later one.")


class DayAhead(Refused):
    code = "day_ahead"
    for_staff = _("This day hasn't come yet.")


class NotAssigned(Refused):
    code = "not_assigned"
    for_staff = _("Set a measure and who answers for it first.")


class NotHandedIn(Refused):
    code = "not_handed_in"
    for_staff = _("Nothing has been handed in for review.")


class ClosedBefore(AlreadyDone):
    code = "closed_before"
    for_staff = _("The problem is closed already.")
