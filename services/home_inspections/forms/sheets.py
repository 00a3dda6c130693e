"""A sheet as it is typed: a group of fields a criterion, each knowing what it saw when it was opened."""

import json
from decimal import Decimal

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from services.home_inspections.errors import BeyondPoints
from services.home_inspections.models import Criterion
from services.home_inspections.queries.inspections import values_of
from services.home_inspections.rules import scoring
from services.home_inspections.rules.merging import Change

PARTS = ("points", "na", "reason", "counted", "note")


def points_field(most: Decimal, *, required: bool = False) -> forms.DecimalField:
    words = BeyondPoints(most=most).message(staff=True)
    field = forms.DecimalField(
        required=required,
        min_value=Decimal(0),
        max_value=most,
        step_size=Decimal("0.5"),
        error_messages=dict.fromkeys(("min_value", "max_value", "step_size", "invalid"), words),
        widget=forms.NumberInput(attrs={"inputmode": "decimal", "autocomplete": "off", "step": "0.5", "min": "0"}),
    )
    field.widget.attrs["max"] = str(most)
    return field


def plain(answer) -> dict:
    """The fields of an answer as a phone keeps them."""
    values = values_of(answer)
    halves = values.pop("half_points")
    return {"points": None if halves is None else str(scoring.points(halves)), **values}


def as_base(said: dict) -> dict:
    """The same, as the rules of merging compare it."""
    found = {name: said[name] for name in ("not_applicable", "reason", "counted", "note") if name in said}
    if said.get("points") not in (None, ""):
        found["half_points"] = scoring.halves(Decimal(str(said["points"])))
    return found


class SheetForm(forms.Form):
    """``groups()`` pairs each criterion with its bound fields."""

    def __init__(self, data=None, *, asked: dict[str, Criterion], answers: dict):
        super().__init__(data)
        self.asked, self.answers = asked, answers
        for code, criterion in asked.items():
            self._add(code, criterion, answers.get(code))

    def _add(self, code: str, criterion: Criterion, answer) -> None:
        made = {
            "points": points_field(criterion.points),
            "na": forms.BooleanField(required=False),
            "reason": forms.CharField(required=False, max_length=200),
            "counted": forms.IntegerField(required=False, min_value=0, max_value=1_000_000),
            "note": forms.CharField(required=False, max_length=500, widget=forms.Textarea(attrs={"rows": 2})),
            "version": forms.IntegerField(required=False, min_value=0, widget=forms.HiddenInput),
            "base": forms.CharField(required=False, max_length=2000, widget=forms.HiddenInput),
        }
        labels = {
            "points": pgettext_lazy("inspection of homes", "Points"),
            "na": _("Not applicable"),
            "reason": _("Why it doesn't apply"),
        }
        labels |= {"counted": pgettext_lazy("inspection", "Counted"), "note": _("Remarks")}
        stored = plain(answer)
        initial = {
            "points": stored["points"],
            "na": stored["not_applicable"],
            "reason": stored["reason"],
            "counted": stored["counted"],
            "note": stored["note"],
            "version": answer.version if answer else 0,
            "base": json.dumps(stored, ensure_ascii=False),
        }
        for part, field in made.items():
            field.label = labels.get(part, "")
            if part in ("na", "reason") and not criterion.na_allowed:
                continue
            if part == "counted" and not criterion.needs_count:
                continue
            self.fields[f"{part}-{code}"] = field
            self.initial[f"{part}-{code}"] = initial[part]

    def bound(self, part: str, code: str):
        name = f"{part}-{code}"
        return self[name] if name in self.fields else None

    def changes(self) -> list[Change]:
        """Groups whose own fields are fit, whatever stands in the others."""
        wrong = {name.split("-", 1)[1] for name in self.errors if "-" in name}
        return [self._change(code) for code in self.asked if code not in wrong]

    def _change(self, code: str) -> Change:
        def said(part, default=None):
            value = self.cleaned_data.get(f"{part}-{code}")
            return default if value in (None, "") else value

        try:
            base = as_base(json.loads(said("base", "{}")))
        except (ValueError, TypeError, ArithmeticError):
            base = {}
        return Change(
            code=code,
            points=said("points"),
            not_applicable=bool(said("na", False)),
            reason=said("reason", ""),
            counted=said("counted"),
            note=said("note", ""),
            seen=said("version", 0),
            base=base,
        )

    def see(self, code: str, answer) -> None:
        """From now on she has seen what stands there: saving again is her choice."""
        self.data = self.data.copy()
        self.data[f"version-{code}"] = str(answer.version if answer else 0)
        self.data[f"base-{code}"] = json.dumps(plain(answer), ensure_ascii=False)

    def take(self, code: str, answer) -> None:
        """Take over what stands there."""
        self.see(code, answer)
        stored = plain(answer)
        for part, name in (("points", "points"), ("reason", "reason"), ("counted", "counted"), ("note", "note")):
            self.data[f"{part}-{code}"] = "" if stored[name] is None else str(stored[name])
        self.data.pop(f"na-{code}", None)
        if stored["not_applicable"]:
            self.data[f"na-{code}"] = "on"


class SentAnswer(forms.Form):
    """One answer as a phone sends it."""

    code = forms.CharField(max_length=6)
    points = forms.DecimalField(required=False, max_digits=5, decimal_places=2)
    not_applicable = forms.BooleanField(required=False)
    reason = forms.CharField(required=False, max_length=200)
    counted = forms.IntegerField(required=False, min_value=0, max_value=1_000_000)
    note = forms.CharField(required=False, max_length=500)
    seen = forms.IntegerField(required=False, min_value=0)
    key = forms.CharField(required=False, max_length=40)
    device_at = forms.DateTimeField(required=False, input_formats=["iso-8601", "%Y-%m-%dT%H:%M:%S.%fZ"])

    def change(self, base) -> Change:
        said = self.cleaned_data
        try:
            base = as_base(base if isinstance(base, dict) else {})
        except (ValueError, TypeError, ArithmeticError):
            base = {}
        return Change(
            code=said["code"],
            points=said["points"],
            not_applicable=said["not_applicable"],
            reason=said["reason"],
            counted=said["counted"],
            note=said["note"],
            seen=said["seen"] or 0,
            base=base,
            key=said["key"],
            device_at=said["device_at"],
        )


class CountyForm(forms.Form):
    """Points and a note for every county fact."""

    def __init__(self, data=None, *, criteria, answers: dict):
        super().__init__(data)
        self.criteria = criteria
        for one in criteria:
            stored = answers.get(one.code)
            self.fields[f"points-{one.code}"] = points_field(one.points)
            self.fields[f"note-{one.code}"] = forms.CharField(required=False, max_length=300)
            self.fields[f"points-{one.code}"].label, self.fields[f"note-{one.code}"].label = (
                pgettext_lazy("inspection of homes", "Points"),
                _("Basis"),
            )
            if stored:
                self.initial[f"points-{one.code}"] = scoring.points(stored.half_points)
                self.initial[f"note-{one.code}"] = stored.note

    def groups(self):
        return [(one, self[f"points-{one.code}"], self[f"note-{one.code}"]) for one in self.criteria]

    def said(self) -> dict:
        found = {}
        for one in self.criteria:
            points = self.cleaned_data.get(f"points-{one.code}")
            if points is not None:
                found[one.code] = (points, self.cleaned_data.get(f"note-{one.code}") or "")
        return found

    def put(self, faults: dict) -> None:
        for code, most in faults.items():
            self.add_error(f"points-{code}", BeyondPoints(most=most).message(staff=True))
