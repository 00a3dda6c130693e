"""Repair tasks that inspections open and close; in between the home and the county say what was done."""

from datetime import datetime

from django.db import transaction
from wagtail.log_actions import log

from services.childrens_homes.registry import Shortfall
from services.foundation import clock
from services.home_equipment import errors, policies
from services.home_equipment.enums import TaskState
from services.home_equipment.models import RepairTask
from services.home_equipment.rules.shortfalls import is_of_equipment


def open_task(shortfall: Shortfall, by) -> None:
    """Told by the inspections inside their transaction. A criterion that isn't of equipment makes no task; one
    finding makes one task, and told again it stays as it is."""
    if not is_of_equipment(shortfall.criterion):
        return
    task, made = RepairTask.objects.unscoped().get_or_create(
        key=shortfall.key,
        defaults={
            "home_id": shortfall.home_id,
            "criterion": shortfall.criterion,
            "words": shortfall.words[:500],
            "due_on": shortfall.due,
            "opened_by": by,
            "opened_at": clock.now(),
        },
    )
    if made:
        log(task, "home_equipment.open_task", user=by, data={"criterion": task.criterion})


def close_task(key: str, by) -> None:
    """Told when the inspectors have accepted the evidence: nothing else closes a task. Inside their transaction."""
    task = RepairTask.objects.unscoped().select_for_update(of=("self",)).filter(key=key).first()
    if task is None or task.state == TaskState.CLOSED:
        return
    task.state, task.closed_by, task.closed_at = TaskState.CLOSED, by, clock.now()
    task.save(update_fields=["state", "closed_by", "closed_at"])
    log(task, "home_equipment.close_task", user=by)


@transaction.atomic
def answer(task: RepairTask, *, words: str, by, now: datetime) -> RepairTask:
    """Say what was done about it; it stays open until the inspectors accept it. Raises ``ReasonMissing``,
    ``TaskClosed``."""
    policies.may_receive(by, task.home).insist()
    if not words.strip():
        raise errors.ReasonMissing(field="words")
    task = RepairTask.objects.unscoped().select_for_update(of=("self",)).get(pk=task.pk)
    if task.state == TaskState.CLOSED:
        raise errors.TaskClosed()
    task.state, task.answer, task.answered_by, task.answered_at = TaskState.ANSWERED, words.strip()[:300], by, now
    task.save(update_fields=["state", "answer", "answered_by", "answered_at"])
    log(task, "home_equipment.answer_task", user=by)
    return task
