"""The programme, its window and booking rules, and its terms, as three forms of one page."""

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from wagtail.admin.widgets import AdminAutoHeightTextInput, AdminDateTimeInput

from services.bookings.models import Offering
from services.foundation.unchanged import TellsOfOthers
from services.screening.enums import Item, ProgrammeKind
from services.screening.models import Programme, ProgrammeTerms
from services.screening.rules import KINDS
from services.workers.enums import EmploymentType

YEARS_AHEAD = 5
# Left empty, each keeps the value it has.
AFTERCARE = ("reminder_hours", "unread_days", "next_round_days", "attempts_needed")
FIRST_YEAR = 2015


SECTIONS = {
    "who": _("Who may take part"),
    "first": _("Who is served first"),
    "region": _("When it is due"),
    "interval": _("Earlier screenings and other programmes"),
    "items": _("What is added from an age on"),
    "consent": _("How she agrees"),
}


class ProgrammeForm(TellsOfOthers, forms.ModelForm):
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
            *AFTERCARE,
        ]
        widgets = {"summary": AdminAutoHeightTextInput, "instructions": AdminAutoHeightTextInput}
        help_texts = {
            "title": _("Women read it in the list of services."),
            "summary": _("One sentence under the title."),
            "instructions": _("What to bring, what to mind before the examination. One line each."),
            "contact": _("Name of the office and its telephone."),
        }

    def __init__(self, *args, organizations, this_year: int, kind: str = ProgrammeKind.CHARITY, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["kind"].widget = forms.HiddenInput()
        self.initial.setdefault("kind", kind)
        self._last_year = this_year + YEARS_AHEAD
        self.fields["organization"].queryset = organizations
        self.fields["organization"].empty_label = None
        self.fields["year"].initial = this_year
        for name in ("unit_price", "budget"):
            self.fields[name].widget.attrs.update({"min": 0, "inputmode": "decimal"})

        for name in AFTERCARE:
            self.fields[name].required = False

    def clean(self):
        cleaned = super().clean()
        for name in AFTERCARE:
            if cleaned.get(name) is None and name not in self.errors:
                cleaned[name] = getattr(self.instance, name)
        return cleaned

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


class WindowForm(TellsOfOthers, forms.ModelForm):
    """When sign-up is open, and how booking works. What the ``kind`` of programme fixes isn't asked."""

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

    def __init__(self, *args, kind: str = ProgrammeKind.CHARITY, **kwargs):
        super().__init__(*args, **kwargs)
        for name in KINDS[kind].booking:
            del self.fields[name]
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


class ConductForm(TellsOfOthers, forms.ModelForm):
    """What counts as missing a place and what follows. A field left empty keeps its usual value."""

    BOUNDS = {"missed_limit": (1, 20), "missed_months": (1, 36), "pause_days": (1, 365), "correction_days": (0, 60)}

    class Meta:
        model = Offering
        fields = [
            "late_cancel_hours",
            "consequence",
            "missed_limit",
            "missed_months",
            "pause_days",
            "correction_days",
            "conduct_source",
        ]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["consequence"].required = False
        for name, (least, most) in self.BOUNDS.items():
            field = self.fields[name] = forms.IntegerField(
                label=self.fields[name].label,
                required=False,
                min_value=least,
                max_value=most,
                initial=self.instance._meta.get_field(name).default,
            )
            field.widget.attrs["inputmode"] = "numeric"

    def clean(self):
        data = super().clean()
        for name in ("consequence", *self.BOUNDS):
            if name not in self.errors and data.get(name) in (None, ""):
                data[name] = self.instance._meta.get_field(name).default
        return data


class TermsForm(TellsOfOthers, forms.ModelForm):
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

    added_items = forms.MultipleChoiceField(
        label=_("items added from this age on"),
        choices=Item.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    class Meta:
        model = ProgrammeTerms
        fields = [
            "age_min",
            "age_max",
            "membership_required",
            "residence_required",
            "marital_rule",
            "employment_types",
            "priority_employment_types",
            "paper_consent",
            "region",
            "interval_months",
            "interval_months_hpv",
            "interval_counts",
            "elsewhere",
            "added_from_age",
            "added_items",
            "source",
            "change_note",
        ]

    def __init__(self, *args, first: bool, kind: str = ProgrammeKind.CHARITY, **kwargs):
        super().__init__(*args, **kwargs)
        self._rules = KINDS[kind]
        for name in set(self.fields) - {*self._rules.terms, "source", "change_note"}:
            del self.fields[name]
        for name in ("interval_counts", "elsewhere", "region"):
            if name in self.fields:
                self.fields[name].required = False
        if not self.instance.pk:
            self.initial = self._rules.usual | (self.initial or {}) if first else self.initial
        if "region" in self.fields:
            self.fields["interval_months"].help_text = _("Empty: the figure of the region, where it is known.")
        if first:
            del self.fields["change_note"]
        else:
            self.fields["change_note"].required = True

    def sections(self):
        """The fields as the desk shows them: a heading, then those that belong together."""
        for heading, names in self._rules.sections:
            yield SECTIONS[heading], [self[name] for name in names]
        yield (
            pgettext_lazy("that programmes rest on", "Document"),
            [self[name] for name in ("source", "change_note") if name in self.fields],
        )

    def clean(self):
        data = super().clean()
        for name in ("interval_counts", "elsewhere"):
            if name in self.fields and not data.get(name):
                data[name] = self._rules.usual[name]
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
