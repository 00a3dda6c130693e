"""One new woman on the roster, typed at the desk."""

from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from wagtail.admin import messages

from services.foundation import clock
from services.foundation.desk import DeskFormView
from services.foundation.sheets import Fault
from services.workers import errors, policies
from services.workers.actions.hiring import hire
from services.workers.desk.lists import page_of
from services.workers.forms.hiring import HireForm
from services.workers.wordings import ROSTER_WORDINGS

# Where the advice to a clerk with a workbook speaks of its lines.
ADVICE = {
    "other_unit": _("Have her transferred instead."),
    "male": _("Compare it with her identity card."),
}


def words(fault: Fault) -> str:
    wording = ROSTER_WORDINGS[fault.code]
    advice = ADVICE.get(fault.code, wording.remedy)
    return " ".join(str(part) % fault.context if fault.context else str(part) for part in (wording.message, advice))


class AddRecord(DeskFormView):
    page_title = _("Add one woman")
    header_icon = "group"
    form_class = HireForm
    intro = _("For one new colleague. Many are added more quickly with a workbook, under Imports.")

    def allowed(self):
        return policies.may_keep_rosters(self.request.user)

    def get_breadcrumbs_items(self):
        start = [*self.breadcrumbs_items, {"url": reverse("workers_desk:list"), "label": _("Women workers")}]
        return [*start, {"url": "", "label": self.page_title}]

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"user": self.request.user}

    def get_success_url(self):
        return reverse("workers_desk:list")

    def field_for(self, refusal):
        return {errors.NumberTaken: "id_number", errors.UnionClosed: "organization"}.get(type(refusal))

    def form_valid(self, form):
        """What the roster's rules refuse stands beside its field; a record that exists is shown instead."""
        self.known = None
        answer = super().form_valid(form)
        if self.known is None:
            return answer
        messages.warning(self.request, errors.OnTheRoster.for_staff)
        return redirect(page_of(self.known))

    def act(self, form):
        union = form.cleaned_data["organization"]
        try:
            worker = hire(form.cells(), union=union, by=self.request.user, today=clock.today(), now=clock.now())
        except errors.LineRefused as refused:
            for fault in refused.faults:
                form.add_error(fault.column if fault.column in form.fields else None, words(fault))
            raise
        except errors.OnTheRoster as refused:
            self.known = refused.worker
            raise
        return _("%(name)s is on the roster of %(union)s.") % {"name": worker.name, "union": worker.organization.name}
