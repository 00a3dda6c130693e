"""What upper apps tell the tree: how many people live where, so that nobody closes a house with people in it."""

from collections.abc import Callable, Sequence

from services.foundation.registry import Registry

occupants: Registry[Callable[[Sequence[str]], dict[str, int]]] = Registry("occupants")
"""Each answers, for tree paths, how many people are at work in every organisation at or below them:
``{path of the organisation itself: people}``, in one query."""
