"""The applicant's side of a notice: her own line, before and while it is public, and her answer to an objection."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters, sensitive_variables
from django.views.decorators.http import require_http_methods, require_safe

from services.accounts.access import worker_required
from services.casework.actions import objections as actions
from services.casework.actions import typing
from services.casework.actions.objections import is_open
from services.casework.forms.objections import AnswerForm
from services.casework.models import Case, Objection
from services.casework.public import kept
from services.casework.queries import notices as queries
from services.casework.queries import objections as objection_queries
from services.casework.registry import services
from services.casework.rules.notice import fields_of
from services.foundation import clock
from services.foundation.errors import Refused

ANSWER = "answer"


def _own_case(request: HttpRequest, token: str) -> Case:
    found = Case.objects.own(token=token, worker__user=request.user).select_related("route", "organization", "desk")
    case = found.first()
    if case is None:
        raise Http404
    return case


@worker_required
@require_safe
def own_line(request: HttpRequest, token: str) -> HttpResponse:
    """Exactly what is public of her; before publication, the most that will be."""
    case = _own_case(request, token)
    context = {
        "case": case,
        "back": services[case.service].her_address(case),
        "objections": list(objection_queries.to_case(case)),
    }
    line = queries.line_of(case) if case.stage in queries.SEEN else None
    if line is not None:
        shown = {"name": line.masked_name, "unit": line.unit, "fields": fields_of(line.shown), "number": line.number}
        context |= {"line": shown, "notice": line.notice, "standing": is_open(line.notice, now=clock.now())}
    elif queries.may_see_line(case):
        drawn = queries.most_shown(case)
        context["line"] = {"name": drawn.masked_name, "unit": drawn.unit, "fields": fields_of(drawn.shown)}
    return render(request, "notices/own_line.html", context)


@kept.keeps_words(ANSWER)
@worker_required
@require_http_methods(["GET", "HEAD", "POST"])
@sensitive_post_parameters()
@sensitive_variables()
def answer(request: HttpRequest, token: str, key: int) -> HttpResponse:
    """What was asked about her application, and her answer; nothing of whoever objected."""
    case = _own_case(request, token)
    objection = objection_queries.to_case(case).filter(pk=key).first()
    if objection is None:
        raise Http404
    typed = kept.typed(request, case, ANSWER)
    initial = {"text": typed.get("text") or objection.answer}
    form = AnswerForm(request.POST if request.method == "POST" else None, initial=initial)
    if kept.is_keeping(request):
        return kept.keep_only(request, case, ANSWER, form) if objection.is_open else kept.over()
    if form.is_bound and form.is_valid() and _answered(request, objection, form):
        typing.forget(case, page=ANSWER)
        return redirect("notices:own_line", case.token)
    if form.errors:
        kept.keep_form(request, case, ANSWER, form)
    context = {"case": case, "objection": objection, "form": form}
    return render(request, "notices/answer.html", context)


def _answered(request, objection: Objection, form: AnswerForm) -> bool:
    try:
        actions.answer(objection, text=form.cleaned_data["text"], by=request.user, now=clock.now())
    except Refused as refusal:
        form.add_error(None, refusal.message())
        return False
    messages.success(request, _("Your answer has arrived. You can change it until the question is settled."))
    return True
