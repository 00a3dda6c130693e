"""The pages about herself, her home, the causes, what happened, and the child it is for."""

from datetime import date
from decimal import Decimal

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from services.relief.actions import applying, files
from services.relief.enums import Relation
from services.relief.forms import hers
from services.relief.public.page import Questions
from services.relief.rules import asking
from services.relief.rules.typed import TypedAnswers


class You(Questions):
    """The roster's facts for confirmation; only what it doesn't know is asked."""

    template_name = "relief/you.html"
    title = _("About you")

    def form(self, data=None, initial=None):
        return hers.AboutForm(data, initial=initial, application=self.application)

    def _herself(self):
        return self.household.members.get(relation=Relation.SELF)

    def stored(self):
        found = {**self.household.particulars, **self._herself().particulars}
        return {name: found.get(name, "") for name in hers.AboutForm.base_fields}

    def save(self, form):
        values, herself = form.values()
        herself = {**self._herself().particulars, **herself}
        files.save_particulars(self.household, values, herself=herself, seen=self.household.version, **self.stamp)

    def more(self):
        return {"worker": self.application.case.worker}


class Home(Questions):
    asked = asking.rests_on_file
    title = _("Home and insurance")

    def form(self, data=None, initial=None):
        return hers.HomeForm(data, initial=initial)

    def stored(self):
        found = self.household.particulars
        held = {name: found.get(name) or "" for name in hers.HomeForm.base_fields}
        amounts = {name: Decimal(held[name]) for name in ("housing_area", "living_allowance") if held[name]}
        return held | amounts

    def save(self, form):
        files.save_particulars(self.household, form.values(), seen=self.household.version, **self.stamp)


class Causes(Questions):
    asked = asking.rests_on_file
    title = _("Why money is short")

    def form(self, data=None, initial=None):
        return hers.CausesForm(data, initial=initial)

    def stored(self):
        return {name: getattr(self.household, name) for name in hers.CausesForm.base_fields}

    def save(self, form):
        data = form.cleaned_data
        files.save_causes(
            self.household,
            cause=data["cause"],
            more=data["more_causes"],
            single_parent=data["single_parent"],
            seen=self.household.version,
            **self.stamp,
        )


class _Answers(Questions):
    """A part of the application's answers; the other parts stay as they are."""

    def _typed(self) -> dict:
        answers = self.application.answers
        return {
            "event": answers.get("event", ""),
            "event_on": date.fromisoformat(answers["event_on"]) if answers.get("event_on") else None,
            "cost": Decimal(answers["cost"]) if answers.get("cost") else None,
            "student": self.application.student_id,
            "group": answers.get("group", ""),
            "told": answers.get("told", ""),
        }

    def save(self, form):
        typed = TypedAnswers(**(self._typed() | form.cleaned_data))
        self.application = applying.save_answers(self.application, typed, seen=self.application.version, **self.stamp)

    def stored(self):
        held = self._typed()
        return {name: held[name] for name in self.form().fields}


class Event(_Answers):
    asked = asking.asks_event
    title = pgettext_lazy("to her", "What happened")

    def form(self, data=None, initial=None):
        return hers.EventForm(data, initial=initial, application=self.application)


class Student(_Answers):
    asked = asking.needs_student
    template_name = "relief/student.html"
    title = _("The child it is for")

    def form(self, data=None, initial=None):
        return hers.StudentForm(data, initial=initial, application=self.application)

    def more(self):
        return {"anybody": bool(self.form().fields["student"].choices)}


class Group(_Answers):
    asked = asking.asks_group
    title = _("Your group")

    def form(self, data=None, initial=None):
        return hers.GroupForm(data, initial=initial, application=self.application)
