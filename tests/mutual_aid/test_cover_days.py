"""The desk asks a cover by two dates and puts it right; what was decided on it waits to be looked at again (D15)."""

from datetime import timedelta

import pytest
from django.urls import reverse

from services.mutual_aid import queries
from services.mutual_aid.enums import CoverChange, Reason
from services.mutual_aid.models import Claim
from services.mutual_aid.todos import todos_for
from tests.casework.notice_world import signed_in
from tests.factories.claims import at_decision, claims_world, fresh, refused, sent

pytestmark = pytest.mark.django_db


@pytest.fixture
def world(settings):
    settings.LANGUAGE_CODE = "en"
    return claims_world()


def url(name: str, world) -> str:
    return reverse(f"mutual_aid_joining:{name}", args=[world.cover.token])


def correction(world, **changes) -> dict:
    present = queries.present_version(world.cover)
    said = {"first_day": present.first_day, "last_day": present.last_day, "shares": present.shares}
    return said | {"reason": "示例：名册录入有误"} | changes


def test_the_page_answers_by_version_and_clause_whether_she_was_covered(world):
    client, first = signed_in(world.officers["county"]), queries.present_version(world.cover).first_day
    yes = client.get(url("cover", world), {"on": first.isoformat()}).content.decode()
    assert f"Yes, she was covered on {first:%Y-%m-%d}" in yes
    assert "This is how it is known now." in yes and world.terms.source in yes
    before = first - timedelta(days=1)
    no = client.get(url("cover", world), {"on": before.isoformat()}).content.decode()
    assert f"No, she was not covered by this scheme on {before:%Y-%m-%d}" in no
    # Before she was enrolled nobody knew of it.
    unknown = client.get(url("cover", world), {"on": first.isoformat(), "known": "2020-01-01"}).content.decode()
    assert "No, she was not covered" in unknown and "known on 2020-01-01" in unknown


@pytest.mark.parametrize("on", ["", "gestern", "2026-02-30", "0" * 300])
def test_a_day_that_is_none_is_named_beside_the_field(world, on):
    answer = signed_in(world.officers["county"]).get(url("cover", world), {"on": on})
    assert answer.status_code == 200 and answer.context["day_form"].errors["on"]


def test_a_correction_keeps_what_was_known_and_needs_a_reason(world):
    client = signed_in(world.officers["city"])
    assert client.post(url("cover_correct", world), correction(world, reason=" ")).status_code == 200
    for wrong in ({"shares": 99}, {"last_day": "2001-01-01"}):
        answer = client.post(url("cover_correct", world), correction(world, **wrong))
        assert answer.status_code == 200 and list(answer.context["form"].errors) == list(wrong)
    assert client.post(url("cover_correct", world), correction(world, shares=2)).status_code == 302
    present = queries.present_version(world.cover)
    assert (present.shares, present.change, present.by) == (2, CoverChange.CORRECTED, world.officers["city"])
    assert queries.history_of(world.cover).count() == 2


def test_a_correction_at_the_desk_makes_a_decided_claim_wait_until_somebody_says_it_stands(world):
    claim = refused(world, at_decision(world, sent(world)), Reason.PRE_EXISTING)
    county = world.officers["county"]
    assert not [one for one in todos_for(county) if "looked at again" in one.text]
    signed_in(world.officers["city"]).post(url("cover_correct", world), correction(world, shares=2))
    assert [one.text for one in todos_for(county) if "looked at again" in one.text] == [
        "1 decided claim has to be looked at again"
    ]
    client, listed = signed_in(county), reverse("claims_desk:flagged")
    assert claim.case.number in client.get(listed).content.decode()
    assert claim.case.number not in client.get(listed, {"union": "nowhere"}).content.decode()
    stands = reverse("claims_desk:stands", args=[claim.case.token])
    assert stands in client.get(reverse("casework_desk:case", args=[claim.case.token])).content.decode()
    assert client.post(stands, {}).status_code == 200
    assert client.post(stands, {"looked": "on"}).status_code == 302
    assert fresh(claim).flagged == "" and fresh(claim).decided_on == claim.decided_on
    assert claim.case.number not in client.get(listed).content.decode()


def test_the_unit_sees_that_it_is_marked_and_cannot_say_that_it_stands(world):
    claim = refused(world, at_decision(world, sent(world)), Reason.PRE_EXISTING)
    Claim.objects.unscoped().filter(pk=claim.pk).update(flagged="示例")
    client, stands = signed_in(world.officers["union"]), reverse("claims_desk:stands", args=[claim.case.token])
    page = client.get(reverse("casework_desk:case", args=[claim.case.token])).content.decode()
    assert "To be looked at again" in page and stands not in page
    assert client.post(stands, {"looked": "on"}).status_code == 403
    assert fresh(claim).flagged == "示例"
