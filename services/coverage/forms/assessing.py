"""A self-assessment as the unit fills it in, and as the federation above reviews it: fields by item."""

from decimal import Decimal

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from services.coverage.models import Paper
from services.coverage.queries.checklists import Sheet
from services.coverage.rules.scoring import Fault, Reviewed
from services.coverage.wordings import ITEM_FAULTS


class _BySheet(forms.Form):
    """One group of fields an item that isn't settled by the record; ``lines`` pairs items with their fields."""

    # A browser that fills a reloaded page with what stood there before would bring back an edition that is past.
    seen = forms.IntegerField(widget=forms.HiddenInput(attrs={"autocomplete": "off"}), min_value=0)
    parts: tuple[str, ...] = ()

    def __init__(self, data=None, *, sheet: Sheet):
        super().__init__(data, initial={"seen": sheet.assessment.edition})
        self.sheet = sheet
        self.lacking: set[str] = set()
        for line in sheet.lines:
            if line.settled is None:
                for part in self.parts:
                    name = f"{part}-{line.item.code}"
                    self.fields[name] = self.field(part, line)
                    self.initial[name] = self.stored(part, line)

    def field(self, part, line) -> forms.Field:
        raise NotImplementedError

    def stored(self, part, line):
        return getattr(line.answer, part)

    def lines(self) -> list[tuple]:
        """Each line of the sheet with its bound fields, none where the record settled it."""
        named = [(line, [f"{part}-{line.item.code}" for part in self.parts]) for line in self.sheet.lines]
        return [(line, [self[name] for name in names if name in self.fields]) for line, names in named]

    def look_again(self, edition: int) -> None:
        """Shown once more, the page is up to date with this edition."""
        self.data = self.data.copy()
        self.data["seen"] = str(edition)

    def put(self, faults: list[Fault]) -> None:
        for fault in faults:
            name = f"{fault.field}-{fault.item}"
            words = str(ITEM_FAULTS[fault.code]) % dict(fault.figures)
            if name in self.fields:
                self.add_error(name, words)
            else:
                self.lacking.add(fault.item)

    def _said(self, part: str, line):
        return self.cleaned_data.get(f"{part}-{line.item.code}")


def _points(label, line) -> forms.DecimalField:
    field = forms.DecimalField(
        label=label,
        required=False,
        min_value=Decimal(0),
        max_value=line.item.points,
        decimal_places=1,
        max_digits=5,
        error_messages={
            code: str(ITEM_FAULTS["beyond_points"]) % {"most": line.item.points} for code in ("min_value", "max_value")
        },
    )
    field.widget.attrs |= {"inputmode": "decimal", "autocomplete": "off"}
    return field


class AnswersForm(_BySheet):
    parts = ("claimed", "words")

    def field(self, part, line):
        if part == "claimed":
            return _points(_("points claimed"), line)
        return forms.CharField(
            label=pgettext_lazy("self-assessment", "how it is done"),
            required=False,
            max_length=500,
            widget=forms.Textarea(attrs={"rows": 2}),
        )

    def said(self) -> dict[str, dict]:
        """What can be kept: items whose own fields are fit, whatever stands in the others."""
        wrong = {name.split("-", 1)[1] for name in self.errors if "-" in name}
        return {
            line.item.code: {"claimed": self._said("claimed", line), "words": self._said("words", line)}
            for line in self.sheet.lines
            if line.settled is None and line.item.code not in wrong
        }


class ReviewForm(_BySheet):
    parts = ("reviewed", "reason")

    def field(self, part, line):
        if part == "reviewed":
            return _points(_("points reviewed"), line)
        return forms.CharField(label=_("reason where the points differ"), required=False, max_length=300)

    def stored(self, part, line):
        """What was claimed stands there to begin with: she changes what she sees otherwise."""
        value = super().stored(part, line)
        return line.answer.claimed if part == "reviewed" and value is None else value

    def said(self) -> dict[str, Reviewed]:
        return {
            line.item.code: Reviewed(self._said("reviewed", line), self._said("reason", line) or "")
            for line in self.sheet.lines
            if line.settled is None
        }


class EvidenceForm(forms.Form):
    """Papers that are on record already, and one more."""

    papers = forms.ModelMultipleChoiceField(
        label=_("papers on record"),
        queryset=Paper.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        to_field_name="token",
    )
    file = forms.FileField(
        label=_("one more photo or PDF"),
        required=False,
        widget=forms.FileInput(attrs={"accept": "image/*,application/pdf"}),
    )

    def __init__(self, *args, papers, **kwargs):
        super().__init__(*args, **kwargs)
        field = self.fields["papers"]
        field.queryset = papers
        field.label_from_instance = lambda paper: f"{paper.get_kind_display()} · {paper.name}"


class WordsForm(forms.Form):
    words = forms.CharField(
        label=_("what has to be mended"), max_length=300, required=False, widget=forms.Textarea(attrs={"rows": 3})
    )
