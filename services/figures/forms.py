"""The form of a target."""

from django import forms
from django.utils.translation import gettext_lazy as _


class TargetForm(forms.Form):
    value = forms.DecimalField(label=_("Target"), max_digits=12, decimal_places=1, min_value=0)
    source = forms.CharField(
        label=_("where the target comes from"), max_length=200, help_text=_("The plan or the decision, with its date.")
    )

    def __init__(self, *args, statistic, **kwargs):
        super().__init__(*args, **kwargs)
        if statistic.denominator:
            self.fields["value"].help_text = _("In per cent, 0 to 100.")
        elif statistic.in_money:
            self.fields["value"].help_text = _("In yuan.")
