"""What may be known of keys without holding one: which seal, where, and that values can be sealed anew.

For backups and the change of keys. Nothing here gives a key or an opened value away.
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass

from django.apps import apps

from services.foundation import crypto
from services.foundation.crypto import Unreadable, fingerprints, index_fingerprint, key_of, newest_key
from services.foundation.registry import Registry

__all__ = [
    "Sealed",
    "Unreadable",
    "fingerprints",
    "index_fingerprint",
    "newest_key",
    "sealed_columns",
    "sealed_within",
]


@dataclass(frozen=True, slots=True)
class Sealed:
    """A column of a table that holds sealed values; with ``within`` a JSON document that has some among its texts."""

    table: str
    key: str  # the column of the primary key
    column: str
    context: str
    within: bool = False

    def __str__(self) -> str:
        return f"{self.table}.{self.column}"

    def keys_in(self, stored: str) -> list[str]:
        """The ids of the keys that sealed what is stored in one row."""
        return [key_of(token) for token in self._tokens(stored)]

    def check(self, stored: str) -> None:
        """Open what is stored and let it go. Raises ``Unreadable``."""
        for token in self._tokens(stored):
            crypto.unseal(token, context=self.context)

    def reseal(self, stored: str) -> str:
        """The same under the newest key; what it sealed already stays as it is. Raises ``Unreadable``."""
        if not self.within:
            return self._resealed(stored)
        return json.dumps(_replaced(json.loads(stored), self._resealed), ensure_ascii=False)

    def _resealed(self, token: str) -> str:
        if key_of(token) == newest_key():
            return token
        return crypto.seal(crypto.unseal(token, context=self.context), context=self.context)

    def _tokens(self, stored: str) -> list[str]:
        return [*_texts(json.loads(stored))] if self.within else [stored]


def _texts(value) -> Iterator[str]:
    if isinstance(value, str) and key_of(value):
        yield value
    elif isinstance(value, dict | list):
        for part in value.values() if isinstance(value, dict) else value:
            yield from _texts(part)


def _replaced(value, reseal):
    if isinstance(value, dict):
        return {name: _replaced(part, reseal) for name, part in value.items()}
    if isinstance(value, list):
        return [_replaced(part, reseal) for part in value]
    return reseal(value) if isinstance(value, str) and key_of(value) else value


# Sealed values that lie in no sealed column, as in tables of a library; their apps name them.
sealed_within: Registry[Sealed] = Registry("sealed within")


def sealed_columns() -> list[Sealed]:
    """Every place in the database that holds sealed values."""
    found = []
    for model in apps.get_models(include_auto_created=True):
        options = model._meta
        if options.proxy or not options.managed:
            continue
        for field in options.local_concrete_fields:
            if isinstance(field, crypto.SealedField):
                found.append(Sealed(options.db_table, options.pk.column, field.column, field.context))
    return [*found, *sealed_within]
