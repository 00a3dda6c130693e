"""A new scheme, a question about a sum, a year to simulate."""

from django import forms
from django.utils.translation import gettext_lazy as _

from services.mutual_aid.enums import Grade, HospitalLevel, Operator
from services.organizations.forms import DayInput


class SchemeForm(forms.Form):
    """``organizations``: where she may keep schemes."""

    organization = forms.ModelChoiceField(label=_("kept by"), queryset=None, empty_label=None)
    code = forms.SlugField(
        label=_("code"), max_length=40, help_text=_("Letters, digits and hyphens; it stands in addresses and stays.")
    )
    name = forms.CharField(label=_("name"), max_length=80)
    name_en = forms.CharField(label=_("name in English"), max_length=120, required=False)
    operator = forms.ChoiceField(label=_("run by"), choices=Operator.choices)
    region = forms.CharField(label=_("region"), max_length=60, required=False)

    def __init__(self, *args, organizations, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["organization"].queryset = organizations


class TryForm(forms.Form):
    """What would a diagnosis give? Asked on the scheme's page, kept nowhere."""

    effective = forms.DateField(label=_("first day of the cover"), widget=DayInput)
    diagnosed = forms.DateField(label=_("day of the diagnosis"), widget=DayInput)
    grade = forms.ChoiceField(label=_("grade"), choices=Grade.choices)
    shares = forms.IntegerField(label=_("shares"), min_value=1, max_value=100, initial=1)
    disease = forms.ChoiceField(label=_("disease"), required=False)
    renewal = forms.BooleanField(label=_("renewed without a break"), required=False)
    hospital_level = forms.ChoiceField(
        label=_("level of the hospital"), choices=[("", _("Not said")), *HospitalLevel.choices], required=False
    )
    hospital_days = forms.IntegerField(
        label=_("days in hospital"), min_value=0, max_value=3660, required=False, help_text=_("Empty: not said.")
    )
    surgery = forms.ChoiceField(
        label=_("operation"), choices=[("", _("Not said")), ("yes", _("Yes")), ("no", _("No"))], required=False
    )

    def __init__(self, *args, diseases, **kwargs):
        super().__init__(*args, **kwargs)
        listed = [(one.code, one.name) for one in diseases]
        self.fields["disease"].choices = [("", _("A listed one")), *listed]


class VersionForm(forms.Form):
    """``versions``: those to go on from, newest first."""

    version = forms.ChoiceField(label=_("go on from"))

    def __init__(self, *args, versions, **kwargs):
        super().__init__(*args, **kwargs)
        words = _("Version %(version)s (%(state)s)")
        self.fields["version"].choices = [
            (str(one.version), words % {"version": one.version, "state": one.get_state_display()}) for one in versions
        ]


class YearForm(forms.Form):
    """``years``: those that are over and have decided claims."""

    year = forms.TypedChoiceField(label=_("claims decided in"), coerce=int)

    def __init__(self, *args, years: list[int], **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["year"].choices = [(year, str(year)) for year in years]


class ConfirmForm(forms.Form):
    """One button and nothing to type."""
