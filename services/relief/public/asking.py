"""What can I get? At most six plain questions, no sign-in; the answers stay in the session for half an hour."""

from datetime import datetime, timedelta
from decimal import Decimal

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from services.casework.wording import promise_said
from services.foundation import clock
from services.organizations.models import Organization
from services.relief.forms.asking import STEPS, answers_of
from services.relief.public.offers import offers
from services.relief.queries.applications import on_file
from services.relief.queries.promised import promises
from services.relief.queries.standards import public_programmes, terms_and_line, top_union
from services.relief.wording.programmes import summary, title
from services.workers.models import Worker
from services.workers.queries import worker_of

SESSION_KEY = "relief.answers"
KEPT = timedelta(minutes=30)
_NAMES = list(STEPS)


def _said(request: HttpRequest) -> dict:
    """Her answers by step; none once they are older than half an hour."""
    kept = request.session.get(SESSION_KEY)
    if not kept or clock.now() - datetime.fromisoformat(kept["at"]) > KEPT:
        return {}
    return kept["steps"]


def _keep(request: HttpRequest, step: str, answers: dict) -> None:
    """In the session alone, as text; a visitor's session ends with them."""
    plain = {name: format(value, "f") if isinstance(value, Decimal) else value for name, value in answers.items()}
    request.session[SESSION_KEY] = {"at": clock.now().isoformat(), "steps": _said(request) | {step: plain}}
    if not request.user.is_authenticated:
        request.session.set_expiry(KEPT)


def _home(worker: Worker | None) -> Organization | None:
    return worker.organization if worker else top_union()


@never_cache
@require_safe
def start(request: HttpRequest) -> HttpResponse:
    """What there is, and the way into the questions."""
    home = _home(worker_of(request.user))
    programmes = public_programmes(home) if home else []
    kept = promises(programmes, today=clock.today())
    shown = [(title(one), summary(one), promise_said(*kept[one.code])) for one in programmes]
    return render(request, "relief/start.html", {"programmes": shown, "first": _NAMES[0], "pages": len(_NAMES)})


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def ask(request: HttpRequest, step: str) -> HttpResponse:
    """One group of questions. What she typed is kept when she goes back, and shown again when it needs repair."""
    if step not in STEPS:
        raise Http404
    number = _NAMES.index(step)
    form = STEPS[step](request.POST if request.method == "POST" else None, initial=_said(request).get(step))
    if request.method == "POST" and form.is_valid():
        _keep(request, step, form.cleaned_data)
        if number + 1 < len(_NAMES):
            return redirect("relief:ask", step=_NAMES[number + 1])
        return redirect("relief:answer")
    context = {
        "form": form,
        "number": number + 1,
        "pages": len(_NAMES),
        "before": _NAMES[number - 1] if number else "",
        "last": number + 1 == len(_NAMES),
    }
    return render(request, "relief/ask.html", context)


@never_cache
@require_safe
def answer(request: HttpRequest) -> HttpResponse:
    """Each programme's answer, every rule with its reason. Led back to the first page that isn't answered."""
    said = _said(request)
    for step in _NAMES:
        if step not in said:
            return redirect("relief:ask", step=step)
    worker = worker_of(request.user)
    home = _home(worker)
    programmes = public_programmes(home) if home else []
    flat = {name: value for answers in said.values() for name, value in answers.items()}
    answers = answers_of(flat, on_file=on_file(worker) if worker else None)
    on = clock.today()
    terms, _test, line = terms_and_line(home, on) if home else (None, None, None)
    found = offers(programmes, answers, terms, line=line, on=on)
    return render(request, "relief/answer.html", {"found": found, "line": line, "first": _NAMES[0], "worker": worker})


@require_POST
def again(request: HttpRequest) -> HttpResponse:
    """Forget everything and begin anew."""
    request.session.pop(SESSION_KEY, None)
    return redirect("relief:ask", step=_NAMES[0])
