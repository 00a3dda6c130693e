"""A standard list as the city writes it: its source, and its lines row by row."""

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from services.home_equipment.enums import Category, Supplier, Unit
from services.home_equipment.models import EquipmentStandard
from services.home_equipment.models.standard import IDLE_AFTER

MOST_LINES, MOST_KINDS, MOST_PIECES = 40, 20, 100_000


class KindsField(forms.CharField):
    """Names of kinds with commas between them, each once."""

    def prepare_value(self, value):
        return "、".join(value) if isinstance(value, list) else value

    def clean(self, value):
        text = super().clean(value)
        for mark in ("、", "，", ";", "；", "\n"):
            text = text.replace(mark, ",")
        kinds = [one.strip() for one in text.split(",") if one.strip()]
        if len(set(kinds)) != len(kinds) or len(kinds) > MOST_KINDS or any(len(one) > 30 for one in kinds):
            raise forms.ValidationError(
                _("Name up to %(most)s different kinds of at most 30 characters, commas between them.")
                % {"most": MOST_KINDS}
            )
        return kinds


class StandardForm(forms.Form):
    source = forms.CharField(label=_("source"), max_length=300, help_text=_("The document that sets the list."))
    idle_days = forms.IntegerField(label=_("idle after so many days"), min_value=1, max_value=3650, initial=IDLE_AFTER)


class LineForm(forms.Form):
    code = forms.RegexField(
        r"^[A-Z][0-9]{1,4}$",
        label=pgettext_lazy("equipment", "code"),
        max_length=5,
        error_messages={"invalid": _("A capital letter and digits, such as E15.")},
    )
    name = forms.CharField(label=pgettext_lazy("equipment", "item"), max_length=60)
    category = forms.ChoiceField(label=pgettext_lazy("equipment", "category"), choices=Category.choices)
    applicable = forms.BooleanField(label=_("asked of this profile"), required=False, initial=True)
    minimum = forms.IntegerField(
        label=pgettext_lazy("equipment", "quantity"),
        min_value=1,
        max_value=MOST_PIECES,
        required=False,
        help_text=_("Empty: the plan names none (适量)."),
    )
    tolerance = forms.IntegerField(label=_("tolerance in %"), min_value=0, max_value=50, initial=0)
    each_kind = forms.IntegerField(
        label=_("of each kind at least"), min_value=1, max_value=1000, initial=1, help_text=_("Without a quantity.")
    )
    kinds = KindsField(label=_("named kinds"), max_length=400, required=False)
    unit = forms.ChoiceField(label=_("unit"), choices=Unit.choices)
    supplier = forms.ChoiceField(label=_("supplier"), choices=Supplier.choices)
    by_lot = forms.BooleanField(label=_("one number for the whole lot"), required=False)
    phrase = forms.CharField(
        label=_("words of the plan"), max_length=500, required=False, widget=forms.Textarea(attrs={"rows": 2})
    )
    reading = forms.CharField(label=_("how they are read"), max_length=200, required=False)


class _Lines(forms.BaseFormSet):
    def clean(self):
        codes = [form.cleaned_data["code"] for form in self.kept()]
        for form in self.kept():
            if codes.count(form.cleaned_data["code"]) > 1:
                form.add_error("code", _("Another line has this code."))

    def kept(self) -> list[LineForm]:
        """The rows that hold something and aren't to be taken out."""
        return [
            form
            for form in self.forms
            if form.is_valid() and form.cleaned_data.get("code") and not form.cleaned_data.get("DELETE")
        ]


LineFormSet = forms.formset_factory(
    LineForm,
    formset=_Lines,
    extra=1,
    can_delete=True,
    max_num=MOST_LINES,
    validate_max=True,
    absolute_max=MOST_LINES + 10,
)


def rows_of(standard: EquipmentStandard | None) -> list[dict]:
    if standard is None:
        return []
    return [{name: getattr(line, name) for name in LineForm.base_fields} for line in standard.lines.all()]
