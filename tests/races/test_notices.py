"""An objection and the end of a notice at one moment, two objections at one moment, two publications at one moment."""

from datetime import timedelta

import pytest
from django.utils import timezone

from services.casework.actions import objections
from services.casework.actions.notices import end_due_notices, publish_notice
from services.casework.enums import Stage, StepKind, Verb
from services.casework.models import Case, CaseEvent, NoticeLine, Objection, PublicNotice
from services.messaging.models import Message
from tests.factories.accounts import WorkerUserFactory
from tests.factories.casework import WITH_NOTICE, allowance_service, casework_world
from tests.factories.workers import WorkerFactory
from tests.races.scene import at_once

pytestmark = [pytest.mark.race, pytest.mark.django_db(transaction=True, serialized_rollback=True)]
FORM = {"about": "income", "text": "她家另有门面房出租。", "contact": ""}


@pytest.fixture(autouse=True)
def allowance():
    with allowance_service() as service:
        yield service


@pytest.fixture
def world():
    made = casework_world(steps=WITH_NOTICE)
    made.now = timezone.now()
    return made


def verified(world, *names: str) -> list[Case]:
    unit = world.tree["unit_a"]
    return [
        world.verified(WorkerFactory(organization=unit, user=WorkerUserFactory(), name=name))
        for name in names or ("张晓梅", "张小梅", "张雪梅")
    ]


def publish(world, cases) -> PublicNotice:
    return publish_notice(
        organization=world.tree["town_a"],
        service="allowance",
        cases=cases,
        by=world.officers["town"],
        now=world.now,
    )


def object_to(line: NoticeLine, form: str, *, now) -> str:
    return objections.receive(line, **FORM, form=form, now=now).objection.reference


def fresh(case: Case) -> Case:
    return Case.objects.unscoped().get(pk=case.pk)


def test_an_objection_that_arrives_while_the_notice_ends_stops_the_case_or_is_too_late(world):
    """The objector's clock still shows the last day, that of the task the day after. Either order is right; a case
    that went on with an open objection never is."""
    cases = verified(world)
    notice = publish(world, cases)
    line = notice.lines.get(case=cases[0])
    after = world.now + timedelta(days=30)
    jobs = [lambda: object_to(line, "form-1", now=world.now)] + [lambda: end_due_notices(now=after)] * 3
    results = at_once(jobs)
    assert not any(isinstance(result, Exception) for result in results), results
    case, opened = fresh(cases[0]), Objection.objects.unscoped().filter(line=line).exists()
    if results[0] == "window_closed":
        assert (case.stage, opened) == (Stage.IN_REVIEW, False)
    else:
        assert (case.stage, opened) == (Stage.OBJECTION, True)
        assert not case.events.filter(verb=Verb.END_NOTICE).exists()
    assert {fresh(other).stage for other in cases[1:]} == {Stage.IN_REVIEW}
    ends = CaseEvent.objects.filter(verb=Verb.END_NOTICE).values_list("case", flat=True)
    assert len(ends) == len(set(ends))


def test_two_objections_at_once_are_two_and_stop_the_case_once(world):
    (case,) = verified(world, "张晓梅")
    line = publish(world, [case]).lines.get()
    results = at_once([lambda form=form: object_to(line, form, now=world.now) for form in ("a", "b", "c")])
    assert len(set(results)) == 3
    assert Objection.objects.unscoped().filter(line=line, state="open").count() == 3
    assert fresh(case).events.filter(verb=Verb.OBJECT).count() == 1
    told = Message.objects.filter(key="casework-objection", channel="in_site", recipient=case.worker.user)
    assert told.count() == 3


def test_one_form_sent_twice_at_once_is_one_objection(world):
    (case,) = verified(world, "张晓梅")
    line = publish(world, [case]).lines.get()
    results = at_once([lambda: object_to(line, "same", now=world.now)] * 4)
    assert len(set(results)) == 1
    assert Objection.objects.unscoped().count() == 1


def test_two_publications_of_the_same_cases_at_once_make_one_notice(world):
    cases = verified(world)
    results = at_once([lambda: publish(world, cases).number] * 3)
    assert len(set(results)) == 1, results
    assert PublicNotice.objects.unscoped().count() == 1
    assert NoticeLine.objects.count() == len(cases)
    assert CaseEvent.objects.filter(verb=Verb.PUBLISH).count() == len(cases)
    assert {case.route.steps.get(position=case.position).kind for case in map(fresh, cases)} == {StepKind.PUBLIC_NOTICE}
