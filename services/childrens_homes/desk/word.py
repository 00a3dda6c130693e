"""A report as a Word document: headings and paragraphs, the least of the format (ECMA-376) that editors open."""

import re
import zipfile
from collections.abc import Sequence
from typing import BinaryIO
from xml.sax.saxutils import escape

TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_OF_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_NOT_XML = re.compile(r"[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_TYPES = (
    f'{_HEAD}<Types xmlns="{_OF_PACKAGE}/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    f'<Override PartName="/word/document.xml" ContentType="{TYPE}.main+xml"/></Types>'
)
_RELATIONS = (
    f'{_HEAD}<Relationships xmlns="{_OF_PACKAGE}/relationships"><Relationship Id="r1" Type="http://schemas.'
    'openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="word/document.xml"/></Relationships>'
)
# Half points: the sizes of an official letter.
_TITLE, _HEADING, _BODY = 44, 32, 32


def write_document(stream: BinaryIO, *, title: str, sections: Sequence[dict], foot: str) -> None:
    """``sections`` hold ``title`` and ``text``; each line of a text becomes a paragraph."""
    parts = [_paragraph(title, size=_TITLE, bold=True, centred=True)]
    for section in sections:
        parts.append(_paragraph(section["title"], size=_HEADING, bold=True))
        parts += [_paragraph(line, size=_BODY, indented=True) for line in section["text"].split("\n") if line.strip()]
    parts.append(_paragraph(foot, size=_BODY))
    page = '<w:sectPr><w:pgSz w:w="11906" w:h="16838"/><w:pgMar w:top="1440" w:right="1440" w:bottom="1440" w:left="1440" w:header="720" w:footer="720" w:gutter="0"/></w:sectPr>'  # noqa: E501
    body = f'{_HEAD}<w:document xmlns:w="{_W}"><w:body>{"".join(parts)}{page}</w:body></w:document>'
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("[Content_Types].xml", _TYPES)
        package.writestr("_rels/.rels", _RELATIONS)
        package.writestr("word/document.xml", body)


def _paragraph(text: str, *, size: int, bold: bool = False, centred: bool = False, indented: bool = False) -> str:
    about = '<w:jc w:val="center"/>' if centred else ""
    about = '<w:ind w:firstLineChars="200" w:firstLine="640"/>' if indented else about
    look = f'{"<w:b/>" if bold else ""}<w:sz w:val="{size}"/>'
    words = escape(_NOT_XML.sub("", text))
    return f'<w:p><w:pPr>{about}</w:pPr><w:r><w:rPr>{look}</w:rPr><w:t xml:space="preserve">{words}</w:t></w:r></w:p>'
