"""Why something about a year of monitoring, a report or a value is refused, in words."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from services.foundation.errors import AlreadyDone, Refused


class YearNotOver(Refused):
    code = "year_not_over"
    for_staff = _("The year %(year)s isn't over. Monitoring is opened for years that are past.")


class NothingAsked(Refused):
    code = "nothing_asked"
    for_staff = _("The dictionary holds no element yet. Load the samples or write your own first.")


class DueBeforeYear(Refused):
    code = "due_before_year"
    for_staff = _("The last day lies before the end of the year that is reported.")


class RoundLocked(Refused):
    code = "round_locked"
    for_staff = _("The year is locked. A new version with its reason takes the place of what was reported.")


class RoundLockedBefore(AlreadyDone):
    code = "round_locked_before"
    for_staff = _("The year is locked already.")


class OwnReportOpen(Refused):
    code = "own_report_open"
    for_staff = _("Your own report isn't accepted yet. It is the last step before the year is locked.")


class WrongState(Refused):
    code = "wrong_state"
    for_staff = _("“%(state)s”: this step isn't open now.")


class SignedBefore(AlreadyDone):
    code = "signed_before"
    for_staff = _("The report is signed already.")


class AcceptedBefore(AlreadyDone):
    code = "accepted_before"
    for_staff = _("The report is accepted already.")


class ChangedMeanwhile(Refused):
    code = "changed_meanwhile"
    for_staff = _("Somebody else has changed this report since you opened it. Look at what it says now.")


class NameMissing(Refused):
    code = "name_missing"
    for_staff = _("Enter the name of whoever answers for the figures.")


class WordsMissing(Refused):
    code = "words_missing"
    for_staff = _("Say why: the words go into the history.")


class PointsOpen(Refused):
    code = "points_open"

    def message(self, *, staff: bool = False) -> str:
        count = self.context["count"]
        return (
            ngettext(
                "%(count)s point is open. It stands beside its value.",
                "%(count)s points are open. They stand beside their values.",
                count,
            )
            % self.context
        )

    for_staff = _("Points are open. They stand beside their values.")


class GapUnexplained(Refused):
    code = "gap_unexplained"
    for_staff = _("Reports below aren't accepted yet: %(missing)s. Accept them, or say why they are missing.")


class AboveSigned(Refused):
    code = "above_signed"
    for_staff = _("The report of %(above)s is signed and counts without this one. It has to come back first.")


class NothingToAmend(Refused):
    code = "nothing_to_amend"
    for_staff = _("A new version takes the place of an accepted report; this one can still be corrected or sent back.")


class AmendedAlready(AlreadyDone):
    code = "amended_already"
    for_staff = _("A new version is under way already.")


class ValuesWrong(Refused):
    """``faults``: by element code and cut, what is wrong; the form puts each beside its field."""

    code = "values_wrong"
    for_staff = _("Some values can't be kept. The reasons stand beside them.")

    def __init__(self, faults):
        super().__init__()
        self.faults = faults


class CodeTaken(Refused):
    code = "code_taken"
    for_staff = _("The dictionary has an entry with this code already, perhaps one that has ended. Choose another.")


class BoundsCrossed(Refused):
    code = "bounds_crossed"
    for_staff = _("The lowest number lies above the highest.")


class EntryFixed(Refused):
    code = "entry_fixed"
    for_staff = _(
        "Values are stated of it already, so this can't change any more: %(fields)s. End it and add a new one instead."
    )


class NothingChanged(AlreadyDone):
    code = "nothing_changed"
    for_staff = _("Nothing was changed: it says this already.")


class StillNeeded(Refused):
    code = "still_needed"
    for_staff = _("It is still needed after this year by: %(names)s. Change or end these first.")


class EndedAlready(AlreadyDone):
    code = "ended_already"
    for_staff = _("It has ended already: %(year)s was its last year.")


class YearShut(Refused):
    code = "year_shut"
    for_staff = _("The year %(year)s is locked and stays as it was judged. Choose a later year.")


class VersionTooEarly(Refused):
    code = "version_too_early"
    for_staff = _("The present definition counts from %(year)s. The new one has to begin later.")


class BeginsBeforeEntry(Refused):
    code = "begins_before_entry"
    for_staff = _("The last year lies before the first.")


class DefinitionInUse(Refused):
    code = "definition_in_use"
    for_staff = _("Values have been read by this definition: it isn't edited any more. Write a new version.")


class DenominatorMissing(Refused):
    code = "denominator_missing"
    for_staff = _("A rate needs a denominator.")


class DenominatorTooMany(Refused):
    code = "denominator_too_many"
    for_staff = _("Only a rate has a denominator. Leave it empty.")


class DividedByItself(Refused):
    code = "divided_by_itself"
    for_staff = _("Numerator and denominator are the same.")


class PartEnded(Refused):
    code = "part_ended"
    for_staff = _("“%(part)s” isn't stated in every year for which this counts.")


class PartForeign(Refused):
    code = "part_foreign"
    for_staff = _("This belongs to another dictionary.")


class SideUnreadable(Refused):
    code = "side_unreadable"
    for_staff = _("This isn't a sum. Write codes and numbers with + and - between them, such as births - deaths.")


class SideUnknown(Refused):
    code = "side_unknown"
    for_staff = _("No data element of the dictionary has this code: %(codes)s.")


class SidesApart(Refused):
    code = "sides_apart"
    for_staff = _("No place states all of these: they belong to different levels, so the rule would never be asked.")


class ChangeWithoutLimit(Refused):
    code = "change_without_limit"
    for_staff = _("Say by how many per cent it may move from one year to the next.")
