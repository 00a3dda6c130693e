"""The bar chart of uptake: a bare SVG (no script, no style of its own) coloured by the desk's style sheet."""

from xml.etree import ElementTree

import pygal
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from pygal.style import Style

from services.screening.queries import Uptake

MOST_BARS = 24
# pygal reckons a letter 0.6 as wide as high; Chinese ones are square. The layout counts on this size, CSS sets the
# real one.
_ROOM_FOR_SQUARE_LETTERS = Style(label_font_size=22, legend_font_size=22)
_DROPPED = {"script", "style", "desc", "title"}


def uptake_chart(result: Uptake) -> SafeString:
    """Booked and still unbooked places of each child; empty when there is nothing to compare."""
    rows = [row for row in result.rows if row.figures.allocated or row.figures.booked]
    if len(rows) < 2 or len(rows) > MOST_BARS:
        return SafeString()
    rows.reverse()  # a horizontal chart grows upward
    chart = pygal.HorizontalStackedBar(
        js=[],
        style=_ROOM_FOR_SQUARE_LETTERS,
        width=760,
        height=90 + 34 * len(rows),
        margin=8,
        show_y_guides=False,
        print_values=False,
        legend_at_bottom=True,
        legend_at_bottom_columns=2,
        truncate_label=-1,
        no_prefix=True,
    )
    chart.x_labels = [row.organization.name for row in rows]
    chart.add(_("Booked"), [row.figures.booked for row in rows])
    chart.add(_("Places not booked yet"), [max(row.figures.allocated - row.figures.booked, 0) for row in rows])
    return bare(chart.render_tree(), label=_("Booked places by organisation; the table says the same in numbers."))


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
