"""Photos and papers as phones, scanners and people with other plans send them."""

import io
import struct
import zlib
from functools import cache

from PIL import Image, ImageDraw, ImageFilter
from pypdf import PdfWriter
from pypdf.generic import ArrayObject, DictionaryObject, NameObject, TextStringObject

GPS, MAKER, ORIENTATION = 0x8825, 0x010F, 0x0112


@cache
def page(width: int = 600, height: int = 800, *, salt: str = "") -> Image.Image:
    """A white page with lines of writing and one red corner, upper left."""
    image = Image.new("RGB", (width, height), "white")
    draw = ImageDraw.Draw(image)
    writing = "\n".join(f"{salt} {line} 1234567890 " * (width // 90) for line in range(height // 30))
    draw.multiline_text((20, 20), writing, fill="black", font_size=20)
    draw.rectangle((0, 0, width // 6, height // 6), fill=(200, 20, 20))
    return image


def photo(image: Image.Image | None = None, *, kind: str = "JPEG", turned: int = 1, salt: str = "") -> bytes:
    """A photo with what a camera writes beside it: the place, the maker, and how the phone was held."""
    image = image or page(salt=salt)
    exif = Image.Exif()
    exif[ORIENTATION], exif[MAKER] = turned, "ExampleCam"
    exif.get_ifd(GPS)[1] = "N"
    exif.get_ifd(GPS)[2] = (30.0, 15.0, 0.0)
    out = io.BytesIO()
    image.save(out, kind, exif=exif.tobytes())
    return out.getvalue()


def blurred() -> bytes:
    return photo(page().filter(ImageFilter.GaussianBlur(8)))


def dark() -> bytes:
    return photo(page().point(lambda value: value // 8))


@cache
def pixel_bomb(width: int = 30_000, height: int = 30_000) -> bytes:
    """900 million pixels in a file of a hundred kilobytes."""
    out = io.BytesIO()
    Image.new("1", (width, height)).save(out, "PNG", optimize=False)
    return out.getvalue()


def pdf(pages: int = 1, *, change=lambda writer: None) -> bytes:
    writer = PdfWriter()
    for _number in range(pages):
        writer.add_blank_page(595, 842)
    change(writer)
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def with_password(password: str):
    return lambda writer: writer.encrypt(user_password=password, owner_password="示例", algorithm="AES-256")


def with_script(writer: PdfWriter) -> None:
    action = DictionaryObject({NameObject("/S"): NameObject("/JavaScript"), NameObject("/JS"): TextStringObject("1")})
    writer.root_object[NameObject("/OpenAction")] = action


def with_script_in_disguise(writer: PdfWriter) -> None:
    """The name of the action stands apart from it, so that neither line looks like a script."""
    name = writer._add_object(NameObject("/JavaScript"))
    action = DictionaryObject({NameObject("/S"): name})
    writer.root_object[NameObject("/AA")] = DictionaryObject({NameObject("/WC"): writer._add_object(action)})


def with_attachment(writer: PdfWriter) -> None:
    writer.add_attachment("示例.html", HTML)


def with_a_lie_about_its_length(writer: PdfWriter) -> None:
    """One page by its own account, and a hundred more that stand beside it."""
    for _number in range(100):
        writer._add_object(DictionaryObject({NameObject("/Type"): NameObject("/Page")}))


def starting_a_program(writer: PdfWriter) -> None:
    action = DictionaryObject({NameObject("/S"): NameObject("/Launch"), NameObject("/F"): TextStringObject("cmd")})
    link = DictionaryObject({NameObject("/Subtype"): NameObject("/Link"), NameObject("/A"): action})
    writer.pages[0][NameObject("/Annots")] = ArrayObject([writer._add_object(link)])


HTML = b"<!doctype html><html><script>alert(1)</script></html>"
SVG = b'<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>'


def packed_pdf(catalog: bytes) -> bytes:
    """A page whose objects lie in a packed object stream, with the table of contents packed as well."""
    objects = [catalog, b"<</Type/Pages/Kids[4 0 R]/Count 1>>", b"<</Type/Page/Parent 3 0 R/MediaBox[0 0 9 9]>>"]
    numbers, body = [2, 3, 4], b" ".join(objects)
    places = [0, len(objects[0]) + 1, len(objects[0]) + len(objects[1]) + 2]
    head = b" ".join(b"%d %d" % pair for pair in zip(numbers, places, strict=True)) + b" "
    data = zlib.compress(head + body)
    out = b"%PDF-1.5\n"
    first = len(out)
    out += b"1 0 obj<</Type/ObjStm/N 3/First %d/Filter/FlateDecode/Length %d>>stream\n" % (len(head), len(data))
    out += data + b"\nendstream endobj\n"
    rows = [(0, 0, 0), (1, first, 0), (2, 1, 0), (2, 1, 1), (2, 1, 2), (1, len(out), 0)]
    table = zlib.compress(b"".join(struct.pack(">BIB", *row) for row in rows))
    start = len(out)
    out += b"5 0 obj<</Type/XRef/Size 6/W[1 4 1]/Root 2 0 R/Filter/FlateDecode/Length %d>>stream\n" % len(table)
    return out + table + b"\nendstream endobj\nstartxref\n%d\n%%%%EOF\n" % start


# What strangers try to have a page carry out.
XSS = (
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "<svg/onload=alert(1)>",
    "javascript:alert(1)",
    "{{ 7|add:7 }}{% debug %}",
    "</textarea><iframe src=//evil.example>",
    "' onmouseover='alert(1)",
    "<!-- --><b>示例</b>",
)
