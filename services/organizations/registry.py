"""What upper apps tell the tree: how many people live where, so that nobody closes a house with people in it, and
who keeps tree paths of their own, who derives something from what an organisation says of itself."""

from collections.abc import Callable, Sequence

from services.foundation.registry import Registry

occupants: Registry[Callable[[Sequence[str]], dict[str, int]]] = Registry("occupants")
"""Each answers, for tree paths, how many people are at work in every organisation at or below them:
``{path of the organisation itself: people}``, in one query."""

followers: Registry[Callable[..., object]] = Registry("followers of the tree")
"""Each is called as ``follow(organization, was=…, by=…)`` in the transaction that moved or closed the organisation,
while the tree is held alone: ``was`` is its tree path before, the same as now when it closed where it stands."""

restated: Registry[Callable[..., object]] = Registry("readers of what organisations say of themselves")
"""Each is called as ``restate(organizations, cause=…, by=…)`` in the transaction that created, edited, moved or closed
them: ``organizations`` is a queryset or their keys, ``cause`` the code of the verb. The tree is held meanwhile."""

absorbers: Registry[Callable[..., object]] = Registry("those who hand over when organisations merge")
"""Each is called as ``absorb(organization, into=…, by=…, on=…, reason=…)`` in the transaction that merges
``organization`` into another one, while the tree is held alone and before it closes: what is alive there goes over,
what is history stays."""
