"""Files of a case: whoever may add them, where they lie, what is refused, how they are taken back and scanned."""

import os
import socket
from datetime import timedelta
from pathlib import Path

import pytest
from django.core.exceptions import PermissionDenied
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from services.casework import actions, errors, tasks
from services.casework.actions.documents import attach, open_document, take_back
from services.casework.actions.purging import purge
from services.casework.actions.scanning import TASK, scan_waiting
from services.casework.enums import ScanState
from services.casework.models import Document, private_storage
from services.casework.queries.documents import documents_of, lies_elsewhere
from services.messaging.models import Message
from services.organizations.enums import Role
from services.privacy.errors import TooManyLooks
from services.privacy.models import AccessRecord
from services.privacy.queries import looks_at
from tests.casework import samples
from tests.casework.papers import INCOME, KINDS
from tests.casework.scanner import Clamd
from tests.factories.accounts import WorkerUserFactory
from tests.factories.casework import case_at
from tests.factories.workers import WorkerFactory

pytestmark = pytest.mark.django_db
NOW = timezone.now()


@pytest.fixture(autouse=True)
def kinds(allowance, monkeypatch):
    monkeypatch.setattr(allowance, "document_kinds", lambda case: KINDS, raising=False)


def sent(name: str = "收入证明.jpg", data: bytes | None = None, content_type: str = "image/jpeg") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, samples.photo() if data is None else data, content_type)


def add(case, *, by=None, kind=INCOME, upload=None, **more) -> Document:
    return attach(case, kind=kind, upload=upload or sent(), by=by or case.worker.user, now=NOW, **more)


def stored() -> list[str]:
    storage = private_storage()
    root = storage.path("cases")
    return [os.path.join(folder, name) for folder, _folders, names in os.walk(root) for name in names]


@pytest.fixture(autouse=True)
def empty_storage():
    before = set(stored())
    yield
    for path in set(stored()) - before:
        os.unlink(path)


def test_a_photo_of_hers_is_kept_under_a_name_of_ours_that_no_address_leads_to(world, settings):
    document = add(world.draft(), upload=sent("示例乙的身份证 990000.jpg.html"))
    assert document.name == "示例乙的身份证 990000.jpg.html"
    assert document.file.name == f"cases/{document.token[:2]}/{document.token}.jpg"
    assert (document.content_type, document.scan, document.worker) == ("image/jpeg", ScanState.CLEAN, world.her)
    assert not Path(document.file.path).is_relative_to(settings.MEDIA_ROOT)
    for address in (f"/media/{document.file.name}", f"/documents/{document.token}/", f"/media/{document.digest}.jpg"):
        assert Client().get(address).status_code == 404


@pytest.mark.parametrize("data", [samples.HTML, samples.SVG, b"", samples.pixel_bomb(), samples.pdf(100)])
def test_what_is_refused_leaves_neither_row_nor_file(world, data):
    case, before = world.draft(), stored()
    with pytest.raises(errors.DocumentRefused):
        add(case, upload=sent(data=data))
    assert (documents_of(case).count(), stored()) == (0, before)


def test_a_photo_of_sixty_megabytes_is_refused_by_its_size_alone(world):
    large = sent()
    large.size = 60 * 1024 * 1024
    with pytest.raises(errors.TooLarge):
        add(world.draft(), upload=large)


def test_the_same_photo_again_is_the_same_document(world):
    case = world.draft()
    first, again = add(case), add(case, upload=sent("副本.jpg"))
    assert (first, documents_of(case).count()) == (again, 1)


def test_the_same_photo_under_another_heading_is_kept_with_a_hint(world):
    case = world.draft()
    add(case)
    assert add(case, kind="identity").warnings == ["twice"]


def test_the_same_photo_in_another_womans_case_is_found(world):
    mine, hers = (
        add(world.draft()),
        add(world.draft(WorkerFactory(organization=world.tree["unit_a"], user=WorkerUserFactory()))),
    )
    assert lies_elsewhere([mine]) == {hers.digest: 1}


def test_a_kind_that_the_service_doesn_t_know_is_refused(world):
    with pytest.raises(errors.UnknownKind):
        add(world.draft(), kind="payroll")


def test_nobody_else_adds_to_her_draft(world):
    case = world.draft()
    for stranger in (WorkerUserFactory(), world.officers["union"], world.officers["city"]):
        with pytest.raises(PermissionDenied):
            add(case, by=stranger)


def test_whoever_handles_the_case_adds_what_she_brought_and_others_don_t(world):
    case = world.submitted()
    assert add(case, by=world.officers["union"]).uploaded_by == world.officers["union"]
    with pytest.raises(PermissionDenied):
        add(case, by=world.officer("county_b"))
    with pytest.raises(errors.NotOpenForDocuments):
        add(case)


def test_what_answers_a_request_supplies_it_and_taken_back_it_is_missing_again(world):
    case = case_at(world, "returned")
    line = case.requested.get()
    document = add(case, kind=line.item, request=line)
    line.refresh_from_db()
    assert line.supplied_at is not None and actions.still_asked(case) == []
    take_back(document, by=world.her.user, now=NOW)
    line.refresh_from_db()
    assert line.supplied_at is None and len(actions.still_asked(case)) == 1


def test_a_paper_that_was_sent_can_t_be_taken_back(world):
    case = world.draft()
    document = attach(case, kind=INCOME, upload=sent(), by=world.her.user, now=world.now)
    case = actions.submit(case, by=world.her.user, now=world.now)
    with pytest.raises(errors.NotOpenForDocuments):
        take_back(document, by=world.her.user, now=NOW)
    asked = [actions.AskedItem("income", "请补充", "看不清")]
    later = world.now + timedelta(hours=1)
    actions.return_case(case, items=asked, by=world.officers["union"], now=later)
    with pytest.raises(errors.AlreadySent):
        take_back(document, by=world.her.user, now=NOW)


def test_taken_back_is_gone_from_the_list_at_once_and_from_the_disk_days_later(world, settings):
    document = add(world.draft())
    take_back(document, by=world.her.user, now=NOW)
    take_back(document, by=world.her.user, now=NOW)
    assert not documents_of(document.case).exists() and private_storage().exists(document.file.name)
    assert purge(now=NOW + timedelta(days=settings.CASE_REMOVED_DOCUMENT_DAYS + 1))["taken_back"] == 1
    assert not private_storage().exists(document.file.name)
    document.refresh_from_db()
    assert document.purged_at and not document.file


def test_one_case_takes_so_many_files_and_one_hour_so_many(world, settings):
    settings.CASE_MAX_DOCUMENTS = 1
    case = world.draft()
    add(case)
    with pytest.raises(errors.TooManyDocuments):
        add(case, upload=sent(data=samples.photo(salt="x")))
    settings.CASE_UPLOADS_PER_HOUR = 1
    with pytest.raises(errors.TooManyUploads):
        add(case, upload=sent(data=samples.HTML))


def test_a_full_disk_is_said_and_loses_nothing(world, monkeypatch):
    case = world.draft()
    monkeypatch.setattr(type(private_storage()), "_save", lambda *args: (_ for _ in ()).throw(OSError(28, "full")))
    with pytest.raises(errors.NotKept):
        add(case)
    monkeypatch.undo()
    assert not documents_of(case).exists()


def test_a_file_that_vanished_is_said_and_not_a_crash(world):
    case = world.submitted()
    document = add(case, by=world.officers["union"])
    os.unlink(document.file.path)
    with pytest.raises(errors.NotKept):
        open_document(document, by=world.officers["union"], reason="审核", now=NOW)


def test_a_colleague_s_look_is_on_record_once_a_day_and_she_can_read_it(world, settings):
    case = world.submitted()
    document = add(case, by=world.officers["union"])
    for _turn in range(3):
        open_document(document, by=world.officers["county"], reason="审核", now=NOW).close()
    look = AccessRecord.objects.get()
    assert (look.viewer, look.subject_id, look.routine) == (world.officers["county"], document.pk, True)
    assert list(looks_at(world.her.user)) == [look]
    settings.CASE_DOCUMENT_LOOKS_PER_HOUR = 1
    other = add(case, by=world.officers["union"], upload=sent(data=samples.pdf(), name="b.pdf"))
    with pytest.raises(TooManyLooks):
        open_document(other, by=world.officers["county"], reason="审核", now=NOW)


def test_auditors_and_other_counties_open_no_paper(world):
    document = add(world.submitted(), by=world.officers["union"])
    for stranger in (
        world.officer("city", role=Role.AUDITOR),
        world.officer("county_b"),
        world.officer("city", role=Role.FINANCE_OFFICER),
        WorkerUserFactory(),
    ):
        with pytest.raises(PermissionDenied):
            open_document(document, by=stranger, reason="看看", now=NOW)
    assert not AccessRecord.objects.exists()


def test_a_draft_s_papers_are_opened_by_no_colleague(world):
    document = add(world.draft())
    with pytest.raises(PermissionDenied):
        open_document(document, by=world.officers["union"], reason="审核", now=NOW)


@pytest.fixture
def clamd(settings):
    server = Clamd()
    settings.CLAMAV_HOST, settings.CLAMAV_PORT = "127.0.0.1", server.port
    yield server
    server.line.close()


def harmful() -> SimpleUploadedFile:
    return sent("b.pdf", samples.pdf(change=lambda writer: writer.add_metadata({"/Title": "HARMFUL"})))


def test_the_task_that_is_queued_is_one_that_a_worker_knows():
    assert tasks.scan_paper.name == TASK


def test_a_new_file_waits_for_the_scanner_and_then_can_be_opened(world, clamd, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        document = add(world.draft())
    assert document.scan == ScanState.WAITING
    document.refresh_from_db()
    assert document.scan == ScanState.CLEAN
    with document.file.open("rb") as file:
        assert clamd.read == [file.read()]


def test_a_harmful_file_is_deleted_she_is_told_and_its_line_is_missing_again(
    world, clamd, django_capture_on_commit_callbacks
):
    case = case_at(world, "returned")
    line = case.requested.get()
    with django_capture_on_commit_callbacks(execute=True):
        document = add(case, upload=harmful(), kind=line.item, request=line)
    path = document.file.name
    document.refresh_from_db()
    line.refresh_from_db()
    assert (document.scan, document.file.name, line.supplied_at) == (ScanState.INFECTED, "", None)
    assert not private_storage().exists(path)
    told = Message.objects.filter(key="casework-harmful-file", recipient=world.her.user)
    assert told.exists() and "b.pdf" not in told.first().body


def test_while_the_scanner_is_away_files_are_held_back_and_judged_later(
    world, settings, django_capture_on_commit_callbacks
):
    silent = socket.create_server(("127.0.0.1", 0))
    settings.CLAMAV_HOST, settings.CLAMAV_PORT = "127.0.0.1", silent.getsockname()[1]
    silent.close()
    with django_capture_on_commit_callbacks(execute=True):
        document = add(world.draft())
    document.refresh_from_db()
    assert document.scan == ScanState.QUARANTINED
    server = Clamd()
    settings.CLAMAV_PORT = server.port
    assert scan_waiting(now=NOW) == 1
    document.refresh_from_db()
    assert document.scan == ScanState.CLEAN
    server.line.close()


@pytest.mark.parametrize("answer", [b"INSTREAM size limit exceeded. ERROR", b"", b"stream: who knows"])
def test_an_answer_that_isn_t_a_verdict_is_no_acceptance(world, settings, answer, django_capture_on_commit_callbacks):
    server = Clamd(answer or b"\0")
    settings.CLAMAV_HOST, settings.CLAMAV_PORT = "127.0.0.1", server.port
    with django_capture_on_commit_callbacks(execute=True):
        document = add(world.draft())
    document.refresh_from_db()
    assert document.scan == ScanState.QUARANTINED
    server.line.close()


def test_without_a_scanner_files_are_held_back_unless_the_installation_says_otherwise(world, settings):
    settings.CASE_DOCUMENTS_UNSCANNED = False
    case = world.submitted()
    document = add(case, by=world.officers["union"])
    assert document.scan == ScanState.QUARANTINED
    with pytest.raises(PermissionDenied):
        open_document(document, by=world.officers["union"], reason="审核", now=NOW)


def test_a_file_whose_row_was_never_written_is_swept_up_after_a_day(world):
    kept = add(world.draft())
    stray = private_storage().save("cases/zz/stray.jpg", ContentFile(b"x"))
    assert purge(now=timezone.now())["strays"] == 0
    assert purge(now=timezone.now() + timedelta(days=2))["strays"] == 1
    assert not private_storage().exists(stray) and private_storage().exists(kept.file.name)
