"""Behind the link: yes or no to each purpose, her child's data, who looked, what she wants. One task a screen."""

import json

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from services.accounts import client_address
from services.child_files.actions import consents, requests
from services.child_files.enums import EMPTIED, Answer, FileState, Method, Purpose
from services.child_files.forms.guardian import WishForm
from services.child_files.models import ChildConsent, GuardianshipLink
from services.child_files.public.session import guardian_required
from services.child_files.public.session import leave as end
from services.child_files.queries.consents import notices_in_force, open_questions, purposes_on
from services.child_files.queries.files import consents_standing
from services.child_files.queries.guarding import reads_of
from services.child_files.wording import data_of, read_in_words, recipients_in_words
from services.foundation import clock
from services.foundation.errors import Refused

_LOOKS = 50


@guardian_required
@require_safe
def home(request: HttpRequest, mine: GuardianshipLink) -> HttpResponse:
    """What she can do; while a question is open, the first one is what comes next."""
    child, now = mine.child, clock.now()
    questions = open_questions(child, now)
    context = {
        "child": child,
        "questions": questions,
        "next": questions[0][0] if questions else None,
        "standing": consents_standing(child),
        "requests": child.requests.order_by("-received_at")[:10],
        "locked": child.state in (FileState.RESTRICTED, *EMPTIED),
    }
    return render(request, "child_files/home.html", context)


def _purpose_or_404(child, purpose: str) -> Purpose:
    if purpose not in Purpose.values or purpose not in purposes_on(child.home.programme):
        raise Http404
    return Purpose(purpose)


@guardian_required
@require_http_methods(["GET", "HEAD", "POST"])
def say(request: HttpRequest, mine: GuardianshipLink, purpose: str) -> HttpResponse:
    """One purpose: what it is, and two buttons of the same size."""
    asked, now = _purpose_or_404(mine.child, purpose), clock.now()
    notice = notices_in_force(now).get(asked)
    if notice is None:
        raise Http404
    if request.method == "POST" and request.POST.get("answer") in ("yes", "no"):
        return _answered(request, mine, asked, notice)
    language = get_language() or ""
    standing = consents_standing(mine.child).get(asked)
    context = {
        "purpose": asked,
        "notice": notice,
        "title": notice.title_in(language),
        "body": notice.body_in(language),
        "standing": standing,
        "left": len(open_questions(mine.child, now)),
    }
    return render(request, "child_files/say.html", context)


def _answered(request: HttpRequest, mine: GuardianshipLink, purpose: Purpose, notice) -> HttpResponse:
    how = consents.Given(
        Method.SMS_CODE,
        language=get_language() or "zh-hans",
        address=client_address.of(request),
        device=request.headers.get("User-Agent", ""),
    )
    try:
        if request.POST.get("notice") != notice.digest:
            messages.warning(request, _("The text has changed. Please read it again."))
            return redirect("child_files:say", purpose)
        yes = request.POST["answer"] == "yes"
        consents.answer(mine, purpose=purpose, yes=yes, notice=notice, how=how, now=clock.now())
    except Refused as refusal:
        messages.error(request, refusal.message())
        return redirect("child_files:home")
    mine.child.refresh_from_db()
    left = open_questions(mine.child, clock.now())
    if left:
        return redirect("child_files:say", left[0][0])
    messages.success(request, _("Thank you. Your answers are kept."))
    return redirect("child_files:home")


@guardian_required
@require_safe
def stop(request: HttpRequest, mine: GuardianshipLink) -> HttpResponse:
    standing = consents_standing(mine.child)
    purposes = [purpose for purpose in Purpose if purpose in standing]
    return render(request, "child_files/stop.html", {"purposes": purposes, "child": mine.child})


@guardian_required
@require_http_methods(["GET", "HEAD", "POST"])
def stop_one(request: HttpRequest, mine: GuardianshipLink, purpose: str) -> HttpResponse:
    """The third click ends it: list, question, done."""
    if purpose not in Purpose.values:
        raise Http404
    rows = ChildConsent.objects.unscoped().filter(child=mine.child, purpose=purpose, answer=Answer.GIVEN)
    consent = rows.filter(ended_at__isnull=True).first()
    if consent is None:
        messages.info(request, _("This has stopped already."))
        return redirect("child_files:home")
    if request.method == "POST":
        consents.withdraw(consent, now=clock.now())
        messages.success(request, _("It has stopped."))
        return redirect("child_files:home")
    return render(request, "child_files/stop_one.html", {"purpose": Purpose(purpose)})


@guardian_required
@require_safe
def data(request: HttpRequest, mine: GuardianshipLink) -> HttpResponse:
    """Kinds and number of what is stored, then the data itself."""
    return render(request, "child_files/data.html", {"parts": data_of(mine.child), "child": mine.child})


@guardian_required
@require_safe
def copy(request: HttpRequest, mine: GuardianshipLink) -> HttpResponse:
    """The same as a file that other programs read."""
    parts = [
        {"kind": str(part.title), "items": [{str(label): value for label, value in item} for item in part.items]}
        for part in data_of(mine.child)
    ]
    text = json.dumps({"file": mine.child.code, "data": parts}, ensure_ascii=False, indent=2)
    response = HttpResponse(text, content_type="application/json; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="data.json"'
    return response


@guardian_required
@require_safe
def printed(request: HttpRequest, mine: GuardianshipLink) -> HttpResponse:
    context = {"parts": data_of(mine.child), "child": mine.child, "today": clock.today()}
    return render(request, "child_files/print.html", context)


@guardian_required
@require_safe
def looks(request: HttpRequest, mine: GuardianshipLink) -> HttpResponse:
    """Who looked: the post and the time, never the name of a colleague. And to whom data went."""
    rows = [read_in_words(read) for read in reads_of(mine.child)[:_LOOKS]]
    shared = [(one, recipients_in_words([one.recipient])) for one in mine.child.shared.unscoped().order_by("-at")]
    return render(request, "child_files/looks.html", {"rows": rows, "shared": shared})


@guardian_required
@require_http_methods(["GET", "HEAD", "POST"])
def ask(request: HttpRequest, mine: GuardianshipLink) -> HttpResponse:
    form = WishForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        wish = requests.receive(mine, now=clock.now(), **form.cleaned_data)
        said = _("We have it. You get a written answer by %(day)s at the latest.")
        messages.success(request, said % {"day": f"{wish.due_on:%Y-%m-%d}"})
        return redirect("child_files:home")
    return render(request, "child_files/ask.html", {"form": form})


@guardian_required
@require_POST
def leave(request: HttpRequest, mine: GuardianshipLink) -> HttpResponse:
    end(request)
    return redirect("child_files:over")
