"""A workbook: every cell of every sheet, hidden ones too, what stood in cells once, comments, names, headers, lists.

Texts are kept once in a workbook and pointed at by cells, so each is judged once however often it stands there.
"""

import posixpath
from xml.parsers import expat

from services.publishing.rules.lists import NameList
from services.publishing.rules.numbers import LEAST_DIGITS, find_numbers, rounded_identity
from services.publishing.rules.readers.archive import Archive, Unreadable, Xml, attribute
from services.publishing.rules.readers.parts import scan_properties
from services.publishing.rules.scanning import Place, Scan, across

_HEADINGS_WITHIN = 25
_MAX_CELL = 256 * 1024


class _Workbook(Xml):
    """Names of the sheets with their state, and defined names with what they stand for."""

    def __init__(self, scan: Scan):
        super().__init__()
        self.scan, self.sheets, self.name, self.texts = scan, [], None, []

    def start(self, name, attributes):
        if name == "sheet":
            state = attributes.get("state", "")
            self.sheets.append((attributes.get("name", ""), attribute(attributes, "id"), state))
        elif name == "definedName":
            self.name, self.texts = attributes.get("name", ""), []
            for key in ("name", "comment", "description"):
                self.scan.text(Place("defined_name", {"name": self.name}), attributes.get(key, ""))

    def data(self, text):
        if self.name is not None:
            self.texts.append(text)

    def end(self, name):
        if name == "definedName":
            self.scan.text(Place("defined_name", {"name": self.name}), "".join(self.texts))
            self.name = None


class _Relations(Xml):
    def __init__(self):
        super().__init__()
        self.targets: dict[str, tuple[str, str]] = {}

    def start(self, name, attributes):
        if name == "Relationship":
            kind = attributes.get("Type", "").rpartition("/")[2]
            self.targets[attributes.get("Id", "")] = (kind, attributes.get("Target", ""))


class _Texts(Xml):
    """The texts of all cells; ``suspects`` are those that hold enough digits to be looked at."""

    def __init__(self):
        super().__init__()
        self.items: list[str] = []
        self.suspects: set[int] = set()
        self.runs: list[str] = []
        self.listening = False

    def start(self, name, attributes):
        self.listening = name == "t"

    def data(self, text):
        if self.listening:
            self.runs.append(text)

    def end(self, name):
        self.listening = False
        if name == "si":
            text = "".join(self.runs)
            self.runs.clear()
            if len(text) >= LEAST_DIGITS and sum(map(str.isdigit, text)) >= LEAST_DIGITS:
                self.suspects.add(len(self.items))
            self.items.append(text)


class _Remarks(Xml):
    """Comments, old and threaded, by the cell they hang on."""

    def __init__(self, scan: Scan, sheet: dict):
        super().__init__()
        self.scan, self.sheet, self.cell, self.texts = scan, sheet, "", []

    def start(self, name, attributes):
        if name in ("comment", "threadedComment"):
            self.cell, self.texts = attributes.get("ref", ""), []

    def data(self, text):
        self.texts.append(text)

    def end(self, name):
        if name in ("comment", "threadedComment"):
            self.scan.text(Place("sheet_comment", self.sheet | {"cell": self.cell}), "".join(self.texts))
            self.texts.clear()
        elif name in ("author", "authors"):
            self.texts.clear()


class _Sheet:
    """Reads one sheet. Handlers stand on expat itself: one call more for each of a million cells costs."""

    def __init__(self, scan: Scan, sheet: dict, texts: _Texts, used: set[int]):
        self.scan, self.sheet, self.shared, self.suspects, self.used = scan, sheet, texts.items, texts.suspects, used
        self.names = NameList()
        self.heads: dict[int, str] = {}
        self.columns: dict[str, int] = {}
        self.hidden_columns: list[tuple[int, int]] = []
        self.row: dict[int, str] = {}
        self.doubtful: list[tuple[int, str]] = []
        self.number = 0
        self.column = -1
        self.row_hidden = self.in_cells = self.in_cell = False
        self.kind = ""
        self.pieces: list[str] = []
        self.formula = ""
        self.six = False
        self.tag = ""

    def read(self, part) -> None:
        parser = expat.ParserCreate()
        parser.buffer_text = True
        parser.buffer_size = 64 * 1024
        parser.StartDoctypeDeclHandler = parser.EntityDeclHandler = self._refuse
        parser.StartElementHandler, self.parser = self._first, parser
        try:
            for chunk in part.chunks():
                parser.Parse(chunk, False)
            parser.Parse(b"", True)
        except (expat.ExpatError, UnicodeError, LookupError, ValueError) as error:
            raise Unreadable("broken") from error
        for found in self.names.end():
            self.scan.note(self._place(found.row, found.column), found.kind, found.masked, people=found.people)

    def _refuse(self, *declaration):
        raise Unreadable("broken")

    def _first(self, name, attributes):
        """The root tells the prefix that every other name carries."""
        parser, cut = self.parser, len(name) - len(name.rpartition(":")[2])
        if cut:
            parser.StartElementHandler = lambda n, a: self._start(n[cut:], a)
            parser.EndElementHandler = lambda n: self._end(n[cut:])
        else:
            parser.StartElementHandler, parser.EndElementHandler = self._start, self._end
        parser.CharacterDataHandler = self._data

    def _start(self, name, attributes):
        if name == "c":
            self.in_cell = True
            self.kind = attributes.get("t", "")
            place = attributes.get("r")
            if place is None:
                self.column += 1
            else:
                letters = place.rstrip("0123456789")
                column = self.columns.get(letters)
                self.column = self._learn(letters) if column is None else column
        elif name == "row":
            self.in_cells = True
            stated = attributes.get("r", "")
            self.number = int(stated) if stated.isdigit() else self.number + 1
            self.column = -1
            self.row_hidden = attributes.get("hidden") in ("1", "true")
        elif name in ("v", "is", "f") and self.in_cell:
            self.pieces.clear()
        elif not self.in_cell:
            self.tag = name
            self._other(name, attributes)

    def _data(self, text):
        self.pieces.append(text)
        if len(self.pieces) > 64 and sum(map(len, self.pieces)) > _MAX_CELL:
            raise Unreadable("broken")

    def _end(self, name):
        if name in ("v", "is") and self.in_cell:
            self._value("".join(self.pieces))
            self.pieces.clear()
        elif name == "row":
            self._row()
        elif name == "c":
            self.in_cell = False
        elif name == "f" and self.in_cell:
            formula = "".join(self.pieces)
            self.pieces.clear()
            if len(formula) >= LEAST_DIGITS:
                self.doubtful.append((self.column, formula))
        elif not self.in_cell:
            self._words("".join(self.pieces))
            self.pieces.clear()

    def _value(self, text: str) -> None:
        kind = self.kind
        if kind == "s":
            index = int(text)
            text = self.shared[index]
            if index in self.suspects:
                self.used.add(index)
                self.doubtful.append((self.column, text))
        elif kind == "" or kind == "n":
            if len(text) >= LEAST_DIGITS:
                self._long_number(text)
        elif len(text) >= LEAST_DIGITS:
            self.doubtful.append((self.column, text))
        if text:
            self.row[self.column] = text
            if len(text) == 6:
                self.six = True

    def _long_number(self, text: str) -> None:
        if "." not in text and "E" not in text and "e" not in text:
            self.doubtful.append((self.column, text))
            return
        value = float(text)
        if value >= 1e10 and value.is_integer():
            if rounded_identity(value, today=self.scan.today):
                self.scan.note(self._place(self.number, self.column), "identity", "****")
            elif value < 1e15:
                self.doubtful.append((self.column, f"{value:.0f}"))

    def _row(self) -> None:
        row, number = self.row, self.number
        if row:
            if number <= _HEADINGS_WITHIN:
                self.heads.update(row)
            self.names.add(number, row)
            hits = set()
            for column, text in self.doubtful:
                head = self.heads.get(column, "")[:40]
                for hit in find_numbers(text, today=self.scan.today, context=head):
                    hits.add(hit)
                    self.scan.hit(lambda c=column: self._place(number, c), hit)
            if self.six:
                for hit in across(row, today=self.scan.today):
                    if hit not in hits:
                        self.scan.hit(lambda: self._place(number, min(row)), hit)
            self.row = {}
        self.doubtful.clear()
        self.six = False

    def _learn(self, letters: str) -> int:
        if not (letters.isascii() and letters.isalpha() and len(letters) <= 3):
            raise Unreadable("broken")
        number = 0
        for letter in letters.upper():
            number = number * 26 + ord(letter) - 64
        self.columns[letters] = number - 1
        return number - 1

    def _other(self, name: str, attributes: dict) -> None:
        if name == "col" and attributes.get("hidden") in ("1", "true"):
            self.hidden_columns.append((int(attributes.get("min", 1)) - 1, int(attributes.get("max", 1)) - 1))
        for value in attributes.values():
            if len(value) >= LEAST_DIGITS:
                self._words(value)

    def _words(self, text: str) -> None:
        if len(text) >= LEAST_DIGITS:
            header = self.tag.endswith(("Header", "Footer"))
            self.scan.text(Place("sheet_header" if header else "sheet_other", self.sheet), text)

    def _place(self, row: int, column: int) -> Place:
        unseen = "row" if self.row_hidden and row == self.number else ""
        if any(first <= column <= last for first, last in self.hidden_columns):
            unseen = "column"
        return Place("sheet_cell", self.sheet | {"cell": f"{letters_of(column)}{row}", "unseen": unseen})


def letters_of(column: int) -> str:
    """0 -> A, 26 -> AA."""
    letters, column = "", column + 1
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def scan_workbook(archive: Archive, scan: Scan) -> set[str]:
    """Gives the parts that were read."""
    known: set[str] = {"xl/workbook.xml", "xl/_rels/workbook.xml.rels", "_rels/.rels"}
    scan_properties(archive, scan, known)
    book, relations = _Workbook(scan), _related(archive, "xl/workbook.xml", known)
    book.read(archive.open("xl/workbook.xml"))
    texts, used = _shared(archive, relations, known), set()
    for name, key, state in book.sheets:
        kind, target = relations.get(key, ("", ""))
        path = _resolve("xl", target)
        sheet = {"sheet": name, "hidden": state in ("hidden", "veryHidden")}
        scan.text(Place("sheet_name", sheet), name)
        if kind != "worksheet" or path not in archive.names or path in known:
            continue
        known.add(path)
        _Sheet(scan, sheet, texts, used).read(archive.open(path))
        for kind, target in _related(archive, path, known).values():
            remarks = _resolve(posixpath.dirname(path), target)
            if kind in ("comments", "threadedComment") and remarks in archive.names:
                known.add(remarks)
                _Remarks(scan, sheet).read(archive.open(remarks))
    for index in sorted(texts.suspects - used):
        scan.text(Place("left_over"), texts.items[index])
    return known


def _shared(archive: Archive, relations: dict, known: set[str]) -> _Texts:
    texts = _Texts()
    for kind, target in relations.values():
        path = _resolve("xl", target)
        if kind == "sharedStrings" and path in archive.names:
            known.add(path)
            texts.read(archive.open(path))
    return texts


def _related(archive: Archive, path: str, known: set[str]) -> dict[str, tuple[str, str]]:
    """What a part points to, as (kind, target) by key."""
    name = f"{posixpath.dirname(path)}/_rels/{posixpath.basename(path)}.rels"
    if name not in archive.names:
        return {}
    relations = _Relations()
    relations.read(archive.open(name))
    return relations.targets


def _resolve(folder: str, target: str) -> str:
    return target.lstrip("/") if target.startswith("/") else posixpath.normpath(posixpath.join(folder, target))
