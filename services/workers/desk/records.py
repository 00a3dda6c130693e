"""One record: read it masked, open a value for a reason, correct it, mark several as left, find one by number."""

from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView
from wagtail.admin import messages
from wagtail.admin.views.generic import WagtailAdminTemplateMixin
from wagtail.admin.widgets.button import Button, HeaderButton
from wagtail.log_actions import registry as log_registry

from services.foundation import clock
from services.foundation.desk import DeskFormView, DeskView
from services.foundation.errors import Refused
from services.workers import errors, policies, queries
from services.workers.actions import records as actions
from services.workers.desk.lists import age, page_of
from services.workers.enums import WorkerState
from services.workers.forms import records as forms
from services.workers.models import Worker
from services.workers.queries.duplicates import merged_into, merged_record

MOST_AT_ONCE = 200


class OneRecord:
    """The record whose token the URL holds, when it lies in her scope; 404 else."""

    header_icon = "group"

    @cached_property
    def worker(self) -> Worker:
        visible = Worker.objects.visible_to(self.request.user).select_related("organization", "user")
        return get_object_or_404(visible, token=self.kwargs["token"])

    def get_breadcrumbs_items(self):
        start = [*self.breadcrumbs_items, {"url": reverse("workers_desk:list"), "label": _("Women workers")}]
        return [*start, {"url": page_of(self.worker), "label": self.worker.name}]


class RecordPage(OneRecord, DeskView, WagtailAdminTemplateMixin, TemplateView):
    """Masked; a POST with a reason answers with one value in clear, on this answer alone."""

    template_name = "workers/desk/record.html"

    def allowed(self):
        return policies.may_read(self.request.user, self.worker)

    def get_page_title(self):
        return self.worker.name

    @cached_property
    def may_write(self) -> bool:
        return bool(policies.may_edit(self.request.user, self.worker))

    @cached_property
    def header_buttons(self):
        if not self.may_write:
            return []
        return [HeaderButton(_("Edit"), url=reverse("workers_desk:edit", args=[self.worker.token]), icon_name="edit")]

    @cached_property
    def header_more_buttons(self):
        if not self.may_write:
            return []
        twins = reverse("workers_desk:twins", args=[self.worker.token])
        buttons = [Button(_("A second record of hers"), url=twins, icon_name="copy")]
        if self.worker.state == WorkerState.LEFT:
            url = reverse("workers_desk:take_back", args=[self.worker.token])
            buttons.append(Button(_("Take back"), url=url, icon_name="undo"))
        return buttons

    def dispatch(self, request, *args, **kwargs):
        """An old link to a record that became part of another leads to that one."""
        if gone := merged_record(kwargs["token"], request.user):
            return redirect(page_of(gone.into))
        return super().dispatch(request, *args, **kwargs)

    def post(self, request, *args, **kwargs):
        policies.may_reveal(request.user, self.worker).insist()
        form = forms.LookForm(request.POST)
        shown = {}
        if form.is_valid():
            field = form.cleaned_data["field"]
            try:
                value = actions.reveal_field(self.worker, field=field, by=request.user, reason=form.reason())
            except Refused as refusal:
                form.add_error("canned", refusal.message(staff=True))
            else:
                shown = {field: value}
                form = forms.LookForm()
        return self.render_to_response(self.get_context_data(look_form=form, shown=shown))

    def get_context_data(self, **kwargs):
        kwargs.setdefault("look_form", forms.LookForm())
        return super().get_context_data(
            worker=self.worker,
            age=age(self.worker),
            may_reveal=bool(policies.may_reveal(self.request.user, self.worker)),
            merged=merged_into(self.worker),
            history=log_registry.get_logs_for_instance(self.worker).select_related("user")[:20],
            **kwargs,
        )


class EditRecord(OneRecord, DeskFormView):
    page_title = gettext_lazy("Edit")
    form_class = forms.RecordForm

    def allowed(self):
        return policies.may_edit(self.request.user, self.worker)

    def get_page_subtitle(self):
        return self.worker.name

    def get_breadcrumbs_items(self):
        return [*super().get_breadcrumbs_items(), {"url": "", "label": self.page_title}]

    def get_form_kwargs(self):
        fresh = Worker.objects.own(pk=self.worker.pk).select_related("organization").get()
        return super().get_form_kwargs() | {"instance": fresh, "user": self.request.user}

    def field_for(self, refusal):
        return {
            errors.NumberInvalid: "new_id_number",
            errors.NumberTaken: "new_id_number",
            errors.WhyTheNumber: "reason",
            errors.UnionClosed: "organization",
        }.get(type(refusal))

    def act(self, form):
        actions.edit_worker(
            self.worker,
            by=self.request.user,
            today=clock.today(),
            reason=form.cleaned_data["reason"],
            **form.changes(),
        )
        return _("Saved.")

    def get_success_url(self):
        return page_of(self.worker)


class TakeBack(OneRecord, DeskFormView):
    page_title = gettext_lazy("Take back")
    form_class = forms.LeaveForm
    submit_label = gettext_lazy("She works here")

    def get_page_subtitle(self):
        return self.worker.name

    def allowed(self):
        return policies.may_mark_left(self.request.user, self.worker)

    def act(self, form):
        actions.take_back(self.worker, by=self.request.user, reason=form.cleaned_data["reason"])
        return _("She is among the women at work again.")

    def get_success_url(self):
        return page_of(self.worker)


class FindByNumber(DeskView, WagtailAdminTemplateMixin, TemplateView):
    """The number travels in the body of a POST and is forgotten with the answer."""

    template_name = "workers/desk/find.html"
    page_title = gettext_lazy("Find by number")
    header_icon = "search"

    def allowed(self):
        return policies.may_read_rosters(self.request.user)

    def get_breadcrumbs_items(self):
        here = {"url": "", "label": self.page_title}
        return [*self.breadcrumbs_items, {"url": reverse("workers_desk:list"), "label": _("Women workers")}, here]

    def post(self, request, *args, **kwargs):
        form, found = forms.FindForm(request.POST), []
        if form.is_valid():
            found = queries.found_by_number(request.user, form.cleaned_data["number"], today=clock.today())
            if len(found) == 1:
                return redirect(page_of(found[0]))
            if not found:
                form.add_error("number", _("No record in your unions carries this number."))
        return self.render_to_response(self.get_context_data(form=form, found=found))

    def get_context_data(self, **kwargs):
        kwargs.setdefault("form", forms.FindForm())
        return super().get_context_data(**kwargs)


class MarkLeft(DeskView, WagtailAdminTemplateMixin, TemplateView):
    """First POST: what would happen to each ticked record. Second POST, with a reason: do it, row by row."""

    template_name = "workers/desk/leave.html"
    page_title = gettext_lazy("Mark as left")
    header_icon = "group"

    def allowed(self):
        return policies.may_keep_rosters(self.request.user)

    def get_breadcrumbs_items(self):
        here = {"url": "", "label": self.page_title}
        return [*self.breadcrumbs_items, {"url": reverse("workers_desk:list"), "label": _("Women workers")}, here]

    def get(self, request, *args, **kwargs):
        return redirect("workers_desk:list")

    def ticked(self) -> tuple[list[Worker], int]:
        """The ticked records within her scope, and how many of the ticked ones are not."""
        tokens = set(self.request.POST.getlist("worker")[:MOST_AT_ONCE])
        visible = Worker.objects.visible_to(self.request.user).filter(token__in=tokens)
        rows = list(visible.select_related("organization"))
        for row in rows:
            row.allowed = bool(policies.may_mark_left(self.request.user, row))
            row.will_leave = row.allowed and row.state == WorkerState.ACTIVE
        return rows, len(tokens) - len(rows)

    def post(self, request, *args, **kwargs):
        rows, unknown = self.ticked()
        if not rows:
            messages.error(request, _("Tick at least one record in the list."))
            return redirect("workers_desk:list")
        confirmed = "reason" in request.POST
        form = forms.LeaveForm(request.POST if confirmed else None)
        done = confirmed and form.is_valid()
        if done:
            for row in filter(lambda row: row.will_leave, rows):
                self.mark(row, form.cleaned_data["reason"])
        leaving = sum(row.will_leave for row in rows)
        return self.render_to_response(
            self.get_context_data(rows=rows, unknown=unknown, form=form, done=done, leaving=leaving)
        )

    def mark(self, row: Worker, reason: str) -> None:
        """One record, by itself: what keeps this one from leaving now keeps no other from it."""
        try:
            actions.mark_left(row, by=self.request.user, reason=reason)
        except Refused as refusal:
            row.will_leave, row.refusal = False, refusal.message(staff=True)
