"""Papers that come to the desk: added by whoever handles the case, or noted as brought on paper."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from services.casework import actions
from services.casework.enums import Stage
from tests.casework import samples
from tests.casework.notice_world import signed_in
from tests.casework.papers import INCOME, KINDS
from tests.factories.casework import MONDAY, case_at

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def on_monday(today_is, settings):
    settings.LANGUAGE_CODE = "en"
    return today_is


@pytest.fixture
def desk(world):
    return signed_in(world.officers["union"])


def url(name: str, case) -> str:
    return reverse(f"casework_desk:{name}", args=[case.token])


def page(client, case) -> str:
    return client.get(url("case", case)).content.decode()


def test_whoever_handles_the_case_adds_papers_and_those_refused_are_named(world, desk, allowance, monkeypatch):
    monkeypatch.setattr(allowance, "document_kinds", lambda case: KINDS, raising=False)
    case = world.submitted()
    address, above = url("papers", case), signed_in(world.officers["county"])
    assert address in page(desk, case) and address not in page(above, case)
    assert above.get(address).status_code == 403
    good = SimpleUploadedFile("工资单.jpg", samples.photo(), "image/jpeg")
    bad = SimpleUploadedFile("网页.jpg", samples.HTML, "image/jpeg")
    answer = desk.post(address, {"kind": INCOME, "files": [bad, good]})
    assert answer.status_code == 200 and "网页.jpg" in answer.content.decode()
    assert [(one.kind, one.uploaded_by) for one in case.documents.all()] == [(INCOME, world.officers["union"])]
    again = SimpleUploadedFile("证.jpg", samples.photo(salt="b"), "image/jpeg")
    assert desk.post(address, {"kind": "identity", "files": again}).status_code == 302
    assert case.documents.count() == 2


def test_while_it_is_her_turn_nobody_at_the_desk_adds_papers(world, desk, allowance, monkeypatch):
    monkeypatch.setattr(allowance, "document_kinds", lambda case: KINDS, raising=False)
    case = case_at(world, Stage.RETURNED)
    assert url("papers", case) not in page(desk, case)
    photo = SimpleUploadedFile("工资单.jpg", samples.photo(), "image/jpeg")
    assert desk.post(url("papers", case), {"kind": INCOME, "files": photo}).status_code == 200
    assert not case.documents.exists()


def test_what_was_brought_to_the_desk_is_noted_there_and_only_while_it_is_asked_for(world, desk):
    case = case_at(world, Stage.RETURNED)
    line, address = case.requested.get(), url("supplied", case)
    assert address in page(desk, case)
    assert signed_in(world.officers["county"]).post(address, {"line": line.pk}).status_code == 403
    for _turn in range(2):
        assert desk.post(address, {"line": line.pk}).status_code == 302
    line.refresh_from_db()
    assert line.supplied_at is not None and case.events.filter(verb="supplied").count() == 1
    assert address not in page(desk, case)
    assert desk.post(address, {"line": "0"}).status_code == 404
    assert actions.resubmit(case, by=world.her.user, now=MONDAY).stage == Stage.IN_REVIEW
