"""Beginning a batch, choosing women, headcount, payment, papers, deciding."""

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from services.mutual_aid import queries
from services.mutual_aid.enums import BatchKind, EffectiveRule, FeeSplit, PaperKind
from services.mutual_aid.models import EnrolmentBatch, SchemeTerms
from services.organizations.enums import ROSTER_WRITERS, Branch
from services.organizations.forms import DayInput
from services.organizations.models import Organization

SHORT_LIST = 30


class BeginForm(forms.Form):
    """The unit is chosen from a list while that stays short, else named by its code."""

    organization = forms.ModelChoiceField(Organization.objects.none(), label=_("Unit"), to_field_name="code")
    terms = forms.ModelChoiceField(
        SchemeTerms.objects.none(),
        label=_("Scheme"),
        help_text=_("Those in force for your unions. The batch keeps the terms it begins with."),
    )
    kind = forms.ChoiceField(label=_("Kind"), choices=BatchKind)

    def __init__(self, *args, user, **kwargs):
        super().__init__(*args, **kwargs)
        units = Organization.objects.visible_to(user, roles=ROSTER_WRITERS).open()
        units = units.filter(branch=Branch.TRADE_UNION).order_by("-depth", "path")
        field = self.fields["organization"]
        field.queryset = units
        if units.count() > SHORT_LIST:
            field.widget = forms.TextInput(attrs={"size": 20})
            field.help_text = _("The unit's code.")
        first = units.first()
        field.initial = first and first.code
        terms = self.fields["terms"]
        terms.queryset = SchemeTerms.objects.filter(state="active").select_related("scheme").order_by("scheme__code")
        if first is not None:
            terms.queryset = queries.in_force_for(first)
        terms.empty_label = None
        terms.label_from_instance = lambda one: queries.name_of(one.scheme)


class PutForm(forms.Form):
    shares = forms.IntegerField(label=_("Shares for each"), min_value=1, max_value=1000, initial=1)


class LineForm(forms.Form):
    shares = forms.IntegerField(label=_("Shares"), min_value=1, max_value=1000)
    retires_at = forms.TypedChoiceField(
        label=_("Retirement age of her post before 2025"),
        choices=[("", _("not said")), ("50", "50"), ("55", "55")],
        coerce=int,
        empty_value=None,
        required=False,
        help_text=_("Only where the scheme takes women up to the legal retirement age."),
    )


class HeadcountForm(forms.Form):
    women = forms.IntegerField(label=_("Women on the staff"), min_value=1, max_value=1_000_000)
    staff = forms.IntegerField(
        label=_("All staff"),
        min_value=1,
        max_value=1_000_000,
        required=False,
        help_text=_("Needed only where the scheme takes the share of all staff."),
    )
    on = forms.DateField(label=_("As of"), widget=DayInput)
    stated = forms.BooleanField(
        label=_("The unit states these numbers itself; there is no report"),
        required=False,
        help_text=_("Else upload the headcount report of this or the last month."),
    )


class PaymentForm(forms.Form):
    paid_on = forms.DateField(label=_("Paid on"), widget=DayInput, required=False)
    unified_from = forms.DateField(
        label=_("First day for the whole batch"),
        widget=DayInput,
        required=False,
        help_text=_("As the federation has named it."),
    )
    upper = forms.DecimalField(label=_("Of one share the upper union pays, yuan"), min_value=0, decimal_places=2)
    unit = forms.DecimalField(label=_("Of one share the unit pays, yuan"), min_value=0, decimal_places=2)
    herself = forms.DecimalField(label=_("Of one share she pays, yuan"), min_value=0, decimal_places=2)

    def __init__(self, *args, batch: EnrolmentBatch, **kwargs):
        super().__init__(*args, **kwargs)
        if batch.terms.fee_split != FeeSplit.BY_UNIT:
            del self.fields["upper"], self.fields["unit"], self.fields["herself"]
        if batch.terms.effective_rule != EffectiveRule.UNIFIED:
            del self.fields["unified_from"]

    @property
    def split(self) -> tuple | None:
        data = self.cleaned_data
        return (data["upper"], data["unit"], data["herself"]) if "upper" in data else None


class PaperForm(forms.Form):
    kind = forms.ChoiceField(label=_("Which paper"), choices=PaperKind)
    file = forms.FileField(
        label=_("Photo or PDF"),
        error_messages={"required": _("Choose the file first.")},
        widget=forms.FileInput(attrs={"accept": "image/*,application/pdf"}),
    )


class HandInForm(forms.Form):
    healthy = forms.BooleanField(
        label=_("Each woman has stated that she is healthy and never had one of the scheme's diseases"),
        help_text=_("Keep the statements; the federation may ask for them."),
        required=False,
    )


class WhyForm(forms.Form):
    """``seen`` is the version of the batch that the page showed."""

    seen = forms.IntegerField(widget=forms.HiddenInput, required=False)
    reason = forms.CharField(
        label=_("All reasons at once"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=_("The unit reads it. Write no illness and no number of a person."),
    )


class DropForm(forms.Form):
    reason = forms.CharField(label=_("Reason"), max_length=200)


class LookForm(forms.Form):
    """What opens the findings of a line: each look is on record."""

    reason = forms.CharField(
        label=_("Why you look"), max_length=200, help_text=_("She can read it among the looks at her data.")
    )


class SettleForm(forms.Form):
    joins = forms.TypedChoiceField(
        label=_("Decision"),
        choices=[("yes", _("She may join")), ("no", _("She can't join"))],
        coerce=lambda value: value == "yes",
        widget=forms.RadioSelect,
    )
    because = forms.CharField(
        label=_("Because"), max_length=200, help_text=_("Stays with the federation; the unit doesn't read it.")
    )


class OnDayForm(forms.Form):
    """Was she covered on a day, as known on another one?"""

    on = forms.DateField(label=_("Covered on"), widget=DayInput)
    known = forms.DateField(
        label=_("As known on"), widget=DayInput, required=False, help_text=_("At the end of that day. Empty: now.")
    )


class CorrectForm(forms.Form):
    first_day = forms.DateField(label=_("First day"), widget=DayInput)
    last_day = forms.DateField(label=_("Last day"), widget=DayInput)
    shares = forms.IntegerField(label=_("Shares"), min_value=1, max_value=1000)
    renewal = forms.BooleanField(label=_("Unbroken renewal"), required=False)
    reason = forms.CharField(
        label=_("What was wrong"),
        max_length=200,
        help_text=_("Stays in the history of the cover. Write no illness and no number of a person."),
    )


class LeavingForm(forms.Form):
    on = forms.DateField(label=pgettext_lazy("unit", "Left on"), widget=DayInput)
