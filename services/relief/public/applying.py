"""Her application from the programme's page to its number: begin, task list, check, send, what happens next."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from services.accounts.access import is_confirmed, to_confirm, worker_required
from services.casework.enums import Stage
from services.casework.errors import NotComplete, Obstructed
from services.casework.public.taken import Taken, taken_along
from services.casework.queries import calendar
from services.casework.wording import standing
from services.foundation import clock
from services.foundation.errors import Refused
from services.organizations.models import Organization
from services.privacy.actions import give_consent
from services.privacy.enums import Purpose
from services.privacy.queries import current_notice, standing_consent
from services.relief import queries, wording
from services.relief.actions.applying import begin_application
from services.relief.actions.sending import hand_in, version_seen
from services.relief.case_service.missing import missing_of
from services.relief.forms.hers import AgreeForm, SendForm
from services.relief.models import Programme
from services.relief.public.access import address, own_application_or_404
from services.relief.public.describing import described
from services.relief.public.page import HerPage
from services.relief.public.preview import preview_of
from services.relief.public.sections import WAITING, sections_of
from services.relief.public.stated import stated
from services.relief.queries.standards import top_union
from services.relief.rules import asking
from services.workers.models import Worker
from services.workers.queries import worker_of


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def begin(request: HttpRequest, code: str) -> HttpResponse:
    """What the programme is, for anybody; she begins here, and whoever has begun goes on with it."""
    worker = worker_of(request.user)
    programme = _programme_or_404(worker, code)
    if request.method == "POST" and "look" not in request.POST:
        return _begin(request, programme)
    return _show(request, programme, worker)


def _programme_or_404(worker: Worker | None, code: str) -> Programme:
    home: Organization | None = worker.organization if worker else top_union()
    found = queries.programme_for(home, code) if home else None
    if found is None:
        raise Http404
    return found


def _show(request, programme, worker, *, form=None, refusal: str = "") -> HttpResponse:
    hers = request.user.is_authenticated and request.user.is_worker
    standing_one = queries.open_application(worker, programme.code) if worker else None
    asks_consent = bool(worker) and not standing_consent(request.user, Purpose.RELIEF)
    notice = current_notice(Purpose.RELIEF) if asks_consent else None
    language = get_language() or ""
    context = {
        "programme": programme,
        "about": described(programme, worker, on=clock.today()),
        "hers": hers,
        "staff": request.user.is_authenticated and not hers,
        "worker": worker,
        "standing": standing_one,
        "notice": notice,
        "notice_title": notice.title_in(language) if notice else "",
        "notice_body": notice.body_in(language) if notice else "",
        "form": form or AgreeForm(),
        "refusal": refusal,
        "sign_in": f"{reverse('accounts:sign_in')}?{urlencode({'next': request.path})}",
        "claim": f"{reverse('workers:claim')}?{urlencode({'next': request.path})}",
        "taken": taken_along(request.POST, today=clock.today()) if asking.answers_for_illness(programme) else Taken(),
    }
    return render(request, "relief/begin.html", context, status=422 if refusal or context["form"].errors else 200)


@worker_required
def _begin(request: HttpRequest, programme: Programme) -> HttpResponse:
    """Her agreement where it isn't there yet, then the application: the open one or a new one."""
    worker = worker_of(request.user)
    if worker is None:
        return redirect(f"{reverse('workers:claim')}?{urlencode({'next': request.path})}")
    if not standing_consent(request.user, Purpose.RELIEF):
        form = AgreeForm(request.POST)
        notice = current_notice(Purpose.RELIEF)
        if form.is_valid() and request.POST.get("notice") != notice.digest:
            form.add_error("agree", _("The privacy notice has changed since you opened this page. Please read it."))
        if not form.is_valid():
            return _show(request, programme, worker, form=form)
        language = get_language() or "zh-hans"
        give_consent(request.user, purpose=Purpose.RELIEF, notice=notice, language=language, now=clock.now())
    try:
        application = begin_application(
            worker,
            code=programme.code,
            by=request.user,
            now=clock.now(),
            illness_on=taken_along(request.POST, today=clock.today()).day,
        )
    except Refused as refused:
        return _show(request, programme, worker, refusal=refused.message())
    return redirect(address(application, "application"))


class Tasks(HerPage):
    """Everything that is asked, how far it is, and the way to sending it."""

    def get(self, request, **kwargs):
        missing = missing_of(self.application, now=clock.now())
        sections = sections_of(self.application, missing)
        context = {
            "title": wording.programmes.title(self.application.programme),
            "sections": sections,
            "done": sum(one.state != WAITING for one in sections),
            "consent": any(one.item == "consent" for one in missing),
        }
        return self.show("relief/tasks.html", context)


class Check(HerPage):
    """What she stated, what the rules say of it, her declaration, and sending."""

    def get(self, request, **kwargs):
        if self.application.case.stage != Stage.DRAFT:
            return redirect("casework:case", self.application.case.token)
        return self._answer(SendForm())

    def post(self, request, **kwargs):
        form = SendForm(request.POST)
        if not form.is_valid():
            return self._answer(form)
        try:
            hand_in(self.application, **form.cleaned_data, seen=request.POST.get("seen", ""), **self.stamp)
        except NotComplete:
            return self._answer(form)
        except Obstructed as refused:
            said = [" ".join(part for part in wording.explain(one) if part) for one in refused.findings]
            return self._answer(form, refusals=said)
        except Refused as refused:
            return self._answer(form, refusals=[refused.message()])
        return redirect(self.to("sent"))

    def sent_already(self, request):
        """Sent twice by an impatient finger, or by the back button: one application, the same number."""
        return redirect(self.to("sent"))

    def _answer(self, form, refusals=()):
        now = clock.now()
        missing = missing_of(self.application, now=now)
        context = {
            "title": wording.programmes.title(self.application.programme),
            "form": form,
            "missing": missing,
            "parts": stated(self.application),
            "preview": preview_of(self.application, now=now),
            "show_income": asking.rests_on_file(self.application.programme),
            "seen": version_seen(self.application),
            "refusals": refusals,
            "contact": queries.contact_of(self.application.case.organization),
        }
        trouble = form.errors or refusals or (form.is_bound and missing)
        return self.show("relief/check.html", context, status=422 if trouble else 200)


@worker_required
@require_safe
def sent(request: HttpRequest, token: str) -> HttpResponse:
    """The number, what happens next and by when."""
    application = own_application_or_404(request, token)
    case = application.case
    if case.stage == Stage.DRAFT:
        return redirect(address(application, "application"))
    if case.stage != Stage.IN_REVIEW:
        return redirect("casework:case", token)
    context = {
        "case": case,
        "title": wording.programmes.title(application.programme),
        "standing": standing(case, now=clock.now(), days=calendar()),
        "steps": wording.programmes.steps(case.route),
        "contact": queries.contact_of(case.organization),
    }
    return render(request, "relief/sent.html", context)


@worker_required
@require_safe
def what_i_sent(request: HttpRequest, token: str) -> HttpResponse:
    """Everything that she stated, for printing: after a code to her phone, for it stands there in clear."""
    application = own_application_or_404(request, token)
    case = application.case
    if case.submitted_at is None:
        return redirect(address(application, "application"))
    if not is_confirmed(request):
        return to_confirm(request)
    context = {
        "case": case,
        "title": wording.programmes.title(application.programme),
        "parts": stated(application),
        "declared_at": application.declared_at,
        "printed_at": clock.now(),
    }
    return render(request, "casework/what_i_sent.html", context)
