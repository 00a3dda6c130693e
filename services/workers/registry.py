"""What upper apps tell the records: what follows when a woman leaves her unit."""

from collections.abc import Callable

from services.foundation.registry import Registry

departures: Registry[Callable[..., object]] = Registry("departures")
"""Each is called as ``act(worker, by=…, now=…)`` in the transaction that marks her as left."""
