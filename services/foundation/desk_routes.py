"""What addresses of the desk are made of: a list with its results, and parts that are a number of some kind.

Importing this module makes the converters known.
"""

from django.urls import path, register_converter
from django.urls.converters import StringConverter


class _Number(StringConverter):
    def to_python(self, value):
        return int(value)


class Year(_Number):
    regex = r"20\d\d"


class Version(_Number):
    """What a small column can hold."""

    regex = r"[1-9]\d{0,3}"


class Key(_Number):
    """What a key can be: a longer one is no address."""

    regex = r"[1-9]\d{0,17}"


register_converter(Year, "a_year")
register_converter(Version, "a_version")
register_converter(Key, "a_key")


def list_routes(route: str, view, name: str = "") -> list:
    """A list, and its results alone for the browser that filters it. Without ``name`` it is the view's own."""
    name = name or view.name
    return [
        path(route, view.as_view(), name=name),
        path(f"{route}results/", view.as_view(results_only=True), name=f"{name}_results"),
    ]
