"""Her applications, and one of them: one box that says what to do now, how far it is, what she sent."""

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from services.accounts.access import worker_required
from services.casework import policies
from services.casework.enums import OPEN, FiledBy, Stage, Verb
from services.casework.models import Case, Document
from services.casework.policies.documents import open_for_documents
from services.casework.public.access import own_case_or_404, service_of
from services.casework.public.story import story_of
from services.casework.queries import appeal_until, calendar, cases_of
from services.casework.queries.complaints import complaints_of
from services.casework.queries.documents import documents_of, items_asked
from services.casework.queries.notices import may_see_line
from services.casework.queries.objections import to_case
from services.casework.registry import services
from services.casework.wording import standing
from services.foundation import clock
from services.workers.queries import worker_of

SHOWN = 50


@worker_required
@require_safe
def cases(request: HttpRequest) -> HttpResponse:
    """The newest fifty, open ones first. The number of queries doesn't grow with them."""
    worker = worker_of(request.user)
    hers = list(cases_of(worker)[:SHOWN]) if worker else []
    titles = {}
    for service in services:
        titles |= service.titles([case for case in hers if case.service == service.code])
    rows = [{"case": case, "title": titles.get(case.pk, "")} for case in hers]
    context = {
        "open": [row for row in rows if row["case"].stage in OPEN],
        "over": [row for row in rows if row["case"].stage not in OPEN],
    }
    return render(request, "casework/list.html", context)


@worker_required
@require_safe
def case(request: HttpRequest, token: str) -> HttpResponse:
    shown = own_case_or_404(request, token)
    return render(request, "casework/case.html", case_context(request, shown))


def case_context(request: HttpRequest, shown: Case) -> dict:
    """What ``casework/case.html`` shows; a service that extends the template adds its own to it."""
    now = clock.now()
    stands = standing(shown, now=now, days=calendar())
    verbs = {edge.verb for edge in policies.verbs_for(request.user, shown)}
    asked = list(items_asked(shown)) if shown.stage == Stage.RETURNED else []
    address = service_of(shown).her_address(shown)
    objections = list(to_case(shown))
    herself = bool(policies.may_complain(request.user, shown))
    complaints = complaints_of(shown) if herself else []
    to_answer = [one for one in objections if one.is_open]
    return {
        "case": shown,
        "title": service_of(shown).title(shown),
        "facts": service_of(shown).her_facts(shown),
        "her_panels": service_of(shown).her_panels(shown, now=now),
        "standing": stands,
        "entries": story_of(shown, stands),
        "asked": asked,
        "asked_why": _beyond_the_list(shown.reason, asked),
        "left": [line for line in asked if line.supplied_at is None],
        "documents": _named(documents_of(shown), service_of(shown).document_kinds(shown)),
        "may_add": open_for_documents(request.user, shown, now=now),
        "may_withdraw": Verb.WITHDRAW in verbs,
        "may_appeal": Verb.APPEAL in verbs and _in_time(shown),
        "represented": shown.filed_by == FiledBy.REPRESENTATIVE,
        "complaints": complaints,
        "may_complain": herself and not any(one.is_open for one in complaints),
        "to_answer": to_answer,
        "unanswered": any(one.answered_at is None for one in to_answer),
        "own_line": bool(objections) or may_see_line(shown),
        "sent_url": service_of(shown).sent_address(shown) if shown.submitted_at else "",
        # Where she goes on with a draft; empty when that is this very page.
        "continue_url": "" if address == request.path else address,
    }


def _named(found: QuerySet[Document], kinds: list) -> list[Document]:
    """Each paper under the name of what it proves; a telephone's name for a photo tells her nothing."""
    words, documents = {kind.item: kind.text for kind in kinds}, list(found)
    for document in documents:
        document.proves = words.get(document.kind, _("Other papers"))
    return documents


def _in_time(shown: Case) -> bool:
    last = appeal_until(shown)
    upheld = shown.events.filter(verb=Verb.UPHOLD).exists()
    return not upheld and (last is None or clock.today() <= last)


def _beyond_the_list(reason: str, asked: list) -> str:
    """What the officer wrote besides naming the things: they stand in the list already."""
    named = {line.words.strip() for line in asked}
    return "" if {line.strip() for line in reason.splitlines()} <= named else reason
