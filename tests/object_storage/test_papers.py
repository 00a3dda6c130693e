"""A paper of a case in the private bucket: taken in, opened by who may, deleted in time; and the store goes away."""

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from services.casework.actions import uploads
from services.casework.actions.documents import attach, take_back
from services.casework.actions.examples import keep_example
from services.casework.actions.purging import purge
from services.casework.actions.scanning import scan
from services.casework.enums import ScanState
from services.casework.models import UploadInProgress
from services.casework.queries.documents import documents_of
from services.privacy.models import AccessRecord
from tests.casework import samples
from tests.casework.conftest import allowance, world  # noqa: F401  fixtures
from tests.casework.notice_world import signed_in as staff_signed_in
from tests.casework.papers import INCOME, KINDS
from tests.casework.scanner import Clamd
from tests.factories.accounts import WorkerUserFactory
from tests.factories.workers import WorkerFactory
from tests.object_storage.server import PRIVATE, PUBLIC
from tests.screening.her_world import signed_in, text

NOW = timezone.now()
pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("stores", "kinds")]


@pytest.fixture
def kinds(allowance, monkeypatch):  # noqa: F811
    monkeypatch.setattr(allowance, "document_kinds", lambda case: KINDS, raising=False)


def photo(salt: str = "") -> SimpleUploadedFile:
    return SimpleUploadedFile("收入.jpg", samples.photo(salt=salt), "image/jpeg")


def add(case, *, by=None, salt: str = ""):
    return attach(case, kind=INCOME, upload=photo(salt), by=by or case.worker.user, now=NOW)


def send(client, case, salt: str = ""):
    address = reverse("casework:documents", args=[case.token])
    return client.post(address, {"kind": INCOME, f"{INCOME}-files": [photo(salt)]})


def opened(client, document):
    return client.get(reverse("casework:document", args=[document.case.token, document.token]))


def test_her_photo_is_drawn_anew_kept_behind_the_key_and_shown_to_her_alone(world, server):  # noqa: F811
    case = world.draft()
    assert send(signed_in(world.her.user), case).status_code == 302
    document = documents_of(case).get()
    assert server.names(PRIVATE) == [document.file.name] and server.names(PUBLIC) == []
    assert server.answer_to_a_stranger(document.file.name) == 403
    answer = opened(signed_in(world.her.user), document)
    body = b"".join(answer.streaming_content)
    assert (answer.status_code, len(body), body[:3]) == (200, document.size, b"\xff\xd8\xff")
    assert "X-Accel-Redirect" not in answer and answer["Cache-Control"].startswith("max-age=0, no-cache, no-store")
    other = WorkerFactory(organization=world.tree["unit_a"], user=WorkerUserFactory())
    assert opened(signed_in(other.user), document).status_code == 404


def test_a_colleague_s_look_is_on_record_and_whoever_her_posts_don_t_reach_finds_nothing(world):  # noqa: F811
    document = add(world.submitted(), by=world.officers["union"])
    address = reverse("casework_papers:one", args=[document.token])
    answer = staff_signed_in(world.officers["union"]).get(address)
    assert (answer.status_code, b"".join(answer.streaming_content)[:3]) == (200, b"\xff\xd8\xff")
    assert [one.viewer for one in AccessRecord.objects.all()] == [world.officers["union"]]
    assert staff_signed_in(world.officer("county_b")).get(address).status_code == 404
    assert AccessRecord.objects.count() == 1


def test_the_scanner_reads_it_out_of_the_bucket(world, settings):  # noqa: F811
    clamd = Clamd()
    settings.CLAMAV_HOST, settings.CLAMAV_PORT = "127.0.0.1", clamd.port
    document = add(world.draft())
    assert scan(document, now=NOW) == ScanState.CLEAN
    assert [len(data) for data in clamd.read] == [document.size]


def test_taken_back_it_leaves_the_bucket_with_the_daily_sweep(world, server, settings):  # noqa: F811
    document = add(world.draft())
    take_back(document, by=world.her.user, now=NOW)
    assert server.names() == [document.file.name]
    assert purge(now=NOW + timedelta(days=settings.CASE_REMOVED_DOCUMENT_DAYS + 1))["taken_back"] == 1
    assert server.names() == []


def test_the_sweep_deletes_what_no_row_names_once_it_is_a_day_old(world, server):  # noqa: F811
    known = add(world.draft())
    server.client.put_object(Bucket=PRIVATE, Key=f"cases/{known.token[:2]}/nobody-s.jpg", Body=b"left behind")
    assert purge(now=timezone.now())["strays"] == 0
    assert purge(now=timezone.now() + timedelta(days=2))["strays"] == 1
    assert server.names() == [known.file.name]


def test_a_file_in_parts_is_put_together_in_the_bucket(world, server):  # noqa: F811
    case, data = world.draft(), samples.pdf(5)
    said = {"kind": INCOME, "name": "明细.pdf", "size": len(data), "by": world.her.user, "now": NOW}
    upload = uploads.begin_upload(case, **said)
    for start in range(0, len(data), 700):
        upload = uploads.add_part(upload, offset=start, part=data[start : start + 700], now=NOW)
    document = uploads.finish_upload(upload, by=world.her.user, now=NOW)
    with document.file.open("rb") as stream:
        assert stream.read() == data
    assert server.names() == [document.file.name]


def test_a_part_that_the_store_doesn_t_take_is_sent_again_and_what_arrived_is_there(world, server):  # noqa: F811
    client, case, data = signed_in(world.her.user), world.draft(), samples.pdf(5)
    upload = uploads.begin_upload(case, kind=INCOME, name="明细.pdf", size=len(data), by=world.her.user, now=NOW)
    address = reverse("casework:upload", args=[case.token, upload.token])
    sent = {"data": data, "content_type": "application/octet-stream", "headers": {"upload-offset": "0"}}
    server.stop()
    refused = client.post(address, **sent)
    assert refused.status_code == 422 and UploadInProgress.objects.get().received == 0
    server.start()
    taken = client.post(address, **sent)
    assert taken.status_code == 200 and UploadInProgress.objects.get().received == len(data)


def test_the_picture_of_a_good_photo_is_shown_out_of_the_bucket(world, client):  # noqa: F811
    top = world.tree["city"]
    example = keep_example(
        organization=top, service="allowance", subject_code="", item=INCOME, words="", picture=photo(), by=None, now=NOW
    )
    answer = client.get(reverse("casework:example", args=[example.token]))
    assert (answer.status_code, answer["Content-Type"]) == (200, "image/jpeg")


def test_while_the_store_is_gone_a_paper_is_refused_with_words_and_nothing_else_is_lost(world, server):  # noqa: F811
    case, client = world.draft(), signed_in(world.her.user)
    kept = add(case)
    server.stop()
    refused = send(client, case, salt="second")
    assert (refused.status_code, "刚才没能保存" in text(refused)) == (422, True)
    assert list(documents_of(case)) == [kept]
    page = client.get(reverse("casework:documents", args=[case.token]))
    assert page.status_code == 200 and kept.name in text(page)


def test_while_the_store_is_gone_a_paper_is_neither_shown_nor_called_missing(world, server):  # noqa: F811
    case = world.draft()
    hers = add(case)
    server.stop()
    answer = opened(signed_in(world.her.user), hers)
    assert (answer.status_code, answer["Retry-After"]) == (503, "60")
    assert "暂时读不到文件" in text(answer)


def test_what_the_scanner_can_t_be_given_is_held_back(world, server, settings):  # noqa: F811
    document = add(world.draft())
    settings.CLAMAV_HOST = "127.0.0.1"
    type(document).objects.update(scan=ScanState.WAITING)
    document.refresh_from_db()
    server.stop()
    assert scan(document, now=NOW) == ScanState.QUARANTINED
