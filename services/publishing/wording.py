"""Findings and places in the reader's language."""

from django.apps import apps
from django.core.exceptions import FieldDoesNotExist
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext
from wagtail.blocks import ListBlock, StreamBlock, StructBlock
from wagtail.fields import StreamField

from services.publishing.enums import LeakKind
from services.publishing.models import Hold
from services.publishing.rules.scanning import Found, Place, Unread

_JOIN = " › "


def found_words(found: Found) -> str:
    """What it is, masked: 身份证号 1***************33."""
    label = str(LeakKind(found.kind).label)
    if found.people:
        people = ngettext("%(count)s person", "%(count)s people", found.people) % {"count": found.people}
        return f"{label} ({people}, {found.masked}…)"
    return f"{label} {found.masked}".strip()


def unread_words(unread: Unread) -> str:
    return {
        "bomb": _("It unpacks into far more than a document holds: refused."),
        "encrypted": _("It is protected by a password and can't be checked."),
        "broken": _("It is damaged and can't be read."),
        "deep": _("Files are packed into files too deeply to be checked."),
        "waiting": _("It wasn't checked yet."),
        "scanned_page": _("A picture of a page: its words can't be read by the machine. Somebody has to look."),
        "embedded": _("A file inside that can't be read by the machine. Somebody has to look."),
        "too_much": _("Too large to be checked to its end. Somebody has to look at the rest."),
        "unknown": _("The machine doesn't know this kind of file. Somebody has to look."),
    }[unread.code]


def place_words(place: Place) -> str:
    """Where: 附件“名单.xlsx” › 工作表“名单”（隐藏）C12."""
    inside = [_("file “%(name)s”") % {"name": name} for name in place.inside]
    return _JOIN.join([*inside, _here(place)])


def _here(place: Place) -> str:
    if place.code == "field":
        return field_words(place.figures)
    if place.code.startswith("sheet_"):
        return _sheet(place.code, place.figures)
    if place.code in ("paragraph", "table_cell"):
        return _word(place.code, place.figures)
    words = _PLAIN.get(place.code, _PLAIN["part"])()
    return words % ({"number": "", "name": "", "part": "", "row": "", "column": ""} | place.figures)


_PLAIN = {
    "file": lambda: _("the file itself"),
    "file_name": lambda: _("the name of the file"),
    "defined_name": lambda: _("name “%(name)s” defined in the workbook"),
    "left_over": lambda: _("text left over in the file that no cell shows any more"),
    "properties": lambda: _("properties of the file"),
    "pivot": lambda: _("data kept behind a pivot table"),
    "comment": lambda: pgettext("in a file", "comments"),
    "drawing": lambda: _("text box or drawing"),
    "chart": lambda: _("data kept behind a chart"),
    "external": lambda: _("data kept from another file"),
    "revisions": lambda: _("former versions kept in the file"),
    "footnote": lambda: _("footnotes or endnotes"),
    "header_footer": lambda: _("header or footer"),
    "picture_text": lambda: _("description of a picture"),
    "photo": lambda: _("picture “%(name)s”"),
    "part": lambda: _("part “%(part)s” of the file"),
    "slide": lambda: _("slide %(number)s"),
    "slide_notes": lambda: _("notes of slide %(number)s"),
    "pdf_page": lambda: _("page %(number)s"),
    "pdf_remark": lambda: _("remark on page %(number)s"),
    "pdf_properties": lambda: _("properties of the file"),
    "pdf_form": lambda: _("form field “%(name)s”"),
    "pdf_bookmark": lambda: pgettext("in a file", "bookmarks"),
    "attachment": lambda: _("file “%(name)s” inside it"),
    "line": lambda: _("line %(number)s"),
    "csv_cell": lambda: _("line %(row)s, column %(column)s"),
}


def _sheet(code: str, figures: dict) -> str:
    sheet = _("sheet “%(sheet)s”") % {"sheet": figures.get("sheet", "")}
    if figures.get("hidden"):
        sheet = _("sheet “%(sheet)s” (hidden)") % {"sheet": figures.get("sheet", "")}
    cell = figures.get("cell", "")
    rest = {
        "sheet_cell": cell,
        "sheet_comment": _("comment on %(cell)s") % {"cell": cell},
        "sheet_name": _("its name"),
        "sheet_header": _("header or footer"),
        "sheet_other": _("a rule, a hint or a link of the sheet"),
    }[code]
    unseen = {"row": _("(hidden row)"), "column": _("(hidden column)")}.get(figures.get("unseen", ""), "")
    return " ".join(part for part in (sheet, rest, unseen) if part)


def _word(code: str, figures: dict) -> str:
    how = {
        "deleted": _("(deleted, but kept as a tracked change)"),
        "inserted": _("(a tracked change)"),
        "hidden": _("(hidden text)"),
        "box": _("(text box)"),
    }.get(figures.get("how", ""), "")
    if code == "table_cell":
        where = _("table %(table)s, row %(row)s, column %(column)s") % figures
    else:
        where = _("paragraph %(number)s") % figures
    return f"{where} {how}".strip()


def field_words(figures: dict) -> str:
    """A field of a page and the block in it, by the labels an editor sees."""
    try:
        model = apps.get_model(figures["model"])
    except LookupError:
        return str(figures["path"][0])
    return _JOIN.join(_labels(model, list(figures["path"])))


def _labels(model, path: list) -> list[str]:
    name, *rest = path
    if rest and isinstance(rest[0], int):
        child = getattr(model, name).rel.related_model
        return [_number(rest[0]), *_labels(child, rest[1:])]
    try:
        field = model._meta.get_field(name)
    except FieldDoesNotExist:
        return [str(name)]
    labels = [capfirst(str(field.verbose_name))]
    block = field.stream_block if isinstance(field, StreamField) else None
    for step in rest:
        block, label = _step(block, step)
        labels.append(label)
    return labels


def _step(block, step) -> tuple[object, str]:
    if isinstance(step, list):
        number, kind = step
        child = block.child_blocks.get(kind) if isinstance(block, StreamBlock) else None
        return child, f"{_number(number)} {child.label if child else kind}"
    if isinstance(step, int):
        return (block.child_block if isinstance(block, ListBlock) else None), _number(step)
    child = block.child_blocks.get(step) if isinstance(block, StructBlock) else None
    return child, str(child.label if child else step)


def _number(place: int) -> str:
    return pgettext("place in a list", "no. %(number)s") % {"number": place + 1}


def lines_of(found: list[Found], unread: list[Unread]) -> list[tuple[str, str]]:
    """(where, what) for each."""
    lines = [(place_words(part.place), found_words(part)) for part in found]
    return lines + [(place_words(part.place), unread_words(part)) for part in unread]


def standing_of(hold: Hold) -> str:
    """In words: signed, overtaken, or waiting."""
    if hasattr(hold, "signature"):
        return _("signed")
    return _("overtaken by a change") if hold.closed_at else _("waits for a second person")
