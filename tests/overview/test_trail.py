"""What was done: readable for auditors and federation officers within their organisations, without data of persons."""

from io import BytesIO

import pytest
from django.http import QueryDict
from django.urls import reverse
from openpyxl import load_workbook
from wagtail.log_actions import log

from services.exchange.models import Export
from services.organizations.enums import Role
from services.overview.exporters import TRAIL
from tests.factories.organizations import small_tree
from tests.factories.workers import WorkerFactory
from tests.screening.people import at_desk, post, programme_at

pytestmark = pytest.mark.django_db
LIST = "/admin/trail/"


@pytest.fixture
def tree():
    return small_tree()


def lines(user, query: str = "") -> list[list]:
    user = type(user).objects.get(pk=user.pk)
    return list(TRAIL.lines(TRAIL.find(user, QueryDict(query), False).rows, False))


def test_an_auditor_reads_what_was_done_below_her_and_nothing_beside_it(tree):
    officer = post(tree["county_a"])
    log(instance=tree["unit_a"], action="organizations.close", user=officer, data={"reason": "合并，电话19900001234"})
    log(instance=tree["unit_c"], action="organizations.close", user=post(tree["city"]), data={"reason": "别处"})
    client = at_desk(tree["county_a"], Role.AUDITOR)
    shown = client.get(LIST).content.decode()
    assert tree["unit_a"].name in shown and officer.username in shown and "合并" in shown
    assert "别处" not in shown and "19900001234" not in shown
    assert [line[2] for line in lines(client.user)] == [tree["unit_a"].name]


@pytest.mark.parametrize("role", [role for role in Role if role not in (Role.AUDITOR, Role.FEDERATION_OFFICER)])
def test_it_is_for_nobody_else(tree, role):
    assert at_desk(tree["city"], role).get(LIST).status_code == 403


def test_records_of_women_are_not_in_it(tree):
    log(instance=WorkerFactory(organization=tree["unit_a"]), action="wagtail.edit", user=post(tree["city"]))
    assert lines(post(tree["city"], Role.AUDITOR)) == []


def test_exports_opening_and_published_terms_are_in_it_and_leave_as_a_workbook(tree):
    programme, _session, _root = programme_at(tree["county_a"])
    officer = at_desk(tree["county_a"])
    log(instance=programme, action="screening.publish_terms", user=officer.user, data={"version": 1})
    officer.post(reverse("exports:ask", args=["organizations"]))
    auditor = at_desk(tree["city"], Role.AUDITOR)
    assert len(lines(auditor.user)) == 2
    auditor.post(auditor.get(LIST).context["view"].header_more_buttons[0].url)
    answer = auditor.get(reverse("exports:download", args=[Export.objects.get(listing="trail").token]))
    _about, rows = load_workbook(BytesIO(b"".join(answer.streaming_content))).worksheets
    said = [row[2] for row in rows.iter_rows(min_row=2, values_only=True)]
    # The newest is her own export, written down before its rows were read.
    assert (len(said), said[-1]) == (3, programme.title)


def test_it_is_narrowed_by_what_was_done_and_by_whom(tree):
    one, other = post(tree["city"]), post(tree["city"])
    for user, action in ((one, "organizations.close"), (other, "organizations.edit")):
        log(instance=tree["unit_a"], action=action, user=user, data={"reason": "示例"})
    auditor = post(tree["city"], Role.AUDITOR)
    assert [line[3] for line in lines(auditor, "action=organizations.close")] == [one.username]
    assert [line[3] for line in lines(auditor, f"by={other.username}")] == [other.username]
    assert lines(auditor, "action=nonsense") == []
