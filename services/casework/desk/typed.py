"""Forms of the desk about one case: what is typed is kept, sealed and for her alone, until it is carried out (D20)."""

from django.http import JsonResponse
from django.utils.datastructures import MultiValueDict
from django.utils.formats import time_format
from django.utils.functional import cached_property
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from services.casework.actions import typing
from services.casework.models import KeptTyping
from services.foundation import clock

# As ``static/js/keep.js`` says it: keep what stands in the fields, judge nothing.
HEADER = "X-Keep"
# Not hers: what was on the screen, and the token of the form.
_LEFT_OUT = frozenset({"csrfmiddlewaretoken", "seen", "version"})


class KeepsTyping:
    """Put before a form view of the desk. ``kept_for`` is the case; a page of which there are several names itself."""

    keeps = True

    def kept_for(self):
        return self.case

    def kept_page(self) -> str:
        return self.request.path

    @cached_property
    def kept(self) -> KeptTyping | None:
        """What she typed here and hasn't sent."""
        page = typing.desk_page(self.kept_page(), self.request.user)
        return typing.kept_typing(self.kept_for(), page)

    def post(self, request, *args, **kwargs):
        if HEADER in request.headers:
            return self.keep_only()
        return self.carried(super().post(request, *args, **kwargs))

    def carried(self, answer):
        """What was carried out leads away from the form: nothing of it waits any more."""
        if answer.status_code == 302:
            typing.forget(self.kept_for(), page=typing.desk_page(self.kept_page(), self.request.user))
        return answer

    def keep_only(self) -> JsonResponse:
        if not self._keep():
            return JsonResponse({"error": _("This is too long to be kept. Please save it.")}, status=413)
        at = time_format(localtime(clock.now()), "H:i")
        return JsonResponse({"kept": _("Kept at %(time)s; not saved yet") % {"time": at}})

    def _keep(self) -> bool:
        values = {name: values for name, values in self.request.POST.lists() if name not in _LEFT_OUT}
        asked = {"page": self.kept_page(), "values": values, "by": self.request.user, "now": clock.now()}
        return typing.keep_at_desk(self.kept_for(), **asked)

    def get_form_kwargs(self):
        """What was typed stands above what a page fills in by itself."""
        asked = super().get_form_kwargs()
        if self.request.method != "POST":
            asked["initial"] = asked["initial"] | restored(self.get_form_class(), self.kept)
        return asked

    def form_invalid(self, form):
        self._keep()
        return super().form_invalid(form)

    def get_context_data(self, **kwargs):
        kept = self.kept if self.request.method != "POST" else None
        return super().get_context_data(keeps=True, kept_at=kept.at if kept else None, **kwargs)


def restored(form_class, kept: KeptTyping | None) -> dict:
    """The fields of a form as they were typed; a box that wasn't ticked stays without a tick."""
    if kept is None:
        return {}
    typed = MultiValueDict(kept.values)
    fields = {name: field for name, field in form_class.base_fields.items() if not field.widget.needs_multipart_form}
    return {
        name: field.widget.value_from_datadict(typed, {}, name)
        for name, field in fields.items()
        if name not in _LEFT_OUT and not field.widget.value_omitted_from_data(typed, {}, name)
    }
