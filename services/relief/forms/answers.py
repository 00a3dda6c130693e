"""What a programme asks beyond the file: what happened, what it cost, which child it is for, her own words."""

from datetime import date
from decimal import Decimal

from django import forms
from django.utils.translation import gettext_lazy as _

from services.organizations.forms import DayInput
from services.relief import queries
from services.relief.enums import EVENTS
from services.relief.forms.hers import group_choices
from services.relief.forms.household import YuanField
from services.relief.models import Application
from services.relief.rules.asking import asks_group
from services.relief.rules.typed import TypedAnswers


class AnswersForm(forms.Form):
    event = forms.ChoiceField(
        label=_("What happened?"), choices=[("", "—"), *((e.value, e.label) for e in EVENTS)], required=False
    )
    event_on = forms.DateField(label=_("On which day?"), widget=DayInput, required=False)
    cost = YuanField(
        label=_("What did you pay yourself, in yuan?"),
        required=False,
        help_text=_("After insurance and other help."),
    )
    student = forms.TypedChoiceField(label=_("For which child?"), coerce=int, empty_value=None, required=False)
    group = forms.ChoiceField(label=_("Which group does she belong to?"), required=False)
    told = forms.CharField(
        label=_("In your own words"),
        max_length=500,
        required=False,
        widget=forms.Textarea({"rows": 4}),
        help_text=_("You needn't name an illness."),
    )

    def __init__(self, *args, application: Application, **kwargs):
        super().__init__(*args, **kwargs)
        students = queries.students_of(application.household)
        named = [(one.pk, f"{one.get_relation_display()} {one.masked_name}") for one in students]
        self.fields["student"].choices = [("", "—"), *named]
        self.fields["group"].choices = [("", "—"), *group_choices(application)]
        if not asks_group(application.programme):
            del self.fields["group"]

    @classmethod
    def of(cls, application: Application, data=None) -> "AnswersForm":
        answers = application.answers
        initial = {
            "event": answers.get("event", ""),
            "event_on": date.fromisoformat(answers["event_on"]) if answers.get("event_on") else None,
            "cost": Decimal(answers["cost"]) if answers.get("cost") else None,
            "student": application.student_id,
            "group": answers.get("group", ""),
            "told": answers.get("told", ""),
        }
        return cls(data, initial=initial, application=application)

    def typed(self) -> TypedAnswers:
        return TypedAnswers(
            **{
                name: self.cleaned_data[name]
                for name in ("event", "event_on", "cost", "student", "group", "told")
                if name in self.cleaned_data
            }
        )
