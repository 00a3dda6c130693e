"""What editors have the desk do with pages: begin one from a template."""

import json
from datetime import date, datetime, timedelta

from django.db import transaction
from django.utils.dateparse import parse_datetime
from wagtail.actions.copy_page import CopyPageAction
from wagtail.models import Page

from services.foundation.errors import Refused


@transaction.atomic
def make_from_template(
    template: Page, *, to: Page, title: str, by, starts_on: date | None = None, ends_on: date | None = None
) -> Page:
    """A draft below ``to`` with everything the newest version of ``template`` has, under a title of its own.

    Where the template has a period, the days of its programme and sessions move along with its first day. Whoever asks
    is the owner of the draft. Written to Wagtail's log. :class:`Refused` where a page of this kind may not stand
    there or ``by`` may add none there: a template is for everybody who writes, its place is not.
    """
    newest = template.get_latest_revision_as_object()
    if not type(newest).can_create_at(to) or not to.permissions_for_user(by).can_add_subpage():
        raise Refused
    changed = {"title": title, "draft_title": title, "slug": free_slug(to, newest, starts_on)}
    changed |= dict.fromkeys(("go_live_at", "expire_at"))
    moved = timedelta()
    if starts_on is not None and hasattr(newest, "starts_on"):
        moved = starts_on - newest.starts_on
        changed |= {"starts_on": starts_on, "ends_on": ends_on}
        for name in ("body", "results"):
            if hasattr(newest, name):
                changed[name] = _moved_stream(newest, name, moved)

    def move_sessions(_source, _copy, _relation, child) -> None:
        for name in ("starts_at", "ends_at"):
            if isinstance(getattr(child, name, None), datetime):
                setattr(child, name, getattr(child, name) + moved)

    copying = CopyPageAction(
        newest,
        to=to,
        update_attrs=changed,
        copy_revisions=False,
        keep_live=False,
        user=by,
        process_child_object=move_sessions,
    )
    # Permission on the source is not asked: that it lies among the templates is what opens it (``policies``).
    return copying.execute(skip_permission_checks=True)


def free_slug(parent: Page, page: Page, day: date | None) -> str:
    """A short address: kind and day, with a number where that is taken. Long ones break in chat apps."""
    kind = type(page).__name__.removesuffix("Page").lower()
    wished = f"{kind}-{day:%Y-%m-%d}" if day else kind
    taken = set(parent.get_children().filter(slug__startswith=wished).values_list("slug", flat=True))
    number, slug = 1, wished
    while slug in taken:
        number += 1
        slug = f"{wished}-{number}"
    return slug


def _moved_stream(page: Page, name: str, by: timedelta):
    """The blocks of a page with every moment of a programme moved."""
    field = page._meta.get_field(name)
    blocks = field.get_prep_value(getattr(page, name))
    blocks = json.loads(blocks) if isinstance(blocks, str) else blocks
    for block in blocks:
        if block["type"] == "schedule":
            for entry in block["value"]["entries"]:
                value = entry["value"]
                moment = parse_datetime(value["starts"]) if isinstance(value["starts"], str) else value["starts"]
                value["starts"] = (moment + by).isoformat()
    return field.to_python(json.dumps(blocks, default=str))
