"""Her claim from the task list to its number, and asking for another look."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_safe

from services.accounts.access import is_confirmed, to_confirm, worker_required
from services.casework.actions import typing
from services.casework.enums import Stage, Verb
from services.casework.errors import NotComplete, Obstructed
from services.casework.policies import may_move
from services.casework.public import kept
from services.casework.queries import appeal_until, calendar
from services.casework.registry import services
from services.casework.wording import STEPS_HERS, standing
from services.foundation import clock
from services.foundation.errors import Refused
from services.foundation.said import yuan
from services.foundation.yuan import plain
from services.mutual_aid import queries, wording
from services.mutual_aid.actions.adjudicating import appeal_with
from services.mutual_aid.actions.claiming import hand_in, version_seen
from services.mutual_aid.actions.judging import judge
from services.mutual_aid.case_service.missing import missing_of
from services.mutual_aid.case_service.panels import lines
from services.mutual_aid.forms.claims import AppealForm, SendForm
from services.mutual_aid.public.claims.access import own_claim_or_404
from services.mutual_aid.public.claims.page import HerPage
from services.mutual_aid.public.claims.stated import WAITING, parts_of, stated
from services.mutual_aid.queries import claiming as known

APPEAL = "appeal"


class Tasks(HerPage):
    """Everything that is asked, how far it is, and the way to sending it."""

    def get(self, request, **kwargs):
        missing = missing_of(self.claim, now=clock.now())
        sections = parts_of(self.claim, missing)
        context = {
            "title": queries.name_of(self.claim.scheme),
            "sections": sections,
            "done": sum(one.state != WAITING for one in sections),
            "consent": any(one.item == "consent" for one in missing),
            "version": known.answering(self.claim, known.stated_of(self.claim).diagnosed),
        }
        return self.show("mutual_aid/tasks.html", context)


class Check(HerPage):
    """What she stated, what the rules say of it, her declaration, and sending."""

    def get(self, request, **kwargs):
        if self.claim.case.stage != Stage.DRAFT:
            return redirect("casework:case", self.claim.case.token)
        return self._answer(SendForm())

    def post(self, request, **kwargs):
        form = SendForm(request.POST)
        if not form.is_valid():
            return self._answer(form)
        try:
            hand_in(self.claim, **form.cleaned_data, seen=request.POST.get("seen", ""), **self.stamp)
        except NotComplete:
            return self._answer(form)
        except Obstructed as refused:
            service = services[self.claim.case.service]
            return self._answer(form, refusals=[service.explain(one) for one in refused.findings])
        except Refused as refused:
            return self._answer(form, refusals=[refused.message()])
        return redirect(self.to("sent"))

    def sent_already(self, request):
        """Sent twice by an impatient finger, or by the back button: one claim, the same number."""
        return redirect(self.to("sent"))

    def _answer(self, form, refusals=()):
        now = clock.now()
        missing = missing_of(self.claim, now=now)
        found = judge(self.claim, now=now)
        context = {
            "title": queries.name_of(self.claim.scheme),
            "form": form,
            "missing": missing,
            "parts": stated(self.claim),
            "amount": yuan(plain(found.amount)) if found.amount else "",
            "refused_for": wording.refusals.to_her(found.reason) if found.reason else "",
            "certain": found.certain,
            "lines": lines(list(found.findings)),
            "seen": version_seen(self.claim),
            "refusals": refusals,
        }
        trouble = form.errors or refusals or (form.is_bound and missing)
        return self.show("mutual_aid/check.html", context, status=422 if trouble else 200)


@worker_required
@require_safe
def sent(request: HttpRequest, token: str) -> HttpResponse:
    """The number, what happens next and by when."""
    claim = own_claim_or_404(request, token)
    case = claim.case
    if case.stage == Stage.DRAFT:
        return redirect("claims:tasks", token)
    if case.stage != Stage.IN_REVIEW:
        return redirect("casework:case", token)
    context = {
        "case": case,
        "title": queries.name_of(claim.scheme),
        "standing": standing(case, now=clock.now(), days=calendar()),
        "steps": [STEPS_HERS[step.kind] for step in case.route.steps.all()],
    }
    return render(request, "mutual_aid/sent.html", context)


@kept.keeps_words(APPEAL)
@worker_required
@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
def appeal(request: HttpRequest, token: str) -> HttpResponse:
    """Her words go to whoever decides, and to nobody of her unit."""
    claim = own_claim_or_404(request, token)
    case = claim.case
    if not may_move(request.user, case, Verb.APPEAL):
        return kept.over() if kept.is_keeping(request) else redirect("casework:case", token)
    form = AppealForm(request.POST if request.method == "POST" else None, initial=kept.typed(request, case, APPEAL))
    if kept.is_keeping(request):
        return kept.keep_only(request, case, APPEAL, form)
    if form.is_bound and form.is_valid():
        seen = request.POST.get("seen", "")
        seen = int(seen) if seen.isascii() and seen.isdigit() and len(seen) < 10 else None
        try:
            appeal_with(claim, **form.cleaned_data, seen=seen, by=request.user, now=clock.now())
            typing.forget(case, page=APPEAL)
            return redirect("casework:case", token)
        except Refused as refused:
            form.add_error(None, refused.message())
    if form.errors:
        kept.keep_form(request, case, APPEAL, form)
    context = {
        "case": case,
        "title": queries.name_of(claim.scheme),
        "form": form,
        "until": appeal_until(case),
        "why": wording.refusals.to_her(claim.reason) if claim.reason else "",
        "words": claim.words,
        "heading": _("Ask for another look"),
    }
    return render(request, "mutual_aid/appeal.html", context, status=422 if form.errors else 200)


@worker_required
@require_safe
def what_i_sent(request: HttpRequest, token: str) -> HttpResponse:
    """Everything that she stated, for printing: after a code to her phone, for it stands there in clear."""
    claim = own_claim_or_404(request, token)
    case = claim.case
    if case.submitted_at is None:
        return redirect("claims:tasks", token)
    if not is_confirmed(request):
        return to_confirm(request)
    context = {
        "case": case,
        "title": queries.name_of(claim.scheme),
        "parts": stated(claim),
        "declared_at": claim.declared_at,
        "printed_at": clock.now(),
    }
    return render(request, "casework/what_i_sent.html", context)
