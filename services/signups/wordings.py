"""What an officer reads beside a line of the list of those who came."""

from django.utils.translation import gettext_lazy as _

from services.foundation.sheets import Wording

ATTENDANCE_WORDINGS = {
    "no_activity": Wording(
        _("No activity of this organisation has this number."),
        _("Write the number as it stands on the activity's page, for example 2026-3."),
    ),
    "which_session": Wording(
        _("The activity has several sessions; the line doesn't say which."), _("Write the day of the session.")
    ),
    "no_session": Wording(_("The activity has no session on this day."), _("Correct the day.")),
    "not_begun": Wording(_("The session hasn't begun."), _("Read the list in once it has.")),
    "no_number": Wording(
        _("Neither a mobile nor an identity number is given, and the name alone tells nobody."),
        _("Write her mobile or identity number."),
    ),
    "id_wrong": Wording(_("The identity number is wrong."), _("Check it against her card.")),
    "not_on_roster": Wording(
        _("Nobody on the rosters of this branch has this number."),
        _("Correct the number, or enter her on her unit's roster first."),
    ),
    "another_name": Wording(
        _("The number belongs to a woman of another name."), _("Check whether the line has slipped.")
    ),
    "listed_twice": Wording(_("She stands in row %(first)s already."), _("Delete one of the two lines.")),
    "other_session": Wording(
        _("She has a place in another session of this activity."), _("Move her first, or correct the day.")
    ),
    "session_full": Wording(
        _("She had not signed up, and the session has no place left."), _("Raise the places of the session first.")
    ),
    "no_places": Wording(
        _("She had not signed up, and the places for her union are used up."), _("Give her union more places first.")
    ),
    "too_late": Wording(
        _("She was recorded as absent, and the time for corrections is over."), _("Leave the line out.")
    ),
    "changed": Wording(_("Something changed while the list was read."), _("Read the list in once more.")),
}
