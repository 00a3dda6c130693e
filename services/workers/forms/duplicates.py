"""Two records beside each other: for each thing in which they differ, which of the two is right."""

from django import forms
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext, pgettext_lazy

from services.workers.enums import MaritalStatus
from services.workers.models import Worker

STAYS, GOES = "stays", "goes"


def _day(value) -> str:
    return date_format(value, "DATE_FORMAT") if value else ""


# What stands on a record, as an officer reads it: numbers masked.
SHOWN = {
    "name": (pgettext_lazy("person", "Name"), lambda one: one.name),
    "id_number": (
        gettext_lazy("Identity number and date of birth"),
        lambda one: f"{one.masked_id_number} · {_day(one.birth_date)}",
    ),
    "organization": (
        gettext_lazy("Union, and whether she works there"),
        lambda one: f"{one.organization.name} · {one.get_state_display()}",
    ),
    "phone": (gettext_lazy("Mobile number"), lambda one: one.masked_phone),
    "account": (
        gettext_lazy("Account with which she signs in"),
        lambda one: one.user.masked_phone if one.user_id else "",
    ),
    "position": (gettext_lazy("Post"), lambda one: one.position),
    "employment_type": (gettext_lazy("Form of employment"), lambda one: one.get_employment_type_display()),
    "hired_on": (gettext_lazy("Hired on"), lambda one: _day(one.hired_on)),
    "joined_on": (gettext_lazy("Member since"), lambda one: _day(one.joined_on)),
    "marital_status": (
        gettext_lazy("Marital status"),
        lambda one: "" if one.marital_status == MaritalStatus.UNKNOWN else one.get_marital_status_display(),
    ),
    "note": (pgettext_lazy("column", "Note"), lambda one: one.note),
}
# Two numbers that look alike behind their masks still differ.
_COMPARED = {"id_number": "id_index", "phone": "phone_index", "account": "user_id", "organization": "organization_id"}


def differ(key: str, into: Worker, worker: Worker) -> bool:
    column = _COMPARED.get(key, key)
    same = getattr(into, column) == getattr(worker, column)
    return not same or (key == "organization" and into.state != worker.state)


class MergeForm(forms.Form):
    """``taken()`` names what is taken from the record that goes."""

    compared = forms.BooleanField(
        label=gettext_lazy("I have compared her papers: both records are of one woman."),
        help_text=gettext_lazy("This can't be undone."),
    )
    reason = forms.CharField(
        label=gettext_lazy("What you compared"),
        max_length=200,
        help_text=gettext_lazy("Stays in the history. Don't write numbers here."),
        widget=forms.Textarea({"rows": 2}),
    )

    def __init__(self, *args, into: Worker, worker: Worker, **kwargs):
        super().__init__(*args, **kwargs)
        self.choosing = []
        for key, (label, shown) in SHOWN.items():
            here, there = shown(into), shown(worker)
            if not differ(key, into, worker) or (key == "account" and not (here and there)):
                continue
            empty = pgettext("record", "nothing")
            self.fields[key] = forms.ChoiceField(
                label=label,
                choices=[(STAYS, here or empty), (GOES, there or empty)],
                widget=forms.RadioSelect,
                initial=STAYS if here or not there else GOES,
                error_messages={"required": _("Choose one of the two.")},
            )
            self.choosing.append(key)
        self.order_fields([*self.choosing, "reason", "compared"])

    @property
    def rows(self) -> list[forms.BoundField]:
        return [self[key] for key in self.choosing]

    def taken(self) -> list[str]:
        return [key for key in self.choosing if self.cleaned_data[key] == GOES]


class TwinForm(forms.Form):
    number = forms.CharField(
        label=gettext_lazy("Identity number or mobile number on the other record"),
        max_length=40,
        help_text=gettext_lazy("The whole number. It is not kept and never appears in the address bar."),
        widget=forms.TextInput({"autocomplete": "off", "spellcheck": "false"}),
    )
