"""What a woman chooses and answers when she signs up, and her evaluation sheet."""

from django import forms
from django.utils.translation import gettext_lazy as _

from services.bookings.errors import SessionGone
from services.bookings.models import Session
from services.signups import wording
from services.signups.enums import QuestionKind, Score
from services.signups.models import EvaluationSheet, Question
from services.signups.rules import Asked, judge
from services.signups.rules.questions import GREATEST_NUMBER, LONGEST_ANSWER, NO, YES

ANY_SESSION = "any"


class AnswersForm(forms.Form):
    """A field ``q-<token>`` for each question. What is wrong is judged by the rule the action asks too."""

    def __init__(self, *args, questions: list[Question], answers: dict | None = None, **kwargs):
        super().__init__(*args, **kwargs)
        self.questions = questions
        for question in questions:
            field = _field(question)
            field.initial = (answers or {}).get(question.token)
            self.fields[self.name_of(question)] = field

    @staticmethod
    def name_of(question: Question) -> str:
        return f"q-{question.token}"

    def asked(self) -> list:
        """The bound fields of the questions, in order."""
        return [self[self.name_of(question)] for question in self.questions]

    def answers(self) -> dict:
        data = self.cleaned_data
        return {question.token: data.get(self.name_of(question)) for question in self.questions}

    def clean(self):
        data = super().clean()
        judged = [q for q in self.questions if self.name_of(q) not in self.errors]
        asked = [Asked(q.token, q.kind, q.required, tuple(q.choices)) for q in judged]
        faults = judge(asked, self.answers())
        for question in judged:
            if question.token in faults:
                self.add_error(self.name_of(question), wording.fault(faults[question.token]))
        return data

    def refuse(self, faults) -> None:
        """Show what the action found, beside the questions."""
        for question, code in faults:
            if self.name_of(question) in self.fields:
                self.add_error(self.name_of(question), wording.fault(code))


def _field(question: Question) -> forms.Field:
    said = {"label": question.words, "required": question.required}
    missing = {"required": wording.FAULTS["unanswered"]}
    if question.kind == QuestionKind.CHOICE:
        choices = [("", "—"), *((choice, choice) for choice in question.choices)]
        return forms.ChoiceField(
            choices=choices, **said, error_messages=missing | {"invalid_choice": wording.FAULTS["not_a_choice"]}
        )
    if question.kind == QuestionKind.YES_NO:
        choices = [("", "—"), (YES, _("yes")), (NO, _("no"))]
        return forms.ChoiceField(
            choices=choices, **said, error_messages=missing | {"invalid_choice": wording.FAULTS["not_a_choice"]}
        )
    if question.kind == QuestionKind.NUMBER:
        wrong = missing | dict.fromkeys(("invalid", "min_value", "max_value"), wording.FAULTS["not_a_number"])
        return forms.IntegerField(
            min_value=0,
            max_value=GREATEST_NUMBER,
            error_messages=wrong,
            widget=forms.TextInput({"inputmode": "numeric"}),
            **said,
        )
    wrong = missing | {"max_length": wording.FAULTS["too_long"]}
    return forms.CharField(max_length=LONGEST_ANSWER, error_messages=wrong, **said)


class SessionChoice(forms.Form):
    """One session out of those shown, by its token. Whether it still has room is the action's to say."""

    session = forms.CharField(error_messages={"required": _("Choose a session.")})

    def __init__(self, *args, sessions: list[Session], **kwargs):
        super().__init__(*args, **kwargs)
        self._offered = {session.token: session for session in sessions}

    def clean_session(self) -> Session | None:
        try:
            return self._offered[self.cleaned_data["session"]]
        except KeyError:
            raise forms.ValidationError(SessionGone().message())


class SignUpForm(AnswersForm, SessionChoice):
    """A session and the questions."""

    field_order = ["session"]


class WaitForm(SignUpForm):
    """Any session, or one of those shown, and the questions."""

    session = forms.CharField(error_messages={"required": _("Choose what you want to wait for.")})

    def clean_session(self) -> Session | None:
        return None if self.cleaned_data["session"] == ANY_SESSION else super().clean_session()


def _scored(label) -> forms.TypedChoiceField:
    return forms.TypedChoiceField(
        label=label,
        coerce=int,
        choices=[(str(score.value), score.label) for score in Score],
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose one of the answers.")},
    )


class EvaluationForm(forms.Form):
    content = _scored(_("Content"))
    speakers = _scored(_("Speakers"))
    organizing = _scored(_("How it was organised"))
    again = forms.TypedChoiceField(
        label=_("Would you come again?"),
        coerce=lambda value: value == YES,
        choices=[(YES, _("yes")), (NO, _("no"))],
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose one of the answers.")},
    )
    comment = forms.CharField(
        label=_("What should we do better?"),
        required=False,
        max_length=EvaluationSheet._meta.get_field("comment").max_length,
        widget=forms.Textarea({"rows": 3}),
        help_text=_("Name nobody, yourself included: the sheet is anonymous."),
    )
