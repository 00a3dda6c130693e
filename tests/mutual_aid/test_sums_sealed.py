"""The sum of a claim tells of the grade: the preview of many shows it to whoever decides, never to the unit."""

import pytest

from services.casework.registry import services
from tests.factories.claims import at_decision, claims_world, fresh, sent

pytestmark = pytest.mark.django_db


def test_only_whoever_may_see_the_health_of_a_claim_is_shown_its_sum():
    world = claims_world()
    claim = fresh(at_decision(world, sent(world)))
    assert claim.amount

    def sums(who: str) -> dict:
        return services["mutual_aid"].sums([claim.case], viewer=world.officers[who])

    assert sums("county") == {claim.case_id: claim.amount}
    assert sums("union") == sums("finance") == {}
