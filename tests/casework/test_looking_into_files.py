"""A file is what its bytes say. Photos are drawn anew, PDFs are looked through, everything else is refused in words."""

import hashlib
import io
import zipfile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from services.casework import errors
from services.casework.actions.look_into import insist_size, look_into
from services.casework.rules import files, papers, pictures
from tests.casework import samples

MOST = 64_000_000


def look(data: bytes):
    return look_into(io.BytesIO(data))


def drawn(data: bytes) -> Image.Image:
    return Image.open(look(data).stream)


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "HEIF"])
def test_photos_of_every_phone_become_a_jpeg_of_ours(kind):
    checked = look(samples.photo(kind=kind))
    assert (checked.extension, checked.content_type, checked.pages) == ("jpg", "image/jpeg", None)
    with Image.open(checked.stream) as image:
        assert (image.format, image.size) == ("JPEG", (600, 800))


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "HEIF"])
def test_nothing_of_what_the_camera_wrote_beside_the_picture_is_kept(kind):
    sent = samples.photo(kind=kind)
    assert b"ExampleCam" in sent
    kept = look(sent).stream.read()
    assert b"ExampleCam" not in kept
    with Image.open(io.BytesIO(kept)) as image:
        assert (dict(image.getexif()), set(image.info) & {"exif", "icc_profile", "xmp", "comment"}) == ({}, set())


@pytest.mark.parametrize(("turned", "corner"), [(1, (20, 20)), (3, (-20, -20)), (6, (-20, 20)), (8, (20, -20))])
def test_a_photo_taken_sideways_stands_upright(turned, corner):
    image = drawn(samples.photo(turned=turned))
    assert image.size == ((600, 800) if turned in (1, 3) else (800, 600))
    red, green, _blue = image.getpixel(tuple(place % side for place, side in zip(corner, image.size, strict=True)))
    assert red > 150 > green


def test_what_is_transparent_lies_on_white():
    out = io.BytesIO()
    Image.new("RGBA", (700, 700), (0, 0, 0, 0)).save(out, "PNG")
    assert drawn(out.getvalue()).getpixel((350, 350)) == (255, 255, 255)


def test_a_large_photo_is_brought_to_the_size_of_a_printed_page():
    assert max(drawn(samples.photo(samples.page(6000, 4500))).size) == pictures.LONGEST_SIDE


def test_the_same_photo_gives_the_same_bytes():
    sent = samples.photo(kind="HEIF")
    assert look(sent).digest == look(sent).digest != look(samples.photo(kind="HEIF", salt="x")).digest


def test_a_pixel_bomb_is_refused_before_it_is_unpacked(monkeypatch):
    bomb = samples.pixel_bomb()
    assert len(bomb) < 1_000_000
    monkeypatch.setattr(Image.Image, "load", lambda self: pytest.fail("the bomb was unpacked"))
    with pytest.raises(errors.PictureTooLarge) as refused:
        look(bomb)
    assert "64" in refused.value.message()


def test_a_bomb_that_lies_within_the_decoder_s_own_limit_is_refused_too():
    with pytest.raises(errors.PictureTooLarge):
        look(samples.pixel_bomb(9000, 9000))


@pytest.mark.parametrize(
    "data",
    [samples.HTML, samples.SVG, b"MZ\x90\x00" + b"\0" * 100, b"GIF89a" + b"\0" * 50, b"\x1f\x8b\x08" + b"\0" * 50],
    ids=["html", "svg", "program", "gif", "gzip"],
)
def test_whatever_else_it_is_it_is_refused(data):
    with pytest.raises(errors.NotAccepted):
        look(data)


def test_a_photo_that_is_a_web_page_as_well_keeps_nothing_of_the_page():
    kept = look(samples.photo() + samples.HTML).stream.read()
    assert b"<script>" not in kept


def test_a_paper_that_is_an_archive_as_well_is_refused():
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w") as packed:
        packed.writestr("示例.html", samples.HTML)
    with pytest.raises(errors.NotAccepted):
        look(samples.pdf() + archive.getvalue())


def test_a_paper_with_something_before_its_mark_is_refused():
    with pytest.raises(errors.NotAccepted):
        look(samples.HTML + samples.pdf())


def test_a_paper_with_a_page_of_html_behind_its_end_is_refused():
    with pytest.raises(errors.NotAccepted):
        look(samples.pdf() + samples.HTML * 30)


def test_half_a_photo_is_refused():
    whole = samples.photo()
    with pytest.raises(errors.PictureBroken):
        look(whole[: len(whole) // 2])


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "HEIF"])
def test_a_head_without_a_picture_is_refused(kind):
    with pytest.raises(errors.PictureBroken):
        look(samples.photo(kind=kind)[:80])


def test_a_pdf_is_kept_as_it_came():
    sent = samples.pdf(3)
    checked = look(sent)
    assert (checked.pages, checked.content_type) == (3, "application/pdf")
    assert checked.digest == hashlib.sha256(sent).hexdigest()


@pytest.mark.parametrize(
    "change",
    [
        samples.with_script,
        samples.with_script_in_disguise,
        samples.with_attachment,
        samples.starting_a_program,
    ],
)
def test_a_pdf_that_does_or_holds_something_is_refused(change):
    with pytest.raises(errors.PaperActive):
        look(samples.pdf(change=change))


def test_a_pdf_in_packed_form_is_looked_through_as_well():
    """Objects may lie in a packed stream, where no search in the bytes finds them."""
    packed = samples.packed_pdf(b"<</Type/Catalog/Pages 3 0 R/OpenAction<</S/JavaScript/JS(1)>>>>")
    assert b"JavaScript" not in packed
    with pytest.raises(errors.PaperActive):
        look(packed)
    assert look(samples.packed_pdf(b"<</Type/Catalog/Pages 3 0 R>>")).pages == 1


def test_a_pdf_of_a_hundred_pages_is_refused_with_the_number_that_is_taken(settings):
    with pytest.raises(errors.PaperTooLong) as refused:
        look(samples.pdf(100))
    assert "100" in refused.value.message() and str(settings.CASE_DOCUMENT_MAX_PAGES) in refused.value.message()


def test_a_pdf_that_lies_about_its_length_is_refused():
    with pytest.raises(errors.PaperTooLong):
        look(samples.pdf(change=samples.with_a_lie_about_its_length))


def test_a_pdf_that_asks_for_a_password_is_refused():
    with pytest.raises(errors.PaperLocked):
        look(samples.pdf(change=samples.with_password("secret")))


def test_a_pdf_that_only_forbids_printing_is_taken():
    assert look(samples.pdf(2, change=samples.with_password(""))).pages == 2


@pytest.mark.parametrize("cut", [0.1, 0.5, 0.9])
def test_half_a_pdf_is_refused(cut):
    whole = samples.pdf(2)
    with pytest.raises(errors.PaperBroken):
        look(whole[: int(len(whole) * cut)])


@settings(max_examples=50, deadline=None)
@given(st.data())
def test_a_pdf_with_bytes_changed_at_random_is_taken_or_refused_and_breaks_nothing(data):
    spoilt = bytearray(samples.pdf(2))
    for place in data.draw(st.lists(st.integers(8, len(spoilt) - 1), min_size=1, max_size=6)):
        spoilt[place] = data.draw(st.integers(0, 255))
    try:
        assert papers.pages_of(io.BytesIO(bytes(spoilt)), most_pages=50) >= 1
    except errors.DocumentRefused as refused:
        assert refused.message()


@settings(max_examples=50, deadline=None)
@given(st.data())
def test_a_photo_with_bytes_changed_at_random_is_taken_or_refused_and_breaks_nothing(data):
    spoilt = bytearray(samples.photo(samples.page(120, 160)))
    for place in data.draw(st.lists(st.integers(3, len(spoilt) - 1), min_size=1, max_size=6)):
        spoilt[place] = data.draw(st.integers(0, 255))
    try:
        assert pictures.redrawn(io.BytesIO(bytes(spoilt)), files.JPEG, most_pixels=MOST).data
    except errors.DocumentRefused as refused:
        assert refused.message()


def test_an_empty_file_and_one_of_sixty_megabytes_are_refused_with_both_numbers():
    with pytest.raises(errors.EmptyFile):
        insist_size(0)
    with pytest.raises(errors.TooLarge) as refused:
        insist_size(60 * 1024 * 1024)
    assert "60" in refused.value.message() and "20" in refused.value.message()


@pytest.mark.parametrize(
    ("data", "warnings"),
    [
        (samples.photo(), ()),
        (samples.blurred(), (pictures.BLURRED,)),
        (samples.dark(), (pictures.DARK,)),
        (samples.photo(samples.page(450, 800)), (pictures.SMALL,)),
    ],
    ids=["fine", "blurred", "dark", "small"],
)
def test_a_photo_nobody_could_read_is_noticed_at_once(data, warnings):
    assert look(data).warnings == warnings


@pytest.mark.parametrize(
    ("sent", "shown"),
    [
        ("身份证\u00ad正面.jpg", "身份证正面.jpg"),
        ("C:\\fakepath\\IMG 1.HEIC", "IMG 1.HEIC"),
        ("../../etc/passwd", "passwd"),
        ("photo.jpg.html", "photo.jpg.html"),
        ("证明...  ", "证明"),
        ("照片😀.png", "照片😀.png"),
        ("a\r\nSet-Cookie: x.jpg", "aSet-Cookie: x.jpg"),
        ("\u202egpj.exe", "gpj.exe"),
        ("", ""),
    ],
)
def test_odd_names_are_shown_tidily(sent, shown):
    assert files.shown_name(sent) == shown


def test_a_name_of_255_bytes_keeps_its_ending():
    shown = files.shown_name("证" * 251 + ".jpg")
    assert (len(shown), shown[-4:]) == (120, ".jpg")
