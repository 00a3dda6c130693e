"""Wagtail's templates that say something in fixed English are copied with that word made translatable, and no more."""

from pathlib import Path

import pytest
import wagtail.admin

from tests.house.sources import ROOT

THEIRS = Path(wagtail.admin.__file__).parent / "templates" / "wagtailadmin"
OURS = ROOT / "templates" / "wagtailadmin"
VALUE = "value|stringformat:'s'"
LOOP = """            {% for field in form %}
                <li>{% formattedfield field %}</li>
            {% endfor %}
"""


def _fields(**labels: str) -> tuple[str, str]:
    """The loop over a form's fields, and in its place the fields one by one with the labels that the form lacks."""
    return LOOP, "".join(
        f"""            <li>{{% formattedfield field=form.{name} label_text=_("{label}") %}}</li>\n"""
        for name, label in labels.items()
    )


REWORDED = {
    "chooser/anchor_link.html": [_fields(url="Anchor", link_text="Link text")],
    "chooser/email_link.html": [
        _fields(email_address="Email address", link_text="Link text", subject="Subject", body="Body")
    ],
    "chooser/external_link.html": [_fields(url="URL", link_text="Link text")],
    "chooser/phone_link.html": [_fields(phone_number="Phone number", link_text="Link text")],
    "shared/header.html": [('value="Search"', 'value="{% translate "Search" %}"')],
    "shared/headers/_actions.html": [
        ("{# Actions", "{% load i18n %}\n{# Actions"),
        ('"Actions"', '"{% translate "Actions" %}"'),
    ],
    "shared/side_panel_toggle.html": [("{{ count|", "{{ count|default:0|")],
    "shared/user_avatar.html": [
        ("{% load wagtailadmin_tags %}", "{% load i18n wagtailadmin_tags %}"),
        (
            "{% if not username %}{{ user }}{% else %}{{ username }}{% endif %}",
            '{% if username %}{{ username }}{% elif user %}{{ user }}{% else %}{% translate "System" %}{% endif %}',
        ),
    ],
    "tables/boolean_cell.html": [(VALUE, '_("Unknown")'), (VALUE, '_("Yes")'), (VALUE, '_("No")')],
    "workflows/includes/workflow_pages_form.html": [("field=form.page ", 'field=form.page label_text=_("Page") ')],
}


@pytest.mark.parametrize("name", REWORDED)
def test_a_copy_differs_from_wagtail_s_template_by_its_words_alone(name):
    text = (THEIRS / name).read_text()
    for theirs, ours in REWORDED[name]:
        text = text.replace(theirs, ours, 1)
    assert (OURS / name).read_text() == text


# Behind this tag Wagtail's own template is drawn (``portal.filter_forms``).
STANDS_BEFORE = {"shared/headers/_filters.html": "{% remembered_filters filters %}"}


def test_every_other_template_of_ours_extends_wagtail_s_or_draws_it():
    names = {path.relative_to(OURS).as_posix() for path in OURS.rglob("*.html")}
    extending = {name for name in names if (OURS / name).read_text().startswith('{% extends "wagtailadmin/')}
    assert names - extending == set(REWORDED) | set(STANDS_BEFORE)
    assert {
        name: (OURS / name).read_text().splitlines()[-1].split(" %}", 1)[1] for name in STANDS_BEFORE
    } == STANDS_BEFORE
