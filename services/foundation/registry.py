"""A small registry that a lower app owns and upper apps add to; keys are codes and may not clash."""

from collections.abc import Iterator
from typing import Generic, TypeVar

T = TypeVar("T")


class Registry(Generic[T]):
    def __init__(self, name: str):
        self.name = name
        self._items: dict[str, T] = {}

    def register(self, code: str, item: T) -> T:
        """Add an item. Raises ``ValueError`` when another item holds the code already."""
        if code in self._items and self._items[code] is not item:
            raise ValueError(f"{self.name}: {code} is registered twice")
        self._items[code] = item
        return item

    def replace(self, code: str, item: T) -> T:
        """Put ``item`` where another one stands; an app does so with what it registered itself."""
        if code not in self._items:
            raise ValueError(f"{self.name}: {code} isn't registered")
        self._items[code] = item
        return item

    def __getitem__(self, code: str) -> T:
        return self._items[code]

    def __contains__(self, code: str) -> bool:
        return code in self._items

    def get(self, code: str) -> T | None:
        return self._items.get(code)

    def __iter__(self) -> Iterator[T]:
        return iter(self._items.values())

    def codes(self) -> list[str]:
        return list(self._items)
