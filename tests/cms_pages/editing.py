"""The editor's form as a browser would send it back: what it holds, with some of it changed."""

from django.urls import reverse
from wagtail.test.utils.form_data import nested_form_data, querydict_from_html, streamfield


def edit_address(page) -> str:
    return reverse("wagtailadmin_pages:edit", args=[page.pk])


def as_sent(client, page, **changed) -> dict:
    """Every field as the form shows it; stream fields, which a script draws, are empty unless given."""
    shown = querydict_from_html(client.get(edit_address(page)).content.decode(), form_id="page-edit-form")
    streams = {
        f"{field.name}-count": "0" for field in page._meta.get_fields() if field.__class__.__name__ == "StreamField"
    }
    return shown.dict() | streams | changed


def stream(name: str, *blocks) -> dict:
    """Blocks of one stream field as they are sent."""
    return nested_form_data({name: streamfield(list(blocks))})
