"""What sign-up asks: a question is added, or no longer asked."""

from django.db import transaction
from wagtail.log_actions import log

from services.signups import errors
from services.signups.enums import QuestionKind
from services.signups.models import Activity, Answers, Question
from services.signups.policies import may_manage
from services.signups.rules import MOST_QUESTIONS, sensitive_word
from services.signups.rules.questions import MOST_CHOICES


def add_question(
    activity: Activity, *, kind: str, words: str, choices: list[str] = (), required: bool = True, by
) -> Question:
    """Ask one thing more; whoever signed up before isn't asked again. Lock: the activity.

    Raises ``SensitiveQuestion``, ``ChoicesMissing``, ``TooManyQuestions``.
    """
    may_manage(by, activity).insist()
    choices = list(dict.fromkeys(choice.strip() for choice in choices if choice.strip()))
    choices = choices if kind == QuestionKind.CHOICE else []
    if word := sensitive_word(words, *choices):
        raise errors.SensitiveQuestion(word=word)
    if kind == QuestionKind.CHOICE and not 2 <= len(choices) <= MOST_CHOICES:
        raise errors.ChoicesMissing()
    with transaction.atomic():
        Activity.objects.select_for_update().get(pk=activity.pk)
        if activity.questions.filter(retired=False).count() >= MOST_QUESTIONS:
            raise errors.TooManyQuestions(most=MOST_QUESTIONS)
        question = Question.objects.create(
            activity=activity, kind=kind, words=words.strip(), choices=choices, required=required
        )
        log(activity, "signups.question", user=by, data={"words": question.words})
        return question


def remove_question(question: Question, *, by) -> None:
    """Ask it no more. What was answered stays readable; a question nobody answered goes. Lock: the activity."""
    activity = question.activity
    may_manage(by, activity).insist()
    with transaction.atomic():
        Activity.objects.select_for_update().get(pk=activity.pk)
        if Answers.objects.unscoped().filter(activity=activity, values__has_key=question.token).exists():
            Question.objects.filter(pk=question.pk).update(retired=True)
        else:
            Question.objects.filter(pk=question.pk).delete()
        log(activity, "signups.question_removed", user=by, data={"words": question.words})
