"""Entries of the log in words."""

from django.utils.translation import gettext as _
from wagtail.models import ModelLogEntry

from services.foundation.exports import exports
from services.foundation.masking import redact


def thing(entry: ModelLogEntry) -> str:
    """What was acted on; of an export its list, how many rows, and whether in clear."""
    listing = exports.get(entry.data.get("list", ""))
    if entry.action != "exchange.export" or listing is None:
        return entry.label
    said = {"list": listing.title, "rows": entry.data.get("rows", 0)}
    if entry.data.get("in_clear"):
        return _("%(list)s, %(rows)s rows, in clear") % said
    return _("%(list)s, %(rows)s rows, masked") % said


def reason(entry: ModelLogEntry) -> str:
    """As it was written down; whatever in it looks like somebody's number is left out."""
    return redact(str(entry.data.get("reason", "")))


def who(entry: ModelLogEntry) -> str:
    """Staff by user name; what happened by itself has nobody."""
    return entry.user.get_username() if entry.user_id and entry.user else _("the system")
