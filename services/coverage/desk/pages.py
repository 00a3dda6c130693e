"""What every page of the records shares: the right to be there, the way back up, the union of the address."""

from django import forms
from django.http import Http404
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.admin.views.generic import WagtailAdminTemplateMixin

from services.coverage import policies
from services.coverage.models import Seat, Term, WomenCommittee
from services.coverage.queries import records
from services.coverage.queries.requirements import in_force
from services.foundation import clock
from services.foundation.desk import DeskFormView, DeskView
from services.foundation.verdict import Verdict
from services.organizations.models import Organization

NAMESPACE = "coverage_records"


def desk_url(name: str, *args) -> str:
    return reverse(f"{NAMESPACE}:{name}", args=args)


class RecordPage(DeskView, WagtailAdminTemplateMixin):
    header_icon = "group"

    def allowed(self) -> Verdict:
        return policies.may_read_records(self.request.user)

    def trail(self) -> list[dict]:
        return [*self.breadcrumbs_items, {"url": desk_url("list"), "label": _("Unions and their records")}]

    def get_breadcrumbs_items(self):
        return [*self.trail(), {"url": "", "label": self.get_page_title()}]


class UnionPage(RecordPage):
    """Unions beyond her reach don't exist for her (404)."""

    @cached_property
    def union(self) -> Organization:
        return get_object_or_404(records.unions_for(self.request.user), code=self.kwargs["code"])

    @cached_property
    def committee(self) -> WomenCommittee | None:
        return records.committee_of(self.union)

    @cached_property
    def terms(self) -> list[Term]:
        return records.terms_of(self.committee) if self.committee else []

    @cached_property
    def asked(self):
        return in_force(self.union.path, clock.today())

    def allowed(self):
        return policies.may_read_records(self.request.user) if self.union else super().allowed()

    def trail(self):
        return [*super().trail(), {"url": desk_url("one", self.union.code), "label": self.union.name}]

    def get_success_url(self):
        return desk_url("one", self.union.code)

    def get_page_subtitle(self):
        return self.union.name

    def get_context_data(self, **kwargs):
        return super().get_context_data(union=self.union, committee=self.committee, **kwargs)


class Filing(UnionPage):
    """A page for those who file what the union does."""

    def allowed(self):
        return policies.may_file(self.request.user, self.union)


class OfTerm(UnionPage):
    """The term of this number."""

    @cached_property
    def term(self) -> Term:
        found = next((term for term in self.terms if term.number == self.kwargs["number"]), None)
        if found is None:
            raise Http404
        return found

    def get_context_data(self, **kwargs):
        return super().get_context_data(term=self.term, **kwargs)


class FilingTerm(OfTerm):
    def allowed(self):
        return policies.may_file(self.request.user, self.term.committee.organization)


class OfSeat(FilingTerm):
    @cached_property
    def seat(self) -> Seat:
        found = next((seat for seat in self.term.everybody if seat.pk == self.kwargs["seat"]), None)
        if found is None:
            raise Http404
        found.term = self.term
        return found


class StepForm(DeskFormView):
    """A form that leads to one action. The refusal names the field it is about, or ``field_of`` does by its code;
    ``called`` says by which name this form knows a field of the model."""

    field_of: dict[str, str] = {}
    called: dict[str, str] = {}

    def field_for(self, refusal):
        named = refusal.context.get("field") or self.field_of.get(refusal.code)
        field = self.called.get(named, named)
        return field if field in self.form_fields else None

    @property
    def form_fields(self):
        return self.get_form_class().base_fields.keys() | {"years", "also_because"}


class Confirm(StepForm):
    """A question with its consequence, and one button."""

    form_class = forms.Form
