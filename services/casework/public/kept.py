"""What is typed and not saved yet: kept by page, also when her session ended meanwhile (D20)."""

from django.forms import Form
from django.http import HttpRequest

from services.casework.actions import typing
from services.casework.models import Case
from services.foundation import clock

# Sent by ``static/js/keep.js``: keep what stands in the fields, judge nothing.
HEADER = "X-Keep"
_SESSION = "casework.kept"


def is_keeping(request: HttpRequest) -> bool:
    return request.method == "POST" and HEADER in request.headers


def raw(form: Form) -> dict:
    """The fields as they were typed."""
    return {
        name: field.widget.value_from_datadict(form.data, form.files, form.add_prefix(name))
        for name, field in form.fields.items()
    }


def _is_empty(values: dict) -> bool:
    return not any(value not in (None, "", [], False) for value in values.values())


def keep_signed_out(request: HttpRequest, token: str, *, service: str, page: str, values: dict, base: str) -> bool:
    """Keep a posted page for whoever signs in in this browser next; only for a case of this service."""
    case = Case.objects.unscoped().filter(token=token, service=service).first()
    if case is None or _is_empty(values):
        return False
    key = typing.keep_for_later(case, page=page, values=values, base=base, now=clock.now())
    if key:
        request.session[_SESSION] = {**request.session.get(_SESSION, {}), f"{token} {page}": key}
    return bool(key)


def take_in(request: HttpRequest, case: Case) -> None:
    """She is back: what she posted while she was signed out is filled in again."""
    waiting = request.session.get(_SESSION, {})
    mine = {name: key for name, key in waiting.items() if name.startswith(f"{case.token} ")}
    if not mine:
        return
    for key in mine.values():
        typing.take_in(case, key=key, by=request.user, now=clock.now())
    request.session[_SESSION] = {name: key for name, key in waiting.items() if name not in mine}
