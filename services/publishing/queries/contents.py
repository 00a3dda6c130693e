"""What a page says, piece by piece and with its place, whatever kind of page it is.

Pages are walked by their fields, so that a new kind of page, or a new block, is covered without being named here.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser

from django.db import models
from modelcluster.models import get_all_child_relations
from wagtail.blocks import StreamBlock, StreamValue, StructBlock
from wagtail.blocks.list_block import ListValue
from wagtail.documents.models import AbstractDocument
from wagtail.fields import RichTextField, StreamField
from wagtail.images.models import AbstractImage
from wagtail.models import Page
from wagtail.rich_text import RichText

# Of what every page has, only this is shown to readers.
_SHOWN = frozenset({"title", "slug", "seo_title", "search_description"})
_PAGE_FIELDS = frozenset(field.name for field in Page._meta.concrete_fields) - _SHOWN
_NOT_PUBLIC_RELATIONS = frozenset({"wagtail_admin_comments", "comments"})
_TEXT = (models.CharField, models.TextField)
# fmt: off
_BLOCK_TAGS = frozenset(
    {
        "p", "div", "br", "li", "ul", "ol", "h1", "h2", "h3", "h4",
        "h5", "h6", "tr", "table", "td", "th", "blockquote", "pre", "hr", "section",
        "article", "dd", "dt", "dl", "figure",
    }
)
# fmt: on
Path = tuple


@dataclass(frozen=True, slots=True)
class Link:
    """``kind`` is page, document, image or address; ``target`` its key or the address; ``path`` where it stands."""

    kind: str
    target: int | str
    path: Path


@dataclass(slots=True)
class Contents:
    """``texts`` are (path, text); ``tables`` are (path, rows as lists of texts)."""

    texts: list[tuple[Path, str]] = field(default_factory=list)
    tables: list[tuple[Path, list[list[str]]]] = field(default_factory=list)
    images: dict[int, tuple[Path, object]] = field(default_factory=dict)
    documents: dict[int, tuple[Path, object]] = field(default_factory=dict)
    links: list[Link] = field(default_factory=list)

    def as_plain(self) -> list:
        """Everything that the digest of the content covers, in a fixed order.

        A page's address counts where it could hold a number: an alias has one of its own, and is the same page else.
        """
        words = [(path, text) for path, text in self.texts if path != ("slug",) or sum(map(str.isdigit, text)) > 10]
        return [
            [[list(map(str, path)), text] for path, text in words],
            [[list(map(str, path)), rows] for path, rows in self.tables],
            [[pk, image.title, image.description, image.file.name] for pk, (_p, image) in sorted(self.images.items())],
        ]


def contents_of(instance) -> Contents:
    """Read a page (or any other model) from its fields; pictures and documents named in rich text in two queries."""
    contents = Contents()
    skipped = _PAGE_FIELDS if isinstance(instance, Page) else frozenset()
    for model_field in instance._meta.concrete_fields:
        if model_field.name not in skipped:
            _field(instance, model_field, contents, ())
    for relation in get_all_child_relations(type(instance)):
        name = relation.get_accessor_name()
        if name not in _NOT_PUBLIC_RELATIONS:
            for number, child in enumerate(getattr(instance, name).all()):
                for child_field in child._meta.concrete_fields:
                    if child_field.name != relation.field.name:
                        _field(child, child_field, contents, (name, number))
    _fetch_named(contents)
    return contents


def _field(instance, model_field, contents: Contents, above: Path) -> None:
    path = (*above, model_field.name)
    if isinstance(model_field, StreamField):
        _block(model_field.stream_block, getattr(instance, model_field.attname), path, contents)
    elif isinstance(model_field, RichTextField):
        _html(getattr(instance, model_field.attname) or "", path, contents)
    elif isinstance(model_field, models.ForeignKey):
        _related(instance, model_field, path, contents)
    elif isinstance(model_field, _TEXT) and not model_field.choices and not model_field.primary_key:
        _text(getattr(instance, model_field.attname), path, contents, link=isinstance(model_field, models.URLField))


def _related(instance, model_field, path: Path, contents: Contents) -> None:
    key = getattr(instance, model_field.attname)
    model = model_field.related_model
    if key is None:
        return
    if issubclass(model, AbstractImage):
        contents.links.append(Link("image", key, path))
        contents.images.setdefault(key, (path, None))
    elif issubclass(model, AbstractDocument):
        contents.links.append(Link("document", key, path))
        contents.documents.setdefault(key, (path, None))
    elif issubclass(model, Page):
        contents.links.append(Link("page", key, path))


def _text(value, path: Path, contents: Contents, *, link: bool = False) -> None:
    if value:
        contents.texts.append((path, str(value)))
        if link:
            contents.links.append(Link("address", str(value), path))


def _block(block, value, path: Path, contents: Contents) -> None:
    if value is None or value == "":
        return
    if isinstance(value, StreamValue):
        for number, child in enumerate(value):
            _block(child.block, child.value, (*path, (number, child.block_type)), contents)
    elif isinstance(block, StructBlock) and isinstance(value, dict):
        for name, child in block.child_blocks.items():
            _block(child, value.get(name), (*path, name), contents)
    elif isinstance(value, ListValue):
        for number, child in enumerate(value):
            _block(block.child_block, child, (*path, number), contents)
        _as_table(block, value, path, contents)
    elif isinstance(value, RichText):
        _html(value.source, path, contents)
    else:
        _leaf(value, path, contents)


def _leaf(value, path: Path, contents: Contents) -> None:
    if isinstance(value, AbstractImage):
        contents.links.append(Link("image", value.pk, path))
        contents.images.setdefault(value.pk, (path, None))
        _text(getattr(value, "contextual_alt_text", ""), path, contents)
    elif isinstance(value, AbstractDocument):
        contents.links.append(Link("document", value.pk, path))
        contents.documents.setdefault(value.pk, (path, None))
    elif isinstance(value, Page):
        contents.links.append(Link("page", value.pk, path))
    elif isinstance(value, str):
        _text(value, path, contents, link=value.startswith(("http://", "https://", "/")))
    elif isinstance(value, dict) and isinstance(value.get("data"), list):
        contents.tables.append((path, [[str(cell or "") for cell in row] for row in value["data"]]))
    elif hasattr(value, "columns") and hasattr(value, "rows"):
        _typed_table(value, path, contents)
    elif not isinstance(value, bool | int | float):
        _text(value, path, contents)


def _typed_table(value, path: Path, contents: Contents) -> None:
    rows = [[str(column["heading"]) for column in value.columns]]
    for row in value.rows:
        cells = [cell.value for cell in row]
        rows.append([_words(cell) for cell in cells])
        for cell in cells:
            if isinstance(cell, RichText):
                _html(cell.source, path, contents)
            elif isinstance(cell, AbstractImage | AbstractDocument | Page):
                _leaf(cell, path, contents)
    contents.tables.append((path, rows))


def _words(value) -> str:
    return text_of_html(value.source).text if isinstance(value, RichText) else "" if value is None else str(value)


def _as_table(block, value: ListValue, path: Path, contents: Contents) -> None:
    """A list of pieces of the same make is a table to whoever reads it."""
    if isinstance(block.child_block, StructBlock) and not isinstance(block.child_block, StreamBlock):
        texts = [[cell for cell in item.values() if isinstance(cell, str)] for item in value]
        contents.tables.append((path, texts))


class text_of_html(HTMLParser):  # noqa: N801 - used like a function: what it read stands in its attributes
    """Text as a reader sees it: a number broken over tags is one again, blocks and cells are parted."""

    def __init__(self, source: str):
        super().__init__(convert_charrefs=True)
        self.pieces: list[str] = []
        self.attributes: list[str] = []
        self.named: list[tuple[str, str]] = []
        self.feed(source)
        self.close()

    @property
    def text(self) -> str:
        return "".join(self.pieces)

    def handle_starttag(self, tag, attrs):
        attributes = {name: value or "" for name, value in attrs}
        self._apart(tag)
        kind = attributes.get("linktype") or attributes.get("embedtype")
        if kind and attributes.get("id"):
            self.named.append((kind, attributes["id"]))
        for name in ("href", "url"):
            if attributes.get(name):
                self.named.append(("address", attributes[name]))
        self.attributes += [attributes[name] for name in ("alt", "title", "href", "url") if attributes.get(name)]

    def handle_endtag(self, tag):
        self._apart(tag)

    def handle_data(self, data):
        self.pieces.append(data)

    def _apart(self, tag: str) -> None:
        if tag in _BLOCK_TAGS:
            self.pieces.append("\t" if tag in ("td", "th") else "\n")


def _html(source: str, path: Path, contents: Contents) -> None:
    read = text_of_html(source)
    _text(read.text.strip(), path, contents)
    for attribute in read.attributes:
        _text(attribute, path, contents)
    for kind, target in read.named:
        if kind == "address":
            contents.links.append(Link("address", target, path))
        elif target.isdigit() and kind in ("page", "document", "image"):
            contents.links.append(Link(kind, int(target), path))
            if kind != "page":
                getattr(contents, f"{kind}s").setdefault(int(target), (path, None))


def _fetch_named(contents: Contents) -> None:
    """Those that are gone are left out; the check of links tells of them."""
    from wagtail.documents import get_document_model
    from wagtail.images import get_image_model

    for found, model in ((contents.images, get_image_model()), (contents.documents, get_document_model())):
        if not found:
            continue
        rows = model.objects.in_bulk(list(found))
        for pk in list(found):
            if pk in rows:
                found[pk] = (found[pk][0], rows[pk])
            else:
                del found[pk]


def pieces(contents: Contents) -> Iterator[tuple[Path, str]]:
    """Texts, then what a page shows of its pictures: description, title, file name."""
    yield from contents.texts
    for path, image in contents.images.values():
        for text in (image.title, image.description, image.file.name.rpartition("/")[2]):
            yield path, text
