"""Places that were handed out before there were pools lie in the general pool afterwards."""

import pytest
from django.apps import apps
from django.core.management import call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from tests.factories.organizations import small_tree

pytestmark = pytest.mark.django_db(transaction=True, serialized_rollback=True)


def test_every_offering_gets_its_general_pool_and_keeps_its_places():
    tree = small_tree()
    call_command("migrate", "bookings", "0001", verbosity=0)
    try:
        before = MigrationExecutor(connection).loader.project_state(("bookings", "0001_initial")).apps
        offering = before.get_model("bookings", "Offering").objects.create(
            organization_id=tree["city"].pk, title="体检"
        )
        bare = before.get_model("bookings", "Offering").objects.create(organization_id=tree["city"].pk, title="讲座")
        rows = before.get_model("bookings", "Allocation").objects
        root = rows.create(offering=offering, organization_id=tree["city"].pk, slots=10, passed_down=4)
        rows.create(offering=offering, organization_id=tree["county_a"].pk, parent=root, slots=4, used=1)
    finally:
        call_command("migrate", "bookings", verbosity=0)
    pools, allocations = apps.get_model("bookings", "Pool").objects, apps.get_model("bookings", "Allocation").objects
    assert set(pools.values_list("offering", "general", "name")) == {(offering.pk, True, ""), (bare.pk, True, "")}
    kept = allocations.unscoped().order_by("pk").values_list("pool__offering", "slots", "passed_down", "used")
    assert list(kept) == [(offering.pk, 10, 4, 0), (offering.pk, 4, 0, 1)]
