"""Sealed values: opened by the keys that are held, in the column they were written for, and in no other case."""

import base64

import pytest
from django.core.exceptions import ImproperlyConfigured

from portal.checks import keys_can_be_used
from services.foundation.crypto import Unreadable, blind_index, seal, unseal
from services.workers.models import Worker

OLD, NEW = (f"{name}:{base64.b64encode(bytes([n]) * 32).decode()}" for n, name in ((1, "old"), (2, "new")))


@pytest.fixture
def keys(settings):
    def hold(*entries):
        settings.FIELD_KEYS = list(entries)

    hold(OLD)
    return hold


def test_a_new_key_writes_and_the_old_one_still_reads(keys):
    before = seal("示例", context="a.b")
    keys(NEW, OLD)
    after = seal("示例", context="a.b")
    assert [token.split(":")[1] for token in (before, after)] == ["old", "new"]
    assert [unseal(token, context="a.b") for token in (before, after)] == ["示例", "示例"]
    keys(NEW)
    assert unseal(after, context="a.b") == "示例"
    with pytest.raises(Unreadable):
        unseal(before, context="a.b")


def test_a_value_pasted_into_another_column_does_not_open(keys):
    token = seal("19900001234", context="workers.worker.phone")
    with pytest.raises(Unreadable):
        unseal(token, context="workers.worker.id_number")


def test_a_value_changed_by_one_character_does_not_open(keys):
    token = seal("19900001234", context="a.b")
    head, body = token.rsplit(":", 1)
    for place in range(0, len(body) - 2, 3):
        other = "A" if body[place] != "A" else "B"
        with pytest.raises(Unreadable):
            unseal(f"{head}:{body[:place]}{other}{body[place + 1 :]}", context="a.b")


@pytest.mark.parametrize("token", ["", "19900001234", "v1:old:", "v1:gone:AAAA", "v2:old:AAAA", "v1:old:???"])
def test_what_was_never_sealed_is_not_read_as_if_it_were(keys, token):
    with pytest.raises(Unreadable):
        unseal(token, context="a.b")


def test_the_same_value_twice_is_two_texts_and_one_index(keys):
    assert seal("示例", context="a.b") != seal("示例", context="a.b")
    assert blind_index("示例") == blind_index("示例") != blind_index("示例 ")
    assert blind_index("") == ""


@pytest.mark.parametrize("entries", [(), (":" + OLD.partition(":")[2],), ("short:" + base64.b64encode(b"x").decode(),)])
def test_without_a_whole_key_nothing_is_sealed(keys, entries):
    keys(*entries)
    with pytest.raises(ImproperlyConfigured):
        seal("示例", context="a.b")


@pytest.mark.parametrize("encode", [base64.b64encode, base64.urlsafe_b64encode])
def test_a_key_is_read_in_either_alphabet_and_whole(keys, settings, encode):
    odd = encode(bytes([251, 255, 191] * 11)[:32]).decode()
    assert set("+/-_") & set(odd)
    keys(f"odd:{odd}")
    settings.INDEX_KEY = odd
    sealed, index = seal("示例", context="a.b"), blind_index("示例")
    keys(f"odd:{base64.b64encode(bytes([251, 255, 191] * 11)[:32]).decode()}")
    settings.INDEX_KEY = base64.b64encode(bytes([251, 255, 191] * 11)[:32]).decode()
    assert (unseal(sealed, context="a.b"), blind_index("示例")) == ("示例", index)


@pytest.mark.parametrize("key", ["x", "not base64 at all", base64.b64encode(b"short").decode()])
def test_a_key_that_is_none_is_said_before_anything_is_written(settings, key):
    settings.INDEX_KEY = key
    [error] = keys_can_be_used(None)
    assert (error.id, "INDEX_KEY" in error.msg) == ("portal.E005", True)
    settings.FIELD_KEYS = [f"k1:{key}"]
    assert len(keys_can_be_used(None)) == 2


def test_a_sealed_column_cannot_be_searched():
    with pytest.raises(TypeError, match="index column"):
        Worker.objects.unscoped().filter(phone="19900001234")
