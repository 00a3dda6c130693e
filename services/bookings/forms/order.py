"""What an officer says when she moves a woman on the waiting list."""

from django import forms
from django.utils.translation import gettext_lazy as _

from services.bookings import errors
from services.bookings.enums import STAFF_REASONS, Priority

# Beside which field a refusal of ``change_priority`` stands.
FIELD_OF = {
    errors.NamesSomebody.code: "text",
    errors.TextMissing.code: "text",
    errors.SamePriority.code: "to",
}


class PriorityForm(forms.Form):
    """Where she is to stand, the coded reason, and the words she will read."""

    to = forms.TypedChoiceField(
        label=_("where she stands"),
        choices=Priority.choices,
        coerce=int,
        widget=forms.RadioSelect,
        help_text=_("Within a step the earlier entry comes first."),
    )
    reason = forms.ChoiceField(
        label=_("reason"),
        choices=[("", "---------"), *((reason.value, reason.label) for reason in STAFF_REASONS)],
        error_messages={"required": _("Choose the reason: it is counted in the report.")},
    )
    text = forms.CharField(
        label=_("in words"),
        max_length=200,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("She reads it. Name no other person, no illness, no number."),
        error_messages={"required": _("Say why in your own words: she reads it.")},
    )
