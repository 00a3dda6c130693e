"""Steps of assets, transfers and stock-takings as they are typed."""

import json
from datetime import datetime

from django import forms
from django.utils.dateparse import parse_datetime
from django.utils.timezone import is_aware
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from services.childrens_homes.models import Home
from services.home_equipment.enums import Condition
from services.home_equipment.forms.deliveries import MOST_PIECES
from services.home_equipment.models import AssetItem, StockTakeLine
from services.home_equipment.queries.register import LONGEST_NUMBER
from services.home_equipment.rules.counting import Seen
from services.organizations.forms import DayInput

_WHY = {"required": _("Say why: the reason goes into the history.")}


class ReasonForm(forms.Form):
    reason = forms.CharField(
        label=_("why"), max_length=300, widget=forms.Textarea(attrs={"rows": 3}), error_messages=_WHY
    )


class HomeChoice(forms.ModelChoiceField):
    def label_from_instance(self, home: Home) -> str:
        return f"{home.host.name} · {home.code}"


class IssueForm(forms.Form):
    """To a home of the custodian's county; begins with the one it was delivered for."""

    home = HomeChoice(Home.objects.none(), label=_("home"))

    def __init__(self, *args, homes, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["home"].queryset = homes


class RepairForm(forms.Form):
    fault = forms.CharField(
        label=_("what is broken"), max_length=300, widget=forms.Textarea(attrs={"rows": 3}), error_messages=_WHY
    )
    repairer = forms.CharField(label=_("repaired by"), max_length=80, required=False)
    on = forms.DateField(label=_("sent to repair on"), widget=DayInput)


class BackForm(forms.Form):
    result = forms.CharField(label=_("what was done"), max_length=300, error_messages=_WHY)
    cost = forms.DecimalField(label=_("cost, yuan"), min_value=0, max_digits=10, decimal_places=2, required=False)
    on = forms.DateField(label=_("back on"), widget=DayInput)


class DecideForm(forms.Form):
    approve = forms.TypedChoiceField(
        label=_("decision"),
        choices=[("yes", _("Approve the scrapping")), ("no", _("Refuse it: it is kept"))],
        coerce=lambda value: value == "yes",
        empty_value=None,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose one.")},
    )
    words = forms.CharField(
        label=_("reason"), max_length=300, widget=forms.Textarea(attrs={"rows": 2}), error_messages=_WHY
    )


class ConditionForm(forms.Form):
    condition = forms.ChoiceField(label=_("condition"), choices=Condition.choices)
    on = forms.DateField(label=_("seen on"), widget=DayInput)
    reason = forms.CharField(label=_("remark"), max_length=300, required=False)


class CorrectForm(forms.Form):
    serial = forms.CharField(label=_("serial number"), max_length=60, required=False)
    value = forms.DecimalField(
        label=_("value of the whole"), min_value=0, max_digits=12, decimal_places=2, required=False
    )
    reason = forms.CharField(label=_("why it is corrected"), max_length=300, error_messages=_WHY)


class AssetsChoice(forms.ModelMultipleChoiceField):
    widget = forms.CheckboxSelectMultiple

    def label_from_instance(self, asset: AssetItem) -> str:
        pieces = f" × {asset.quantity}" if asset.quantity > 1 else ""
        return f"{asset.label}{pieces} · {asset.number}"


class ChooseForm(forms.Form):
    """Several items of one home at once."""

    assets = AssetsChoice(
        AssetItem.objects.unscoped().none(),
        label=pgettext_lazy("state assets", "items"),
        error_messages={"required": _("Choose at least one item.")},
    )

    def __init__(self, *args, assets, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["assets"].queryset = assets


class TransferForm(ChooseForm):
    taker = HomeChoice(Home.objects.none(), label=_("to which home"))
    reason = forms.CharField(label=_("why"), max_length=300, error_messages=_WHY)

    def __init__(self, *args, homes, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["taker"].queryset = homes


class AnswerForm(forms.Form):
    words = forms.CharField(
        label=_("what was done"), max_length=300, widget=forms.Textarea(attrs={"rows": 3}), error_messages=_WHY
    )
    photo = forms.FileField(label=_("photo"), required=False, widget=forms.FileInput(attrs={"accept": "image/*"}))


class CountForm(forms.Form):
    """A stock-taking without a script: pieces and reason of every line."""

    def __init__(self, *args, lines: list[StockTakeLine], **kwargs):
        super().__init__(*args, **kwargs)
        self.lines = lines
        for line in lines:
            self.fields[f"actual_{line.pk}"] = forms.IntegerField(
                label=pgettext_lazy("stock-taking", "counted"),
                min_value=0,
                max_value=MOST_PIECES,
                required=False,
                initial=line.actual,
                widget=forms.NumberInput(attrs={"inputmode": "numeric"}),
            )
            self.fields[f"reason_{line.pk}"] = forms.CharField(
                label=pgettext_lazy("equipment", "why it differs"), max_length=200, required=False, initial=line.reason
            )

    def seen(self, now: datetime) -> list[Seen]:
        """What was typed and differs from what is stored."""
        found = []
        for line in self.lines:
            actual = self.cleaned_data[f"actual_{line.pk}"]
            if actual is not None and actual != line.actual:
                found.append(Seen(line.asset.number, actual, now))
        return found

    def reasons(self) -> dict[int, str]:
        return {line.pk: self.cleaned_data[f"reason_{line.pk}"] for line in self.lines}

    def rows(self):
        return [(line, self[f"actual_{line.pk}"], self[f"reason_{line.pk}"]) for line in self.lines]


MOST_SEEN = 500


def read_seen(body: bytes) -> list[Seen]:
    """What a phone sends once it has a network again. Raises ``ValueError`` for anything else."""
    try:
        sent = json.loads(body)
        rows = sent["seen"]
        if not isinstance(rows, list) or len(rows) > MOST_SEEN:
            raise ValueError("seen")
        return [_seen(row) for row in rows]
    except (TypeError, KeyError, UnicodeDecodeError, RecursionError, AttributeError) as odd:
        raise ValueError("seen") from odd


def _seen(row: dict) -> Seen:
    number, pieces, at = row["number"], row["pieces"], parse_datetime(row["at"])
    fits = isinstance(number, str) and 0 < len(number) <= LONGEST_NUMBER and "\0" not in number
    if not fits or type(pieces) is not int or not 0 <= pieces <= MOST_PIECES or at is None or not is_aware(at):
        raise ValueError("seen")
    return Seen(number, pieces, at)
