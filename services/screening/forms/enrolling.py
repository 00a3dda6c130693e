"""Choosing a group, uploading its list, and what its women said."""

from datetime import date

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from services.organizations.forms import DayInput
from services.screening.enums import RowPlan
from services.screening.queries.choosing_women import Narrowed
from services.screening.rules.preferred_dates import Wishes, read_wishes

_STANDINGS = [
    ("", pgettext_lazy("women", "all")),
    (RowPlan.BOOK, _("fit")),
    (RowPlan.UNKNOWN, _("a fact is missing")),
    (RowPlan.REFUSE, _("don't fit")),
]


class NarrowForm(forms.Form):
    """Which women are listed; lives in the address."""

    q = forms.CharField(label=pgettext_lazy("person", "Name"), max_length=60, required=False)
    union = forms.CharField(
        label=_("Union"), max_length=120, required=False, help_text=_("Its code, or part of its name.")
    )
    age_from = forms.IntegerField(label=_("Age from"), min_value=0, max_value=120, required=False)
    age_to = forms.IntegerField(label=_("Age to"), min_value=0, max_value=120, required=False)
    standing = forms.ChoiceField(label=_("Terms"), choices=_STANDINGS, required=False)
    booked = forms.BooleanField(label=_("list those too who have a place already"), required=False)

    def clean(self):
        data = super().clean()
        youngest, oldest = data.get("age_from"), data.get("age_to")
        if youngest is not None and oldest is not None and youngest > oldest:
            self.add_error("age_to", _("The youngest age is above the oldest."))
        return data

    def narrowed(self) -> Narrowed:
        """What was asked for; a field that can't be read narrows nothing."""
        data = self.cleaned_data if self.is_bound else {}
        return Narrowed(
            name=data.get("q") or "",
            union=data.get("union") or "",
            age_from=data.get("age_from"),
            age_to=data.get("age_to"),
            standing=data.get("standing") or "",
            with_booked=bool(data.get("booked")),
        )


class TogetherForm(forms.Form):
    """What holds for the whole group."""

    together = forms.BooleanField(label=_("same day and site for all"), required=False)


class GroupForm(TogetherForm):
    """The ticked women go with it, by token; what can't be read of the dates is named."""

    wishes = forms.CharField(
        label=_("preferred dates of the group"),
        max_length=200,
        required=False,
        help_text=_("In order, for example: 12月3日上午, 12/5, 周三. May be left empty."),
    )

    def __init__(self, *args, today: date, **kwargs):
        super().__init__(*args, **kwargs)
        self._today = today

    def clean_wishes(self) -> Wishes:
        wishes = read_wishes(self.cleaned_data["wishes"], today=self._today)
        if wishes.unread:
            raise forms.ValidationError(
                _("This could not be read as a date ahead: %(text)s") % {"text": "、".join(wishes.unread)}
            )
        return wishes


class GroupFileForm(TogetherForm):
    file = forms.FileField(
        label=_("Excel workbook (.xlsx)"),
        error_messages={"required": _("Choose the workbook first.")},
        widget=forms.FileInput(attrs={"accept": ".xlsx"}),
    )
    field_order = ["file", "together"]

    def clean_file(self):
        upload = self.cleaned_data["file"]
        if len(upload.name) > 200:
            raise forms.ValidationError(_("The file's name is too long."))
        return upload


class PaperForm(forms.Form):
    """The date on the forms that the ticked women signed."""

    signed_on = forms.DateField(
        label=_("signed on"),
        widget=DayInput(),
        error_messages={"required": _("Give the date on the forms.")},
    )
    seen = forms.BooleanField(
        label=_("I hold the form that each ticked woman signed herself"),
        error_messages={"required": _("Only a form she signed herself counts; you can't agree for her.")},
    )

    def __init__(self, *args, today: date, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["signed_on"].widget.attrs["max"] = today.isoformat()


class SaidForm(forms.Form):
    """For each woman whose last screening isn't known: a date, or never. What is left open stays unknown."""

    def __init__(self, *args, rows, today: date, **kwargs):
        super().__init__(*args, **kwargs)
        self.rows = list(rows)
        for row in self.rows:
            self.fields[f"on-{row.position}"] = forms.DateField(
                label=_("Last screened on"),
                required=False,
                widget=DayInput(attrs={"max": today.isoformat()}),
            )
            self.fields[f"never-{row.position}"] = forms.BooleanField(label=_("never"), required=False)

    def clean(self):
        data = super().clean()
        for row in self.rows:
            if data.get(f"on-{row.position}") and data.get(f"never-{row.position}"):
                self.add_error(f"on-{row.position}", _("Either a date or never."))
        return data

    def said(self) -> dict:
        """Worker → date, or None for never."""
        data = self.cleaned_data
        found = {}
        for row in self.rows:
            if data.get(f"never-{row.position}"):
                found[row.worker] = None
            elif data.get(f"on-{row.position}"):
                found[row.worker] = data[f"on-{row.position}"]
        return found
