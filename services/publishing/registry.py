"""What upper apps tell this one: which part of the address space is theirs and answers."""

from collections.abc import Callable

from services.foundation.registry import Registry

answers: Registry[Callable[[str], bool]] = Registry("who answers at an address of our site")
"""Each gets a path of our own site and says whether something public answers there."""
