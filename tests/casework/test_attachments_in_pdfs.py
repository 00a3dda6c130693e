"""E-invoices and hospitals' e-receipts carry their figures inside the PDF and are signed: they are taken. What could
run when somebody opens it is refused, whatever it calls itself."""

import hashlib
import io
import zipfile

import pytest
from pypdf import PdfWriter
from pypdf.generic import (
    ArrayObject,
    ByteStringObject,
    DecodedStreamObject,
    DictionaryObject,
    NameObject,
    NumberObject,
    TextStringObject,
)

from services.casework import errors
from services.casework.actions.look_into import look_into
from services.casework.rules import attachments
from tests.casework import samples

XML = b'<?xml version="1.0" encoding="UTF-8"?><EInvoice><Total>123.45</Total></EInvoice>'
GBK = '<?xml version="1.0" encoding="GBK"?><票据><金额>1</金额></票据>'.encode("gbk")
XBRL = b'<xbrl xmlns="http://www.xbrl.org/2003/instance"><e:Amount xmlns:e="urn:x">1</e:Amount></xbrl>'
PROGRAM = b"MZ\x90\x00" + b"\0" * 200


def look(data: bytes):
    return look_into(io.BytesIO(data))


def archive(*names: str, data: bytes = b"1") -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as packed:
        for name in names:
            packed.writestr(name, data)
    return out.getvalue()


OFD = archive("OFD.xml", "Doc_0/Document.xml", "Doc_0/Res/image_0.png", "Doc_0/Signs/Sign_0/Seal.esl")


def holding(*files: tuple[str, bytes]) -> bytes:
    def put(writer: PdfWriter) -> None:
        for name, data in files:
            writer.add_attachment(name, data)

    return samples.pdf(change=put)


def by(way: str, name: str, data: bytes) -> bytes:
    """An attachment that only a page's mark, or only the document's list of parts, points at."""

    def put(writer: PdfWriter) -> None:
        stream = DecodedStreamObject()
        stream.set_data(data)
        stream = stream.flate_encode()
        file = DictionaryObject(
            {
                NameObject("/Type"): NameObject("/Filespec"),
                NameObject("/UF"): TextStringObject(name),
                NameObject("/EF"): DictionaryObject({NameObject("/F"): writer._add_object(stream)}),
            }
        )
        if way == "mark":
            mark = {NameObject("/Subtype"): NameObject("/FileAttachment"), NameObject("/FS"): writer._add_object(file)}
            writer.pages[0][NameObject("/Annots")] = ArrayObject([writer._add_object(DictionaryObject(mark))])
        else:
            writer.root_object[NameObject("/AF")] = ArrayObject([writer._add_object(file)])

    return samples.pdf(change=put)


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("invoice.xml", XML),
        ("invoice.XML", b"\xef\xbb\xbf" + XML),
        ("电子票据.xml", GBK),
        ("issuer.xbrl", XBRL),
        ("receipt.ofd", OFD),
        ("receipt.pdf", samples.pdf()),
        ("seal.png", samples.photo(kind="PNG")),
        ("seal.jpeg", samples.photo()),
    ],
)
def test_what_e_invoices_carry_is_taken_as_it_came(name, data):
    for sent in (holding((name, data)), by("parts", name, data)):
        assert look(sent).digest == hashlib.sha256(sent).hexdigest()


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("invoice.xml", PROGRAM),
        ("invoice.exe", XML),
        ("invoice.xml.exe", XML),
        ("invoice.bat", b"del *"),
        ("invoice", XML),
        ("notes.txt", b"del *"),
        ("invoice.xml", samples.HTML),
        ("invoice.xml", samples.SVG),
        ("invoice.xml", b'<?xml version="1.0"?><?xml-stylesheet href="x.xsl"?><a/>'),
        ("invoice.xml", b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]><a/>'),
        ("invoice.xml", b'<?xml version="1.0"?><x:html xmlns:x="http://www.w3.org/1999/xhtml"/>'),
        ("invoice.pdf", XML),
        ("invoice.png", samples.photo()),
        ("receipt.zip", archive("receipt.xml")),
        ("receipt.ofd", archive("OFD.xml", "Doc_0/run.exe")),
        ("receipt.ofd", archive("OFD.xml", "../OFD.xml")),
        ("receipt.ofd", archive("receipt.xml")),
        ("table.xlsm", archive("xl/vbaProject.bin")),
        ("receipt.pdf", samples.pdf(change=samples.with_script)),
        ("receipt.pdf", holding(("invoice.xml", XML))),
    ],
)
def test_what_could_run_or_is_not_what_it_says_is_refused(name, data):
    """Lying there unpacked an archive makes the whole file one, and is refused for that."""
    with pytest.raises((errors.PaperActive, errors.NotAccepted)):
        look(holding((name, data)))
    with pytest.raises(errors.PaperActive):
        look(by("parts", name, data))


def test_one_that_is_harmless_does_not_vouch_for_another():
    with pytest.raises(errors.PaperActive):
        look(holding(("invoice.xml", XML), ("invoice.vbs", b"run")))


def test_more_than_five_are_refused():
    assert look(holding(*((f"{number}.xml", XML + b"<!-- -->" * number) for number in range(5)))).pages == 1
    with pytest.raises(errors.PaperActive):
        look(holding(*((f"{number}.xml", XML + b"<!-- -->" * number) for number in range(6))))


def test_one_that_swells_is_refused_before_it_has_swollen():
    bomb = b'<?xml version="1.0"?><a>' + b" " * (attachments.MOST_BYTES + 1) + b"</a>"
    for sent in (holding(("a.xml", bomb)), by("parts", "a.xml", bomb)):
        with pytest.raises(errors.PaperActive):
            look(sent)


@pytest.mark.parametrize("way", ["mark", "parts"])
def test_it_is_found_by_whatever_points_at_it(way):
    assert look(by(way, "invoice.xml", XML)).pages == 1
    for name, data in (("invoice.xml", PROGRAM), ("invoice.cmd", XML)):
        with pytest.raises(errors.PaperActive):
            look(by(way, name, data))


def test_one_that_the_table_of_contents_does_not_know_is_refused():
    """A reader that mends broken files would find it."""
    whole = holding(("invoice.xml", XML))
    hidden = b"\n99 0 obj<</Type/EmbeddedFile/Length 2>>stream\nMZ\nendstream endobj\n"
    with pytest.raises(errors.PaperActive):
        look(whole.replace(b"\nstartxref", hidden + b"startxref"))


def _signed(writer: PdfWriter) -> None:
    """As a tax office or a hospital signs: a field with a signature over the bytes, shown on no page."""
    signature = DictionaryObject(
        {
            NameObject("/Type"): NameObject("/Sig"),
            NameObject("/Filter"): NameObject("/Adobe.PPKLite"),
            NameObject("/SubFilter"): NameObject("/adbe.pkcs7.detached"),
            NameObject("/Contents"): ByteStringObject(b"\x30\x82" + b"\0" * 400),
            NameObject("/ByteRange"): ArrayObject([NumberObject(n) for n in (0, 840, 1700, 600)]),
        }
    )
    field = DictionaryObject(
        {
            NameObject("/FT"): NameObject("/Sig"),
            NameObject("/T"): TextStringObject("Signature1"),
            NameObject("/V"): writer._add_object(signature),
        }
    )
    form = {NameObject("/Fields"): ArrayObject([writer._add_object(field)]), NameObject("/SigFlags"): NumberObject(3)}
    writer.root_object[NameObject("/AcroForm")] = writer._add_object(DictionaryObject(form))
    writer.add_attachment("invoice.xml", XML)


def test_a_signed_invoice_that_forbids_changes_is_taken_as_it_came():
    def change(writer: PdfWriter) -> None:
        _signed(writer)
        writer.encrypt(user_password="", owner_password="示例", algorithm="AES-256")

    for sent in (samples.pdf(change=_signed), samples.pdf(change=change)):
        assert look(sent).digest == hashlib.sha256(sent).hexdigest()


def test_a_paper_in_the_national_format_is_answered_with_what_to_do():
    with pytest.raises(errors.OfdFile) as refused:
        look(OFD)
    assert "OFD" in refused.value.message() and "PDF" in refused.value.message()
    with pytest.raises(errors.NotAccepted) as refused:
        look(archive("OFD.xml", "run.exe"))
    assert not isinstance(refused.value, errors.OfdFile)
