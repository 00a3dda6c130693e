"""Encrypted columns and blind indexes: the only place that touches keys. Import it from models alone.

A sealed value is ``v1:<key id>:<base64(nonce + AES-256-GCM ciphertext)>``; the column's own name
is bound in as associated data, so a value pasted into another column does not open.
"""

import base64
import hashlib
import hmac
import json
import os
from functools import lru_cache

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models

_NONCE = 12
_ONE_ALPHABET = str.maketrans("-_", "+/")


class Unreadable(Exception):
    """A sealed value could not be opened with any configured key."""


def _decoded(encoded: str) -> bytes:
    """Base64 in either alphabet; empty where it is none. Python by itself passes over what it doesn't know."""
    try:
        return base64.b64decode(encoded.strip().translate(_ONE_ALPHABET), validate=True)
    except ValueError:
        return b""


@lru_cache(maxsize=8)
def _ring(keys: tuple[str, ...]) -> dict[str, AESGCM]:
    ring = {}
    for entry in keys:
        key_id, _, encoded = entry.partition(":")
        raw = _decoded(encoded)
        if not key_id or len(raw) < 32:
            raise ImproperlyConfigured("FIELD_KEYS entries are id:base64 of at least 32 bytes.")
        ring[key_id] = AESGCM(raw[:32])
    if not ring:
        raise ImproperlyConfigured("FIELD_KEYS is empty.")
    return ring


def seal(value: str, *, context: str) -> str:
    """Encrypt ``value`` with the first key; ``context`` must be given again to open it."""
    ring = _ring(tuple(settings.FIELD_KEYS))
    key_id, cipher = next(iter(ring.items()))
    nonce = os.urandom(_NONCE)
    body = nonce + cipher.encrypt(nonce, value.encode(), context.encode())
    return f"v1:{key_id}:{base64.b64encode(body).decode()}"


def unseal(token: str, *, context: str) -> str:
    """Decrypt a sealed value. Raises ``Unreadable`` when no key fits or the context differs."""
    try:
        version, key_id, body = token.split(":", 2)
        raw = base64.b64decode(body)
        cipher = _ring(tuple(settings.FIELD_KEYS))[key_id]
        if version != "v1":
            raise ValueError(version)
        return cipher.decrypt(raw[:_NONCE], raw[_NONCE:], context.encode()).decode()
    except (ValueError, KeyError, InvalidTag) as error:
        raise Unreadable("sealed value cannot be opened") from error


def key_of(token: str) -> str:
    """The id of the key that sealed a value; '' where the text is no sealed value."""
    version, _, rest = token.partition(":")
    key_id, found, _body = rest.partition(":")
    return key_id if found and version == "v1" else ""


def newest_key() -> str:
    """The id of the key that seals."""
    return next(iter(_ring(tuple(settings.FIELD_KEYS))))


def fingerprints() -> dict[str, str]:
    """By id of each configured key, what tells it from another one and nothing more."""
    _ring(tuple(settings.FIELD_KEYS))
    parts = (entry.partition(":") for entry in settings.FIELD_KEYS)
    return {key_id: _fingerprint(base64.b64decode(encoded)[:32]) for key_id, _, encoded in parts}


def index_fingerprint() -> str:
    return _fingerprint(_index_key(settings.INDEX_KEY))


def _fingerprint(key: bytes) -> str:
    return hmac.digest(key, b"mumian.key.fingerprint", hashlib.sha256).hex()[:32]


@lru_cache(maxsize=2)
def _index_key(encoded: str) -> bytes:
    if not encoded:
        raise ImproperlyConfigured("INDEX_KEY is not set.")
    key = _decoded(encoded)
    if len(key) < 32:
        raise ImproperlyConfigured("INDEX_KEY is the base64 of at least 32 bytes.")
    return key


def blind_index(value: str) -> str:
    """Keyed digest (64 hexadecimal characters) of a normalised value, for exact look-up; '' stays ''."""
    if not value:
        return ""
    return hmac.digest(_index_key(settings.INDEX_KEY), value.encode(), hashlib.sha256).hex()


class SealedField(models.TextField):
    """Text that is encrypted at rest. It cannot be looked up: keep a ``*_index`` column beside it."""

    @property
    def context(self) -> str:
        return f"{self.model._meta.label_lower}.{self.name}"

    def get_prep_value(self, value):
        value = super().get_prep_value(value)
        return value if value in (None, "") else seal(value, context=self.context)

    def from_db_value(self, value, expression, connection):
        return value if value in (None, "") else unseal(value, context=self.context)

    def get_lookup(self, lookup_name):
        if lookup_name in ("isnull",):
            return super().get_lookup(lookup_name)
        raise TypeError(f"{self.name} is sealed: look up its index column instead.")


class SealedJSONField(SealedField):
    """A JSON document that is encrypted at rest. Decimals and dates are written as text and come back as text."""

    def get_prep_value(self, value):
        if value is None:
            return None
        return super().get_prep_value(json.dumps(value, cls=DjangoJSONEncoder, ensure_ascii=False, sort_keys=True))

    def from_db_value(self, value, expression, connection):
        opened = super().from_db_value(value, expression, connection)
        return json.loads(opened) if opened else opened

    def to_python(self, value):
        return value

    def value_to_string(self, obj):
        return json.dumps(self.value_from_object(obj), cls=DjangoJSONEncoder, ensure_ascii=False, sort_keys=True)


class BlindIndexField(models.CharField):
    """Keyed digest of the sealed column named ``of``, filled on save by the model's own code."""

    def __init__(self, *args, **kwargs):
        kwargs.setdefault("max_length", 64)
        kwargs.setdefault("blank", True)
        kwargs.setdefault("editable", False)
        super().__init__(*args, **kwargs)
