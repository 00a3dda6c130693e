"""One limit for every way in, said with the same numbers (T36); and two files of one name are two files (T35)."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from services.casework import actions
from services.casework.models import Document, UploadInProgress
from services.casework.queries.documents import documents_of
from tests.casework import samples
from tests.casework.notice_world import signed_in
from tests.casework.papers import INCOME, KINDS
from tests.casework.test_her_pages import photo, post_files
from tests.factories.casework import MONDAY, AuthorisationFactory

pytestmark = pytest.mark.django_db
MOST = 1024 * 1024


@pytest.fixture(autouse=True)
def small(settings, today_is, allowance, monkeypatch):
    settings.CASE_DOCUMENT_MAX_BYTES = MOST
    settings.LANGUAGE_CODE = "en"
    monkeypatch.setattr(allowance, "document_kinds", lambda case: KINDS, raising=False)


def too_large() -> SimpleUploadedFile:
    data = samples.photo()
    return photo("large.jpg", data + b"\0" * (MOST + 1 - len(data)))


def in_her_form(world) -> tuple[int, str]:
    answer = post_files(signed_in(world.her.user), world.draft(), too_large())
    return answer.status_code, answer.content.decode()


def in_a_request(world) -> tuple[int, str]:
    asked = [actions.AskedItem(INCOME, "请补充")]
    case = actions.return_case(world.submitted(), items=asked, by=world.officers["union"], now=MONDAY)
    line = case.requested.get()
    answer = post_files(signed_in(world.her.user), case, too_large(), kind=INCOME, page="supply", line=line.pk)
    return answer.status_code, answer.content.decode()


def in_parts(world) -> tuple[int, str]:
    said = {"kind": INCOME, "name": "large.jpg", "size": MOST + 1}
    answer = signed_in(world.her.user).post(reverse("casework:uploads", args=[world.draft().token]), said)
    return answer.status_code, answer.json()["error"]


def at_the_desk(world) -> tuple[int, str]:
    leave = AuthorisationFactory(worker=world.her, representative=world.officers["union"])
    case = actions.open_case(
        service="allowance",
        subject_code="spring",
        worker=world.her,
        route_code=world.route.code,
        by=world.officers["union"],
        now=MONDAY,
        authorisation=leave,
    )
    case = actions.submit(case, by=world.officers["union"], now=MONDAY)
    answer = signed_in(world.officers["union"]).post(
        reverse("casework_desk:paper", args=[case.token]), {"file": too_large()}
    )
    return answer.status_code, answer.content.decode()


@pytest.mark.parametrize("way", [in_her_form, in_a_request, in_parts, at_the_desk], ids=lambda way: way.__name__)
def test_one_byte_too_many_is_refused_on_every_way_in_with_the_same_number(world, way):
    status, said = way(world)
    assert status in (200, 413, 422) and "1 MB" in said
    assert not Document.objects.exists() and not UploadInProgress.objects.exists()


def test_two_different_files_of_one_name_are_two_papers(world):
    case, client = world.draft(), signed_in(world.her.user)
    first, second = (photo("IMG_0001.jpg", samples.photo(salt=salt)) for salt in ("one", "two"))
    assert post_files(client, case, first, second).status_code == 302
    post_files(client, case, photo("IMG_0001.jpg", samples.photo(salt="three")))
    found = list(documents_of(case))
    assert [paper.name for paper in found] == ["IMG_0001.jpg"] * 3
    assert len({paper.token for paper in found}) == len({paper.file.name for paper in found}) == 3
    for paper in found:
        with paper.file.open("rb") as file:
            assert len(file.read()) == paper.size
