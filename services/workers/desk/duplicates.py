"""A second record of the same woman: find it, see both beside each other, make them one."""

from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView
from wagtail.admin import messages
from wagtail.admin.views.generic import WagtailAdminTemplateMixin

from services.foundation import clock
from services.foundation.desk import DeskFormView, DeskView
from services.workers import errors, policies, queries
from services.workers.actions.duplicates import merge_records
from services.workers.desk.lists import page_of
from services.workers.desk.records import OneRecord
from services.workers.forms.duplicates import SHOWN, MergeForm, TwinForm
from services.workers.models import Worker
from services.workers.queries import duplicates as known


class FindTwin(OneRecord, DeskView, WagtailAdminTemplateMixin, TemplateView):
    """Records that look like hers, and a box for the number of one that doesn't."""

    template_name = "workers/desk/twins.html"
    page_title = gettext_lazy("A second record of hers")

    def allowed(self):
        return policies.may_edit(self.request.user, self.worker)

    def get_breadcrumbs_items(self):
        return [*super().get_breadcrumbs_items(), {"url": "", "label": self.page_title}]

    def post(self, request, *args, **kwargs):
        form, found = TwinForm(request.POST), []
        if form.is_valid():
            number = form.cleaned_data["number"]
            found = [
                one
                for one in queries.found_by_number(request.user, number, today=clock.today())
                if one.pk != self.worker.pk and policies.may_merge(request.user, one, self.worker)
            ]
            if not found:
                form.add_error("number", _("No other record in your unions carries this number."))
        # A number that found somebody isn't shown again.
        return self.render_to_response(self.get_context_data(form=TwinForm() if found else form, found=found))

    def get_context_data(self, **kwargs):
        kwargs.setdefault("form", TwinForm())
        kwargs.setdefault("found", known.records_like_hers(self.worker, self.request.user))
        for one in kwargs["found"]:
            one.same_name = one.name == self.worker.name
            one.same_birth = one.birth_date == self.worker.birth_date
            one.same_phone = bool(one.phone_index) and one.phone_index == self.worker.phone_index
        return super().get_context_data(worker=self.worker, **kwargs)


class MergeRecords(OneRecord, DeskFormView):
    """The record of the address stays; the other one becomes part of it."""

    page_title = gettext_lazy("Two records of one woman")
    template_name = "workers/desk/merge.html"
    form_class = MergeForm
    submit_label = gettext_lazy("Make them one record")
    danger = True

    def allowed(self):
        if self.worker.pk == self.other.pk:
            raise Http404
        return policies.may_merge(self.request.user, self.other, self.worker)

    @cached_property
    def other(self) -> Worker:
        seen = Worker.objects.visible_to(self.request.user)
        return get_object_or_404(seen.select_related("organization", "user"), token=self.kwargs["other"])

    def dispatch(self, request, *args, **kwargs):
        """Pressed twice, or come back to: it is one record already, and that is what she is shown."""
        if gone := known.merged_record(kwargs["other"], request.user):
            messages.info(request, _("These two are one record already."))
            return redirect(page_of(gone.into))
        return super().dispatch(request, *args, **kwargs)

    def get_breadcrumbs_items(self):
        return [*super().get_breadcrumbs_items(), {"url": "", "label": self.page_title}]

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"into": self.worker, "worker": self.other}

    def act(self, form):
        merge_records(
            self.other,
            into=self.worker,
            taken=form.taken(),
            by=self.request.user,
            reason=form.cleaned_data["reason"],
            now=clock.now(),
        )
        return _("It is one record now.")

    def field_for(self, refusal):
        return "reason" if isinstance(refusal, errors.WhyMerged) else None

    def get_success_url(self):
        return page_of(self.worker)

    def get_context_data(self, **kwargs):
        same = [
            (label, shown(self.worker))
            for key, (label, shown) in SHOWN.items()
            if key not in kwargs.get("form", self.get_form()).choosing and shown(self.worker) == shown(self.other)
        ]
        return super().get_context_data(
            worker=self.worker,
            other=self.other,
            swap_url=reverse("workers_desk:merge", args=[self.other.token, self.worker.token]),
            same=[(label, value) for label, value in same if value],
            strangers=self.worker.name != self.other.name and self.worker.birth_date != self.other.birth_date,
            held=known.held_by(self.worker, self.other),
            obstacles=known.in_the_way(self.other, into=self.worker),
            **kwargs,
        )
