"""From her page, from the desk's page and from everybody's own list one comes to the notice and to the objection."""

from datetime import timedelta

import pytest
from django.urls import reverse

from services.casework.actions import objections
from services.casework.models import Case
from services.casework.notice_todos import LATE_NOTICE, todos_for
from tests.casework.notice_world import at, fields, first_line, objected, published, signed_in, waiting
from tests.factories.casework import MONDAY

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def shown(allowance, monkeypatch):
    monkeypatch.setattr(allowance, "notice_fields", fields, raising=False)


def page(user, address: str, *, when=MONDAY) -> str:
    with at(when):
        return signed_in(user).get(address).content.decode()


def test_her_page_leads_to_what_is_public_of_her_and_to_the_question(noticed):
    case = waiting(noticed, "张晓梅")[0]
    hers, own_line = f"/my/cases/{case.token}/", reverse("notices:own_line", args=[case.token])
    assert own_line in page(case.worker.user, hers)
    published(noticed, [case])
    objection = objected(case.notice_lines.get())
    answer = reverse("notices:answer", args=[case.token, objection.pk])
    asked = page(case.worker.user, hers)
    assert own_line in asked and answer in asked
    assert objection.reference not in asked and "门面房" not in asked
    objections.settle(
        objection,
        outcome="not_upheld",
        told="已核实。",
        by=noticed.officers["town_two"],
        now=MONDAY + timedelta(hours=1),
    )
    assert answer not in page(case.worker.user, hers)


def test_a_route_without_a_notice_has_no_line_to_show(world):
    case = world.submitted()
    assert reverse("notices:own_line", args=[case.token]) not in page(case.worker.user, f"/my/cases/{case.token}/")


def test_the_desk_s_page_leads_to_publishing_then_to_notice_and_objection(noticed):
    case = waiting(noticed, "张晓梅")[0]
    desk = reverse("casework_desk:case", args=[case.token])
    publish = reverse("casework_notices:publish", args=[noticed.tree["town_a"].code, "allowance"])
    assert publish in page(noticed.officers["town"], desk)
    assert publish not in page(noticed.officers["county"], desk)
    notice = published(noticed, [case])
    objection = objected(case.notice_lines.get())
    shown = page(noticed.officers["town_two"], desk)
    assert publish not in shown
    assert reverse("casework_notices:notice", args=[notice.token]) in shown
    assert reverse("casework_notices:objection", args=[objection.pk]) in shown
    assert "门面房" not in shown


def told(user, *, when=MONDAY) -> list[tuple[str, bool]]:
    with at(when):
        return [(todo.url, todo.overdue) for todo in todos_for(user)]


def test_what_waits_stands_on_the_list_of_whoever_can_do_it(noticed, django_assert_max_num_queries):
    cases = waiting(noticed)
    to_publish, to_settle = reverse("casework_notices:waiting"), reverse("casework_notices:objections")
    town = noticed.officers["town"]
    assert told(town) == [(to_publish, False)]
    assert told(town, when=MONDAY + LATE_NOTICE + timedelta(days=1)) == [(to_publish, True)]
    assert told(noticed.officers["county"]) == told(noticed.officers["union"]) == told(cases[0].worker.user) == []
    notice = published(noticed, cases)
    assert told(town) == []
    objection = objected(first_line(notice))
    assert told(town) == [(to_settle, False)]
    late = MONDAY + timedelta(days=60)
    assert objection.due_on < late.date()
    assert told(town, when=late) == [(to_settle, True)]
    with at(MONDAY), django_assert_max_num_queries(3):
        todos_for(town)


def test_a_withdrawn_case_is_nobody_s_to_publish(noticed):
    case = waiting(noticed, "张晓梅")[0]
    Case.objects.unscoped().filter(pk=case.pk).update(stage="withdrawn")
    assert told(noticed.officers["town"]) == []
