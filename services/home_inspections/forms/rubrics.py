"""The rubric as a city sets it: marks without a suggestion, and a weight for every criterion."""

from decimal import Decimal

from django import forms
from django.utils.translation import gettext_lazy as _

from services.home_inspections.enums import Asked
from services.home_inspections.models import Rubric
from services.home_inspections.queries.rubrics import CRITERION_FIELDS, FIELDS
from services.home_inspections.rules import scoring

_FLAGS = ("na_allowed", "veto", "needs_photo", "needs_document", "needs_count")


def _number(label, help_text, *, most, step, digits=1, least=Decimal("0.5")) -> forms.DecimalField:
    field = forms.DecimalField(
        label=label, help_text=help_text, required=False, min_value=least, max_value=most, decimal_places=digits
    )
    field.widget.attrs |= {"inputmode": "decimal", "step": step}
    return field


class RubricForm(forms.Form):
    """May stay incomplete in a draft; without all of it the rubric can't be put in force."""

    pass_mark = _number(
        _("pass mark (out of 100)"),
        _("The plan names none (T15). Nothing is assumed: set it here."),
        most=Decimal(100),
        step="0.5",
    )
    fails_below = forms.IntegerField(
        label=_("a criterion fails below (% of its points)"),
        required=False,
        min_value=1,
        max_value=100,
        help_text=_("A criterion that fails opens a finding."),
    )
    difference_limit = _number(
        _("county and city differ beyond (points)"),
        _("A difference beyond it, or another verdict, is flagged."),
        most=Decimal(100),
        step="0.5",
    )
    blind_limit = _number(
        _("two who score blind differ beyond (points a criterion)"),
        _("Beyond it a third person settles the criterion. Empty: nobody scores blind."),
        most=Decimal(15),
        step="0.5",
        least=Decimal(0),
    )
    rectify_days = forms.IntegerField(label=_("days to put findings right"), required=False, min_value=1, max_value=365)
    source = forms.CharField(
        label=_("source"), max_length=300, required=False, help_text=_("The document that sets the rubric.")
    )

    def __init__(self, data=None, *, rubric: Rubric):
        super().__init__(data, initial={name: getattr(rubric, name) for name in FIELDS})
        self.rubric = rubric
        for item in rubric.items.all():
            for one in item.criteria.all():
                self._add(one, item)

    def _add(self, one, item) -> None:
        weight = forms.DecimalField(
            label=_("weight"), required=False, min_value=Decimal(0), max_value=item.points, step_size=Decimal("0.5")
        )
        weight.widget.attrs |= {"inputmode": "decimal", "step": "0.5"}
        self.fields[f"weight-{one.code}"] = weight
        self.initial[f"weight-{one.code}"] = one.points
        self.fields[f"asked_of-{one.code}"] = forms.ChoiceField(label=_("asked of"), choices=Asked.choices)
        self.initial[f"asked_of-{one.code}"] = one.asked_of
        if one.of_county:
            # A county's fact is inherited as it is: nothing of it is decided in a home.
            self.fields[f"asked_of-{one.code}"].disabled = True
            return
        labels = {
            "na_allowed": _("“not applicable” admitted"),
            "veto": _("veto"),
            "needs_photo": _("photo required"),
            "needs_document": _("document required"),
            "needs_count": _("count required"),
        }
        for flag in _FLAGS:
            self.fields[f"{flag}-{one.code}"] = forms.BooleanField(label=labels[flag], required=False)
            self.initial[f"{flag}-{one.code}"] = getattr(one, flag)

    def marks(self) -> list:
        return [self[name] for name in FIELDS]

    def groups(self) -> list:
        """Items with their criteria, each with its bound fields."""
        return [
            (
                item,
                [
                    (
                        one,
                        [
                            self[f"{name}-{one.code}"]
                            for name in CRITERION_FIELDS
                            if f"{name}-{one.code}" in self.fields
                        ],
                    )
                    for one in item.criteria.all()
                ],
            )
            for item in self.rubric.items.all()
        ]

    def marks_said(self) -> dict:
        return {name: self.cleaned_data.get(name) for name in FIELDS if name != "source"} | {
            "source": self.cleaned_data.get("source") or ""
        }

    def criteria_said(self) -> dict[str, dict]:
        found = {}
        for item in self.rubric.items.all():
            for one in item.criteria.all():
                values = {"asked_of": self.cleaned_data[f"asked_of-{one.code}"]}
                weight = self.cleaned_data[f"weight-{one.code}"]
                values["weight"] = None if weight is None else scoring.halves(weight)
                for flag in _FLAGS:
                    if f"{flag}-{one.code}" in self.fields:
                        values[flag] = self.cleaned_data[f"{flag}-{one.code}"]
                found[one.code] = values
        return found
