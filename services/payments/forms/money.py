"""Funds and batches as finance officers fill them in."""

from decimal import Decimal

from django import forms
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from services.organizations.forms import OrganizationField
from services.organizations.models import Organization
from services.payments import queries
from services.payments.enums import FundKind
from services.payments.models import BankLayout, FundSource
from services.payments.policies import APPROVERS, PREPARERS
from services.payments.rules.money import LARGEST


def _yuan(label, **kwargs) -> forms.DecimalField:
    return forms.DecimalField(
        label=label,
        min_value=kwargs.pop("min_value", Decimal(0)),
        max_value=LARGEST,
        max_digits=12,
        decimal_places=2,
        widget=forms.NumberInput({"step": "0.01", "inputmode": "decimal"}),
        **kwargs,
    )


class FundForm(forms.Form):
    name = forms.CharField(label=pgettext_lazy("of a thing", "Name"), max_length=80)
    code = forms.SlugField(
        label=pgettext_lazy("of a thing", "Code"),
        max_length=40,
        help_text=_("Letters, digits and hyphens; the same fund of another year has the same code."),
    )
    year = forms.IntegerField(label=_("Year"), min_value=2000, max_value=2100)
    kind = forms.ChoiceField(label=_("Whose money"), choices=FundKind)
    organization = OrganizationField(label=_("Kept by"))
    budget = _yuan(_("Budget in yuan"))
    reason = forms.CharField(
        label=_("Basis"), max_length=200, required=False, help_text=_("The decision or document, for the ledger.")
    )

    def __init__(self, *args, user, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["organization"].choices = Organization.objects.visible_to(user, roles=APPROVERS).open()


class BudgetForm(forms.Form):
    budget = _yuan(_("New budget in yuan"))
    reason = forms.CharField(label=_("Reason"), max_length=200, help_text=_("Stands in the ledger."))


class ReasonForm(forms.Form):
    reason = forms.CharField(
        label=_("Reason"), max_length=200, help_text=_("Is kept with it. Don't write numbers of people or accounts.")
    )


class FundChoice(forms.ModelChoiceField):
    def label_from_instance(self, fund):
        return f"{fund.name} {fund.year} · {fund.organization.name}"


class BatchForm(forms.Form):
    fund = FundChoice(FundSource.objects.none(), label=_("Fund source"), empty_label=_("Choose…"))
    layout = forms.ModelChoiceField(
        BankLayout.objects.none(), label=_("Bank file layout"), empty_label=_("Choose…"), to_field_name="code"
    )

    def __init__(self, *args, user, **kwargs):
        super().__init__(*args, **kwargs)
        funds = FundSource.objects.visible_to(user, roles=PREPARERS).select_related("organization")
        self.fields["fund"].queryset = funds
        self.fields["layout"].queryset = BankLayout.objects.filter(in_use=True).order_by("name")

    def clean(self):
        data = super().clean()
        fund, layout = data.get("fund"), data.get("layout")
        if fund and layout and not queries.layouts_for_fund(fund).filter(pk=layout.pk).exists():
            self.add_error("layout", _("This layout belongs to another organisation."))
        return data


class ApproveForm(forms.Form):
    """``seen`` is the digest the page showed, ``handed_in`` when what it showed was handed in."""

    seen = forms.CharField(widget=forms.HiddenInput, max_length=64)
    handed_in = forms.CharField(widget=forms.HiddenInput, max_length=40, required=False)
    checked = forms.BooleanField(label=_("I have compared count, total and digest with the payment list."))

    def clean(self):
        data = super().clean()
        try:
            data["handed_in"] = parse_datetime(data.get("handed_in", ""))
        except ValueError:
            data["handed_in"] = None
        if data["handed_in"] is None:
            self.add_error(None, _("Look at the figures once more, then approve."))
        return data


class ResultForm(forms.Form):
    file = forms.FileField(
        label=_("Result file of the bank (.xlsx)"),
        error_messages={"required": _("Choose the workbook first.")},
        widget=forms.FileInput(attrs={"accept": ".xlsx"}),
    )


class SettleForm(forms.Form):
    became = forms.ChoiceField(
        label=_("What became of it?"),
        choices=[
            ("paid", _("The bank has paid it")),
            ("returned", _("The bank has not paid it: it may be tried again")),
        ],
        widget=forms.RadioSelect,
    )
    reason = forms.CharField(
        label=_("How do you know?"), max_length=120, help_text=_("For example: statement of the bank of 12 May.")
    )
