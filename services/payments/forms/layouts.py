"""A bank's layout with a field for everything, so that nobody has to write code."""

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from services.organizations.forms import OrganizationField
from services.organizations.models import Organization
from services.payments.enums import FIELDS_NEEDED, LayoutField
from services.payments.models import BankLayout
from services.payments.policies import PREPARERS
from services.payments.rules.layouts import ANSWERS, ANSWERS_NEEDED

_HEADING, _PLACE = "heading", "place"
LONGEST_HEADING = 30
_ANSWER_LABELS = {
    "reference": _("Heading of the reference"),
    "amount": _("Heading of the amount"),
    "outcome": _("Heading of the outcome"),
    "reason": _("Heading of the reason (may be missing)"),
}
_FAULTS = {
    "missing": _("This is needed."),
    "twice": _("This heading stands twice."),
    "unknown": _("There is no such column."),
    "both": _("The same word can't mean both paid and returned."),
    "many": _("These are too many words."),
}


class WordsField(forms.CharField):
    """Words of the bank, one a line."""

    def __init__(self, **kwargs):
        super().__init__(max_length=400, widget=forms.Textarea({"rows": 3}), required=False, **kwargs)

    def prepare_value(self, value):
        return "\n".join(value) if isinstance(value, list | tuple) else value

    def clean(self, value):
        lines = [" ".join(line.split()) for line in (super().clean(value) or "").splitlines()]
        return list(dict.fromkeys(line for line in lines if line))


class LayoutForm(forms.Form):
    """For each thing a file may hold: its heading (empty: not in the file) and its place."""

    name = forms.CharField(label=pgettext_lazy("of a thing", "Name"), max_length=80)
    code = forms.SlugField(
        label=pgettext_lazy("of a thing", "Code"), max_length=40, help_text=_("Letters, digits and hyphens.")
    )
    organization = OrganizationField(label=_("Kept by"))
    sheet = forms.RegexField(
        r"^[^\[\]:*?/\\]+$",
        label=_("Name of the sheet"),
        max_length=31,
        initial="Sheet1",
        error_messages={"invalid": _("A sheet's name can't have the characters [ ] : * ? / \\.")},
    )
    in_use = forms.BooleanField(label=_("In use"), required=False, initial=True)

    def __init__(self, *args, user, layout: BankLayout | None = None, **kwargs):
        self.layout = layout
        super().__init__(*args, initial=_initial(layout) | (kwargs.pop("initial", None) or {}), **kwargs)
        self.fields["organization"].choices = Organization.objects.visible_to(user, roles=PREPARERS).open()
        if layout is not None:
            self.fields["code"].disabled = True
        for place, field in enumerate(LayoutField, 1):
            self._add_column(field, place)
        for name in ANSWERS:
            self.fields[f"result_{name}"] = forms.CharField(
                label=_ANSWER_LABELS[name], max_length=LONGEST_HEADING, required=name in ANSWERS_NEEDED
            )
        self.fields["paid"] = WordsField(
            label=_("Words that mean: paid"), help_text=_("One a line, exactly as the bank writes them.")
        )
        self.fields["returned"] = WordsField(
            label=_("Words that mean: returned"), help_text=_("Every other word means unknown.")
        )

    def _add_column(self, field: LayoutField, place: int) -> None:
        self.fields[f"{_HEADING}_{field}"] = forms.CharField(
            label=field.label, max_length=LONGEST_HEADING, required=field in FIELDS_NEEDED
        )
        self.fields[f"{_PLACE}_{field}"] = forms.IntegerField(
            label=pgettext_lazy("in the order of columns", "Place"),
            min_value=1,
            max_value=50,
            initial=place,
            required=False,
            widget=forms.NumberInput({"class": "desk-number", "inputmode": "numeric"}),
        )

    @property
    def column_fields(self) -> list[tuple]:
        """Heading and place of each column, for the page."""
        return [(self[f"{_HEADING}_{field}"], self[f"{_PLACE}_{field}"]) for field in LayoutField]

    @property
    def answer_fields(self) -> list:
        return [*(self[f"result_{name}"] for name in ANSWERS), self["paid"], self["returned"]]

    @property
    def own_fields(self) -> list:
        return [self[name] for name in ("name", "code", "organization", "sheet", "in_use")]

    def clean_code(self) -> str:
        code = self.cleaned_data["code"]
        if self.layout is None and BankLayout.objects.filter(code=code).exists():
            raise forms.ValidationError(_("There is a layout with this code."))
        return code

    def given(self) -> dict:
        data = self.cleaned_data
        chosen = [field for field in LayoutField if data.get(f"{_HEADING}_{field}")]
        order = {field: place for place, field in enumerate(LayoutField)}
        chosen.sort(key=lambda field: (data.get(f"{_PLACE}_{field}") or 99, order[field]))
        results = {name: data[f"result_{name}"] for name in ANSWERS}
        return {name: data[name] for name in ("code", "name", "organization", "sheet", "in_use")} | {
            "columns": [{"field": str(field), "heading": data[f"{_HEADING}_{field}"]} for field in chosen],
            "results": results | {"paid": data["paid"], "returned": data["returned"]},
        }

    def take_faults(self, faults: list[tuple[str, str]]) -> None:
        """Put what the action found beside the fields."""
        for what, why in faults:
            names = (f"result_{what}", f"{_HEADING}_{what}", what)
            if why in ("both", "many") or what in ("paid", "returned"):
                names = (what,)
            elif what not in ANSWERS or (what in LayoutField.values and why == "twice" and self._column_twice(what)):
                names = (f"{_HEADING}_{what}",)
            name = next((one for one in names if one in self.fields), None)
            self.add_error(name, _FAULTS[why])

    def _column_twice(self, what: str) -> bool:
        heading = self.cleaned_data.get(f"{_HEADING}_{what}", "")
        headings = [self.cleaned_data.get(f"{_HEADING}_{field}", "") for field in LayoutField]
        return headings.count(heading) > 1


def _initial(layout: BankLayout | None) -> dict:
    if layout is None:
        return {}
    found = {name: getattr(layout, name) for name in ("name", "code", "organization", "sheet", "in_use")}
    for place, column in enumerate(layout.columns, 1):
        found |= {f"{_HEADING}_{column['field']}": column["heading"], f"{_PLACE}_{column['field']}": place}
    found |= {f"result_{name}": layout.results.get(name, "") for name in ANSWERS}
    return found | {name: layout.results.get(name, []) for name in ("paid", "returned")}
