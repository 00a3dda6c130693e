"""Parts of a package that no reader of their own knows: every text and every attribute in them is looked at."""

import posixpath

from services.publishing.rules.numbers import LEAST_DIGITS
from services.publishing.rules.readers.archive import Archive, Part, Unreadable, Xml
from services.publishing.rules.readers.pictures import scan_picture
from services.publishing.rules.scanning import Place, Scan

_XML = (".xml", ".rels", ".vml", ".xhtml", ".html")
_PICTURES = (".jpg", ".jpeg", ".png", ".gif", ".webp", ".tif", ".tiff", ".heic", ".bmp")
_HARMLESS = (".emf", ".wmf", ".svg", ".fntdata", ".odttf", ".ttf", ".otf", ".mp3", ".mp4", ".wav", ".m4a", ".thmx")
# What a part is called in a reader's words; the first that its path contains.
_KNOWN = (
    ("docprops/", "properties"),
    ("pivotcache/", "pivot"),
    ("threadedcomments/", "comment"),
    ("comments", "comment"),
    ("persons/", "comment"),
    ("drawings/", "drawing"),
    ("charts/", "chart"),
    ("diagrams/", "drawing"),
    ("externallinks/", "external"),
    ("querytables/", "external"),
    ("connections.xml", "external"),
    ("revisions/", "revisions"),
    ("footnotes.xml", "footnote"),
    ("endnotes.xml", "footnote"),
    ("/header", "header_footer"),
    ("/footer", "header_footer"),
    ("printersettings", "other"),
)
# Their values are sizes, positions and names of styles: nothing a person wrote, and most of a file.
_SKIPPED = ("theme/", "styles.xml", "fonttable.xml", "websettings.xml", "[content_types].xml", "tablestyles.xml")
_NESTED = 2
_RUNS = frozenset({"r", "t", "rPr", "delText", "instrText", "ins", "del", "smartTag", "hyperlink"})
_WHOLE = frozenset({"p", "si", "comment", "threadedComment", "row", "property", "div", "pt", "item", "lpwstr"})


def kind_of(path: str) -> str:
    """The place code of a part."""
    lowered = path.lower()
    return next((code for piece, code in _KNOWN if piece in lowered), "part")


class _Anything(Xml):
    """Joins the runs of one paragraph, cell or property, so that a number broken over them is one again."""

    def __init__(self, say):
        super().__init__()
        self.say = say
        self.texts: list[str] = []

    def start(self, name, attributes):
        for value in attributes.values():
            if len(value) >= LEAST_DIGITS:
                self.say(value)

    def end(self, name):
        if name in _WHOLE:
            self._flush()
        elif name not in _RUNS:
            self.texts.append("\n")

    def data(self, text):
        self.texts.append(text)

    def _flush(self):
        text = "".join(self.texts).strip()
        self.texts.clear()
        if text:
            self.say(text)

    def read(self, part: Part) -> None:
        super().read(part)
        self._flush()


def scan_parts(archive: Archive, scan: Scan, *, known: set[str], depth: int, nested) -> None:
    """Every part that isn't in ``known``. ``nested(name, stream)`` scans a file inside this one."""
    for name in archive.names:
        lowered = name.lower()
        if name in known or any(piece in lowered for piece in _SKIPPED):
            continue
        place = Place(kind_of(name), {"part": name})
        if lowered.endswith(_XML):
            _Anything(lambda text, place=place: scan.text(place, text)).read(archive.open(name))
        elif lowered.endswith(_PICTURES):
            scan_picture(archive.read(name), scan, Place("photo", {"name": posixpath.basename(name)}))
        elif not lowered.endswith(_HARMLESS) and "printersettings" not in lowered:
            _embedded(archive, name, scan, depth, nested)


def _embedded(archive: Archive, name: str, scan: Scan, depth: int, nested) -> None:
    short = posixpath.basename(name)
    if depth >= _NESTED:
        raise Unreadable("deep")
    nested(short, archive.read(name))


def scan_properties(archive: Archive, scan: Scan, known: set[str]) -> None:
    """What the file says of itself: title, author, keywords, company, properties of its own."""
    for name in archive.names:
        if name.lower().startswith("docprops/") and name.lower().endswith(".xml"):
            known.add(name)
            _Property(lambda text: scan.text(Place("properties"), text)).read(archive.open(name))


class _Property(Xml):
    """Each property by itself; a name of a property counts as well as its value."""

    def __init__(self, say):
        super().__init__()
        self.say, self.texts = say, []

    def start(self, name, attributes):
        self.texts.clear()
        if attributes.get("name"):
            self.say(attributes["name"])

    def data(self, text):
        self.texts.append(text)

    def end(self, name):
        if self.texts:
            self.say("".join(self.texts))
        self.texts.clear()
