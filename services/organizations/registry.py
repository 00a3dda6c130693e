"""What upper apps tell the tree: how many people live where, so that nobody closes a house with people in it, and
who keeps tree paths of their own."""

from collections.abc import Callable, Sequence

from services.foundation.registry import Registry

occupants: Registry[Callable[[Sequence[str]], dict[str, int]]] = Registry("occupants")
"""Each answers, for tree paths, how many people are at work in every organisation at or below them:
``{path of the organisation itself: people}``, in one query."""

followers: Registry[Callable[..., object]] = Registry("followers of the tree")
"""Each is called as ``follow(organization, was=…, by=…)`` in the transaction that moved or closed the organisation,
while the tree is held alone: ``was`` is its tree path before, the same as now when it closed where it stands."""
