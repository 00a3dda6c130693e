"""Drawing a sample of decided cases and recording what a second look found."""

from django import forms
from django.utils.translation import gettext_lazy as _

from services.casework.enums import REASON_KEEPERS, RecheckOutcome
from services.casework.registry import services
from services.casework.rules.sampling import MOST_WANTED
from services.organizations.forms import DayInput, OrganizationField
from services.organizations.models import Organization


class FreezeForm(forms.Form):
    organization = OrganizationField(label=_("Applications at or below"))
    service = forms.ChoiceField(label=_("Service"))
    first_day = forms.DateField(label=_("Decided from"), widget=DayInput)
    last_day = forms.DateField(label=_("Decided until"), widget=DayInput)
    wanted = forms.IntegerField(label=_("Size of the sample"), min_value=1, max_value=MOST_WANTED, initial=20)
    source = forms.CharField(
        label=_("Which public number decides?"),
        max_length=120,
        help_text=_("One that nobody knows yet and everybody can read later, such as the closing digits of an index."),
    )
    number_on = forms.DateField(label=_("Day of the number"), widget=DayInput, help_text=_("A day that lies ahead."))

    def __init__(self, *args, user, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["organization"].choices = Organization.objects.visible_to(user, roles=REASON_KEEPERS).open()
        self.fields["service"].choices = [(code, services[code].label) for code in services.codes()]

    def clean(self):
        data = super().clean()
        first, last = data.get("first_day"), data.get("last_day")
        if first and last and last < first:
            self.add_error("last_day", _("The last day lies before the first."))
        return data


class NumberForm(forms.Form):
    number = forms.CharField(label=_("The number"), max_length=30)


class SecondLookForm(forms.Form):
    outcome = forms.ChoiceField(
        label=_("Outcome"),
        choices=RecheckOutcome.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose the outcome.")},
    )
    words = forms.CharField(
        label=_("What you found"),
        max_length=1000,
        required=False,
        help_text=_("Needed unless all is right. Don't write numbers of persons here."),
        widget=forms.Textarea(attrs={"rows": 4}),
    )
