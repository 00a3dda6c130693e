"""Reads of repair tasks: the next inspection starts with the open ones."""

from collections import defaultdict
from collections.abc import Iterable

from django.db.models import QuerySet

from services.childrens_homes.models import Home
from services.home_equipment.enums import TaskState
from services.home_equipment.models import RepairTask


def tasks_for(user) -> QuerySet[RepairTask]:
    return RepairTask.objects.visible_to(user).select_related("home__host", "home__county")


def tasks_of(home: Home) -> QuerySet[RepairTask]:
    return RepairTask.objects.unscoped().filter(home=home).prefetch_related("photos")


def open_tasks(homes: Iterable[int]) -> dict[int, list[RepairTask]]:
    """What stays open at these homes until its evidence is accepted, by home, the most urgent first. One query."""
    rows = RepairTask.objects.unscoped().filter(home__in=list(homes)).exclude(state=TaskState.CLOSED)
    found: dict[int, list[RepairTask]] = defaultdict(list)
    for task in rows:
        found[task.home_id].append(task)
    return dict(found)
