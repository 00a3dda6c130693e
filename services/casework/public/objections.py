"""Objecting to a line without signing in, and asking what became of it. How often is limited by address and notice."""

from datetime import datetime

from django.conf import settings
from django.core import signing
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.debug import sensitive_post_parameters, sensitive_variables
from django.views.decorators.http import require_http_methods

from services.accounts import client_address
from services.casework import errors
from services.casework.actions import objections as actions
from services.casework.forms.objections import ObjectionForm, StatusForm
from services.casework.models import NoticeLine, PublicNotice
from services.casework.public.notices import gone, of_the_day, rows, standing_or_none
from services.casework.queries import notices as notice_queries
from services.casework.queries import objections as queries
from services.foundation import clock
from services.foundation.pace import minutes_to_wait_for, network_of
from services.foundation.references import unguessable

_SALT = "casework.objection.form"
_FORM_LASTS = 24 * 3600


@require_http_methods(["GET", "HEAD", "POST"])
@sensitive_post_parameters()
@sensitive_variables()
@of_the_day
def object_to(request: HttpRequest, token: str, position: int) -> HttpResponse:
    """The form for one line. After the last day it answers 410; what was typed is shown again, not lost."""
    notice = standing_or_none(token)
    form = ObjectionForm(request.POST if request.method == "POST" else None, initial={"form": _new_form()})
    if notice is None:
        return gone(request, form=form if form.is_bound else None)
    line = _line_or_404(notice, position)
    status = 200
    if form.is_bound and form.is_valid():
        said = form.cleaned_data
        asked = _form_named(said["form"])
        if asked is None:
            form = _renewed(form, _("This form lay open for too long. Please check it and send it once more."))
        elif wait := _minutes_to_wait(request, notice, now=clock.now()):
            form.add_error(None, _try_again(wait))
            status = 429
        else:
            return _receive(request, line, said, asked, form)
    context = {"notice": notice, "lines": rows([line]), "line": line, "form": form}
    return render(request, "notices/object.html", context, status=status)


def _line_or_404(notice: PublicNotice, position: int) -> NoticeLine:
    line = notice_queries.lines_seen(notice).filter(position=position).first()
    if line is None:
        raise Http404
    return line


def _receive(request, line: NoticeLine, said: dict, asked: str, form) -> HttpResponse:
    try:
        received = actions.receive(
            line, about=said["about"], text=said["text"], contact=said["contact"], form=asked, now=clock.now()
        )
    except errors.WindowClosed:
        return gone(request, form=form)
    context = {"objection": received.objection, "code": received.code}
    return render(request, "notices/received.html", context)


def _new_form() -> str:
    return signing.dumps(unguessable(), salt=_SALT)


def _form_named(sent: str) -> str | None:
    """The name of the form that was sent; None when it is none of ours, or too old."""
    try:
        return signing.loads(sent, salt=_SALT, max_age=_FORM_LASTS)
    except signing.BadSignature:
        return None


def _renewed(form: ObjectionForm, words: str) -> ObjectionForm:
    data = form.data.copy()
    data["form"] = _new_form()
    renewed = ObjectionForm(data)
    renewed.add_error(None, words)
    return renewed


def _minutes_to_wait(request, notice: PublicNotice, *, now: datetime) -> int:
    """By address first: whoever sends too much uses up nothing of the notice's."""
    network = network_of(client_address.of(request))
    return minutes_to_wait_for(
        "objection", network, limit=settings.OBJECTIONS_PER_ADDRESS_HOUR, now=now
    ) or minutes_to_wait_for("objection-notice", str(notice.pk), limit=settings.OBJECTIONS_PER_NOTICE_HOUR, now=now)


def _try_again(minutes: int) -> str:
    words = ngettext(
        "Many objections have just come in. What you wrote is still here: please send it again in %(minutes)s minute.",
        "Many objections have just come in. What you wrote is still here: please send it again in %(minutes)s minutes.",
        minutes,
    )
    return words % {"minutes": minutes}


@require_http_methods(["GET", "HEAD", "POST"])
@sensitive_post_parameters()
@of_the_day
def status(request: HttpRequest) -> HttpResponse:
    """What became of an objection, by reference and code; neither ever stands in an address."""
    form = StatusForm(request.POST if request.method == "POST" else None)
    found, answer = None, 200
    if form.is_bound and form.is_valid():
        limit = settings.OBJECTION_QUESTIONS_PER_HOUR
        network = network_of(client_address.of(request))
        if wait := minutes_to_wait_for("objection-question", network, limit=limit, now=clock.now()):
            form.add_error(None, _ask_again(wait))
            answer = 429
        else:
            found = queries.by_reference(form.cleaned_data["reference"], form.cleaned_data["code"])
            if found is None:
                form.add_error(None, _("There is no objection with this reference and code. Please check both."))
    return render(request, "notices/status.html", {"form": form, "objection": found}, status=answer)


def _ask_again(minutes: int) -> str:
    words = ngettext(
        "You have asked very often. Please try again in %(minutes)s minute.",
        "You have asked very often. Please try again in %(minutes)s minutes.",
        minutes,
    )
    return words % {"minutes": minutes}
