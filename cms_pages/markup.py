"""Rich text as it may stand on a page: what the editor's own buttons make, and nothing that acts.

The editor cleans what is typed and pasted. What came another way (an import, a copied page, a migration) was cleaned by
nobody, and Wagtail prints it as it is stored: so everything goes through here on its way out.
"""

import re
from html import escape
from html.parser import HTMLParser

_TAGS = frozenset(
    {
        *("p", "br", "hr", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "li", "dl", "dt", "dd", "blockquote", "pre"),
        *("a", "b", "strong", "i", "em", "u", "s", "del", "ins", "sub", "sup", "small", "code", "mark", "abbr"),
        *("table", "caption", "thead", "tbody", "tfoot", "tr", "th", "td"),
    }
)
_VOID = frozenset({"br", "hr"})
_BLOCKS = frozenset({"p", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "dl", "blockquote", "pre", "table", "hr"})
# What stands in them is no text for a reader.
_SILENT = frozenset(
    {
        *("script", "style", "template", "iframe", "object", "applet", "noscript", "noembed", "noframes", "frameset"),
        *("svg", "math", "textarea", "select", "audio", "video", "canvas", "head", "title", "xmp"),
    }
)
_ATTRIBUTES = {
    "a": frozenset({"href", "title"}),
    "abbr": frozenset({"title"}),
    "ol": frozenset({"start", "type"}),
    "th": frozenset({"colspan", "rowspan", "scope"}),
    "td": frozenset({"colspan", "rowspan"}),
}
_EVERYWHERE = frozenset({"lang", "dir"})
_SCHEMES = frozenset({"http", "https", "mailto", "tel"})
_SCHEME = re.compile(r"([a-z][a-z0-9+.-]*):", re.IGNORECASE)
# Browsers leave these out of an address before they look at it.
_LEFT_OUT = re.compile(r"[\x00-\x20\x7f]+")
_DEEPEST = 100


def harmless(html: str) -> str:
    """The markup with known tags and attributes alone, well formed: nothing in it runs, loads or leaves its place.

    What it made once it leaves as it is.
    """
    return _Rewriter(html).html


def harmless_address(address: str) -> str:
    """The address of a link; empty for one that would run something instead of leading somewhere."""
    scheme = _SCHEME.match(_LEFT_OUT.sub("", address))
    return "" if scheme and scheme[1].lower() not in _SCHEMES else address


class _Rewriter(HTMLParser):
    """Writes every allowed tag itself, so that however wrongly the source is read nothing else can come out."""

    def __init__(self, html: str):
        super().__init__(convert_charrefs=True)
        self._out: list[str] = []
        self._open: list[str] = []
        self._silent: list[str] = []
        self.feed(html)
        self.close()
        self._close_down_to(0)

    @property
    def html(self) -> str:
        return "".join(self._out)

    def handle_starttag(self, tag, attrs):
        if tag in _SILENT:
            self._silent.append(tag)
        elif not self._silent and tag in _TAGS and len(self._open) < _DEEPEST:
            self._make_room(tag)
            self._out.append(f"<{tag}{self._attributes(tag, attrs)}>")
            if tag not in _VOID:
                self._open.append(tag)

    def handle_startendtag(self, tag, attrs):
        if tag in _VOID:
            self.handle_starttag(tag, attrs)
        elif tag not in _SILENT:
            self.handle_starttag(tag, attrs)
            self.handle_endtag(tag)

    def handle_endtag(self, tag):
        if self._silent:
            if tag in self._silent:
                del self._silent[len(self._silent) - 1 - self._silent[::-1].index(tag) :]
        elif tag in self._open:
            self._close_down_to(len(self._open) - 1 - self._open[::-1].index(tag))

    def handle_data(self, data):
        if not self._silent:
            self._out.append(escape(data, quote=False))

    def _make_room(self, tag: str) -> None:
        """A paragraph ends where a block begins, an item where the next one does, as browsers read it."""
        last = self._open[-1] if self._open else ""
        if (last == "p" and tag in _BLOCKS) or (last == tag == "li"):
            self._close_down_to(len(self._open) - 1)

    def _close_down_to(self, depth: int) -> None:
        while len(self._open) > depth:
            self._out.append(f"</{self._open.pop()}>")

    @staticmethod
    def _attributes(tag: str, attrs) -> str:
        allowed = _ATTRIBUTES.get(tag, frozenset()) | _EVERYWHERE
        kept: dict[str, str] = {}
        for name, value in attrs:
            value = harmless_address(value or "") if name == "href" else value
            if name in allowed and name not in kept and value:
                kept[name] = value
        return "".join(f' {name}="{escape(value)}"' for name, value in kept.items())
