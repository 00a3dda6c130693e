"""A checklist as a federation writes it: pass mark, source, and its items row by row."""

import json
from decimal import Decimal

from django import forms
from django.utils.crypto import constant_time_compare, salted_hmac
from django.utils.translation import gettext_lazy as _

from services.coverage.enums import AutomaticRule, ItemGroup, PassKind
from services.coverage.models import Checklist
from services.coverage.rules.scoring import MOST_POINTS
from services.foundation.unchanged import FIELD, AsOpened

MOST_ITEMS = 60
_WRITTEN = ("pass_kind", "pass_mark", "source")


class ChecklistForm(forms.Form):
    """No pass mark is suggested: nobody but the federation sets it. ``latest`` is the version that the page was filled
    with: when somebody else has written another meanwhile, the first sending is told so, the second takes its place."""

    pass_kind = forms.ChoiceField(label=_("pass mark in"), choices=[("", "—"), *PassKind.choices], required=False)
    pass_mark = forms.DecimalField(
        label=_("pass mark"),
        required=False,
        min_value=Decimal("0.1"),
        max_value=MOST_POINTS,
        decimal_places=1,
        help_text=_("May stay empty in a draft. Without one the checklist can't be put in force."),
    )
    source = forms.CharField(
        label=_("source"), max_length=300, required=False, help_text=_("The document that sets the list.")
    )

    def __init__(self, *args, latest: Checklist | None, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields[FIELD] = AsOpened(required=False, initial=_digest(latest))

    def clean(self):
        data = super().clean()
        opened = data.pop(FIELD, "")
        if opened and not constant_time_compare(opened, self.fields[FIELD].initial):
            said = _(
                "Somebody else saved this checklist after you had opened it: read it under “Standardisation "
                "checklists”. What you entered is still here: save again to put it in its place."
            )
            self.add_error(None, said)
        return data


def _digest(checklist: Checklist | None) -> str:
    stands = [] if checklist is None else [checklist.pk, checklist.state, *(getattr(checklist, n) for n in _WRITTEN)]
    return salted_hmac("coverage.checklist", json.dumps([*stands, *rows_of(checklist)], default=str)).hexdigest()


class ItemForm(forms.Form):
    group = forms.ChoiceField(label=_("part"), choices=ItemGroup.choices)
    code = forms.SlugField(label=_("code"), max_length=40, help_text=_("Latin letters, digits and hyphens."))
    words = forms.CharField(label=_("what is asked (Chinese)"), max_length=200)
    words_en = forms.CharField(label=_("what is asked (English)"), max_length=200, required=False)
    points = forms.DecimalField(
        label=_("points"), min_value=Decimal("0.1"), max_value=Decimal(100), decimal_places=1, max_digits=5
    )
    evidence = forms.BooleanField(label=_("evidence required"), required=False)
    rule = forms.ChoiceField(
        label=_("answered by the record"),
        choices=[("", _("No: the union says it")), *AutomaticRule.choices],
        required=False,
    )
    source = forms.CharField(label=_("source"), max_length=200, required=False)


class _Items(forms.BaseFormSet):
    def clean(self):
        codes = [form.cleaned_data["code"] for form in self.kept()]
        for form in self.kept():
            if codes.count(form.cleaned_data["code"]) > 1:
                form.add_error("code", _("Another item has this code."))

    def kept(self) -> list[ItemForm]:
        """The rows that hold something and aren't to be taken out."""
        return [
            form
            for form in self.forms
            if form.is_valid() and form.cleaned_data.get("code") and not form.cleaned_data.get("DELETE")
        ]


ItemFormSet = forms.formset_factory(
    ItemForm,
    formset=_Items,
    extra=3,
    can_delete=True,
    max_num=MOST_ITEMS,
    validate_max=True,
    absolute_max=MOST_ITEMS + 10,
)


def rows_of(checklist: Checklist | None) -> list[dict]:
    if checklist is None:
        return []
    fields = list(ItemForm.base_fields)
    return [{name: getattr(item, name) for name in fields} for item in checklist.items.all()]
