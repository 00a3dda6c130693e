"""Pictures and documents of the library in the public bucket, which needn't be public: and the store goes away."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.images.tests.utils import get_test_image_file

from portal import object_storage
from services.organizations.actions import sync_groups
from services.organizations.enums import Role
from tests.factories import pages
from tests.factories.organizations import AssignmentFactory, small_tree
from tests.object_storage.server import PRIVATE, PUBLIC
from tests.screening.her_world import text

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("stores")]
FILM = (b"\0\0\0\x18ftypisom" + bytes(range(256)) * 4)[:1024]


@pytest.fixture
def editor(client):
    user = AssignmentFactory(organization=small_tree()["city"], role=Role.COMMUNICATIONS_EDITOR).user
    sync_groups(user)
    client.force_login(user)
    return client


def add_picture(client):
    file = SimpleUploadedFile("flower.png", get_test_image_file().file.getvalue(), "image/png")
    sent = {"title": "木棉花", "description": "一朵木棉花", "file": file, "tags": "", "focal_point_x": ""}
    return client.post(reverse("wagtailimages:add"), sent)


def test_a_page_shows_a_picture_resized_and_nothing_else_of_the_bucket_has_an_address(client, server):
    article = pages.article(cover=pages.picture())
    body = client.get(article.url).content.decode()
    [shown] = [name for name in server.names(PUBLIC) if ".fill-480x270" in name and name.endswith(".webp")]
    assert f"/media/{shown}" in body
    answer = client.get(f"/media/{shown}")
    assert (answer.status_code, answer["Content-Type"]) == (200, "image/webp")
    assert "public" in answer["Cache-Control"]
    [original] = [name for name in server.names(PUBLIC) if name.startswith("original_images/")]
    for path in (original, f"images/../{original}", "images/none.png", "images/..", f"images/{'木' * 100}"):
        assert client.get(f"/media/{path}").status_code == 404
    assert server.answer_to_a_stranger(original, PUBLIC) == 403 and server.names(PRIVATE) == []


def test_an_editor_adds_a_picture(editor, server):
    assert add_picture(editor).status_code == 302
    picture = get_image_model().objects.get()
    assert picture.get_rendition("width-100").file.name in server.names(PUBLIC)


def test_a_video_is_handed_out_in_parts_and_of_a_large_one_no_more_is_fetched(client, server, monkeypatch):
    monkeypatch.setattr(object_storage, "FETCHED_WHOLE", 100)
    film = pages.document("film.mp4", FILM)
    address = reverse("cms_pages:video", args=[film.pk, film.filename])
    part = client.get(address, headers={"range": "bytes=10-19"})
    assert (part.status_code, b"".join(part.streaming_content)) == (206, FILM[10:20])
    server.client.delete_object(Bucket=PUBLIC, Key=film.file.name)
    assert client.get(address).status_code == 404


def test_a_document_is_handed_out_by_the_application_and_a_missing_one_isn_t_there(client, server):
    paper = pages.document("须知.txt", b"words")
    answer = client.get(paper.url)
    assert (answer.status_code, b"".join(answer.streaming_content)) == (200, b"words")
    server.client.delete_object(Bucket=PUBLIC, Key=paper.file.name)
    assert client.get(paper.url).status_code == 404


def test_while_the_store_is_gone_pages_stand_without_their_pictures(client, server):
    article, seen = pages.article("有图", cover=pages.picture()), pages.article("看过", cover=pages.picture())
    assert client.get(seen.url).status_code == 200
    server.stop()
    for page in (article, seen):
        answer = client.get(page.url)
        assert answer.status_code == 200 and page.title in text(answer)
    rendition = seen.cover.renditions.first()
    assert client.get(f"/media/{rendition.file.name}").status_code == 503


def test_while_the_store_is_gone_a_document_is_not_called_missing(client, server):
    paper = pages.document("须知.txt", b"words")
    server.stop()
    answer = client.get(paper.url)
    assert (answer.status_code, "暂时读不到文件" in text(answer)) == (503, True)


def test_while_the_store_is_gone_the_library_refuses_beside_the_field_and_keeps_what_was_typed(editor, server):
    server.stop()
    answer = add_picture(editor)
    assert (answer.status_code, get_image_model().objects.count()) == (200, 0)
    assert all(words in answer.content.decode() for words in ("刚才没能保存", "一朵木棉花"))
    sent = {"title": "活动须知", "file": SimpleUploadedFile("须知.txt", b"words"), "tags": ""}
    answer = editor.post(reverse("wagtaildocs:add"), sent)
    assert (answer.status_code, get_document_model().objects.count()) == (200, 0)
    assert all(words in answer.content.decode() for words in ("刚才没能保存", "活动须知"))


def test_while_the_store_is_gone_the_desk_s_lists_of_files_stand(editor, server):
    pages.picture()
    pages.document()
    server.stop()
    assert editor.get(reverse("wagtailimages:index")).status_code == 200
    assert editor.get(reverse("wagtaildocs:index")).status_code == 200
