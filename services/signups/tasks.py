"""Background work of signups: reminders, the question afterwards, forgetting. Safe to run twice at once."""

from celery import shared_task

from services.foundation import clock
from services.signups import actions


@shared_task(ignore_result=True)
def remind_of_activities() -> int:
    return actions.remind_of_activities(now=clock.now())


@shared_task(ignore_result=True)
def ask_for_evaluations() -> int:
    return actions.ask_for_evaluations(now=clock.now())


@shared_task(ignore_result=True)
def forget_answers() -> int:
    return actions.forget_answers(now=clock.now())
