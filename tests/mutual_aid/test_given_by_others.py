"""What other services and schemes gave her stands beside a claim; a sister plan that paid is asked about (D14)."""

from decimal import Decimal

import pytest
from django.urls import reverse
from django.utils import timezone

from services.casework.registry import Given, benefits_given, services
from services.mutual_aid.actions import adjudicating
from services.mutual_aid.queries.given import benefits_given as given_by_us
from tests.casework.notice_world import signed_in
from tests.factories.claims import at_decision, claims_world, fresh, looked, sent
from tests.factories.mutual_aid import paid_benefit, scheme_in_force

pytestmark = pytest.mark.django_db


@pytest.fixture
def world(settings):
    settings.LANGUAGE_CODE = "en"
    return claims_world(sister_per_share=Decimal(1000))


def _page(world, claim) -> str:
    officer = looked(world, claim)
    return signed_in(officer).get(reverse("casework_desk:case", args=[claim.case.token])).content.decode()


def _relief_gave(world, path: str):
    def given(*, persons, since):
        assert persons == {world.her.id_index}
        day = timezone.localdate()
        return [Given(world.her.id_index, "relief:1", "relief", day, "示例工会 01012345", path, "KN-1", "示例救助")]

    return given


@pytest.mark.parametrize("within", [True, False])
def test_relief_stands_beside_the_rules_and_outside_her_reach_only_whom_to_ask(world, within):
    claim = at_decision(world, sent(world))
    ours = benefits_given["relief"]
    path = world.tree["unit_a"].path if within else "9999"
    benefits_given.replace("relief", _relief_gave(world, path))
    try:
        page = _page(world, claim)
    finally:
        benefits_given.replace("relief", ours)
    assert "示例工会 01012345" in page
    assert ("示例救助" in page, "KN-1" in page) == (within, within)


def test_where_nothing_was_given_the_page_says_so(world):
    assert "No other service and no other scheme gave her anything." in _page(world, at_decision(world, sent(world)))


def test_a_scheme_that_paid_asks_whether_it_is_a_sister_plan_before_the_sum_is_decided(world):
    claim = at_decision(world, sent(world))
    paid_benefit(world.her, scheme_in_force(world.tree["city"]), fund=world.fund)
    officer = looked(world, claim)

    def obstacles() -> set[str]:
        asked = services["mutual_aid"].obstacles(fresh(claim).case, "approve", by=officer, now=world.now)
        return {one.code for one in asked}

    assert "sister_unjudged" in obstacles()
    found = {"diagnosed": world.diagnosed, "disease": "breast", "grade": "invasive_primary", "paid_elsewhere": False}
    adjudicating.judge_papers(claim, found=found, by=officer, now=world.now)
    assert "sister_unjudged" not in obstacles()


def test_what_we_tell_names_no_scheme_and_no_illness(world):
    benefit = paid_benefit(world.her, scheme_in_force(world.tree["city"]), fund=world.fund)
    (one,) = given_by_us(persons=frozenset({world.her.id_index}), since=timezone.localdate())
    assert (one.number, one.key) == (benefit.claim.case.number, f"mutual_aid:{benefit.claim.case_id}")
    assert benefit.scheme.name not in one.what
