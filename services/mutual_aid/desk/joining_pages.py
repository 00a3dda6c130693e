"""What every desk page of joining shares: the right to be there, the way back up, the batch or cover of the URL."""

from django import forms
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.admin.views.generic import WagtailAdminTemplateMixin

from services.foundation.desk import DeskFormView, DeskView
from services.foundation.verdict import Verdict
from services.mutual_aid import policies
from services.mutual_aid.models import Cover, EnrolmentBatch
from services.mutual_aid.queries import joining

NAMESPACE = "mutual_aid_joining"


def desk_url(name: str, *args) -> str:
    return reverse(f"{NAMESPACE}:{name}", args=args)


class JoiningPage(DeskView, WagtailAdminTemplateMixin):
    """A page of this desk."""

    header_icon = "group"
    # (name of the list, its title): the crumb above this page.
    above = ("batches", _("Enrolment batches"))

    def allowed(self) -> Verdict:
        return policies.may_read_batches(self.request.user)

    def trail(self) -> list[dict]:
        name, title = self.above
        return [*self.breadcrumbs_items, {"url": desk_url(name), "label": title}]

    def get_breadcrumbs_items(self):
        return [*self.trail(), {"url": "", "label": self.get_page_title()}]


class BatchPage(JoiningPage):
    """Batches beyond her reach don't exist for her (404)."""

    @cached_property
    def batch(self) -> EnrolmentBatch:
        return get_object_or_404(joining.batches_for(self.request.user), token=self.kwargs["token"])

    def allowed(self):
        """Whoever sees the batch may read it; asked of the batch first, so that a foreign one isn't there."""
        return policies.may_read_batches(self.request.user) if self.batch else super().allowed()

    def trail(self):
        return [*super().trail(), {"url": desk_url("batch", self.batch.token), "label": self.batch.number}]

    def get_success_url(self):
        return desk_url("batch", self.batch.token)

    def get_context_data(self, **kwargs):
        return super().get_context_data(batch=self.batch, **kwargs)


class PreparerOf(BatchPage):
    """A page about a batch for those who prepare it."""

    def allowed(self):
        return policies.may_prepare_batch(self.request.user, self.batch.organization)


class DeciderOf(BatchPage):
    """A page about a batch for those who decide on it."""

    def allowed(self):
        return policies.may_decide_batch(self.request.user, self.batch)


class CoverPage(JoiningPage):
    above = ("covers", _("Covers"))
    header_icon = "check"

    @cached_property
    def cover(self) -> Cover:
        rows = Cover.objects.visible_to(self.request.user).select_related("scheme", "worker", "organization")
        return get_object_or_404(rows, token=self.kwargs["token"])

    def allowed(self):
        """As for a batch."""
        return policies.may_read_batches(self.request.user) if self.cover else super().allowed()

    def trail(self):
        return [*super().trail(), {"url": desk_url("cover", self.cover.token), "label": self.cover.number}]

    def get_success_url(self):
        return desk_url("cover", self.cover.token)

    def get_context_data(self, **kwargs):
        return super().get_context_data(cover=self.cover, **kwargs)


class ActionForm(DeskFormView):
    """A form that leads to one action. ``field_of`` maps error codes to the field the message belongs beside."""

    field_of: dict[str, str] = {}

    def field_for(self, refusal):
        return self.field_of.get(refusal.code)


class Confirm(ActionForm):
    """A question with its consequence, and one button."""

    form_class = forms.Form
