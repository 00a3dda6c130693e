"""Her application is sent while something else of it happens: it is sent once, whole, and as she saw it."""

import hashlib
from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from services.casework import actions as casework
from services.casework.actions.uploads import add_part, begin_upload, finish_upload
from services.casework.enums import Stage
from services.casework.models import Document, KeptTyping, UploadInProgress
from services.casework.queries.documents import documents_of
from services.messaging.models import Message
from services.relief.actions import applying
from services.relief.actions.sending import hand_in, version_seen
from services.relief.models import Application
from services.relief.rules.typed import TypedAnswers
from tests.casework import samples
from tests.factories.households import answered, drafted, fresh, relief_world
from tests.races.scene import at_once

pytestmark = [pytest.mark.race, pytest.mark.django_db(transaction=True, serialized_rollback=True)]
BILLS = "bills"


@pytest.fixture
def world():
    made = relief_world()
    made.now = timezone.now()
    return made


def ready(world, *, required: bool = False) -> Application:
    """A draft with everything that is asked for, but for the bills where they are required."""
    programme = world.programmes["emergency"]
    programme.documents = [{"kind": BILLS, "required": required, "when": ""}]
    programme.save()
    return answered(world, drafted(world, code="emergency"))


def sends(world, application: Application):
    """What her page would send now, as a job."""
    seen = version_seen(application)

    def send():
        return hand_in(application, declares=True, lets_check=True, seen=seen, by=world.her.user, now=timezone.now())

    return send


def arriving(world, application: Application) -> UploadInProgress:
    """Photographed bills of which every part has arrived; only the last request is missing."""
    data, her = samples.photo(salt="bills"), world.her.user
    upload = begin_upload(
        application.case,
        kind=BILLS,
        name="票据.jpg",
        size=len(data),
        digest=hashlib.sha256(data).hexdigest(),
        by=her,
        now=world.now,
    )
    return add_part(upload, offset=0, part=data, now=world.now)


def errors_in(results: list) -> list:
    return [result for result in results if isinstance(result, Exception)]


def sent_once(application: Application) -> None:
    case = fresh(application).case
    assert (case.stage, case.version) == (Stage.IN_REVIEW, 2)
    assert case.events.filter(verb="submit").count() == 1
    assert Message.objects.filter(key="casework-received", channel="in_site").count() == 1
    assert not KeptTyping.objects.filter(case=application.case).exists()


def test_a_draft_that_is_sent_six_times_at_once_is_sent_once(world):
    application = ready(world)
    results = at_once([sends(world, application) for _ in range(6)])
    assert [result for result in results if not isinstance(result, Application)] == []
    sent_once(application)
    assert fresh(application).declared_at
    kinds = list(fresh(application).assessments.values_list("kind", flat=True))
    assert len(kinds) == len(set(kinds))


def test_two_tabs_that_show_different_states_send_what_one_of_them_showed(world):
    """The older tab is told to look again, whichever comes first; what is sent is what the newer one showed."""
    application = ready(world)
    older = sends(world, application)
    application = answered(world, application, cost=Decimal(777))
    results = at_once([older, sends(world, fresh(application))])
    assert isinstance(results[1], Application)
    assert isinstance(results[0], Application) or results[0] == "seen_older"
    sent_once(application)
    assert fresh(application).answers["cost"] == "777"


@pytest.mark.parametrize("again", range(3))
def test_an_answer_saved_while_she_sends_is_in_what_she_sent_or_refused(world, again):
    application = ready(world)
    version = application.version

    def saves():
        typed = TypedAnswers("accident", timezone.localdate(), Decimal(999), "")
        return applying.save_answers(application, typed, by=world.her.user, now=timezone.now(), seen=version)

    sent, saved = at_once([sends(world, application), saves])
    case, cost = fresh(application).case, str(fresh(application).answers["cost"])
    if isinstance(sent, Application):
        assert isinstance(saved, PermissionDenied | str)
        assert (case.stage, cost.startswith("12000")) == (Stage.IN_REVIEW, True)
    else:
        assert (sent, case.stage, cost) == ("seen_older", Stage.DRAFT, "999")
        assert isinstance(saved, Application)


@pytest.mark.parametrize("again", range(3))
def test_a_paper_that_finishes_while_she_sends_is_in_it_or_refused_and_never_comes_afterwards(world, again):
    application = ready(world)
    upload = arriving(world, application)
    jobs = [sends(world, application), lambda: finish_upload(upload, by=world.her.user, now=timezone.now())]
    sent, finished = at_once(jobs if again % 2 else reversed(jobs))[:: 1 if again % 2 else -1]
    assert isinstance(sent, Application)
    sent_once(application)
    there = list(documents_of(fresh(application).case))
    if isinstance(finished, Document):
        assert there == [finished]
    else:
        assert (finished, there) == ("not_open_for_documents", [])
        assert UploadInProgress.objects.get().received == upload.size


@pytest.mark.parametrize("again", range(3))
def test_without_a_required_paper_nothing_is_sent_and_with_it_it_is_sent_whole(world, again):
    application = ready(world, required=True)
    upload = arriving(world, application)
    send = sends(world, application)
    sent, finished = at_once([send, lambda: finish_upload(upload, by=world.her.user, now=timezone.now())])
    assert isinstance(finished, Document)
    if not isinstance(sent, Application):
        assert (sent, fresh(application).case.stage) == ("not_complete", Stage.DRAFT)
        send()
    sent_once(application)
    assert list(documents_of(fresh(application).case)) == [finished]


def test_the_last_request_of_an_upload_sent_four_times_makes_one_paper(world):
    application = ready(world)
    upload = arriving(world, application)
    results = at_once(
        [lambda: finish_upload(upload, by=world.her.user, now=timezone.now()) for _ in range(4)]
        + [sends(world, application)]
    )
    assert errors_in(results) == []
    assert isinstance(results[-1], Application)
    there = list(documents_of(fresh(application).case))
    assert {result for result in results[:-1] if isinstance(result, Document)} == set(there)
    assert len(there) <= 1


def test_she_withdraws_and_sends_at_once_and_it_ends_in_one_way(world):
    application = ready(world)
    case = application.case
    jobs = [
        sends(world, application),
        lambda: casework.withdraw(case, by=world.her.user, now=timezone.now(), seen=case.version),
    ]
    results = at_once(jobs)
    assert errors_in(results) == []
    verbs = list(fresh(application).case.events.exclude(verb="open").order_by("pk").values_list("verb", flat=True))
    assert verbs in (["withdraw"], ["submit"])
