"""Handing places down: one number a child organisation, the total checked against what is left."""

from django import forms
from django.utils.translation import gettext_lazy as _

MOST_PLACES = 1_000_000


def ledger_reason() -> forms.CharField:
    """Why places change hands: a line of the ledger without it answers nobody."""
    return forms.CharField(
        label=_("reason"),
        max_length=200,
        help_text=_("For the ledger: the plan or meeting behind it."),
        error_messages={"required": _("Say why: the ledger keeps it.")},
    )


class GivePlacesForm(forms.Form):
    """A field ``give-<pk>`` for each child; ``wanted()`` pairs children with what they are to receive."""

    reason = ledger_reason()

    def __init__(self, *args, children, left: int, **kwargs):
        super().__init__(*args, **kwargs)
        self.children, self._left = list(children), left
        for child in self.children:
            self.fields[self.field_name(child)] = forms.IntegerField(
                label=child.name,
                required=False,
                min_value=0,
                max_value=MOST_PLACES,
                widget=forms.NumberInput(attrs={"inputmode": "numeric", "class": "desk-number"}),
            )

    @staticmethod
    def field_name(child) -> str:
        return f"give-{child.pk}"

    def bound_field(self, child):
        return self[self.field_name(child)]

    def wanted(self) -> list[tuple]:
        data = self.cleaned_data
        return [(child, data[self.field_name(child)]) for child in self.children if data.get(self.field_name(child))]

    def clean(self):
        data = super().clean()
        if self.errors:
            return data
        total = 0
        over = False
        for child, count in self.wanted():
            total += count
            if total > self._left and not over:
                over = True
                self.add_error(
                    self.field_name(child),
                    _("From here on there are too many: %(total)s so far, %(left)s left to give.")
                    % {"total": total, "left": self._left},
                )
        if not over and not total:
            raise forms.ValidationError(_("Enter how many places at least one organisation receives."))
        return data


class MovePlacesForm(forms.Form):
    """Return upward or take back: how many, and why. ``too_many`` says by how much a refused number is too high."""

    count = forms.IntegerField(label=_("places"), min_value=1, max_value=MOST_PLACES)
    reason = forms.CharField(label=_("reason"), max_length=200)

    def __init__(self, *args, most: int, **kwargs):
        super().__init__(*args, **kwargs)
        self._most = most
        self.too_many = 0

    def clean_count(self):
        count = self.cleaned_data["count"]
        if count > self._most:
            self.too_many = count - self._most
            raise forms.ValidationError(
                _("Only %(most)s places are free to be moved; the others are given on or booked.")
                % {"most": self._most}
            )
        return count


class ReasonForm(forms.Form):
    """Why staff cancel a booking; the woman reads it."""

    reason = forms.CharField(
        label=_("reason"), max_length=200, help_text=_("She reads it: say what happened and what she can do.")
    )
