"""Papers of a batch and the virus scanner: opened once it has passed them, missing again where one was harmful."""

import io

import pytest
from django.urls import reverse

from services.casework.enums import ScanState
from services.messaging.models import Message
from services.mutual_aid.actions.batch_papers import add_paper
from services.mutual_aid.enums import PaperKind
from services.mutual_aid.queries.joining import paper_kinds
from tests.casework import samples
from tests.casework.scanner import Clamd
from tests.factories.enrolment import Unit, photo
from tests.mutual_aid.test_joining_desk import client_of

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def clamd(settings):
    server = Clamd()
    settings.CLAMAV_HOST, settings.CLAMAV_PORT = "127.0.0.1", server.port
    yield server
    server.line.close()


def added(unit, batch, upload, name):
    return add_paper(batch, kind=PaperKind.ROSTER, upload=upload, name=name, by=unit.officer, now=unit.now)


def opened(unit, batch, paper):
    return client_of(unit.officer).get(reverse("mutual_aid_joining:paper", args=[batch.token, paper.token]))


def test_a_paper_waits_for_the_scanner_and_is_opened_then(django_capture_on_commit_callbacks):
    unit = Unit()
    batch = unit.begun()
    with django_capture_on_commit_callbacks(execute=True):
        paper = added(unit, batch, photo(), "表.jpg")
        assert opened(unit, batch, paper).status_code == 404
    paper.refresh_from_db()
    assert paper.scan == ScanState.CLEAN
    assert opened(unit, batch, paper).status_code == 200


def test_a_harmful_paper_is_deleted_missing_again_and_its_bringer_is_told(django_capture_on_commit_callbacks):
    unit = Unit()
    batch = unit.begun()
    harmful = io.BytesIO(samples.pdf(change=lambda writer: writer.add_metadata({"/Title": "HARMFUL"})))
    with django_capture_on_commit_callbacks(execute=True):
        paper = added(unit, batch, harmful, "表.pdf")
        storage, path = paper.file.storage, paper.file.name
        assert paper_kinds(batch) == {PaperKind.ROSTER}
    paper.refresh_from_db()
    assert (paper.scan, paper.file.name) == (ScanState.INFECTED, "")
    assert not storage.exists(path)
    assert paper_kinds(batch) == set()
    assert Message.objects.filter(key="mutual-aid-harmful-paper", recipient=unit.officer).exists()
    page = client_of(unit.officer).get(reverse("mutual_aid_joining:batch", args=[batch.token])).content.decode()
    assert str(ScanState.INFECTED.label) in page
