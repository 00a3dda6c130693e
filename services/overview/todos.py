"""Everything that waits for one person, gathered from every service's own ``todos`` room."""

from functools import cache
from importlib import import_module

from django.apps import apps
from django.utils.module_loading import module_has_submodule

from services.foundation import clock
from services.foundation.todos import Todo

_ABOVE_AND_BELOW = frozenset({"services.overview", "services.foundation"})


@cache
def _sources() -> tuple:
    """The ``todos_for`` of each installed service that has one."""
    configs = [config for config in apps.get_app_configs() if config.name.startswith("services.")]
    rooms = [
        import_module(f"{config.name}.todos")
        for config in configs
        if config.name not in _ABOVE_AND_BELOW and module_has_submodule(config.module, "todos")
    ]
    return tuple(room.todos_for for room in rooms)


def todos_for(user) -> list[Todo]:
    """Overdue first, then what has waited longest; a line without a date comes last. Constant queries."""
    found = [todo for source in _sources() for todo in source(user)]
    now = clock.now()
    return sorted(found, key=lambda todo: (not todo.overdue, todo.since is None, todo.since or now))
