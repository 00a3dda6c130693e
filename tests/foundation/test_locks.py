"""A named lock belongs to a transaction, and one name is one key."""

import pytest
from django.db import connection, transaction

from services.foundation.locks import advisory_key, hold


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_a_lock_outside_a_transaction_is_a_mistake_and_says_so():
    with pytest.raises(transaction.TransactionManagementError):
        hold("organizations.tree")


@pytest.mark.django_db
def test_a_lock_costs_nothing_where_writers_queue_anyway(django_assert_num_queries):
    with django_assert_num_queries(1 if connection.vendor == "postgresql" else 0):
        hold("organizations.tree")


def test_keys_differ_by_name_and_fit_postgresqls_bigint():
    keys = {advisory_key(name) for name in ("organizations.tree", "a", "b")}
    assert len(keys) == 3
    assert all(-(2**63) <= key < 2**63 for key in keys)
    assert advisory_key("a") == advisory_key("a")
