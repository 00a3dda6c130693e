"""The lines of a batch: choosing women of the roster, changing one, taking some out, looking at what is kept above."""

from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, redirect
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.generic import TemplateView, View
from wagtail.admin import messages

from services.foundation import clock
from services.foundation.errors import Refused
from services.foundation.identifiers import whole_years
from services.foundation.passes import grant, holds
from services.foundation.verdict import Finding
from services.mutual_aid import errors, wording
from services.mutual_aid.actions import batch_decisions, enrolling, looking
from services.mutual_aid.desk.joining_pages import ActionForm, DeciderOf, PreparerOf, desk_url
from services.mutual_aid.enums import RowState
from services.mutual_aid.forms.joining import LineForm, LookForm, PutForm, SettleForm
from services.mutual_aid.models import EnrolmentRow
from services.organizations.enums import ROSTER_WRITERS
from services.workers.enums import WorkerState
from services.workers.models import Worker

PAGE = 200


class Choose(PreparerOf, TemplateView):
    """The women of the roster who aren't in the batch yet: the ticked ones, or all of them."""

    template_name = "mutual_aid/desk/choose.html"
    page_title = gettext_lazy("Choose women")

    def women(self):
        """Women at work at the unit who don't stand in the batch."""
        there = EnrolmentRow.objects.own(batch=self.batch, worker__isnull=False)
        women = Worker.objects.visible_to(self.request.user, roles=ROSTER_WRITERS).filter(
            organization__path__startswith=self.batch.path, state=WorkerState.ACTIVE
        )
        return women.exclude(pk__in=there.values("worker")).order_by("name", "pk")

    def get_context_data(self, **kwargs):
        page = Paginator(self.women(), PAGE).get_page(self.request.GET.get("page"))
        today = clock.today()
        rows = [{"worker": one, "age": whole_years(one.birth_date, today)} for one in page]
        form = kwargs.pop("form", None) or PutForm()
        return super().get_context_data(page=page, rows=rows, form=form, **kwargs)

    def post(self, request, *args, **kwargs):
        form = PutForm(request.POST)
        chosen = self.women().select_related("organization")
        if "all" not in request.POST:
            chosen = chosen.filter(token__in=request.POST.getlist("who")[: PAGE + 1])
        women = list(chosen) if form.is_valid() else []
        if form.is_valid() and not women:
            form.add_error(None, _("Tick at least one woman."))
        if form.is_valid():
            try:
                enrolling.put_women(
                    self.batch, women=women, shares=form.cleaned_data["shares"], by=request.user, now=clock.now()
                )
            except Refused as refusal:
                beside = "shares" if isinstance(refusal, errors.SharesOverLimit) else None
                form.add_error(beside, refusal.message(staff=True))
            else:
                words = ngettext("%(count)s woman was put in.", "%(count)s women were put in.", len(women))
                messages.success(request, words % {"count": len(women)})
                return redirect(self.get_success_url())
        return self.render_to_response(self.get_context_data(form=form))


class OneLine:
    """The line of the URL, among those of its batch."""

    @cached_property
    def row(self) -> EnrolmentRow:
        rows = EnrolmentRow.objects.own(batch=self.batch).select_related("worker", "batch__organization")
        return get_object_or_404(rows, position=self.kwargs["line"], worker__isnull=False)

    def get_context_data(self, **kwargs):
        return super().get_context_data(row=self.row, **kwargs)


class LineEdit(OneLine, ActionForm, PreparerOf):
    form_class = LineForm
    field_of = {errors.SharesOverLimit.code: "shares"}

    def get_page_title(self):
        return self.row.worker.name

    def get_initial(self):
        return {"shares": self.row.shares, "retires_at": self.row.retires_at or ""}

    def act(self, form):
        enrolling.change_line(self.row, by=self.request.user, now=clock.now(), **form.cleaned_data)
        return _("The line was changed.")


class TakeOut(PreparerOf, View):
    """One line, or all that can't join."""

    http_method_names = ["post"]

    def post(self, request, token):
        rows = EnrolmentRow.objects.own(batch=self.batch)
        if "barred" in request.POST:
            rows = rows.filter(state__in=[RowState.BARRED, RowState.VOID])
        else:
            line = request.POST.get("line", "")
            rows = rows.filter(position=int(line)) if line.isdecimal() and len(line) < 9 else rows.none()
        try:
            count = enrolling.take_out(self.batch, rows=list(rows.only("pk")), by=request.user, now=clock.now())
        except Refused as refusal:
            messages.error(request, refusal.message(staff=True))
        else:
            words = ngettext("%(count)s line was taken out.", "%(count)s lines were taken out.", count)
            messages.success(request, words % {"count": count})
        return redirect(self.get_success_url())


class Look(OneLine, ActionForm, DeciderOf):
    """Opens what is kept above about a line; on record, before anything is shown."""

    page_title = gettext_lazy("Look at a line")
    submit_label = gettext_lazy("Open it")
    form_class = LookForm
    intro = gettext_lazy("What stands here may tell of an illness. Your look is written down with your reason.")

    def act(self, form):
        looking.look_at_line(self.row, reason=form.cleaned_data["reason"], by=self.request.user)
        self.passed = grant(self.request.user, f"line:{self.row.pk}")
        return _("Your look is on record.")

    def field_for(self, refusal):
        return "reason"

    def get_success_url(self):
        if hasattr(self, "passed"):
            return f"{desk_url('line_settle', self.batch.token, self.row.position)}?pass={self.passed}"
        return super().get_success_url()


class Settle(OneLine, ActionForm, DeciderOf):
    """The findings of one line, and the decision on it; only through the page before."""

    template_name = "mutual_aid/desk/settle.html"
    page_title = gettext_lazy("Decide on a line")
    submit_label = gettext_lazy("Decide")
    form_class = SettleForm
    field_of = {errors.ReasonNeeded.code: "because"}

    def dispatch(self, request, *args, **kwargs):
        if self.allowed() and not holds(request.user, request.GET.get("pass", ""), f"line:{self.row.pk}"):
            return redirect(desk_url("line_look", self.batch.token, self.row.position))
        return super().dispatch(request, *args, **kwargs)

    def get_context_data(self, **kwargs):
        findings = [Finding.from_json(one) for one in self.row.findings or ()]
        return super().get_context_data(said=[wording.explain(one) for one in findings], **kwargs)

    def act(self, form):
        data = form.cleaned_data
        batch_decisions.settle_line(
            self.row, joins=data["joins"], because=data["because"], by=self.request.user, now=clock.now()
        )
        return _("The line is settled.")
