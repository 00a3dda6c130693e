"""Resized pictures are handed out; originals and documents never by their place on disk."""

import pytest
from django.conf import settings
from django.core.files.base import ContentFile
from wagtail.documents import get_document_model
from wagtail.models import Collection, CollectionViewRestriction

from tests.factories.pages import picture

pytestmark = pytest.mark.django_db


def test_a_rendition_is_served(client):
    rendition = picture().get_rendition("width-100")
    response = client.get(rendition.url)
    assert response.status_code == 200
    assert response["Content-Type"] == "image/png"


@pytest.mark.parametrize("folder", ["documents", "original_images", ""])
def test_nothing_else_below_media_is_served(client, folder):
    target = settings.MEDIA_ROOT / folder / "secret.txt"
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_text("secret", encoding="utf-8")
    paths = [f"/media/{folder}/secret.txt".replace("//", "/"), f"/media/images/../{folder}/secret.txt"]
    assert [client.get(path).status_code for path in [*paths, f"/media/images/%2e%2e/{folder}/secret.txt"]] == [404] * 3


@pytest.mark.parametrize("name", ["..", ".", "%2e%2e", "a" * 256, "木" * 100, "none.png", "a%5cb.png", " "])
def test_a_name_that_no_picture_has_isn_t_there(client, name):
    assert client.get(f"/media/images/{name}").status_code == 404


def test_the_application_leaves_pictures_on_disk_to_the_web_server_in_front(client, settings):
    address = picture().get_rendition("width-100").url
    settings.SERVE_PICTURES = False
    assert client.get(address).status_code == 404


def test_a_document_is_handed_out_by_wagtail_unless_its_collection_is_closed(client):
    document = get_document_model().objects.create(title="须知", file=ContentFile(b"text", name="note.txt"))
    assert client.get(document.url).status_code == 200
    root = Collection.get_first_root_node()
    closed = root.add_child(name="内部")
    CollectionViewRestriction.objects.create(collection=closed, restriction_type=CollectionViewRestriction.LOGIN)
    document.collection = closed
    document.save()
    assert client.get(document.url).status_code == 302
    assert client.get(f"/media/{document.file.name}").status_code == 404
