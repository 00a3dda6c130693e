"""Facts of a home by subject, in words. A fact that nobody gave a label is told on the panel of its own app."""

from collections.abc import Mapping

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from services.childrens_homes import registry
from services.childrens_homes.models import Home
from services.childrens_homes.registry import Fact


def yes_no(value: bool | None) -> str:
    if value is None:
        return pgettext("fact", "not stated")
    return _("yes") if value else _("no")


def said(value) -> str:
    """A plain value; nothing known is said, and never shown as nought."""
    if value is None or isinstance(value, bool):
        return yes_no(value)
    return str(value)


def area(value) -> str:
    return pgettext("fact", "not stated") if value is None else f"{value.normalize():f} m²"


def by_group(home: Home, facts: Mapping[str, Fact]) -> list[tuple[str, list[tuple[str, str, str]]]]:
    """Group → (label, value, source)."""
    groups = {
        _("The home"): [
            (pgettext("home", "Code"), home.code, ""),
            (_("County"), home.county.name, ""),
            (pgettext("home", "Site"), home.get_site_type_display(), ""),
            (_("Standard"), home.get_profile_display(), ""),
            (_("Programme"), str(home.programme), ""),
            (pgettext("home", "Opened on"), f"{home.opened_on:%Y-%m-%d}" if home.opened_on else said(None), ""),
        ],
        _("Rooms and connection"): [
            (_("Classroom (m²)"), area(home.room_m2), ""),
            (_("Outdoor ground (m²)"), area(home.outdoor_m2), ""),
            (_("Online"), yes_no(home.internet), ""),
            (_("Video calls with parents"), yes_no(home.video_call), ""),
        ],
    }
    for code, fact in facts.items():
        if (named := registry.fact_labels.get(code)) is not None:
            group, label = named
            groups.setdefault(str(group), []).append((str(label), said(fact.value), fact.source))
    return list(groups.items())
