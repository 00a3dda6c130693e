"""What she does with her application: supply what was asked for, withdraw it, ask for another look, go on herself."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from services.accounts.access import worker_required
from services.casework import actions, errors, policies
from services.casework.actions import typing
from services.casework.enums import Stage, Verb
from services.casework.forms.hers import AppealForm
from services.casework.models import Case
from services.casework.public import kept
from services.casework.public.access import own_case_or_404, service_of
from services.casework.public.documents import OTHER, form_for, take_files
from services.casework.queries import appeal_until
from services.casework.queries.documents import items_asked
from services.casework.queries.examples import examples_for
from services.casework.queries.timeline import moves_of
from services.casework.wording import FOLLOWS
from services.casework.wording import done as done_words
from services.foundation import clock
from services.foundation.errors import Refused

APPEAL = "appeal"


def _seen(request: HttpRequest) -> int | None:
    """The version of the application that her page showed."""
    text = request.POST.get("seen", "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else None


def _back_to(case: Case, request: HttpRequest, verb: str) -> HttpResponse:
    """To the application as it stands. A form that is sent again reads when it was carried out."""
    done = [move for move in moves_of(case) if move.verb == verb] if request.method == "POST" else []
    if done:
        messages.info(request, errors.DoneBefore(**done_words(done[-1], case)).message())
    return redirect("casework:case", case.token)


@worker_required
@require_http_methods(["GET", "HEAD", "POST"])
def supply(request: HttpRequest, token: str) -> HttpResponse:
    """Everything that was asked for, with a place for each; one button sends all of it.

    A post with ``line`` adds files to that line, one with ``done`` says of a line that asks for no paper that it is
    seen to, one without either gives the application back.
    """
    case = own_case_or_404(request, token)
    if case.stage != Stage.RETURNED:
        return _back_to(case, request, Verb.RESUBMIT)
    lines = list(items_asked(case))
    posted, refusal, status = None, "", 200
    if request.method == "POST" and "line" in request.POST:
        line = next((one for one in lines if str(one.pk) == request.POST["line"]), None)
        if line is None:
            raise Http404
        posted = take_files(request, case, kind=line.item, line=line)
        if posted.is_valid():
            return redirect("casework:supply", token)
        status = 422
    elif request.method == "POST" and "done" in request.POST:
        line = next((one for one in lines if str(one.pk) == request.POST["done"]), None)
        if line is None or line.item in _papers_of(case):
            raise Http404
        actions.mark_supplied(line, by=request.user, now=clock.now())
        return redirect("casework:supply", token)
    elif request.method == "POST":
        try:
            actions.resubmit(case, by=request.user, now=clock.now(), seen=_seen(request))
            messages.success(request, _("Sent. Work goes on where it stopped; there is nothing more for you to do."))
            return redirect("casework:case", token)
        except Refused as refused:
            refusal, status = refused.message(), 422
    return render(request, "casework/supply.html", _supply_context(case, posted, refusal), status=status)


def _papers_of(case: Case) -> set[str]:
    """Items that are a paper by name. Anything else that was asked for may need none: a word put right, a call."""
    return {kind.item for kind in service_of(case).document_kinds(case)} - {OTHER}


def _supply_context(case: Case, posted, refusal: str) -> dict:
    lines, papers = list(items_asked(case)), _papers_of(case)
    examples = examples_for(case)
    rows = [
        {
            "line": line,
            "example": examples.get(line.item),
            "documents": [document for document in line.documents.all() if document.removed_at is None],
            "form": form_for(line.item, line.words, posted),
            "needs_none": line.item not in papers and line.supplied_at is None,
        }
        for line in lines
    ]
    return {
        "case": case,
        "title": service_of(case).title(case),
        "rows": rows,
        "left": sum(line.supplied_at is None for line in lines),
        "refusal": refusal,
    }


@worker_required
@require_http_methods(["GET", "HEAD", "POST"])
def withdraw(request: HttpRequest, token: str) -> HttpResponse:
    case = own_case_or_404(request, token)
    if case.stage == Stage.WITHDRAWN or not policies.may_move(request.user, case, Verb.WITHDRAW):
        return _back_to(case, request, Verb.WITHDRAW)
    refusal = ""
    if request.method == "POST":
        try:
            actions.withdraw(case, by=request.user, now=clock.now(), seen=_seen(request))
            messages.success(request, _("The application is withdrawn."))
            return redirect("casework:case", token)
        except Refused as refused:
            refusal = refused.message()
            case.refresh_from_db()
    context = {"case": case, "title": service_of(case).title(case), "refusal": refusal}
    return render(request, "casework/withdraw.html", context, status=422 if refusal else 200)


@kept.keeps_words(APPEAL)
@worker_required
@require_http_methods(["GET", "HEAD", "POST"])
def appeal(request: HttpRequest, token: str) -> HttpResponse:
    case = own_case_or_404(request, token)
    if not policies.may_move(request.user, case, Verb.APPEAL):
        return kept.over() if kept.is_keeping(request) else _back_to(case, request, Verb.APPEAL)
    if own := service_of(case).her_page_for(case, Verb.APPEAL):
        return redirect(own)
    form = AppealForm(request.POST if request.method == "POST" else None, initial=kept.typed(request, case, APPEAL))
    if kept.is_keeping(request):
        return kept.keep_only(request, case, APPEAL, form)
    if request.method == "POST" and form.is_valid():
        try:
            reason = form.cleaned_data["reason"]
            actions.appeal(case, by=request.user, now=clock.now(), seen=_seen(request), reason=reason)
            typing.forget(case, page=APPEAL)
            messages.success(request, FOLLOWS[Verb.APPEAL])
            return redirect("casework:case", token)
        except errors.ReasonMissing as refused:
            form.add_error("reason", refused.message())
        except Refused as refused:
            form.add_error(None, refused.message())
    if form.errors:
        kept.keep_form(request, case, APPEAL, form)
    context = {"case": case, "title": service_of(case).title(case), "form": form, "until": appeal_until(case)}
    return render(request, "casework/appeal.html", context, status=422 if form.errors else 200)


@worker_required
@require_POST
def take_over(request: HttpRequest, token: str) -> HttpResponse:
    """She goes on with what her representative began; nothing is typed again."""
    case = own_case_or_404(request, token)
    actions.take_into_own_hands(case, by=request.user, now=clock.now())
    messages.success(request, _("You go on with this application yourself. All that was filled in is kept."))
    return redirect("casework:case", token)
