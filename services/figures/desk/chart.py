"""Charts as bare SVG (no script, no style of their own), coloured by the desk's style sheet."""

from collections.abc import Sequence
from xml.etree import ElementTree

import pygal
from django.utils.safestring import SafeString, mark_safe
from pygal.style import Style

MOST_BARS, MOST_POINTS = 24, 60
# pygal reckons a letter 0.6 as wide as high; Chinese ones are square. The layout counts on this size, CSS sets the
# real one.
ROOM_FOR_SQUARE_LETTERS = Style(label_font_size=22, legend_font_size=22)
_DROPPED = {"script", "style", "desc", "title"}
_COMMON = {
    "js": [],
    "style": ROOM_FOR_SQUARE_LETTERS,
    "width": 760,
    "margin": 8,
    "print_values": False,
    "show_legend": False,
    "truncate_label": -1,
    "no_prefix": True,
}


def bars(names: Sequence[str], values: Sequence[float | None], *, label: str) -> SafeString:
    """One bar a name, the first on top; nothing for a value that is missing, no chart for fewer than two."""
    known = [value for value in values if value is not None]
    if len(known) < 2 or len(names) > MOST_BARS or not any(known):
        return SafeString()
    chart = pygal.HorizontalBar(**_COMMON, height=70 + 34 * len(names), show_y_guides=False)
    chart.x_labels = list(reversed(names))
    chart.add("", list(reversed(values)))
    return bare(chart.render_tree(), label=label)


def columns(names: Sequence[str], values: Sequence[float | None], *, label: str) -> SafeString:
    """What passes in time, from left to right; a gap where nothing is known."""
    known = [value for value in values if value is not None]
    if len(known) < 2 or not any(known):
        return SafeString()
    names, values = names[-MOST_POINTS:], values[-MOST_POINTS:]
    chart = pygal.Bar(**_COMMON, height=300, x_label_rotation=40, show_x_guides=False)
    chart.x_labels = list(names)
    chart.add("", list(values))
    return bare(chart.render_tree(), label=label)


def bare(tree, *, label: str) -> SafeString:
    """The drawing alone, with a name for screen readers."""
    for parent in list(tree.iter()):
        for child in list(parent):
            if not isinstance(child.tag, str) or child.tag.rpartition("}")[2] in _DROPPED:
                parent.remove(child)
        parent.attrib.pop("style", None)
    tree.attrib.pop("id", None)
    tree.attrib.update({"role": "img", "aria-label": label})
    return mark_safe(ElementTree.tostring(tree, encoding="unicode"))
