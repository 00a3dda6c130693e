"""What a federation requires, as its officer types it."""

from django import forms
from django.utils.translation import gettext_lazy as _

from services.coverage.models import Requirements
from services.foundation.unchanged import TellsOfOthers
from services.organizations.forms import DayInput
from services.organizations.models import Organization

MOST_DAYS, MOST_YEARS, MOST_WOMEN = 366, 10, 1000
_FEW = 6


class NumbersField(forms.CharField):
    """Whole numbers with commas between them, each once, within bounds."""

    def __init__(self, *, least: int, most: int, **kwargs):
        self.least, self.most = least, most
        super().__init__(max_length=60, **kwargs)

    def prepare_value(self, value):
        return ", ".join(map(str, value)) if isinstance(value, list) else value

    def has_changed(self, initial, data):
        return super().has_changed(self.prepare_value(initial), data)

    def clean(self, value):
        text = super().clean(value)
        parts = [part.strip() for part in text.replace("，", ",").replace("、", ",").split(",") if part.strip()]
        known = [int(part) for part in parts if part.isascii() and part.isdigit() and len(part) < 5]
        good = [n for n in known if self.least <= n <= self.most]
        if not parts or len(good) != len(parts) or len(set(good)) != len(good) or len(good) > _FEW:
            words = _("Enter up to %(few)s different whole numbers from %(least)s to %(most)s, commas between them.")
            raise forms.ValidationError(words % {"few": _FEW, "least": self.least, "most": self.most})
        return sorted(good, reverse=True)


class RequirementsForm(TellsOfOthers, forms.Form):
    """``organizations``: the federations for which she may set them."""

    organization = forms.ModelChoiceField(Organization.objects.none(), label=_("federation"), empty_label=None)
    valid_from = forms.DateField(label=_("valid from"), widget=DayInput, help_text=_("Tomorrow at the earliest."))
    committee_from = forms.IntegerField(
        label=_("committee required from so many women members"), min_value=1, max_value=MOST_WOMEN
    )
    same_time_days = forms.IntegerField(
        label=_("days within which two dates count as the same time"),
        min_value=0,
        max_value=MOST_DAYS,
        help_text=_("Prepared, elected and approved together with the union (三同时)."),
    )
    term_years = NumbersField(label=_("lengths of a term admitted, years"), least=1, most=MOST_YEARS)
    reminder_days = NumbersField(label=_("days before its end on which a term is recalled"), least=0, most=MOST_DAYS)
    return_due_month = forms.IntegerField(label=_("annual return due: month"), min_value=1, max_value=12)
    return_due_day = forms.IntegerField(label=_("annual return due: day"), min_value=1, max_value=28)
    source = forms.CharField(label=_("source"), max_length=300, help_text=_("The document that says so."))

    def __init__(self, *args, organizations, version: Requirements, **kwargs):
        names = [name for name in self.base_fields if name != "organization"]
        initial = {name: getattr(version, name) for name in names}
        initial["organization"] = version.organization_id
        self.instance = version
        super().__init__(*args, initial=initial, **kwargs)
        self.fields["organization"].queryset = organizations
        if version.pk:
            self.fields["organization"].disabled = True

    def clean_term_years(self):
        return sorted(self.cleaned_data["term_years"])
