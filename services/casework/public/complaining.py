"""She complains about how her application was handled, and takes it back."""

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from services.accounts.access import worker_required
from services.casework import errors, policies
from services.casework.actions import complaints as actions
from services.casework.actions import typing
from services.casework.enums import Verb
from services.casework.forms.complaints import ComplaintForm
from services.casework.models import Case
from services.casework.public import kept
from services.casework.public.access import own_case_or_404, service_of
from services.casework.queries.complaints import complaints_of
from services.foundation import clock

COMPLAINT = "complaint"


def _hers(request: HttpRequest, token: str) -> Case:
    case = own_case_or_404(request, token)
    if not policies.may_complain(request.user, case):
        raise Http404
    return case


@kept.keeps_words(COMPLAINT)
@worker_required
@require_http_methods(["GET", "HEAD", "POST"])
def complain(request: HttpRequest, token: str) -> HttpResponse:
    case = _hers(request, token)
    if any(one.is_open for one in complaints_of(case)):
        return kept.over() if kept.is_keeping(request) else redirect("casework:case", token)
    form = ComplaintForm(
        request.POST if request.method == "POST" else None, initial=kept.typed(request, case, COMPLAINT)
    )
    if kept.is_keeping(request):
        return kept.keep_only(request, case, COMPLAINT, form)
    if request.method == "POST" and form.is_valid():
        try:
            actions.complain(case, by=request.user, now=clock.now(), **form.cleaned_data)
        except errors.ComplaintEmpty as refused:
            form.add_error("words", refused.message())
        else:
            typing.forget(case, page=COMPLAINT)
            messages.success(request, _("Your complaint arrived. Below you read by when you get an answer."))
            return redirect("casework:case", token)
    if form.errors:
        kept.keep_form(request, case, COMPLAINT, form)
    context = {
        "case": case,
        "title": service_of(case).title(case),
        "form": form,
        "days": settings.COMPLAINT_WORKING_DAYS,
        "may_appeal": bool(policies.may_move(request.user, case, Verb.APPEAL)),
    }
    return render(request, "casework/complain.html", context, status=422 if form.errors else 200)


@worker_required
@require_POST
def take_back(request: HttpRequest, token: str) -> HttpResponse:
    case = _hers(request, token)
    for complaint in complaints_of(case):
        if complaint.is_open:
            actions.take_complaint_back(complaint, by=request.user, now=clock.now())
            messages.success(request, _("You took your complaint back."))
    return redirect("casework:case", token)
