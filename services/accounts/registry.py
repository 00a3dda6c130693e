"""What upper apps tell the accounts app: how one-time codes leave the house, and where staff hold their posts."""

from collections.abc import Callable, Iterable

from django.db.models import Q

from services.foundation.registry import Registry

# Each courier takes ``phone``, ``code``, ``minutes``, ``key`` (unique for the code) and ``purpose``, by keyword.
couriers: Registry[Callable[..., object]] = Registry("code couriers")


class _Posts:
    """Which accounts belong to which part of the tree; the organisations app sets all three, until then nobody's do."""

    def __init__(self):
        nobody = Q(pk__in=[])
        self.within: Callable[[Iterable[str]], Q] = lambda paths: nobody
        self.never_held: Callable[[], Q] = lambda: nobody
        self.reach_everything: Callable[[Iterable[str]], bool] = lambda paths: False

    def use(
        self,
        *,
        within: Callable[[Iterable[str]], Q],
        never_held: Callable[[], Q],
        reach_everything: Callable[[Iterable[str]], bool],
    ) -> None:
        """``within(paths)``: accounts with posts only at or below these tree paths. ``never_held()``: accounts without
        any post, past or to come. ``reach_everything(paths)``: whether one of the paths is the top of a tree."""
        self.within, self.never_held, self.reach_everything = within, never_held, reach_everything


posts = _Posts()

saved_lists: Registry[object] = Registry("lists whose views can be kept")
"""By the name of a list's address: its title in words."""
