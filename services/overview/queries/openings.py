"""What women can get across all services, gathered from each service's own ``openings`` room."""

from collections.abc import Iterable
from datetime import UTC, datetime
from functools import cache
from importlib import import_module

from django.apps import apps
from django.utils.module_loading import module_has_submodule

from services.foundation.openings import RANKS, Opening, Suggestion
from services.workers.models import Worker

_ABOVE_AND_BELOW = frozenset({"services.overview", "services.foundation"})


@cache
def _rooms() -> dict:
    configs = [config for config in apps.get_app_configs() if config.name.startswith("services.")]
    return {
        config.label: import_module(f"{config.name}.openings")
        for config in configs
        if config.name not in _ABOVE_AND_BELOW and module_has_submodule(config.module, "openings")
    }


def all_openings(*, now: datetime) -> list[Opening]:
    """Of every service, what can be had first, of it the soonest to close; a query for each service."""
    return _in_order(opening for room in _rooms().values() for opening in room.openings(now=now))


def openings_of(service: str, *, now: datetime) -> list[Opening]:
    """The same of one service, by its label; a query."""
    return _in_order(_rooms()[service].openings(now=now))


def _in_order(found: Iterable[Opening]) -> list[Opening]:
    far = datetime.max.replace(tzinfo=UTC)
    return sorted(found, key=lambda one: (RANKS[one.phase], one.closes_at or far, one.key))


def suggestions_for(worker: Worker, *, now: datetime) -> list[Suggestion]:
    """What is open and may be hers, each with its reason, the soonest to close first."""
    found = [one for room in _rooms().values() for one in room.suggestions(worker, now=now)]
    far = datetime.max.replace(tzinfo=now.tzinfo)
    return sorted(found, key=lambda one: (one.closes_at or far, one.key))
