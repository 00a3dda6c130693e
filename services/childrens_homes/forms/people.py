"""Volunteers, their check and the roster."""

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from services.childrens_homes.enums import VettingResult, VolunteerKind
from services.childrens_homes.forms.fields import DayField, PersonField


class VolunteerForm(forms.Form):
    organization = forms.ModelChoiceField(
        label=_("kept by"), queryset=None, to_field_name="code", help_text=_("She works in homes at and below it.")
    )
    person_name = PersonField()
    kind = forms.ChoiceField(label=pgettext_lazy("volunteer", "kind"), choices=VolunteerKind)
    trained_on = DayField(label=_("trained on"), required=False)

    def __init__(self, *args, organizations, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["organization"].queryset = organizations


class LeftForm(forms.Form):
    left_on = DayField(label=pgettext_lazy("post", "left on"))


class VettingForm(forms.Form):
    result = forms.ChoiceField(label=_("result"), choices=VettingResult)
    document_number = forms.CharField(
        label=_("number of the document"),
        max_length=60,
        help_text=_("The number alone: neither the paper itself nor what it says of other matters is kept here."),
    )
    checked_on = DayField(label=_("checked on"))
    valid_until = DayField(label=_("counts until"), required=False, help_text=_("Empty: as long as a check may count."))


class ServiceForm(forms.Form):
    """``volunteer`` is chosen among those who may be asked to the home; whether she may work that day is asked then."""

    volunteer = forms.ModelChoiceField(label=_("volunteer"), queryset=None, to_field_name="token")
    on = DayField(label=_("day"))
    hours = forms.DecimalField(label=_("hours"), max_digits=4, decimal_places=1, min_value=0)
    what = forms.CharField(label=pgettext_lazy("volunteer", "work done"), max_length=120)

    def __init__(self, *args, volunteers, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["volunteer"].queryset = volunteers
        self.fields["volunteer"].label_from_instance = lambda one: f"{one.person_name} · {one.get_kind_display()}"


class SummaryForm(forms.Form):
    """The title and one field a section; what is empty is hers to write before it is sent."""

    title = forms.CharField(label=_("title"), max_length=160)

    def __init__(self, *args, sections, **kwargs):
        super().__init__(*args, **kwargs)
        self.names = [f"section-{number}" for number in range(len(sections))]
        for name, section in zip(self.names, sections, strict=True):
            rows = 3 + section["text"].count("\n") * 2
            self.fields[name] = forms.CharField(
                label=section["title"],
                initial=section["text"],
                max_length=4000,
                required=False,
                widget=forms.Textarea(attrs={"rows": rows}),
            )

    def texts(self) -> list[str]:
        return [self.cleaned_data[name] for name in self.names]


class FeedbackForm(forms.Form):
    feedback = forms.CharField(label=_("the city's answer"), max_length=2000, widget=forms.Textarea(attrs={"rows": 6}))
