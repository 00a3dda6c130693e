"""What another service of the union gave her stands among the overlaps, and relief tells others what it gave (D14)."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from services.casework.queries.given import given_to
from services.casework.registry import services
from services.payments.models import Payable
from services.payments.registry import watchers
from services.relief.actions import reviewing
from services.relief.models import Award
from services.relief.queries.overlaps import overlaps_of
from tests.casework.notice_world import signed_in
from tests.factories.households import answered, approved, at_decision, drafted, fresh, relief_world
from tests.factories.mutual_aid import paid_benefit, scheme_in_force

pytestmark = pytest.mark.django_db


@pytest.fixture
def world():
    return relief_world()


def _applied(world, her=None):
    application = drafted(world, her, code="emergency")
    answered(world, application)
    return at_decision(world, application)


def _paid_by_mutual_aid(world, her=None, **changes):
    return paid_benefit(her or world.her, scheme_in_force(world.tree["city"]), fund=world.fund, **changes)


def _obstacles(application) -> set[str]:
    asked = services["relief"].obstacles(fresh(application).case, "approve", by=None, now=timezone.now())
    return {one.code for one in asked}


def test_a_mutual_aid_payment_is_an_overlap_that_somebody_decides(world, settings):
    settings.LANGUAGE_CODE = "en"
    benefit, application = _paid_by_mutual_aid(world), _applied(world)
    (overlap,) = overlaps_of(fresh(application), now=timezone.now())
    assert (overlap.rule, overlap.number) == ("other_service", benefit.claim.case.number)
    assert benefit.scheme.name not in overlap.title
    assert _obstacles(application) == {"overlap_undecided"}
    page = signed_in(world.officers["county"]).get(reverse("casework_desk:case", args=[application.case.token]))
    assert "A benefit of another union service" in page.content.decode()
    reviewing.decide_overlap(
        application, other=overlap.key, choice="allow", reason="用途不同", by=world.officers["county"], now=world.now
    )
    assert _obstacles(application) == set()


@pytest.mark.parametrize("changes", [{"state": "cancelled"}, {"decided_at": timezone.now() - timedelta(days=400)}])
def test_what_was_cancelled_or_is_long_past_is_none(world, changes):
    _paid_by_mutual_aid(world, **changes)
    assert overlaps_of(fresh(_applied(world)), now=timezone.now()) == []


def test_a_benefit_decided_meanwhile_holds_the_payment(world):
    approved(world, _applied(world))
    payable = Payable.objects.unscoped().get()
    assert watchers["relief"].holds([payable], now=timezone.now()) == {}
    _paid_by_mutual_aid(world)
    assert watchers["relief"].holds([payable], now=timezone.now())[payable.pk].finding.code == "overlap_undecided"


def test_relief_tells_others_what_it_gave_until_it_is_cancelled(world):
    approved(world, _applied(world))
    since = timezone.localdate() - timedelta(days=365)
    (one,) = given_to({world.her.id_index}, since=since, but="mutual_aid")
    award = Award.objects.unscoped().get()
    assert (one.service, one.number, one.path) == ("relief", award.application.case.number, award.path)
    assert given_to({world.her.id_index}, since=since, but="relief") == []
    Award.objects.unscoped().update(state="cancelled")
    assert given_to({world.her.id_index}, since=since) == []
