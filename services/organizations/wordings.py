"""What an officer reads beside a refused line of a list of organisations."""

from django.utils.translation import gettext_lazy as _

from services.foundation.sheet_wordings import CELL_WORDINGS, DATE_WORDINGS
from services.foundation.sheets import Wording

ORGANIZATION_WORDINGS = {
    **CELL_WORDINGS,
    **DATE_WORDINGS,
    "no_code": Wording(_("The code is missing."), _("Give every organisation a code of its own.")),
    "code_shape": Wording(
        _("A code has letters, digits, dots and hyphens, at most 40."), _("Write the code without other characters.")
    ),
    "no_org_name": Wording(_("The name is missing."), _("Write the organisation's full name.")),
    "no_kind": Wording(_("The kind is missing."), _("Write one of the kinds of the template.")),
    "kind_word": Wording(_("This kind of organisation isn't known."), _("Write one of the kinds of the template.")),
    "dup_code": Wording(_("The same code stands in row %(first)s already."), _("Give each organisation its own code.")),
    "no_parent": Wording(
        _("The code of the organisation above is missing."), _("Only the top of a branch has nothing above it.")
    ),
    "unknown_parent": Wording(
        _("The organisation above (%(parent)s) is neither in this file nor in the list below your own."),
        _("Correct the code, or add the organisation above to the file."),
    ),
    "parent_refused": Wording(
        _("The organisation above (%(parent)s) is refused itself."), _("Repair the line of the organisation above.")
    ),
    "cycle": Wording(
        _("Going upwards from here leads back to here."), _("Correct the codes of the organisations above.")
    ),
    "too_deep": Wording(_("The tree would get deeper than %(limit)s levels."), _("Check the codes above.")),
    "kind_place": Wording(
        _("%(kind)s can't stand directly below %(parent)s."), _("Correct the kind or the organisation above.")
    ),
    "parent_closed": Wording(_("The organisation above is closed."), _("Choose an organisation that is open.")),
    "other_parent": Wording(
        _("It stands below another organisation already; an import can't move it."),
        _("Move it on the organisation's own page."),
    ),
    "other_kind": Wording(
        _("It is registered with another kind; an import can't change it."),
        _("Change it on the organisation's own page."),
    ),
    "changed_meanwhile": Wording(
        _("Somebody changed this after the workbook had left: it says %(now)s now, your file says %(yours)s."),
        _("Write 以文件为准 or 以系统为准 under “When both changed”, and upload again."),
    ),
    "verdict_word": Wording(
        _("It can't be told which value counts."), _("Write 以文件为准 (the file) or 以系统为准 (the system).")
    ),
    "emptied": Wording(
        _("An emptied cell erases nothing: %(now)s stays on record."), _("Correct it on the organisation's own page.")
    ),
    "mark_unfit": Wording(
        _("The version mark of this row is damaged or belongs to another row."),
        _("Fetch the workbook anew and enter your corrections there."),
    ),
    "mark_of_another": Wording(
        _("This row left as another organisation's: its code was changed."),
        _("Restore the code; add new organisations as rows of their own."),
    ),
    "outside": Wording(_("This organisation isn't below your own."), _("Take the line out.")),
    "women_over_staff": Wording(_("There are more women than staff."), _("Check both numbers.")),
    "women_over_members": Wording(_("There are more women members than members."), _("Check both numbers.")),
    "future_date": Wording(_("The date lies in the future."), _("Check the year.")),
}
