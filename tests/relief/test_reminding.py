"""Relief after an illness hints at a mutual-aid claim: only for who agreed, and nobody learns who (§1.7 S36m)."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from services.foundation import clock
from services.messaging.models import Message
from services.mutual_aid.actions.looking_back import look_back
from services.privacy.actions import give_consent, withdraw_consent
from services.privacy.enums import Purpose
from services.privacy.queries import current_notice, standing_consent
from services.relief.models import Award
from services.relief.queries.reminding import IllnessRelieved
from tests.factories.households import answered, approved, at_decision, drafted, relief_world
from tests.factories.mutual_aid import cover_of, scheme_in_force
from tests.factories.workers import WorkerFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def world():
    return relief_world()


def _relieved(world, **typed):
    application = drafted(world, code="emergency")
    answered(world, application, **typed)
    return approved(world, at_decision(world, application))


def _agrees(user) -> None:
    notice = current_notice(Purpose.REMINDING)
    give_consent(user, purpose=Purpose.REMINDING, notice=notice, language="zh-hans", now=clock.now())


def _asked(world, *, first=None, last=None) -> set[int]:
    today = timezone.localdate()
    days = (first or today - timedelta(days=200), last or today + timedelta(days=100))
    return IllnessRelieved().ask({world.her.pk: days})


def test_without_her_consent_relief_stays_silent_and_again_once_it_is_withdrawn(world):
    _relieved(world)
    assert _asked(world) == set()
    _agrees(world.her.user)
    assert _asked(world) == {world.her.pk}
    withdraw_consent(standing_consent(world.her.user, Purpose.REMINDING), by=world.her.user, now=clock.now())
    assert _asked(world) == set()


def test_only_an_illness_within_the_days_of_her_cover_counts(world):
    _relieved(world)
    _agrees(world.her.user)
    assert _asked(world, last=date(2020, 1, 1), first=date(2019, 1, 1)) == set()
    Award.objects.unscoped().update(state="cancelled")
    assert _asked(world) == set()


def test_an_accident_is_no_hint(world):
    _relieved(world, event="accident")
    _agrees(world.her.user)
    assert _asked(world) == set()


def test_a_look_back_writes_to_her_once_and_tells_staff_a_count_alone(
    world, settings, django_capture_on_commit_callbacks
):
    settings.SMALL_CELL_THRESHOLD = 3
    _relieved(world)
    scheme = scheme_in_force(world.tree["city"])
    today = timezone.localdate()
    women = [world.her, *(WorkerFactory(organization=world.tree["unit_a"]) for _ in range(3))]
    for number, woman in enumerate(women):
        cover_of(
            woman, scheme, first=today - timedelta(days=200), last=today + timedelta(days=100), number=f"BZ-{number}"
        )
    asked = {"scheme": scheme.scheme, "organization": world.tree["city"], "by": world.officers["city"]}
    with django_capture_on_commit_callbacks(execute=True):
        silent = look_back(**asked, now=clock.now() - timedelta(days=40))
    assert (silent.covered, silent.letters) == (4, 0)
    _agrees(world.her.user)
    told = Message.objects.filter(key="mutual_aid_reminder")
    with django_capture_on_commit_callbacks(execute=True):
        assert look_back(**asked, now=clock.now()).letters == 1
        assert look_back(**asked, now=clock.now() + timedelta(days=40)).letters == 0
    assert {one.recipient_id for one in told} <= {world.her.user_id} and told.exists()
    assert not [one for one in told if "帮扶" in one.body or "疾病" in one.body]
