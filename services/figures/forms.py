"""The form of a target."""

from decimal import Decimal

from django import forms
from django.utils.translation import gettext_lazy as _

from services.figures.registry import Dimension
from services.figures.rules import arrangement


class TargetForm(forms.Form):
    value = forms.DecimalField(label=_("Target"), max_digits=12, decimal_places=1, min_value=0)
    source = forms.CharField(
        label=_("where the target comes from"), max_length=200, help_text=_("The plan or the decision, with its date.")
    )

    def __init__(self, *args, statistic, **kwargs):
        super().__init__(*args, **kwargs)
        if statistic.median_of:
            self.fields["value"] = _bucket(statistic.median_of)
        elif statistic.denominator:
            self.fields["value"].help_text = _("In per cent, 0 to 100.")
        elif statistic.in_money:
            self.fields["value"].help_text = _("In yuan.")


def _bucket(dimension: Dimension) -> forms.TypedChoiceField:
    """Buckets that have an upper end; the target is that the middle one lies there or before."""
    names = dimension.labels(list(dimension.ends))
    return forms.TypedChoiceField(
        label=_("Target"),
        choices=[("", "—"), *((str(end), names[key]) for key, end in dimension.ends.items())],
        coerce=Decimal,
        help_text=_("The middle one is to lie in this span or before it."),
    )


_DRAWING_FAULTS = {
    "unknown": _("Line %(line)s: nothing below is called “%(text)s”."),
    "ambiguous": _("Line %(line)s: several names begin with “%(text)s”. Write more of the name, or the code."),
    "twice": _("Line %(line)s: “%(text)s” stands on the map twice."),
    "too_wide": _("Line %(line)s is too long: at most %(widest)s places beside each other."),
    "too_tall": _("Too many lines: at most %(tallest)s."),
}


class ArrangementForm(forms.Form):
    """``drawing`` is cleaned into rows of keys."""

    drawing = forms.CharField(
        label=_("Map"),
        max_length=5000,
        strip=False,
        widget=forms.Textarea({"rows": 10, "spellcheck": "false", "class": "figures-drawing"}),
    )

    def __init__(self, *args, children, **kwargs):
        super().__init__(*args, **kwargs)
        self.children = children

    def clean_drawing(self):
        names = {one.name: one.pk for one in self.children}
        codes = {one.code: one.pk for one in self.children}
        rows, faults = arrangement.read(self.cleaned_data["drawing"], names, codes)
        if faults:
            bounds = {"widest": arrangement.WIDEST, "tallest": arrangement.TALLEST}
            raise forms.ValidationError(
                [str(_DRAWING_FAULTS[one.code]) % ({"line": one.line, "text": one.text} | bounds) for one in faults]
            )
        return rows
