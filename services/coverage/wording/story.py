"""What a line of a record's story adds to its verb: which term, which day, which post, what stood there before."""

from datetime import date

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from services.coverage.enums import LeftBecause, PaperKind, Position
from services.coverage.models import Term, WomenCommittee
from services.foundation.said import label

_OUTCOMES = {
    "went_over": gettext_lazy("%(into)s had none: that of %(union)s went over to it"),
    "ended": gettext_lazy("%(union)s became part of %(into)s, which has its own: what was in office there ended"),
}


def details(entry) -> str:
    """In the reader's language; empty where the verb says it all."""
    data = entry.data or {}
    said = []
    if data.get("term"):
        said.append(_("term %(number)s") % {"number": data["term"]})
    if data.get("position"):
        said.append(label(data["position"], Position))
    said += [_shown(data[name], {}) for name in ("on", "number") if data.get(name)]
    if data.get("because"):
        said.append(label(data["because"], LeftBecause))
    if data.get("kind"):
        said.append(label(data["kind"], PaperKind))
    said += [_moved(name, *values) for name, values in (data.get("changed") or {}).items()]
    if data.get("head"):
        said.append(_("the head is another one, or her post is"))
    if data.get("outcome") in _OUTCOMES:
        said.append(str(_OUTCOMES[data["outcome"]]) % {"union": data["from"], "into": data["into"]})
    if data.get("reason"):
        said.append(_("reason: %(reason)s") % {"reason": data["reason"]})
    return _("; ").join(said)


def _moved(name: str, was, now) -> str:
    """A field by its label, with what stood there and what stands there now."""
    fields = {field.name: field for model in (WomenCommittee, Term) for field in model._meta.get_fields()}
    field = fields.get(name)
    choices = {str(code): label for code, label in getattr(field, "choices", None) or ()}
    return f"{getattr(field, 'verbose_name', name)} {_shown(was, choices)} → {_shown(now, choices)}"


def _shown(value, choices: dict) -> str:
    if value in (None, ""):
        return "—"
    try:  # the story keeps days as ISO text; beside it stand dates in the reader's own form
        return date_format(date.fromisoformat(str(value)), "DATE_FORMAT")
    except ValueError:
        return str(choices.get(str(value), value))
