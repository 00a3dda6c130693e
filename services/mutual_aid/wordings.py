"""What a clerk reads beside a refused line of an enrolment list: what is wrong, and what to do about it."""

from django.utils.translation import gettext_lazy as _

from services.foundation.sheet_wordings import CELL_WORDINGS
from services.foundation.sheets import Wording
from services.workers.wordings import ROSTER_WORDINGS

_TAKE_OUT = _("Take the line out.")

LIST_WORDINGS = {
    **CELL_WORDINGS,
    **{code: ROSTER_WORDINGS[code] for code in ("name_shape", "name_length", "name_hidden", "no_id", "float_id")},
    "id_wrong": Wording(_("This isn't a right identity number."), _("Compare it with her identity card.")),
    "dup_in_file": Wording(_("She stands in row %(first)s already."), _("Take one of the two lines out.")),
    "not_on_roster": Wording(
        _("Nobody with this number is on the roster of the unit."), _("Bring the roster up to date first.")
    ),
    "another_name": Wording(
        _("On the roster this number belongs to another name."), _("Correct the name, or the roster.")
    ),
    "no_batch": Wording(
        _("No batch is being prepared for this unit."), _("Begin the batch first, then upload the list again.")
    ),
    "which_batch": Wording(
        _("Batches of several schemes are being prepared."), _("Write the scheme's name or code into the line.")
    ),
    "unknown_scheme": Wording(
        _("No batch of this scheme is being prepared."), _("Write the name or code as it stands on the batch.")
    ),
    "shares_shape": Wording(_("This can't be a number of shares."), _("Write a whole number from 1 on.")),
    "retires_shape": Wording(_("The retirement age before 2025 was 50 or 55."), _("Write 50 or 55.")),
    "not_healthy": Wording(
        _("Only who states that she is healthy joins."), _("Take the line out, or ask the federation.")
    ),
    "healthy_word": Wording(_("This isn't 是 or 否."), _("Write 是, or leave the cell empty.")),
    "too_many": Wording(_("More than %(limit)s women don't go into one batch."), _("Enrol the others separately.")),
    "youngest_age": Wording(
        _("She is %(age)s on the first day of the cover; the scheme takes women from %(least)s on."), _TAKE_OUT
    ),
    "oldest_age": Wording(
        _("She is %(age)s on the first day of the cover; the scheme takes women up to %(most)s."), _TAKE_OUT
    ),
    "retirement_age": Wording(_("She has reached the legal retirement age by then."), _TAKE_OUT),
    "employed": Wording(_("By the roster she has left the unit."), _("Take the line out, or correct the roster.")),
    "employment": Wording(
        _("The scheme doesn't take her form of employment."), _("Take the line out, or correct the roster.")
    ),
    "temporary_staff": Wording(
        _("Temporary staff join only after %(months)s months."), _("Take the line out, or correct the roster.")
    ),
    "already_covered": Wording(
        _("She is covered until %(last)s by this scheme already; what is taken out first counts."),
        _("Take the line out, and renew when that cover ends."),
    ),
    "shares": Wording(_("A person may have 1 to %(most)s shares; this says %(shares)s."), _("Correct the number.")),
    "addition": Wording(
        _("By the terms she can't be added while the unit's period runs."), _("She can join at the renewal.")
    ),
}
