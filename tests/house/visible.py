"""What a reader sees of a page: its text, and the words of labels, alternatives, hints and buttons."""

import re
from html.parser import HTMLParser

_UNSEEN = {"script", "style", "svg", "template", "noscript", "textarea"}  # what people wrote is theirs
_SPOKEN = ("alt", "placeholder", "aria-label", "title")
_WORD = re.compile(r"[A-Za-z][A-Za-z'’]{2,}")
# Web addresses, addresses of people, codes and file names tell the same in every language.
_NO_WORDS = re.compile(r"\S+://\S+|\S+@\S+|[\w-]+\.[A-Za-z0-9]{2,5}\b|[\w-]*\d[\w-]*|[A-Z]+(-[A-Z0-9]+)+")


class _Reader(HTMLParser):
    def __init__(self):
        super().__init__()
        self.unseen: list[str] = []
        self.texts: list[str] = []

    def handle_starttag(self, tag, attrs):
        if tag in _UNSEEN:
            self.unseen.append(tag)
        given = dict(attrs)
        if given.get("lang", "").startswith("en"):
            self.unseen.append(tag)
        self.texts += [given[name] for name in _SPOKEN if given.get(name)]
        if tag == "input" and given.get("type") in {"submit", "button"}:
            self.texts.append(given.get("value") or "")

    def handle_endtag(self, tag):
        if self.unseen and self.unseen[-1] == tag:
            self.unseen.pop()

    def handle_data(self, data):
        if not self.unseen:
            self.texts.append(data)


def visible_texts(page: str) -> list[str]:
    """Everything readable on an HTML page, piece by piece; parts marked as English are left out."""
    reader = _Reader()
    reader.feed(page)
    return [text for text in reader.texts if text.strip()]


def latin_words(page: str) -> set[str]:
    """The words in Latin letters, three letters or longer, that a reader meets on the page."""
    return {word for text in visible_texts(page) for word in _WORD.findall(_NO_WORDS.sub(" ", text))}
