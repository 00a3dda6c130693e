"""Files that arrive in parts: killed at any point they go on where they stopped, and end as the very same file."""

import hashlib
import io
import random
from datetime import timedelta

import pytest
from django.utils import timezone

from services.casework import errors
from services.casework.actions import uploads
from services.casework.actions.documents import keep
from services.casework.actions.look_into import look_into
from services.casework.actions.purging import purge
from services.casework.actions.uploads import add_part, begin_upload, finish_upload
from services.casework.models import Document, UploadInProgress, private_storage
from services.casework.queries.documents import documents_of
from tests.casework import samples
from tests.casework.papers import INCOME, KINDS

pytestmark = pytest.mark.django_db
NOW = timezone.now()
PART = 700


@pytest.fixture(autouse=True)
def kinds(allowance, monkeypatch):
    monkeypatch.setattr(allowance, "document_kinds", lambda case: KINDS, raising=False)


def begin(case, data: bytes, *, name="明细.pdf", digest=None) -> UploadInProgress:
    digest = hashlib.sha256(data).hexdigest() if digest is None else digest
    return begin_upload(case, kind=INCOME, name=name, size=len(data), digest=digest, by=case.worker.user, now=NOW)


def send_rest(upload: UploadInProgress, data: bytes) -> UploadInProgress:
    while upload.received < len(data):
        part = data[upload.received : upload.received + PART]
        upload = add_part(upload, offset=upload.received, part=part, now=NOW)
    return upload


def test_a_file_in_parts_ends_as_the_very_same_file(world):
    case, data = world.draft(), samples.pdf(5)
    upload = send_rest(begin(case, data), data)
    document = finish_upload(upload, by=world.her.user, now=NOW)
    with document.file.open("rb") as file:
        assert file.read() == data
    assert finish_upload(UploadInProgress.objects.get(), by=world.her.user, now=NOW) == document
    assert not any(private_storage().exists(part) for part in upload.parts)


def test_the_same_file_announced_again_goes_on_where_it_stopped(world):
    case, data = world.draft(), samples.pdf(5)
    upload = add_part(begin(case, data), offset=0, part=data[:PART], now=NOW)
    again = begin(case, data)
    assert (again, again.received) == (upload, PART)


def test_a_part_sent_twice_counts_once_and_one_out_of_place_not_at_all(world):
    case, data = world.draft(), samples.pdf(5)
    upload = add_part(begin(case, data), offset=0, part=data[:PART], now=NOW)
    assert add_part(upload, offset=0, part=data[:PART], now=NOW).received == PART
    for offset, part in ((2 * PART, b"x"), (PART, b""), (PART, b"x" * len(data))):
        with pytest.raises(errors.PartOutOfPlace):
            add_part(upload, offset=offset, part=part, now=NOW)
    with pytest.raises(errors.UploadIncomplete):
        finish_upload(upload, by=world.her.user, now=NOW)


def test_two_tabs_that_send_the_same_part_keep_it_once(world):
    case, data = world.draft(), samples.pdf(5)
    mine = begin(case, data)
    theirs = UploadInProgress.objects.get(pk=mine.pk)
    add_part(mine, offset=0, part=data[:PART], now=NOW)
    assert add_part(theirs, offset=0, part=data[:PART], now=NOW).parts == UploadInProgress.objects.get().parts
    assert len(UploadInProgress.objects.get().parts) == 1


def test_a_file_changed_on_its_way_is_refused_and_can_be_sent_anew(world):
    case, data = world.draft(), samples.pdf(5)
    upload = send_rest(begin(case, data), b"%PDF-" + b"x" * (len(data) - 5))
    with pytest.raises(errors.WrongDigest):
        finish_upload(upload, by=world.her.user, now=NOW)
    document = finish_upload(send_rest(begin(case, data), data), by=world.her.user, now=NOW)
    assert document.digest == hashlib.sha256(data).hexdigest()


def test_what_can_t_be_taken_in_is_thrown_away_with_its_parts(world):
    case, data = world.draft(), samples.HTML * 50
    upload = send_rest(begin(case, data, name="照片.jpg"), data)
    with pytest.raises(errors.NotAccepted):
        finish_upload(upload, by=world.her.user, now=NOW)
    assert not UploadInProgress.objects.exists()
    assert not any(private_storage().exists(part) for part in upload.parts)


def test_too_much_is_refused_before_the_first_byte(world):
    with pytest.raises(errors.TooLarge):
        begin_upload(world.draft(), kind=INCOME, name="a.jpg", size=60 * 1024 * 1024, by=world.her.user, now=NOW)


def test_an_upload_nobody_came_back_for_is_swept_up_with_its_parts(world, settings):
    case, data = world.draft(), samples.pdf(5)
    upload = add_part(begin(case, data), offset=0, part=data[:PART], now=NOW)
    assert purge(now=NOW + timedelta(days=settings.CASE_UPLOAD_DAYS - 1))["uploads"] == 0
    assert private_storage().exists(upload.parts[0])
    assert purge(now=NOW + timedelta(days=settings.CASE_UPLOAD_DAYS + 1))["uploads"] == 1
    assert not UploadInProgress.objects.exists() and not private_storage().exists(upload.parts[0])


class Killed(BaseException):
    """The process is gone: nothing catches this, nothing is tidied up."""


class Killer:
    """Counts the steps at which a process may die, and dies at the chosen one: from then on it tidies up nothing."""

    def __init__(self, at: int):
        self.left = at

    def step(self):
        self.left -= 1
        if self.left <= 0:
            raise Killed


@pytest.fixture
def killable(monkeypatch):
    """Every write to the storage and to the database is such a step, before it and after it."""
    killer = Killer(10**9)

    def around(target, name):
        real = getattr(target, name)

        def wrapped(*args, **kwargs):
            killer.step()
            result = real(*args, **kwargs)
            killer.step()
            return result

        monkeypatch.setattr(target, name, wrapped)

    storage = type(private_storage())
    around(storage, "_save")
    around(storage, "delete")
    around(UploadInProgress, "save")
    around(Document, "save")
    monkeypatch.setattr(uploads, "keep", lambda *args, **kwargs: (killer.step(), keep(*args, **kwargs))[1])
    return killer


def _a_sitting(case, data: bytes) -> Document:
    """From opening the page to the answer that the file is there."""
    upload = send_rest(begin(case, data), data)
    return finish_upload(upload, by=case.worker.user, now=NOW)


def test_killed_at_two_hundred_random_points_every_finished_file_is_there_with_the_same_checksum(world, killable):
    """Each sitting may die once or several times; she comes back, chooses the file again, and it goes on."""
    chance, case = random.Random(20), world.draft()
    case.documents.all().delete()
    files = [samples.pdf(1 + n, change=lambda w, n=n: w.add_metadata({"/Title": f"示例{n}"})) for n in range(12)]
    kept, deaths = {}, 0
    while deaths < 200:
        data = files[deaths % len(files)]
        wanted = look_into(io.BytesIO(data)).digest
        for _sitting in range(40):
            killable.left = chance.randint(1, 12)
            try:
                document = _a_sitting(case, data)
            except Killed:
                deaths += 1
                continue
            killable.left = 10**9
            kept[wanted] = document.pk
            break
        killable.left = 10**9
        if wanted not in kept:
            kept[wanted] = _a_sitting(case, data).pk
    assert {document.digest: document.pk for document in documents_of(case)} == kept
    for document in documents_of(case):
        with document.file.open("rb") as file:
            assert hashlib.file_digest(file, "sha256").hexdigest() == document.digest
