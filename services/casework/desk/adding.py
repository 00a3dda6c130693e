"""Papers that a colleague adds while a case lies with the desk, and lines of a request that were brought to it."""

from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views import View
from wagtail.admin import messages

from services.casework import actions, policies
from services.casework.actions.documents import attach
from services.casework.desk.pages import OneCase
from services.casework.forms.assisted import PaperForm
from services.casework.policies.documents import kinds_for
from services.casework.queries.documents import items_asked
from services.foundation import clock
from services.foundation.desk import DeskFormView
from services.foundation.errors import Refused


def keep_files(form, field: str, case, *, kind: str, **stamp) -> list:
    """Every file of the field on its own: those that are refused are named beside it, the others are kept."""
    kept = {}
    for upload in form.cleaned_data[field]:
        try:
            document = attach(case, kind=kind, upload=upload, **stamp)
        except Refused as refusal:
            said = _("%(name)s: %(why)s") % {"name": upload.name[-40:], "why": refusal.message(staff=True)}
            form.add_error(field, said)
            # What was refused leaves ``cleaned_data``; the loop goes on over the list it began with.
        else:
            kept[document.pk] = document
    return list(kept.values())


class AddPapers(OneCase, DeskFormView):
    """Photos of a visit, a paper handed in at the counter: for whoever handles the case while staff work on it."""

    page_title = gettext_lazy("Add papers")
    submit_label = gettext_lazy("Add them")
    intro = gettext_lazy("Photos or PDFs that were brought to you or taken at a visit. She sees them with her case.")
    form_class = PaperForm

    def allowed(self):
        return policies.may_handle(self.request.user, self.case)

    def get_form_kwargs(self):
        kinds = kinds_for(self.request.user, self.case, now=clock.now())
        return super().get_form_kwargs() | {"kinds": kinds}

    def form_valid(self, form):
        """Files that are kept stay kept when another one is refused."""
        kind, stamp = form.cleaned_data["kind"], {"by": self.request.user, "now": clock.now()}
        kept = keep_files(form, "files", self.case, kind=kind, **stamp)
        if kept:
            messages.success(self.request, form.said(kept))
        return self.form_invalid(form) if form.errors else redirect(self.get_success_url() + "#papers")


class Supplied(OneCase, View):
    """A line of the last request was brought to the desk on paper, or needs none."""

    http_method_names = ["post"]

    def allowed(self):
        return policies.may_handle(self.request.user, self.case)

    def post(self, request, token):
        line = next((one for one in items_asked(self.case) if str(one.pk) == request.POST.get("line", "")), None)
        if line is None:
            raise Http404
        try:
            actions.mark_supplied(line, by=request.user, now=clock.now())
            messages.success(request, _("Noted: it was brought to the desk."))
        except (Refused, PermissionDenied) as refused:
            messages.error(request, refused.message(staff=True) if isinstance(refused, Refused) else str(refused))
        return redirect(self.get_success_url() + "#papers")
