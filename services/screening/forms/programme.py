"""The programme, its window and booking rules, and its terms, as three forms of one page."""

from django import forms
from django.utils.translation import gettext_lazy as _
from wagtail.admin.widgets import AdminAutoHeightTextInput, AdminDateTimeInput

from services.bookings.models import Offering
from services.screening.enums import Item
from services.screening.models import Programme, ProgrammeTerms
from services.workers.enums import EmploymentType

YEARS_AHEAD = 5
FIRST_YEAR = 2015


class ProgrammeForm(forms.ModelForm):
    """What the programme is. ``organizations`` are those whose programmes she may create."""

    items = forms.MultipleChoiceField(
        label=_("examination items"), choices=Item.choices, widget=forms.CheckboxSelectMultiple
    )

    class Meta:
        model = Programme
        fields = [
            "title",
            "year",
            "kind",
            "organization",
            "items",
            "unit_price",
            "budget",
            "summary",
            "instructions",
            "contact",
        ]
        widgets = {"summary": AdminAutoHeightTextInput, "instructions": AdminAutoHeightTextInput}
        help_texts = {
            "title": _("Women read it in the list of services."),
            "summary": _("One sentence under the title."),
            "instructions": _("What to bring, what to mind before the examination. One line each."),
            "contact": _("Name of the office and its telephone."),
        }

    def __init__(self, *args, organizations, this_year: int, **kwargs):
        super().__init__(*args, **kwargs)
        self._last_year = this_year + YEARS_AHEAD
        self.fields["organization"].queryset = organizations
        self.fields["organization"].empty_label = None
        self.fields["year"].initial = this_year
        for name in ("unit_price", "budget"):
            self.fields[name].widget.attrs.update({"min": 0, "inputmode": "decimal"})

    def clean_year(self):
        year = self.cleaned_data["year"]
        if not FIRST_YEAR <= year <= self._last_year:
            raise forms.ValidationError(
                _("The year must lie between %(first)s and %(last)s.") % {"first": FIRST_YEAR, "last": self._last_year}
            )
        return year

    def _clean_money(self, name):
        amount = self.cleaned_data[name]
        if amount is not None and amount < 0:
            raise forms.ValidationError(_("An amount can't be negative."))
        return amount

    def clean_unit_price(self):
        return self._clean_money("unit_price")

    def clean_budget(self):
        return self._clean_money("budget")


class WindowForm(forms.ModelForm):
    """When sign-up is open, and how booking works."""

    class Meta:
        model = Offering
        fields = [
            "title",
            "opens_at",
            "closes_at",
            "change_cutoff_hours",
            "hold_minutes",
            "offer_hours",
            "remainder_open",
            "waiting_list",
        ]
        widgets = {"opens_at": AdminDateTimeInput, "closes_at": AdminDateTimeInput}
        labels = {"title": _("what messages call it")}
        help_texts = {"title": _("It stands in text messages that others may read: it must name no illness.")}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for name in ("opens_at", "closes_at"):
            self.fields[name].required = True
        if not self.instance.pk:
            self.initial.setdefault("title", _("Free check-up for women workers"))

    def clean_hold_minutes(self):
        minutes = self.cleaned_data["hold_minutes"]
        if not 1 <= minutes <= 120:
            raise forms.ValidationError(_("A place can be held between 1 and 120 minutes."))
        return minutes

    def clean(self):
        data = super().clean()
        opens, closes = data.get("opens_at"), data.get("closes_at")
        if opens and closes and opens >= closes:
            self.add_error("closes_at", _("Sign-up must open before it closes."))
        return data


class TermsForm(forms.ModelForm):
    """Who may take part. ``change_note`` is asked for from the second version on."""

    employment_types = forms.MultipleChoiceField(
        label=_("forms of employment admitted"),
        choices=EmploymentType.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("None chosen: all."),
    )
    priority_employment_types = forms.MultipleChoiceField(
        label=_("forms of employment served first"),
        choices=EmploymentType.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("They stand first on the waiting list."),
    )

    class Meta:
        model = ProgrammeTerms
        fields = [
            "age_min",
            "age_max",
            "interval_months",
            "membership_required",
            "marital_rule",
            "employment_types",
            "priority_employment_types",
            "source",
            "change_note",
        ]

    def __init__(self, *args, first: bool, **kwargs):
        super().__init__(*args, **kwargs)
        if first:
            del self.fields["change_note"]
        else:
            self.fields["change_note"].required = True

    def clean(self):
        data = super().clean()
        youngest, oldest = data.get("age_min"), data.get("age_max")
        if youngest is not None and oldest is not None and youngest > oldest:
            self.add_error("age_max", _("The youngest age is above the oldest."))
        admitted = set(data.get("employment_types") or [])
        first_served = set(data.get("priority_employment_types") or [])
        if admitted and first_served - admitted:
            self.add_error(
                "priority_employment_types", _("Only forms of employment that are admitted can be served first.")
            )
        return data
