"""Hostile documents made on the spot; every number in them is invented (area 990000, phones 1990000xxxx)."""

import zipfile
from io import BytesIO

from openpyxl import Workbook
from openpyxl.comments import Comment
from openpyxl.workbook.defined_name import DefinedName
from PIL import Image
from pypdf import PdfWriter
from pypdf.generic import DictionaryObject, NameObject, StreamObject

from services.foundation.identifiers import check_character

_BORN = "99000019900307012"
IDENTITY = _BORN + check_character(_BORN)
MOBILE = "19900000001"
_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_TYPES = '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>'


def _luhn_completed(first: str) -> str:
    for last in "0123456789":
        digits = [int(d) for d in reversed(first + last)]
        if sum(digits[0::2] + [sum(divmod(2 * d, 10)) for d in digits[1::2]]) % 10 == 0:
            return first + last
    raise AssertionError


CARD = _luhn_completed("622202000000000123")


def workbook() -> Workbook:
    """One visible, harmless sheet."""
    book = Workbook()
    book.active.title = "公告"
    book.active.append(["事项", "办理时间"])
    book.active.append(["免费体检", "上午八点"])
    return book


def saved(book: Workbook) -> bytes:
    out = BytesIO()
    book.save(out)
    return out.getvalue()


def zipped(parts: dict[str, str | bytes], *, base: bytes = b"") -> bytes:
    """A package of these parts, on top of those of ``base``."""
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        if base:
            with zipfile.ZipFile(BytesIO(base)) as old:
                for name in old.namelist():
                    if name not in parts:
                        archive.writestr(name, old.read(name))
        for name, content in parts.items():
            archive.writestr(name, content)
    return out.getvalue()


def hidden_sheet() -> bytes:
    book = workbook()
    sheet = book.create_sheet("名单")
    sheet.sheet_state = "veryHidden"
    sheet["C12"] = IDENTITY
    return saved(book)


def hidden_row() -> bytes:
    book = workbook()
    book.active["B7"] = MOBILE
    book.active.row_dimensions[7].hidden = True
    return saved(book)


def hidden_column() -> bytes:
    book = workbook()
    book.active["D3"] = int(MOBILE)
    book.active.column_dimensions["D"].hidden = True
    return saved(book)


def commented() -> bytes:
    book = workbook()
    book.active["A1"].comment = Comment(f"联系人电话 {MOBILE}", "示例")
    return saved(book)


def named() -> bytes:
    book = workbook()
    book.defined_names["旧名单"] = DefinedName("旧名单", attr_text=f'"{IDENTITY}"')
    return saved(book)


def with_properties() -> bytes:
    book = workbook()
    book.properties.description = f"由 {IDENTITY} 整理"
    return saved(book)


def with_header() -> bytes:
    book = workbook()
    book.active.oddFooter.center.text = f"经办 {MOBILE}"
    return saved(book)


def with_pivot() -> bytes:
    """Records that stay behind a pivot table when its sheet was deleted."""
    cache = f'<pivotCacheRecords xmlns="x"><r><s v="示例甲"/><s v="{IDENTITY}"/></r></pivotCacheRecords>'
    return zipped({"xl/pivotCache/pivotCacheRecords1.xml": cache}, base=saved(workbook()))


def left_over() -> bytes:
    """A text that no cell shows any more, still among the texts of the workbook."""
    base = saved(workbook())
    with zipfile.ZipFile(BytesIO(base)) as archive:
        relations = archive.read("xl/_rels/workbook.xml.rels").decode()
    kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/sharedStrings"
    line = f'<Relationship Id="texts" Type="{kind}" Target="sharedStrings.xml"/></Relationships>'
    texts = f'<sst xmlns="{_MAIN}"><si><r><t>{IDENTITY[:9]}</t></r><r><t>{IDENTITY[9:]}</t></r></si></sst>'
    more = {"xl/_rels/workbook.xml.rels": relations.replace("</Relationships>", line), "xl/sharedStrings.xml": texts}
    return zipped(more, base=base)


def rounded() -> bytes:
    """Typed as a number, so that the spreadsheet has lost its last digits."""
    book = workbook()
    book.active["B3"] = float(110101199003070000)
    return saved(book)


def split_over_cells() -> bytes:
    book = workbook()
    book.active.append([IDENTITY[:6], IDENTITY[6:14], IDENTITY[14:]])
    return saved(book)


def named_amounts() -> bytes:
    book = workbook()
    sheet = book.create_sheet("发放")
    sheet.append(["序号", "姓名", "慰问金额（元）"])
    for number, name in enumerate(("张小花", "李小梅", "王小兰"), 1):
        sheet.append([number, name, 500])
    return saved(book)


def formula() -> bytes:
    book = workbook()
    book.active["C2"] = f'=HYPERLINK("tel:{MOBILE}","打电话")'
    return saved(book)


def embedded_workbook() -> bytes:
    """A workbook inside a text document."""
    return zipped({"word/embeddings/Microsoft_Excel_Sheet.xlsx": hidden_sheet()}, base=word("<w:p/>"))


def word(body: str, **parts: str) -> bytes:
    document = f'<w:document xmlns:w="{_W}"><w:body>{body}</w:body></w:document>'
    others = {f"word/{name}.xml": text for name, text in parts.items()}
    return zipped({"[Content_Types].xml": _TYPES, "word/document.xml": document, **others})


def run(text: str, properties: str = "") -> str:
    return f"<w:r><w:rPr>{properties}</w:rPr><w:t>{text}</w:t></w:r>"


def word_runs() -> bytes:
    return word(f"<w:p>{run('身份证 ' + IDENTITY[:5])}{run(IDENTITY[5:], '<w:b/>')}</w:p>")


def word_deleted() -> bytes:
    return word(f"<w:p>{run('名单见附件')}<w:del><w:r><w:delText>{IDENTITY}</w:delText></w:r></w:del></w:p>")


def word_hidden() -> bytes:
    return word(f"<w:p>{run('正文')}{run(MOBILE, '<w:vanish/>')}</w:p>")


def word_box() -> bytes:
    return word(f"<w:p><w:r><w:txbxContent><w:p>{run(MOBILE)}</w:p></w:txbxContent></w:r></w:p>")


def word_comment() -> bytes:
    return word("<w:p/>", comments=f'<w:comments xmlns:w="{_W}"><w:p>{run(MOBILE)}</w:p></w:comments>')


def word_footer() -> bytes:
    return word("<w:p/>", footer1=f'<w:ftr xmlns:w="{_W}"><w:p>{run(MOBILE)}</w:p></w:ftr>')


def word_table() -> bytes:
    rows = [("姓名", "病种"), ("张小花", "乳腺癌"), ("李小梅", "宫颈癌")]
    lines = "".join(f"<w:tr>{''.join(f'<w:tc><w:p>{run(cell)}</w:p></w:tc>' for cell in row)}</w:tr>" for row in rows)
    return word(f"<w:tbl>{lines}</w:tbl>")


def slides() -> bytes:
    text = f"<p:sld xmlns:p='p' xmlns:a='a' show='0'><a:p><a:r><a:t>{IDENTITY}</a:t></a:r></a:p></p:sld>"
    return zipped({"ppt/presentation.xml": "<p/>", "ppt/slides/slide3.xml": text})


def pdf(text: str = "", *, note: str = "", title: str = "", attached: bytes = b"", password: str = "") -> bytes:
    """One page with these words, its title, a remark, a file inside it, a password."""
    writer = PdfWriter()
    page = writer.add_blank_page(width=300, height=300)
    font = DictionaryObject({NameObject("/Type"): NameObject("/Font"), NameObject("/Subtype"): NameObject("/Type1")})
    font[NameObject("/BaseFont")] = NameObject("/Helvetica")
    resources = DictionaryObject({NameObject("/Font"): DictionaryObject({NameObject("/F1"): font})})
    page[NameObject("/Resources")] = resources
    content = StreamObject()
    content.set_data(f"BT /F1 12 Tf 20 100 Td ({text}) Tj ET".encode())
    page[NameObject("/Contents")] = writer._add_object(content)
    if title:
        writer.add_metadata({"/Title": title})
    if note:
        from pypdf.annotations import FreeText

        writer.add_annotation(0, FreeText(text=note, rect=(10, 10, 100, 40)))
    if attached:
        writer.add_attachment("附件.xlsx", attached)
    if password:
        writer.encrypt(password)
    out = BytesIO()
    writer.write(out)
    return out.getvalue()


def scanned_pdf() -> bytes:
    out = BytesIO()
    Image.new("RGB", (200, 200), "white").save(out, "PDF")
    return out.getvalue()


def bomb() -> bytes:
    return zipped({"xl/workbook.xml": "<workbook/>", "xl/worksheets/sheet1.xml": b"0" * (60 * 1024 * 1024)})


def encrypted_office() -> bytes:
    return b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600) + "EncryptedPackage".encode("utf-16-le")


def photo(*, where: bool = True) -> bytes:
    image, exif = Image.new("RGB", (40, 30), "#B4232A"), Image.Exif()
    exif[0x010F], exif[0x0112] = "示例相机", 6
    if where:
        exif.get_ifd(0x8825).update({1: "N", 2: (30.0, 1.0, 2.0), 3: "E", 4: (120.0, 1.0, 2.0)})
    out = BytesIO()
    image.save(out, "JPEG", exif=exif)
    return out.getvalue()
