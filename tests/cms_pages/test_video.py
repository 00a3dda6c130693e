"""Videos from our own library: handed out in parts, to whoever may read them, with words for who can't hear."""

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse
from wagtail.models import Collection, CollectionViewRestriction

from cms_pages.blocks import VideoBlock
from cms_pages.media import LARGEST_PART, part_asked_for
from tests.factories import pages

FILM = (b"\0\0\0\x18ftypisom" + bytes(range(256)) * 4)[:1024]


@pytest.mark.parametrize(
    ("header", "part"),
    [
        ("", None),
        ("bytes=0-", (0, 1023)),
        ("bytes=0-99", (0, 99)),
        ("bytes=1000-5000", (1000, 1023)),
        ("bytes=-24", (1000, 1023)),
        ("bytes=-9999", (0, 1023)),
        ("bytes=0-1,5-9", None),
        ("bytes=-", None),
        ("lines=1-2", None),
    ],
)
def test_a_range_is_read_as_browsers_mean_it(header, part):
    assert part_asked_for(header, 1024) == part


@pytest.mark.parametrize("header", ["bytes=1024-", "bytes=5-4", "bytes=-0", "bytes=999999999999999-"])
def test_a_range_outside_the_file_is_refused(header):
    with pytest.raises(ValueError, match="outside"):
        part_asked_for(header, 1024)


def test_no_answer_is_larger_than_a_part():
    assert part_asked_for("bytes=10-", 10**9) == (10, 10 + LARGEST_PART - 1)


@pytest.mark.django_db
def test_a_video_is_handed_out_in_parts(client):
    film = pages.document("film.mp4", FILM)
    address = reverse("cms_pages:video", args=[film.pk, film.filename])
    whole = client.get(address)
    assert (whole.status_code, b"".join(whole.streaming_content), whole["Content-Type"]) == (200, FILM, "video/mp4")
    part = client.get(address, headers={"range": "bytes=10-19"})
    assert (part.status_code, b"".join(part.streaming_content)) == (206, FILM[10:20])
    assert (part["Content-Range"], part["Content-Length"]) == ("bytes 10-19/1024", "10")
    outside = client.get(address, headers={"range": "bytes=2000-"})
    assert (outside.status_code, outside["Content-Range"]) == (416, "bytes */1024")
    assert client.post(address).status_code == 405


@pytest.mark.django_db
def test_only_videos_by_their_name_and_none_of_a_closed_collection(client):
    film, paper = pages.document("film.mp4", FILM), pages.document("paper.txt")
    for key, name in ((film.pk, "other.mp4"), (paper.pk, paper.filename), (film.pk + 99, film.filename)):
        assert client.get(reverse("cms_pages:video", args=[key, name])).status_code == 404
    closed = Collection.get_first_root_node().add_child(name="内部")
    CollectionViewRestriction.objects.create(collection=closed, restriction_type=CollectionViewRestriction.LOGIN)
    film.collection = closed
    film.save()
    assert client.get(reverse("cms_pages:video", args=[film.pk, film.filename])).status_code == 302


@pytest.mark.django_db
def test_a_video_on_a_page_has_controls_words_and_starts_by_nobody(client):
    film, words, still = pages.document("film.mp4", FILM), pages.document("zh.vtt", b"WEBVTT\n"), pages.picture()
    value = {"video": film, "poster": still, "caption": "宣传片，两分钟", "captions": words, "transcript": "大家好"}
    shown = client.get(pages.article(body=[("video", value)]).url).content.decode()
    assert "<video controls" in shown and "autoplay" not in shown and 'kind="captions"' in shown
    for part in (reverse("cms_pages:video", args=[film.pk, film.filename]), "宣传片，两分钟", "大家好", "poster="):
        assert part in shown


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"video": "paper.txt"}, "video"),
        ({"captions": "paper.txt"}, "captions"),
        ({"transcript": ""}, "transcript"),
        ({"transcript": "", "captions": "zh.vtt"}, None),
    ],
)
def test_a_video_needs_a_video_file_and_words(change, field):
    block = VideoBlock()
    given = {"video": "film.mp4", "poster": None, "caption": "短片", "captions": None, "transcript": "大家好"} | change
    given |= {name: pages.document(given[name]) for name in ("video", "captions") if given[name]}
    try:
        block.clean(block.to_python({**given, **{n: given[n] and given[n].pk for n in ("video", "captions")}}))
        wrong = None
    except ValidationError as refused:
        wrong = next(iter(refused.block_errors))
    assert wrong == field
