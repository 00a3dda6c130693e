"""What is typed and not saved yet: kept by page, also when her session ended meanwhile (D20)."""

from functools import wraps

from django.forms import Form
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils.formats import time_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

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


def posted(request: HttpRequest) -> dict:
    """Everything that was posted, as it was typed."""
    values = {name: values if len(values) > 1 else values[0] for name, values in request.POST.lists()}
    values.pop("csrfmiddlewaretoken", None)
    return values


def keep_signed_out(request: HttpRequest, token: str, *, service: str = "", page: str, values: dict, base: str) -> bool:
    """Keep a posted page for whoever signs in in this browser next; only for a case of this service, if named."""
    found = Case.objects.unscoped().filter(token=token)
    case = (found.filter(service=service) if service else found).first()
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


def keeps_words(page: str):
    """Round a page of one form about her case: what she types is kept as she types it, also when her session has ended
    (``typed`` fills it in again, ``typing.forget`` once it is sent)."""

    def around(view):
        @wraps(view)
        def inner(request: HttpRequest, token: str, **kwargs) -> HttpResponse:
            if request.method == "POST" and not request.user.is_authenticated:
                keep_signed_out(request, token, page=page, values=posted(request), base="")
                if is_keeping(request):
                    words = _("You were signed out. What you typed is kept: sign in again to go on.")
                    return JsonResponse({"error": words}, status=401)
            return view(request, token, **kwargs)

        return inner

    return around


def typed(request: HttpRequest, case: Case, page: str) -> dict:
    """What she typed on a page and hasn't sent, by field."""
    take_in(request, case)
    found = typing.kept_typing(case, page)
    return found.values if found else {}


def keep_only(request: HttpRequest, case: Case, page: str, form: Form) -> JsonResponse:
    """The answer to ``static/js/keep.js``."""
    now = clock.now()
    if not keep_form(request, case, page, form):
        return JsonResponse({"error": _("This is too long to be kept. Please save it.")}, status=413)
    return JsonResponse({"kept": _("Kept at %(time)s; not saved yet") % {"time": time_format(localtime(now), "H:i")}})


def over() -> JsonResponse:
    """There is nothing to be typed here any more: it was sent in another window, or the time is over."""
    return JsonResponse({"error": _("This can't be sent any more. Load the page anew.")}, status=409)


def keep_form(request: HttpRequest, case: Case, page: str, form: Form) -> bool:
    return typing.keep(case, page=page, values=raw(form), base="", by=request.user, now=clock.now())
