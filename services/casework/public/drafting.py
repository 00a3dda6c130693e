"""A page of what she fills in: one group of questions, saved at once, never over what another window saved."""

import json

from django.contrib import messages
from django.forms import Form
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils.crypto import salted_hmac
from django.utils.decorators import method_decorator
from django.utils.formats import date_format, time_format
from django.utils.functional import cached_property
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.views import View
from django.views.decorators.debug import sensitive_post_parameters

from services.accounts.access import worker_required
from services.casework.actions import typing
from services.casework.enums import WAITING_ON_HER
from services.casework.models import Case
from services.casework.public import kept
from services.foundation import clock
from services.foundation.errors import Refused


class HerPage(View):
    """Hers alone, and only while the case lies with her. ``self.case`` is it.

    A service says what the page is about (``take``), what else its templates read (``about``), and may send her
    elsewhere (``turned_away``).
    """

    service = ""
    sent_before = ""

    def take(self, request: HttpRequest, token: str) -> Case:
        """Find what belongs to the case of ``token``, keep it on the page, and return the case. Raises ``Http404``."""
        raise NotImplementedError

    def about(self) -> dict:
        return {}

    def turned_away(self) -> HttpResponse | None:
        return None

    @method_decorator(sensitive_post_parameters())
    def dispatch(self, request, token, **kwargs):
        return self._inside(request, token=token, **kwargs)

    @method_decorator(worker_required)
    def _inside(self, request, token, **kwargs):
        self.case = self.take(request, token)
        if self.case.stage not in WAITING_ON_HER:
            return self.sent_already(request)
        if (elsewhere := self.turned_away()) is not None:
            return elsewhere
        kept.take_in(request, self.case)
        return super().dispatch(request, token=token, **kwargs)

    def sent_already(self, request: HttpRequest) -> HttpResponse:
        """A page from before sending, by the back button or in another window."""
        if kept.is_keeping(request):
            return JsonResponse({"error": self.sent_before}, status=409)
        messages.info(request, self.sent_before)
        return redirect("casework:case", self.case.token)

    @cached_property
    def stamp(self) -> dict:
        return {"by": self.request.user, "now": clock.now()}

    def show(self, template: str, context: dict, *, status: int = 200) -> HttpResponse:
        return render(self.request, template, {"case": self.case} | self.about() | context, status=status)


class Questions(HerPage):
    """One form. ``base`` is a digest of what the page held: another window that changed it is noticed by that."""

    template_name = ""
    title = lede = note = ""

    def dispatch(self, request, token, **kwargs):
        if request.method == "POST" and not request.user.is_authenticated:
            self._keep_signed_out(request, token)
            if kept.is_keeping(request):
                words = _("You were signed out. What you typed is kept: sign in again to go on.")
                return JsonResponse({"error": words}, status=401)
        return super().dispatch(request, token=token, **kwargs)

    def _keep_signed_out(self, request: HttpRequest, token: str) -> None:
        values = kept.posted(request)
        base = values.pop("base", "")
        kept.keep_signed_out(request, token, service=self.service, page=self.page(), values=values, base=str(base))

    def page(self) -> str:
        """The name under which unsaved typing is kept."""
        return self.request.resolver_match.url_name

    def form(self, data=None, initial: dict | None = None) -> Form:
        raise NotImplementedError

    def stored(self) -> dict:
        """What the form's fields hold as it is stored now."""
        raise NotImplementedError

    def compared(self):
        """What must not have changed since the page was shown; the stored fields themselves."""
        return self.stored()

    def save(self, form: Form) -> None:
        raise NotImplementedError

    def refused(self, refusal: Refused, form: Form) -> bool:
        """Say it beside the field that caused it; True when somebody else saved in between."""
        form.add_error(None, refusal.message())
        return False

    def is_there(self, form: Form) -> bool:
        """Whether exactly this was saved already: a form sent twice."""
        return form.is_bound and not form.has_changed()

    def get_success_url(self) -> str:
        raise NotImplementedError

    def more(self) -> dict:
        return {}

    def base(self) -> str:
        text = json.dumps(self.compared(), sort_keys=True, default=str, ensure_ascii=False)
        return salted_hmac(f"{self.service}.page", text).hexdigest()[:32]

    def get(self, request, **kwargs):
        stored, base = self.stored(), self.base()
        unsaved = self._unsaved(stored)
        if unsaved is None:
            return self.answer(self.form(initial=stored), base)
        form = self.form(initial=stored)
        known = {name: value for name, value in unsaved.values.items() if name in form.fields}
        conflict = unsaved.base and unsaved.base != base
        return self.answer(self.form(initial=stored | known), base, unsaved=unsaved, conflict=conflict)

    def _unsaved(self, stored: dict):
        """What she typed and hasn't saved; what is stored by now is forgotten."""
        unsaved = typing.kept_typing(self.case, self.page())
        if unsaved is None:
            return None
        typed = self.form(unsaved.values, initial=stored)
        if typed.has_changed() and not (typed.is_valid() and self.is_there(typed)):
            return unsaved
        typing.forget(self.case, page=self.page())
        return None

    def post(self, request, **kwargs):
        form = self.form(request.POST, initial=self.stored())
        if kept.is_keeping(request):
            return self._keep_only(form)
        conflict = False
        if form.is_valid():
            conflict = request.POST.get("base", "") != self.base()
            if conflict and self.is_there(form):
                return self.saved()
            if not conflict:
                conflict = self._try(form)
                if not conflict and not form.errors:
                    return self.saved()
        self._keep(form, "" if conflict else request.POST.get("base", ""))
        return self.answer(form, self.base(), conflict=conflict, status=409 if conflict else 422)

    def _try(self, form: Form) -> bool:
        try:
            self.save(form)
        except Refused as refusal:
            return self.refused(refusal, form)
        return False

    def saved(self) -> HttpResponse:
        typing.forget(self.case, page=self.page())
        messages.success(self.request, _("Saved."))
        return redirect(self.get_success_url())

    def _keep(self, form: Form, base: str) -> bool:
        return typing.keep(self.case, page=self.page(), values=kept.raw(form), base=base, **self.stamp)

    def _keep_only(self, form: Form) -> JsonResponse:
        if not self._keep(form, self.request.POST.get("base", "")):
            return JsonResponse({"error": _("This is too long to be kept. Please save it.")}, status=413)
        at = time_format(localtime(self.stamp["now"]), "H:i")
        return JsonResponse({"kept": _("Kept at %(time)s; not saved yet") % {"time": at}})

    def answer(self, form: Form, base: str, *, unsaved=None, conflict=False, status: int = 200) -> HttpResponse:
        context = {
            "form": form,
            "base": base,
            "title": self.title,
            "lede": self.lede,
            "note": self.note,
            "kept_at": unsaved.at if unsaved else None,
            "conflict": shown(self.form(initial=self.stored())) if conflict else None,
            "back": self.get_success_url(),
        }
        return self.show(self.template_name, context | self.more(), status=status)


def shown(form: Form) -> list[tuple[str, str]]:
    """Each field of an unbound form with its value in words."""
    return [(str(field.label), _value(field)) for field in form]


def _value(field) -> str:
    value = field.value()
    if value in (None, "", []):
        return _("none given")
    if isinstance(value, bool):
        return _("Yes") if value else _("No")
    choices = {str(code): str(label) for code, label in getattr(field.field, "choices", ())}
    if isinstance(value, (list, tuple)):
        return _(", ").join(choices.get(str(one), str(one)) for one in value)
    if hasattr(value, "year"):
        return date_format(value, "DATE_FORMAT")
    return choices.get(str(value), str(value))
