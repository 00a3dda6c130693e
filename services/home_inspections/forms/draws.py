"""Forms of a draw and of an evaluation."""

from decimal import Decimal

from django import forms
from django.utils.translation import gettext_lazy as _

from services.home_inspections import enums
from services.organizations.forms import DayInput

_MOST_LINES = 200


def _area(label, help_text="", **more) -> forms.CharField:
    return forms.CharField(label=label, help_text=help_text, widget=forms.Textarea(attrs={"rows": 3}), **more)


class _Lines(forms.CharField):
    """One home a line: its code, a space or comma, the reason. Gives ``{code: reason}``."""

    widget = forms.Textarea(attrs={"rows": 4, "spellcheck": "false"})

    def clean(self, value):
        text = super().clean(value)
        found: dict[str, str] = {}
        for number, line in enumerate(filter(None, map(str.strip, text.splitlines())), start=1):
            code, _space, reason = line.replace("，", " ").replace(",", " ").partition(" ")
            reason = reason.strip()
            if number > _MOST_LINES:
                raise forms.ValidationError(_("At most %(most)s lines."), params={"most": _MOST_LINES})
            if not reason:
                raise forms.ValidationError(_("Line %(number)s: say why."), params={"number": number})
            if code in found:
                raise forms.ValidationError(_("%(code)s stands there twice."), params={"code": code[:20]})
            found[code] = reason[:300]
        return found


class FreezeForm(forms.Form):
    purpose = forms.ChoiceField(label=_("purpose"), choices=enums.DrawPurpose.choices)
    ratio = forms.DecimalField(
        label=_("share to draw"),
        min_value=Decimal("0.5"),
        max_value=Decimal(1),
        decimal_places=3,
        initial=Decimal("0.5"),
        help_text=_("Of each county, rounded up. The plan asks for at least 0.5 (抽查率不低于50%)."),
        error_messages={"min_value": _("The plan asks for at least half of the homes: a share from 0.5 to 1.")},
    )
    preschool = forms.ChoiceField(
        label=_("homes below school age"),
        choices=enums.PreschoolRule.choices,
        help_text=_("They are few and have another standard: never mixed with the school homes of a county."),
    )
    must_visit = _Lines(
        label=_("must-visit list"),
        required=False,
        max_length=20_000,
        help_text=_("One home a line: code, then the reason (a complaint, rectified last year). Not counted as drawn."),
    )
    exclusions = _Lines(
        label=_("left out of the list"),
        required=False,
        max_length=20_000,
        help_text=_("One home a line: code, then the reason. It is published."),
    )


class SeedForm(forms.Form):
    seed = forms.CharField(
        label=_("seed"),
        max_length=200,
        help_text=_("Exactly as it came out; every character counts, once it is saved."),
    )
    source = forms.CharField(
        label=_("source"),
        max_length=200,
        help_text=_("A public one that nobody here controls: a published lottery number, dice before witnesses."),
    )
    happened_at = forms.DateTimeField(
        label=_("when it came out"),
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
    )
    witnesses = forms.CharField(label=_("witnesses"), max_length=200)
    minutes = _area(_("minutes"), _("Who was there, what was done in which order."), max_length=4000)


class VisitForm(forms.Form):
    visit_on = forms.DateField(label=_("day of the visits"), widget=DayInput())


class EvaluationForm(forms.Form):
    year = forms.IntegerField(label=_("year"), min_value=2000, max_value=2200)
    excellent_from = forms.DecimalField(label=_("excellent from"), min_value=1, max_value=100, decimal_places=1)
    good_from = forms.DecimalField(label=_("good from"), min_value=1, max_value=100, decimal_places=1)
    met_from = forms.DecimalField(label=_("meets the standard from"), min_value=1, max_value=100, decimal_places=1)
    notice_days = forms.IntegerField(label=_("days of public notice"), min_value=1, max_value=90)
    source = forms.CharField(label=_("source"), max_length=300, help_text=_("The document that sets the grades."))


class MarkForm(forms.Form):
    score = forms.DecimalField(label=_("score"), min_value=0, max_value=100, decimal_places=2)
    note = forms.CharField(
        label=_("words of the home"), max_length=500, required=False, widget=forms.Textarea(attrs={"rows": 3})
    )


class ProposeForm(forms.Form):
    kind = forms.ChoiceField(label=_("kind"), choices=enums.RecognitionKind.choices)
    words = _area(_("words of the notice"), max_length=2000)


class StepReasonForm(forms.Form):
    """Whether words are needed depends on the step."""

    reason = _area(_("words"), max_length=1000)
