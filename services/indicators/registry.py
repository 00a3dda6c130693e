"""What those above hang on: called when accepted figures of a place changed, and when a year was locked."""

from collections.abc import Callable

from services.foundation.registry import Registry

locked: Registry[Callable[..., object]] = Registry("what follows when a year of monitoring is locked")
"""Each is called as ``follow(round, by=…, now=…)`` in the transaction that locks it."""

recounted: Registry[Callable[..., object]] = Registry("what follows when figures of a locked year changed")
"""Each is called as ``follow(place, by=…, now=…)`` in the transaction that accepts a new version after the lock."""

relied_on: Registry[Callable[..., bool]] = Registry("what rests on an indicator of the dictionary")
"""Each is asked as ``ask(indicator)``: whether something above rests on what it is defined by."""
