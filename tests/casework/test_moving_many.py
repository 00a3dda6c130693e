"""Many cases moved at once end as if each had been moved by itself."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test.utils import CaptureQueriesContext

from services.casework import actions, errors
from services.casework.actions.move import move
from services.casework.actions.move_many import CHANGED, move_many, move_those_that_can
from services.casework.actions.notices import end_due_notices
from services.casework.enums import Stage, Verb
from services.casework.models import Case, CaseEvent
from services.messaging.models import Message
from services.organizations.enums import Role
from tests.casework.notice_world import MIDNIGHT, fields, first_line, objected, published, waiting
from tests.factories.casework import MONDAY
from tests.factories.organizations import AssignmentFactory

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def shown(allowance, monkeypatch):
    monkeypatch.setattr(allowance, "notice_fields", fields, raising=False)


def rows(cases) -> list[tuple]:
    return list(Case.objects.unscoped().filter(pk__in=[case.pk for case in cases]).order_by("pk").values_list(*CHANGED))


def last_events(cases) -> list[tuple]:
    told = ("verb", "source", "target", "position", "by", "by_staff", "for_whom", "reason", "note", "details", "at")
    lasts = [CaseEvent.objects.filter(case=case).order_by("pk").last() for case in cases]
    return [tuple(CaseEvent.objects.filter(pk=last.pk).values_list(*told).get()) for last in lasts]


def messages(cases) -> list[list[tuple]]:
    return [
        list(
            Message.objects.filter(recipient=case.worker.user)
            .order_by("pk")
            .values_list("key", "channel", "state", "subject", "link")
        )
        for case in cases
    ]


def pairs(world):
    """Two of each kind: one is moved by itself, the other with all the others."""
    AssignmentFactory(user=world.officers["union"], organization=world.tree["unit_b"], role=Role.GRASSROOTS_OFFICER)
    kinds = [waiting(world, "示例甲", "示例乙"), waiting(world, "示例丙", "示例丁", where="unit_b")]
    fresh = waiting(world, "示例戊", "示例己")
    for case in fresh:  # nobody has answered her yet: the promise is stamped now
        Case.objects.unscoped().filter(pk=case.pk).update(contact_took=None, contacted_at=None)
    held = waiting(world, "示例庚", "示例辛")
    for case in held:
        actions.claim(case, by=world.officers["town"], now=MONDAY)
    kinds += [fresh, held]
    return [kind[0] for kind in kinds], [kind[1] for kind in kinds]


def test_rows_events_and_messages_are_those_of_single_moves(noticed, allowance):
    alone, together = pairs(noticed)
    asked = {"by": noticed.officers["town"], "now": MONDAY, "note": "同批公示", "details": {"notice": "GS-1"}}
    later = {"by": None, "now": MONDAY + timedelta(days=30)}
    for verb, said in ((Verb.PUBLISH, asked), (Verb.END_NOTICE, later)):
        allowance.heard.clear()
        for case in alone:
            move(case, verb, **said)
        heard, allowance.heard[:] = list(allowance.heard), []
        move_many(together, verb, **said)
        assert rows(alone) == rows(together)
        assert last_events(alone) == last_events(together)
        assert allowance.heard == heard
    assert [[one[:4] for one in some] for some in messages(alone)] == [
        [one[:4] for one in some] for some in messages(together)
    ]


@pytest.mark.parametrize("verb", list(Verb))
def test_each_refusal_is_that_of_the_single_move(noticed, verb):
    """Every verb, by everybody, for a case in review and one on a notice: what one refuses, the other refuses."""
    reviewed, *_others = waiting(noticed, "示例甲")
    standing = first_line(published(noticed)).case
    doubted = first_line(published(noticed, waiting(noticed, "示例乙"))).case
    objected(doubted.notice_lines.get())
    for case in (reviewed, standing, doubted):
        for by in (None, noticed.officers["union"], noticed.officers["town"], noticed.officers["county"]):
            said = {"by": by, "now": MONDAY, "reason": ""}
            assert refusal(lambda case=case, said=said: move(case, verb, **said)) == refusal(
                lambda case=case, said=said: move_many([case], verb, **said)
            )


def refusal(act) -> str:
    """What is said to whoever tried; whatever was done is undone."""
    from django.db import transaction

    try:
        with transaction.atomic():
            act()
            transaction.set_rollback(True)
    except (errors.Refused, PermissionDenied) as refused:
        return f"{type(refused).__name__}: {refused} {getattr(refused, 'context', '')}"
    return "done"


def test_one_that_is_refused_keeps_all_where_they_are(noticed, allowance):
    cases = [*waiting(noticed), noticed.submitted()]
    before = rows(cases)
    with pytest.raises(errors.NotAtThisStep):
        move_many(cases, Verb.PUBLISH, by=noticed.officers["town"], now=MONDAY)
    assert rows(cases) == before
    assert not CaseEvent.objects.filter(verb=Verb.PUBLISH).exists()


def test_those_that_can_go_on_do_and_the_others_are_named(noticed):
    first, *others = cases = waiting(noticed)
    published(noticed, cases)
    Case.objects.unscoped().filter(pk=first.pk).update(stage=Stage.NOTICE)
    objected(first.notice_lines.get())
    Case.objects.unscoped().filter(pk=first.pk).update(stage=Stage.NOTICE)  # an open objection, whatever the stage
    moved, refused = move_those_that_can(cases, Verb.END_NOTICE, by=None, now=MIDNIGHT)
    assert [case.pk for case in moved] == [case.pk for case in others]
    assert [(case.pk, refusal.code) for case, refusal in refused] == [(first.pk, "open_objection")]


def test_the_same_again_changes_nothing(noticed):
    cases = waiting(noticed)
    asked = {"by": noticed.officers["town"], "now": MONDAY}
    move_many(cases, Verb.PUBLISH, **asked)
    before = rows(cases)
    assert {case.stage for case in move_many(cases, Verb.PUBLISH, **asked)} == {Stage.NOTICE}
    assert rows(cases) == before
    assert CaseEvent.objects.filter(verb=Verb.PUBLISH).count() == len(cases)


def test_twelve_cost_the_queries_of_three(noticed):
    names = [f"张{c}梅" for c in "晓小雪红云春夏秋冬金银玉"]
    begun, ended = [], []
    warming, few, many = (waiting(noticed, *names[:count]) for count in (1, 3, 12))
    for cases in (warming, few, many):
        with CaptureQueriesContext(connection) as seen:
            published(noticed, cases)
        begun.append(len(seen))
        with CaptureQueriesContext(connection) as seen:
            moved, refused = move_those_that_can(cases, Verb.END_NOTICE, by=None, now=MIDNIGHT)
        ended.append(len(seen))
        assert (len(moved), refused) == (len(cases), [])
    assert begun[1] == begun[2]
    assert ended[1] == ended[2]


def test_what_a_service_refuses_holds_nobody_else_up(noticed, allowance, monkeypatch):
    cases = waiting(noticed)
    published(noticed, cases)

    def entered(case, *, verb, by, now):
        if case.pk == cases[0].pk:
            raise errors.OpenObjection()

    monkeypatch.setattr(allowance, "entered", entered)
    assert end_due_notices(now=MIDNIGHT) == 2
    assert [case.stage for case in Case.objects.unscoped().filter(pk__in=[c.pk for c in cases]).order_by("pk")] == [
        Stage.NOTICE,
        Stage.IN_REVIEW,
        Stage.IN_REVIEW,
    ]
