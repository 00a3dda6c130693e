"""A text document: paragraphs, tables, headers, notes, comments, tracked changes, hidden text, text boxes."""

import re

from services.publishing.rules.readers.archive import Archive, Xml, attribute
from services.publishing.rules.readers.parts import scan_properties
from services.publishing.rules.scanning import Place, Rows, Scan

_BODY = re.compile(r"word/(document|header\d*|footer\d*|footnotes|endnotes|comments\w*|glossary/document)\.xml")
_CODES = {"header": "header_footer", "footer": "header_footer", "footn": "footnote", "endno": "footnote"}


def _code(path: str) -> str:
    stem = path.rpartition("/")[2]
    if stem.startswith("comments"):
        return "comment"
    return _CODES.get(stem[:6], _CODES.get(stem[:5], "paragraph"))


class _Story(Xml):
    """One story of the document. A paragraph is scanned as it is shown and as it was before it was changed."""

    def __init__(self, scan: Scan, code: str):
        super().__init__()
        self.scan, self.code = scan, code
        self.number = self.table = 0
        self.tables: list[dict] = []
        self.paragraphs: list[dict] = []
        self.deleted = self.inserted = self.boxes = 0
        self.hidden = self.in_run = False
        self.listening = False

    def start(self, name, attributes):
        opened = _OPENED.get(name)
        if opened:
            opened(self, attributes)

    def end(self, name):
        closed = _CLOSED.get(name)
        if closed:
            closed(self)

    def data(self, text):
        if self.listening and self.paragraphs:
            paragraph = self.paragraphs[-1]
            paragraph["all"].append(text)
            if self.deleted:
                paragraph["how"] = "deleted"
            else:
                paragraph["shown"].append(text)
            if self.hidden:
                paragraph["how"] = "hidden"
            elif self.boxes and not paragraph["how"]:
                paragraph["how"] = "box"
            elif self.inserted and not paragraph["how"]:
                paragraph["how"] = "inserted"

    def _open_t(self, attributes):
        self.listening = True

    def _close_t(self):
        self.listening = False

    def _open_tab(self, attributes):
        if self.paragraphs and self.in_run:
            self.paragraphs[-1]["all"].append("\t")
            self.paragraphs[-1]["shown"].append("\t")

    def _open_r(self, attributes):
        self.hidden, self.in_run = False, True

    def _close_r(self):
        self.hidden = self.in_run = False

    def _open_vanish(self, attributes):
        self.hidden = self.in_run and attribute(attributes, "val") not in ("0", "false")

    def _open_del(self, attributes):
        self.deleted += 1

    def _close_del(self):
        self.deleted -= 1

    def _open_ins(self, attributes):
        self.inserted += 1

    def _close_ins(self):
        self.inserted -= 1

    def _open_box(self, attributes):
        self.boxes += 1

    def _close_box(self):
        self.boxes -= 1

    def _open_drawing(self, attributes):
        for key in ("descr", "title"):
            if attributes.get(key):
                self.scan.text(Place("picture_text"), attributes[key])

    def _open_p(self, attributes):
        if not self.tables:
            self.number += 1
        self.paragraphs.append({"shown": [], "all": [], "how": "", "number": self.number})

    def _close_p(self):
        paragraph = self.paragraphs.pop()
        shown, everything = "".join(paragraph["shown"]), "".join(paragraph["all"])
        place = self._place(paragraph)
        self.scan.text(place, shown)
        if everything != shown:
            self.scan.text(place, everything)
        if self.tables and not self.boxes and self.tables[-1]["row"] is not None:
            table = self.tables[-1]
            before = table["row"].get(table["column"], "")
            table["row"][table["column"]] = f"{before}\n{shown}" if before else shown

    def _place(self, paragraph: dict) -> Place:
        if self.code == "paragraph" and self.tables and not self.boxes:
            table = self.tables[-1]
            figures = {"table": table["number"], "row": table["rows"], "column": table["column"] + 1}
            return Place("table_cell", figures | {"how": paragraph["how"]})
        if self.code == "paragraph":
            return Place("paragraph", {"number": paragraph["number"], "how": paragraph["how"]})
        return Place(self.code)

    def _open_tbl(self, attributes):
        self.table += 1
        number = self.table
        rows = Rows(self.scan, lambda row, column: Place("table_cell", _cell(number, row, column)))
        self.tables.append({"number": number, "rows": 0, "column": -1, "row": None, "lines": rows})

    def _close_tbl(self):
        self.tables.pop()["lines"].end()

    def _open_tr(self, attributes):
        if self.tables:
            table = self.tables[-1]
            table["rows"], table["column"], table["row"] = table["rows"] + 1, -1, {}

    def _close_tr(self):
        if self.tables and self.tables[-1]["row"]:
            table = self.tables[-1]
            table["lines"].add(table["rows"], table["row"])
            table["row"] = None

    def _open_tc(self, attributes):
        if self.tables:
            self.tables[-1]["column"] += 1


_OPENED = {
    **dict.fromkeys(("t", "delText", "instrText", "delInstrText"), _Story._open_t),
    **dict.fromkeys(("tab", "br", "cr"), _Story._open_tab),
    **dict.fromkeys(("vanish", "webHidden"), _Story._open_vanish),
    **dict.fromkeys(("del", "moveFrom"), _Story._open_del),
    "r": _Story._open_r,
    "ins": _Story._open_ins,
    "txbxContent": _Story._open_box,
    "docPr": _Story._open_drawing,
    "p": _Story._open_p,
    "tbl": _Story._open_tbl,
    "tr": _Story._open_tr,
    "tc": _Story._open_tc,
}
_CLOSED = {
    **dict.fromkeys(("t", "delText", "instrText", "delInstrText"), _Story._close_t),
    **dict.fromkeys(("del", "moveFrom"), _Story._close_del),
    "r": _Story._close_r,
    "ins": _Story._close_ins,
    "txbxContent": _Story._close_box,
    "p": _Story._close_p,
    "tbl": _Story._close_tbl,
    "tr": _Story._close_tr,
}


def _cell(table: int, row: int, column: int) -> dict:
    return {"table": table, "row": row, "column": column + 1, "how": ""}


def scan_word(archive: Archive, scan: Scan) -> set[str]:
    """Gives the parts that were read."""
    known: set[str] = set()
    scan_properties(archive, scan, known)
    for name in archive.names:
        if _BODY.fullmatch(name):
            known.add(name)
            _Story(scan, _code(name)).read(archive.open(name))
    return known
