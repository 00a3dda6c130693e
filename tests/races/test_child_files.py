"""Children's files at one moment: decided once, opened once, read often, withdrawn for good."""

from datetime import timedelta

import pytest

from services.child_files.actions import consents, granting, links, reading, releasing
from services.child_files.enums import FileState, Purpose
from services.child_files.models import BreakGlass, ChildConsent, Enrolment, FileRead, GuardianLink, Release
from services.child_files.queries.files import consents_standing
from services.child_files.rules.clocks import RELEASE_COPIES
from services.messaging.models import Message
from services.privacy.models import AccessRecord
from tests.factories.child_files import Nursery
from tests.races.scene import at_once

pytestmark = [pytest.mark.race, pytest.mark.django_db(transaction=True, serialized_rollback=True)]


@pytest.fixture
def nursery():
    return Nursery()


def _ask(nursery, child):
    return granting.ask(child, of=nursery.leader, purpose="help", reason="示例", by=nursery.officer, now=nursery.now)


def test_one_request_is_asked_once_and_decided_once(nursery):
    child = nursery.child()
    results = at_once([lambda: _ask(nursery, child)] * 6)
    assert results.count("asked_twice") == 5
    grant = child.grants.unscoped().get()
    answers = at_once(
        [
            lambda yes=yes: granting.decide(grant, yes=yes, note="示例", by=nursery.leader, now=nursery.now).state
            for yes in (True, False) * 3
        ]
    )
    assert answers.count("decided_already") == 5
    grant.refresh_from_db()
    assert {grant.state} == set(answers) - {"decided_already"}
    assert Message.objects.filter(key="child-files-approval-decided").count() == 1


def test_an_emergency_pressed_six_times_is_one_and_told_once(nursery):
    child = nursery.child()

    def press():
        return granting.break_glass(child, reason="孩子走失", hours=1, by=nursery.town, now=nursery.now).pk

    assert len(set(at_once([press] * 6))) == 1
    glass = BreakGlass.objects.unscoped().get()
    assert Message.objects.filter(key="child-files-emergency").count() == 1

    def review():
        return granting.review_emergency(glass, judged="justified", note="示例", by=nursery.privacy, now=nursery.now)

    assert at_once([review] * 4).count("decided_already") == 3


def test_reads_at_one_moment_are_all_on_record_and_the_limit_of_reveals_holds(nursery, settings):
    settings.LOOKS_PER_HOUR = 3
    child = nursery.child()
    nursery.absence(child)
    at_once([lambda: reading.open_file(child, by=nursery.teacher, now=nursery.now).kind] * 6)
    assert FileRead.objects.unscoped().filter(fields="file").count() == 6
    what = f"parent-{child.absences.unscoped().get().pk}-phone"

    def reveal():
        return reading.reveal(child, what, by=nursery.teacher, reason="示例理由", now=nursery.now)

    shown = [one for one in at_once([reveal] * 6) if one == "19900005678"]
    assert len(shown) == 3
    assert AccessRecord.objects.filter(routine=False).count() == len(shown)
    assert FileRead.objects.unscoped().filter(fields=what).count() == len(shown)


def test_a_withdrawal_races_with_approvals_and_answers_and_nothing_stays_open(nursery):
    child = nursery.child()
    grant = _ask(nursery, child)
    consent = consents_standing(child)[Purpose.HOME_SERVICE]
    at_once(
        [
            lambda: consents.withdraw(consent, now=nursery.now).pk,
            lambda: granting.decide(grant, yes=True, by=nursery.leader, now=nursery.now).pk,
            lambda: granting.break_glass(child, reason="孩子走失", hours=1, by=nursery.town, now=nursery.now).pk,
            lambda: consents.withdraw(consent, now=nursery.now).pk,
        ]
    )
    grant.refresh_from_db()
    assert nursery.fresh(child).state == FileState.RESTRICTED
    assert grant.state == "ended"
    assert ChildConsent.objects.unscoped().filter(ended_because="withdrawn").count() == 1
    assert Enrolment.objects.unscoped().filter(to_on__isnull=True).count() == 0


def test_a_guardian_who_agrees_twice_at_once_agrees_once(nursery):
    child = nursery.draft()
    giver = nursery.guardian(child)
    at_once([lambda: nursery.say(child, Purpose.HOME_SERVICE, giver=giver).pk] * 5)
    assert ChildConsent.objects.unscoped().filter(child=child).count() == 1
    assert Enrolment.objects.unscoped().filter(child=child).count() == 1


def test_a_link_lets_in_one_browser(nursery):
    child = nursery.child()
    link = links.send_link(nursery.guardian(child), by=nursery.teacher, now=nursery.now)
    GuardianLink.objects.filter(pk=link.pk).update(code_sent_at=nursery.now)
    link.set_code("123456")
    GuardianLink.objects.filter(pk=link.pk).update(code_digest=link.code_digest)
    results = at_once([lambda: links.confirm(link, code="123456", fact=child.birth_date, now=nursery.now)] * 5)
    assert results.count("link_spent") == 4


def test_a_workbook_is_released_once_and_taken_three_times_at_most(nursery):
    nursery.child()

    def ask():
        return releasing.ask_release(
            nursery.home,
            fields=["name"],
            purpose="trip",
            reason="秋游签到",
            leader=nursery.leader,
            by=nursery.officer,
            now=nursery.now,
        ).pk

    assert at_once([ask] * 4).count("asked_twice") == 3
    made = Release.objects.unscoped().get()

    def decide(who):
        return releasing.decide_release(made, yes=True, by=who, now=nursery.now).state

    assert at_once([lambda: decide(nursery.leader)] * 3).count("first_yes") == 1
    assert at_once([lambda: decide(nursery.privacy)] * 3).count("released") == 1

    def take():
        return releasing.take_copy(made, by=nursery.officer, now=nursery.now + timedelta(minutes=1)).read(2)

    assert at_once([take] * 6).count(b"PK") == RELEASE_COPIES
    assert FileRead.objects.unscoped().filter(release=made).count() == RELEASE_COPIES
