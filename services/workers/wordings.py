"""What a clerk reads beside a refused line of her roster: what is wrong, and what to do about it."""

from django.utils.translation import gettext_lazy as _

from services.foundation.sheet_wordings import CELL_WORDINGS, DATE_WORDINGS
from services.foundation.sheets import Wording

ROSTER_WORDINGS = {
    **CELL_WORDINGS,
    **DATE_WORDINGS,
    "no_name": Wording(_("The name is missing."), _("Fill in the name as it stands on her identity card.")),
    "name_shape": Wording(
        _("The name has characters that don't belong in a name."),
        _("Keep only the name as it stands on her identity card."),
    ),
    "name_length": Wording(
        _("A name has %(shortest)s to %(longest)s characters."), _("Fill in the full name of one person.")
    ),
    "name_hidden": Wording(
        _("The name has hidden characters that turn the writing round."), _("Delete the cell and type the name again.")
    ),
    "no_id": Wording(_("The identity number is missing."), _("Fill in her 18-digit identity number.")),
    "number_given_up": Wording(
        _("Her record used to carry this identity number by mistake. It carries another one now."),
        _("Look her up by name and copy the number from her record, or compare it with her identity card."),
    ),
    "float_id": Wording(
        _("Excel has turned the identity number into a number and rounded its last digits."),
        _("Format the cell as text and type all 18 characters again from her identity card."),
    ),
    "fifteen": Wording(
        _("This is an old identity number with 15 digits."),
        _("Fill in the 18-digit number of her present identity card."),
    ),
    "id_shape": Wording(
        _("An identity number has 17 digits and a last digit or X; this has %(length)s characters."),
        _("Compare it with her identity card."),
    ),
    "id_area": Wording(
        _("The first six digits of the identity number are no real area."), _("Compare it with her identity card.")
    ),
    "id_date": Wording(
        _("The digits 7 to 14 of the identity number are no possible date of birth."),
        _("Compare it with her identity card."),
    ),
    "checksum": Wording(
        _("The identity number has a wrong digit: its check digit doesn't fit."),
        _("Compare it with her identity card digit by digit."),
    ),
    "born_mismatch": Wording(
        _("The date of birth isn't the one in her identity number."),
        _("Correct whichever is wrong; the date may also be left empty."),
    ),
    "male": Wording(
        _("According to the identity number or the sex column this is a man."),
        _("Take the line out, or correct the identity number."),
    ),
    "sex_word": Wording(_("The sex isn't given as 女."), _("Write 女, or leave the column out.")),
    "under_16": Wording(
        _("She would be under %(age)s, and nobody under %(age)s may be employed."),
        _("Check the year of birth in the identity number."),
    ),
    "short_phone": Wording(
        _("The mobile number has only %(digits)s digits instead of 11."), _("Fill in all 11 digits.")
    ),
    "float_phone": Wording(
        _("Excel has shortened the mobile number to scientific notation; its last digits are lost."),
        _("Format the cell as text and type all 11 digits again."),
    ),
    "phone_shape": Wording(
        _("This is not one mobile number of 11 digits."),
        _("Fill in one mobile number, without a landline or a second number."),
    ),
    "future_join": Wording(_("The date lies in the future."), _("Check the year.")),
    "before_birth": Wording(_("The date lies before her birth."), _("Check the year.")),
    "employment_word": Wording(
        _("This form of employment isn't known."),
        _("Write one of: 在编, 合同制, 劳务派遣, 临时(满一年), 新就业形态, 其他."),
    ),
    "marital_word": Wording(
        _("This marital status isn't known."), _("Write one of: 未婚, 已婚, 离异, 丧偶, or leave it empty.")
    ),
    "unknown_union": Wording(
        _("No union of this name or code exists below the unit you import for."),
        _("Write the union's full name or its code as in the organisation list."),
    ),
    "foreign_union": Wording(
        _("%(belongs)s isn't at or below the unit you import for."),
        _("Take the line out and import it for that unit, or correct the union."),
    ),
    "ambiguous_union": Wording(
        _("Several unions below your unit have this name."), _("Write the union's code instead of its name.")
    ),
    "no_union": Wording(_("The union is missing."), _("Write the union she belongs to.")),
    "closed_union": Wording(_("This union has been closed."), _("Write the union she belongs to now.")),
    "dup_in_file": Wording(
        _("The same identity number stands in row %(first)s already."), _("Keep one of the two lines.")
    ),
    "other_unit": Wording(
        _("She is registered with another unit; an import can't move her."),
        _("Take the line out and have her transferred."),
    ),
}
# When nearly every line has the fault, it is the file or the unit that was mistaken, not the lines.
ROSTER_WHOLE_FILE = {
    "foreign_union": Wording(
        _("This roster belongs to %(belongs)s; you are uploading it for %(unit)s (%(rows)s of %(total)s rows)."),
        _("Discard this import and upload the roster of %(unit)s, or choose the other unit for this one."),
    ),
    "unknown_union": Wording(
        _("The unions named in %(rows)s of %(total)s rows are not below %(unit)s."),
        _("Check that it is the right roster and the right unit; if it is, write the unions as in the list."),
    ),
    "no_union": Wording(
        _("The column “%(column)s” is empty in %(rows)s of %(total)s rows."),
        _("Fill in the union, or upload the roster for the union all of them belong to."),
    ),
    "other_unit": Wording(
        _("The women in %(rows)s of %(total)s rows are registered with another unit than the roster says."),
        _("Check that it is the right roster and the right unit. An import moves nobody: have them transferred."),
    ),
    "male": Wording(
        _("According to the identity number or the sex column, %(rows)s of %(total)s rows are men."),
        _("Check that it is the roster of the women workers."),
    ),
    "number_given_up": Wording(
        _("Her record used to carry this identity number by mistake. It carries another one now."),
        _("Look her up by name and copy the number from her record, or compare it with her identity card."),
    ),
    "float_id": Wording(
        _("Excel has rounded the identity numbers in %(rows)s of %(total)s rows; their last digits are lost."),
        _("Format the column as text and fill the numbers in again from the source; changing the format isn't enough."),
    ),
}
