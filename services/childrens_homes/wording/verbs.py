"""What a step is called on a button, what it leads to, and what is said when it was taken."""

from typing import NamedTuple

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Verb(NamedTuple):
    """``danger``: the button warns."""

    button: str
    intro: str
    done: str
    danger: bool = False


APPLICATION = {
    "submit": Verb(
        pgettext_lazy("site application", "Hand in"),
        _("The county checks it next. It can't be changed any more, unless it is returned."),
        _("Handed in. The county checks it next."),
    ),
    "check": Verb(
        pgettext_lazy("site application", "Checked: pass it on to the city"),
        _("You have seen that children, demand, capacity and room are as stated. The city decides on it next."),
        _("Passed on to the city."),
    ),
    "return": Verb(
        _("Return with words"),
        _("Name everything at once: it is then corrected in one go."),
        _("Returned. Whoever applied reads your words."),
        True,
    ),
    "take_up": Verb(
        pgettext_lazy("site application", "Take it under review"),
        _("It can then be put into the construction plan."),
        _("It is under review."),
    ),
    "reject": Verb(
        pgettext_lazy("site application", "Reject"),
        _("Whoever applied reads the reason. A new application for the same site stays possible."),
        _("Rejected."),
        True,
    ),
}
PLAN = {
    "consult": Verb(
        _("Ask education and finance"),
        _("The lines stand from now on. Record what both departments say; then the plan can be approved."),
        _("Record the opinions when they come in."),
    ),
    "take_back": Verb(
        pgettext_lazy("construction plan", "Take back into draft"),
        _("Lines can then be changed again."),
        _("It is a draft again."),
        True,
    ),
    "approve": Verb(
        pgettext_lazy("construction plan", "Approve"),
        _("Every line gets its home and number; the applications are told."),
        _("Approved. Every line has its home."),
    ),
    "publish": Verb(
        pgettext_lazy("construction plan", "Publish"),
        _("Counties, townships and schools read it from now on. It replaces the version that stood."),
        _("Published."),
    ),
}
HOME = {
    "start_building": Verb(
        _("Building begins"), _("The county has begun to fit the home out."), _("The home is being built.")
    ),
    "declare_equipped": Verb(
        _("It is equipped"),
        _("Rooms, equipment, committee and rules are in place. The county inspects it next."),
        _("The home counts as equipped."),
    ),
    "record_county_inspection": Verb(
        _("The county has inspected it"), _("The county has been on the spot."), _("The inspection is on record.")
    ),
    "accept": Verb(pgettext_lazy("home", "Accept"), _("The city accepts the home."), _("Accepted.")),
    "open": Verb(pgettext_lazy("home", "Open its doors"), _("Children come from now on."), _("The home is open.")),
    "suspend": Verb(pgettext_lazy("home", "Suspend"), _("No child comes until it is resumed."), _("Suspended."), True),
    "resume": Verb(pgettext_lazy("home", "Resume"), _("Children come again."), _("The home is open again.")),
    "reassign": Verb(
        pgettext_lazy("home", "Reassign"),
        _("The home leaves this school; its equipment goes to another."),
        _("Reassigned."),
        True,
    ),
    "close": Verb(pgettext_lazy("home", "Close"), _("The home ends here. This can't be undone."), _("Closed."), True),
}
LETTER = {
    "sign_a": Verb(
        _("Signed by the upper side"),
        _("Add the scan of the signed letter to this page."),
        _("Signed by the upper side."),
    ),
    "sign_b": Verb(_("Signed by the lower side"), _("From now on the letter binds both."), _("Signed by both sides.")),
    "fulfil": Verb(
        pgettext_lazy("letter of responsibility", "Kept"), _("What was promised is there."), _("Noted as fulfilled.")
    ),
    "breach": Verb(
        pgettext_lazy("letter of responsibility", "Not kept"), _("Say what is missing."), _("Noted as not kept."), True
    ),
}
