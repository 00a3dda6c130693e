"""What a line of a record's story adds to its verb: which term, which day, which post, what stood there before."""

from django.utils.translation import gettext as _

from services.coverage.enums import LeftBecause, PaperKind, Position
from services.coverage.models import Term, WomenCommittee
from services.foundation.said import label


def details(entry) -> str:
    """In the reader's language; empty where the verb says it all."""
    data = entry.data or {}
    said = []
    if data.get("term"):
        said.append(_("term %(number)s") % {"number": data["term"]})
    if data.get("position"):
        said.append(label(data["position"], Position))
    said += [str(data[name]) for name in ("on", "number") if data.get(name)]
    if data.get("because"):
        said.append(label(data["because"], LeftBecause))
    if data.get("kind"):
        said.append(label(data["kind"], PaperKind))
    said += [_moved(name, *values) for name, values in (data.get("changed") or {}).items()]
    if data.get("reason"):
        said.append(_("reason: %(reason)s") % {"reason": data["reason"]})
    return _("; ").join(said)


def _moved(name: str, was, now) -> str:
    """A field by its label, with what stood there and what stands there now."""
    fields = {field.name: field for model in (WomenCommittee, Term) for field in model._meta.get_fields()}
    words = str(getattr(fields.get(name), "verbose_name", name))
    return f"{words} {_shown(was)} → {_shown(now)}"


def _shown(value) -> str:
    return "—" if value in (None, "") else str(value)
