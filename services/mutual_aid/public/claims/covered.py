"""Am I covered on that day, by which cover, for what: asked before anything is kept, and the way into a claim."""

from dataclasses import dataclass
from datetime import date

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import get_language, pgettext
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from services.accounts.access import worker_required
from services.casework.public.taken import taken_along
from services.foundation import clock
from services.foundation.errors import Refused
from services.foundation.said import day, yuan
from services.foundation.yuan import plain
from services.mutual_aid import queries
from services.mutual_aid.actions.claiming import begin_claim
from services.mutual_aid.enums import Grade, Result
from services.mutual_aid.forms.claims import BeginForm, DayForm
from services.mutual_aid.models import CoverVersion
from services.mutual_aid.public.claims.access import address
from services.mutual_aid.queries.claiming import claims_of, covers_on
from services.mutual_aid.queries.terms import terms_of
from services.mutual_aid.rules.days import ONE_DAY
from services.mutual_aid.rules.deadlines import Deadlines, deadlines
from services.mutual_aid.rules.standing import Given, standing
from services.mutual_aid.rules.terms import Terms
from services.privacy.actions import give_consent
from services.privacy.enums import Purpose
from services.privacy.queries import current_notice, standing_consent
from services.workers.models import Worker
from services.workers.queries import worker_of


@dataclass(frozen=True, slots=True)
class Answer:
    """One cover on a day: which day of it that is, and in words what each grade gives then."""

    version: CoverVersion
    title: str
    day: int
    given: list[tuple[str, str, str]]
    diseases: list[str]
    until: Deadlines
    source: str


@worker_required
@never_cache
@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
def start(request: HttpRequest) -> HttpResponse:
    """The day is asked in the body of a form: no address and no session keeps it."""
    worker = worker_of(request.user)
    if worker is None:
        return redirect(f"{reverse('workers:claim')}?{urlencode({'next': request.path})}")
    taken = taken_along(request.POST, today=clock.today())
    asked = request.method == "POST" and "diagnosed" in request.POST
    form = DayForm(request.POST if asked or (request.method == "POST" and not taken) else None, today=clock.today())
    if not form.is_bound or not form.is_valid():
        form.initial = {"diagnosed": taken.day}
        context = {"form": form, "covers": _listed(worker), "claims": list(claims_of(worker)[:20]), "taken": taken}
        return render(request, "mutual_aid/start.html", context, status=422 if form.errors else 200)
    return _answer(request, worker, form.cleaned_data["diagnosed"])


def _listed(worker: Worker) -> list[tuple[str, CoverVersion]]:
    return [(queries.name_of(one.scheme), one) for one in queries.covers_of(worker)]


def _answer(request: HttpRequest, worker: Worker, on: date, *, begin=None, refusal: str = "") -> HttpResponse:
    found = [_answered(one, on) for one in covers_on(worker, on)]
    others = [] if found else _listed(worker)
    if begin is None:
        begin = _begin_form(request, worker, on)
    notice = current_notice(Purpose.MUTUAL_AID) if "agree" in begin.fields else None
    language = get_language() or ""
    context = {
        "on": on,
        "today": clock.today(),
        "found": found,
        "others": others,
        "begin": begin,
        "notice": notice,
        "notice_title": notice.title_in(language) if notice else "",
        "notice_body": notice.body_in(language) if notice else "",
        "refusal": refusal,
        "union": worker.organization,
        "taken": taken_along(request.POST, today=clock.today()),
    }
    return render(request, "mutual_aid/covered.html", context, status=422 if refusal or begin.errors else 200)


def _begin_form(request: HttpRequest, worker: Worker, on: date, data=None) -> BeginForm:
    """Covers that answer for the day; where none does, all of hers, so that the union can be asked all the same."""
    versions = covers_on(worker, on) or list(queries.covers_of(worker))
    choices = [(one.cover.token, f"{queries.name_of(one.scheme)} {one.first_day}–{one.last_day}") for one in versions]
    asks = not standing_consent(request.user, Purpose.MUTUAL_AID)
    return BeginForm(data, covers=choices, asks_consent=asks)


def _answered(version: CoverVersion, on: date) -> Answer:
    terms = terms_of(version.terms)
    stands = standing(terms, queries.plain_cover(version), on)
    return Answer(
        version=version,
        title=queries.name_of(version.scheme),
        day=stands.day,
        given=[(*_gives(one), _then(one)) for one in stands.given],
        diseases=[one.name for one in version.terms.diseases.all()],
        until=deadlines(terms, diagnosed=on),
        source=_source(terms),
    )


def _gives(one: Given) -> tuple[str, str]:
    grade = str(dict(Grade.choices)[one.grade])
    if one.result == Result.NOTHING:
        return grade, _("Nothing: the waiting period isn't over")
    return grade, _("not known") if one.amount is None else _("%(sum)s yuan") % {"sum": yuan(plain(one.amount))}


def _then(one: Given) -> str:
    return pgettext("cover", "until %(day)s") % {"day": day(one.next_from - ONE_DAY)} if one.next_from else ""


def _source(terms: Terms) -> str:
    return terms.source


@worker_required
@never_cache
@sensitive_post_parameters()
@require_POST
def begin(request: HttpRequest) -> HttpResponse:
    """Her agreement where it isn't there yet, then the claim: the one under way or a new one."""
    worker = worker_of(request.user)
    day = DayForm(request.POST, today=clock.today())
    if worker is None or not day.is_valid():
        return redirect("claims:start")
    on = day.cleaned_data["diagnosed"]
    form = _begin_form(request, worker, on, request.POST)
    notice = current_notice(Purpose.MUTUAL_AID)
    if form.is_valid() and "agree" in form.fields:
        if request.POST.get("notice") != notice.digest:
            form.add_error("agree", _("The privacy notice has changed since you opened this page. Please read it."))
        else:
            language = get_language() or "zh-hans"
            give_consent(request.user, purpose=Purpose.MUTUAL_AID, notice=notice, language=language, now=clock.now())
    if not form.is_valid():
        return _answer(request, worker, on, begin=form)
    said = {"diagnosed": on, "hospital": taken_along(request.POST, today=clock.today()).place}
    try:
        claim = begin_claim(worker, cover=form.cleaned_data["cover"], **said, by=request.user, now=clock.now())
    except Refused as refused:
        return _answer(request, worker, on, begin=form, refusal=refused.message())
    return redirect(address(claim, "tasks"))
