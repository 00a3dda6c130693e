"""What she was paid: a list, one payment with "did it arrive?", a receipt for paper, and her account."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from services.accounts.access import is_confirmed, to_confirm, worker_required
from services.foundation import clock
from services.foundation.errors import Refused
from services.payments import actions, queries
from services.payments.enums import PayableState
from services.payments.forms.accounts import FIELD_OF, AccountForm
from services.payments.models import Payable
from services.payments.public.story import box_of, story_of
from services.payments.registry import watchers
from services.workers.queries import worker_of

PAGE = 20


def _own_or_404(request: HttpRequest, token: str) -> Payable:
    worker = worker_of(request.user)
    rows = queries.payments_of(worker) if worker else Payable.objects.own(pk__in=[])
    return get_object_or_404(rows, token=token)


@worker_required
@require_safe
def payments(request: HttpRequest) -> HttpResponse:
    worker = worker_of(request.user)
    rows = queries.payments_of(worker) if worker else Payable.objects.own(pk__in=[])
    page = Paginator(rows, PAGE).get_page(request.GET.get("page"))
    shown = [(payable, box_of(payable)) for payable in page]
    account = queries.current_account(worker) if worker else None
    return render(request, "payments/list.html", {"page": page, "shown": shown, "account": account, "worker": worker})


@worker_required
@require_safe
def one(request: HttpRequest, token: str) -> HttpResponse:
    return _show(request, _own_or_404(request, token))


def _show(request: HttpRequest, payable: Payable, *, refusal: str = "") -> HttpResponse:
    watcher = watchers.get(payable.service)
    context = {
        "payable": payable,
        "box": box_of(payable),
        "entries": story_of(payable),
        "about": watcher.her_address(payable) if watcher else "",
        "paid": payable.state == PayableState.PAID,
        "refusal": refusal,
    }
    return render(request, "payments/one.html", context)


@worker_required
@require_POST
def arrived(request: HttpRequest, token: str) -> HttpResponse:
    payable = _own_or_404(request, token)
    answer = request.POST.get("arrived")
    if answer not in ("yes", "no"):
        return _show(request, payable, refusal=_("Choose one of the two answers."))
    try:
        actions.say_received(payable, arrived=answer == "yes", by=request.user, now=clock.now())
    except Refused as refusal:
        return _show(request, payable, refusal=refusal.message())
    if answer == "yes":
        messages.success(request, _("Thank you. We have noted that it arrived."))
    else:
        messages.info(request, _("Thank you for telling us. The finance office looks into it with the bank."))
    return redirect("payments:one", token)


@worker_required
@require_safe
def receipt(request: HttpRequest, token: str) -> HttpResponse:
    """A page for paper; only what was paid has one."""
    payable = _own_or_404(request, token)
    if payable.state != PayableState.PAID:
        return redirect("payments:one", token)
    context = {"payable": payable, "name": payable.worker.name, "printed_at": clock.now()}
    return render(request, "payments/receipt.html", context)


@sensitive_post_parameters("number", "again", "holder")
@worker_required
@require_http_methods(["GET", "HEAD", "POST"])
def account(request: HttpRequest) -> HttpResponse:
    """Her account, masked, and the form for another one: only after a code to her phone."""
    worker = worker_of(request.user)
    if worker is None:
        return redirect("payments:list")
    form = AccountForm(request.POST if request.method == "POST" else None)
    if not is_confirmed(request):
        if request.method != "POST":
            return to_confirm(request)
        # What she typed stays on the page, and nowhere else, while she confirms in another window.
        form.add_error(None, _("The time after your code is over. Confirm once more, then save again."))
        return render(request, "payments/account.html", {"form": form, "unconfirmed": True})
    if request.method == "POST" and form.is_valid():
        try:
            actions.set_account(worker, by=request.user, now=clock.now(), **form.given())
        except Refused as refusal:
            form.add_error(FIELD_OF.get(refusal.code), refusal.message())
        else:
            messages.success(request, _("Your account is noted. Payments from now on go there."))
            return redirect("payments:list")
    return render(request, "payments/account.html", {"form": form, "account": queries.current_account(worker)})
