"""A presentation: slides, hidden ones too, their notes and comments, paragraph by paragraph."""

import re

from services.publishing.rules.readers.archive import Archive, Xml
from services.publishing.rules.readers.parts import scan_properties
from services.publishing.rules.scanning import Place, Scan

_SLIDE = re.compile(r"ppt/(slides/slide|notesSlides/notesSlide)(\d+)\.xml")


class _Slide(Xml):
    def __init__(self, say):
        super().__init__()
        self.say = say
        self.texts: list[str] = []
        self.hidden = False

    def start(self, name, attributes):
        if name == "sld":
            self.hidden = attributes.get("show") in ("0", "false")
        for key in ("descr", "title", "tooltip"):
            if attributes.get(key):
                self.say(attributes[key], self.hidden)

    def data(self, text):
        self.texts.append(text)

    def end(self, name):
        if name == "p" and self.texts:
            self.say("".join(self.texts), self.hidden)
            self.texts.clear()


def scan_slides(archive: Archive, scan: Scan) -> set[str]:
    """Gives the parts that were read."""
    known: set[str] = set()
    scan_properties(archive, scan, known)
    for name in archive.names:
        found = _SLIDE.fullmatch(name)
        if not found:
            continue
        known.add(name)
        code = "slide" if "slides/slide" in name else "slide_notes"
        whole: list[str] = []

        def say(text: str, hidden: bool, code=code, number=int(found[2]), whole=whole) -> None:
            whole.append(text)
            scan.text(Place(code, {"number": number, "hidden": hidden}), text)

        _Slide(say).read(archive.open(name))
        scan.text(Place(code, {"number": int(found[2]), "hidden": False}), "\n".join(whole))
    return known
