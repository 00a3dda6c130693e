"""What an officer reads beside a line of the list of unions about the women workers' organisation."""

from django.utils.translation import gettext_lazy as _

from services.foundation.sheets import Wording

COMMITTEE_WORDINGS = {
    "form_word": Wording(
        _("This form of women workers' organisation isn't known."), _("Write 女职工委员会, 女职工委员 or 未建.")
    ),
    "deputy_word": Wording(
        _("It can't be told whether she is chair or deputy chair of the union."),
        _("Write 是 or 否; or 主席, 副主席, 同级副主席待遇."),
    ),
    "name_shape": Wording(_("This can't be a person's name."), _("Write the name alone.")),
    "name_length": Wording(
        _("A name has %(shortest)s to %(longest)s characters."), _("Write the name in full, and nothing else.")
    ),
    "name_hidden": Wording(_("The name holds hidden characters."), _("Type the name again.")),
    "no_form": Wording(
        _("The form of the women workers' organisation is missing."),
        _("Write whether it is a committee or a commissioner."),
    ),
    "not_set_up_but": Wording(
        _("It says that nothing is set up, while dates, a head or a term are given."),
        _("Correct the form, or empty the other cells."),
    ),
    "was_set_up": Wording(
        _("There is a women workers' organisation on record; a list can't take it away."),
        _("End it on the union's own page, or correct the form."),
    ),
    "no_committee_here": Wording(
        _("Only grassroots unions keep this record; this isn't one."), _("Empty these cells.")
    ),
    "elected_before_prepared": Wording(
        _("The election (%(then)s) is before the preparation (%(first)s)."), _("Check both dates.")
    ),
    "approved_before_elected": Wording(
        _("The approval (%(then)s) is before the election (%(first)s)."), _("Check both dates.")
    ),
    "approved_before_prepared": Wording(
        _("The approval (%(then)s) is before the preparation (%(first)s)."), _("Check both dates.")
    ),
    "term_years": Wording(
        _("A term can't have %(years)s years."), _("Write one of the lengths that are admitted: %(admitted)s years.")
    ),
    "under_way": Wording(
        _("A re-election is under way on record; a list can't finish it."), _("Finish it on the union's own page.")
    ),
    "ends_before_election": Wording(
        _("The term ends before the first election (%(elected)s)."), _("Check both dates.")
    ),
    "ends_too_late": Wording(
        _("The term would end more than %(years)s years from now."), _("Check the year the present term ends.")
    ),
    "not_yet": Wording(
        _("This day hasn't come yet. The union is taken in, its women workers' organisation is not."),
        _("Check the year; or state it once it has happened."),
    ),
    "no_head": Wording(_("Nobody is named as head."), _("Add her name as soon as there is one.")),
    "ends_on_election": Wording(
        _("The term ends on the day of its election. It is written as stated."), _("Check the last day of the term.")
    ),
    "ends_unlike_years": Wording(
        _("The end isn't whole terms of %(years)s years after the first election. It is written as stated."),
        _("Check the length of a term and its last day."),
    ),
    "same_head": Wording(
        _("A head of the same name stands in row %(first)s, for a union below the same organisation."),
        _("Check that these are two women; the chair of one union isn't the head in another."),
    ),
    "head_on_record": Wording(
        _("A head of the same name is on record for %(union)s, below the same organisation."),
        _("Check that these are two women; the chair of one union isn't the head in another."),
    ),
}

# Why a checklist can't be put in force yet.
UNFIT = {
    "no_items": _("It has no items."),
    "no_mark": _("The pass mark is missing: nobody sets it but you."),
    "mark_of_nothing": _("A pass mark lies above 0."),
    "mark_out_of_reach": _("The pass mark lies above what can be reached."),
    "no_source": _("The source is missing."),
}
# What stands beside an item of a self-assessment.
ITEM_FAULTS = {
    "not_answered": _("Enter the points you claim; 0 when nothing was done."),
    "beyond_points": _("Between 0 and %(most)s points."),
    "no_evidence": _("Add a paper that proves it, or claim 0 points."),
    "not_reviewed": _("Enter the points that count."),
    "no_reason": _("Your points differ from those claimed: say why."),
}
