"""What is held about her, who looked, what she agreed to; agreeing and withdrawing."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from services.accounts.access import worker_required
from services.foundation import clock
from services.foundation.errors import Refused
from services.privacy import actions, queries
from services.privacy.enums import Purpose
from services.privacy.registry import held_data, withdrawal_effects

PER_PAGE = 20


@worker_required
def my_data(request):
    """The page that answers: what, why, who, and how do I stop it."""
    page = Paginator(queries.looks_at(request.user), PER_PAGE).get_page(request.GET.get("p"))
    held = [{"title": holder.title, "kinds": list(holder.kinds(request.user))} for holder in held_data]
    context = {
        "held": [part for part in held if part["kinds"]],
        "consents": [_consent_line(purpose, consent) for purpose, consent in queries.purposes_standing(request.user)],
        "looks": queries.worded(page.object_list),
        "page": page,
    }
    return render(request, "privacy/my_data.html", context)


@never_cache
def notice(request, purpose: str):
    """The notice in force, for anybody to read; a signed-in woman can agree to it here."""
    shown = _notice_or_404(purpose)
    hers = request.user.is_authenticated and request.user.is_worker
    standing = queries.standing_consent(request.user, purpose) if hers else None
    return render(request, "privacy/notice.html", _words(shown) | {"hers": hers, "standing": standing})


@worker_required
def agree(request, purpose: str):
    """Record that she agrees to the very notice she was shown."""
    shown = _notice_or_404(purpose)
    if request.method != "POST":
        return redirect("privacy:notice", purpose)
    if request.POST.get("notice") != shown.digest:
        messages.warning(
            request, _("The privacy notice has changed since you opened this page. Please read the new one.")
        )
        return redirect("privacy:notice", purpose)
    try:
        actions.give_consent(
            request.user, purpose=purpose, notice=shown, language=get_language() or "zh-hans", now=clock.now()
        )
    except Refused as refusal:
        messages.warning(request, refusal.message())
        return redirect("privacy:notice", purpose)
    messages.success(request, _("You have agreed. You can withdraw it here at any time."))
    return redirect("privacy:my_data")


@worker_required
def withdraw(request, purpose: str):
    """Say what follows, then withdraw."""
    consent = dict(queries.purposes_standing(request.user)).get(_purpose_or_404(purpose))
    if consent is None:
        messages.info(request, _("There is no consent to withdraw."))
        return redirect("privacy:my_data")
    if request.method == "POST":
        try:
            actions.withdraw_consent(consent, by=request.user, now=clock.now())
        except Refused as refusal:
            messages.warning(request, refusal.message())
        else:
            messages.success(request, _("Your consent is withdrawn."))
        return redirect("privacy:my_data")
    consequences = [
        line
        for effect in withdrawal_effects
        if effect.purpose == consent.purpose
        for line in effect.consequences(request.user)
    ]
    return render(request, "privacy/withdraw.html", _words(consent.notice) | {"consequences": consequences})


def _consent_line(purpose: Purpose, consent) -> dict:
    return {"purpose": purpose, "label": purpose.label, "consent": consent}


def _words(shown) -> dict:
    language = get_language() or ""
    return {"notice": shown, "title": shown.title_in(language), "body": shown.body_in(language)}


def _purpose_or_404(purpose: str) -> Purpose:
    try:
        return Purpose(purpose)
    except ValueError:
        raise Http404


def _notice_or_404(purpose: str):
    try:
        return queries.current_notice(_purpose_or_404(purpose))
    except Refused:
        raise Http404
