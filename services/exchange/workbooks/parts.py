"""The small parts of a workbook: which sheets there are, shared texts, which styles mean a date."""

import posixpath
import re
import zipfile
from dataclasses import dataclass
from datetime import date

from services.exchange import errors
from services.exchange.workbooks.markup import Parser, unescaped

# Built-in number formats that show a date (ECMA-376 18.8.30; 27-36 and 50-58 are the Chinese ones).
_BUILT_IN_DATES = {*range(14, 18), 22, *range(27, 37), *range(50, 59)}
_BUILT_IN_PERCENTS = frozenset({"9", "10"})
_QUOTED = re.compile(r'"[^"]*"|\\.|\[[^\]]*\]|_.|\*.')
MAX_SHARED_CHARACTERS = 200 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class SheetPart:
    name: str
    path: str
    visible: bool


@dataclass(frozen=True, slots=True)
class Parts:
    sheets: tuple[SheetPart, ...]
    texts: list[str]
    date_styles: frozenset[str]
    epoch: date
    properties: dict[str, str]
    percent_styles: frozenset[str] = frozenset()


class _Workbook(Parser):
    def __init__(self):
        super().__init__()
        self.sheets: list[tuple[str, str, bool]] = []
        self.epoch = date(1899, 12, 30)

    def start(self, name, attributes):
        if name == "sheet":
            relation = next((v for k, v in attributes.items() if k == "id" or k.endswith(":id")), "")
            self.sheets.append((attributes.get("name", ""), relation, attributes.get("state", "visible") == "visible"))
        elif name == "workbookPr" and attributes.get("date1904") in ("1", "true", "on"):
            self.epoch = date(1904, 1, 1)


class _Relations(Parser):
    def __init__(self):
        super().__init__()
        self.targets: dict[str, tuple[str, str]] = {}
        self.external = False

    def start(self, name, attributes):
        if name == "Relationship":
            kind = attributes.get("Type", "").rpartition("/")[2]
            self.targets[attributes.get("Id", "")] = (kind, attributes.get("Target", ""))
            if attributes.get("TargetMode") == "External" and kind != "hyperlink":
                self.external = True


class _Texts(Parser):
    """Shared strings: the runs of one item are joined; phonetic runs (rPh) are left out."""

    def __init__(self):
        super().__init__()
        self.items: list[str] = []
        self.runs: list[str] = []
        self.phonetic = False
        self.total = 0

    def start(self, name, attributes):
        if name == "t" and not self.phonetic:
            self.listen()
        elif name == "rPh":
            self.phonetic = True

    def end(self, name):
        if name == "t" and not self.phonetic:
            self.runs.append(self.heard())
        elif name == "rPh":
            self.phonetic = False
        elif name == "si":
            text = unescaped("".join(self.runs))
            self.runs.clear()
            self.items.append(text)
            self.total += len(text)
            if self.total > MAX_SHARED_CHARACTERS:
                raise errors.Bomb()


class _Styles(Parser):
    def __init__(self):
        super().__init__()
        self.formats: dict[str, str] = {}
        self.cell_formats: list[str] = []
        self.inside = False

    def start(self, name, attributes):
        if name == "numFmt":
            self.formats[attributes.get("numFmtId", "")] = attributes.get("formatCode", "")
        elif name == "cellXfs":
            self.inside = True
        elif name == "xf" and self.inside:
            self.cell_formats.append(attributes.get("numFmtId", "0"))

    def end(self, name):
        if name == "cellXfs":
            self.inside = False

    def date_styles(self) -> frozenset[str]:
        return frozenset(str(i) for i, number in enumerate(self.cell_formats) if self._shows_date(number))

    def percent_styles(self) -> frozenset[str]:
        return frozenset(str(i) for i, number in enumerate(self.cell_formats) if self._shows_percent(number))

    def _shows_percent(self, number: str) -> bool:
        code = self.formats.get(number)
        if code is None:
            return number in _BUILT_IN_PERCENTS
        return "%" in _QUOTED.sub("", code.split(";")[0])

    def _shows_date(self, number: str) -> bool:
        code = self.formats.get(number)
        if code is None:
            return number.isdigit() and int(number) in _BUILT_IN_DATES
        bare = _QUOTED.sub("", code.split(";")[0]).lower()
        return any(letter in bare for letter in "yd") or "年" in code


class _Properties(Parser):
    """Custom document properties: the version a template of ours carries."""

    def __init__(self):
        super().__init__()
        self.values: dict[str, str] = {}
        self.name = ""

    def start(self, name, attributes):
        if name == "property":
            self.name = attributes.get("name", "")
        elif self.name:
            self.listen()

    def end(self, name):
        if name == "property":
            self.name = ""
        elif self.name:
            self.values[self.name] = self.heard()


def _read(archive: zipfile.ZipFile, path: str, parser: Parser) -> None:
    try:
        with archive.open(path) as stream:
            parser.parse(stream)
    except (KeyError, zipfile.BadZipFile) as error:
        raise errors.Broken() from error


def read_parts(archive: zipfile.ZipFile) -> Parts:
    """Everything needed before the rows. Raises ``Broken``, ``ExternalLinks`` or ``Bomb``."""
    names = set(archive.namelist())
    root = _Relations()
    _read(archive, "_rels/.rels", root)
    main = next((target for kind, target in root.targets.values() if kind == "officeDocument"), "xl/workbook.xml")
    main = main.lstrip("/")
    folder = posixpath.dirname(main)
    book, relations = _Workbook(), _Relations()
    _read(archive, main, book)
    _read(archive, f"{folder}/_rels/{posixpath.basename(main)}.rels", relations)
    if relations.external:
        raise errors.ExternalLinks()
    paths = {key: _resolve(folder, target) for key, (kind, target) in relations.targets.items() if kind == "worksheet"}
    sheets = tuple(SheetPart(n, paths[r], v) for n, r, v in book.sheets if paths.get(r) in names)
    texts, styles, properties = _Texts(), _Styles(), _Properties()
    for kind, target in relations.targets.values():
        path = _resolve(folder, target)
        if path in names and kind == "sharedStrings":
            _read(archive, path, texts)
        elif path in names and kind == "styles":
            _read(archive, path, styles)
    if "docProps/custom.xml" in names:
        _read(archive, "docProps/custom.xml", properties)
    return Parts(sheets, texts.items, styles.date_styles(), book.epoch, properties.values, styles.percent_styles())


def _resolve(folder: str, target: str) -> str:
    return target.lstrip("/") if target.startswith("/") else posixpath.normpath(posixpath.join(folder, target))
