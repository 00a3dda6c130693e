"""Places handed down the tree: what an organisation received, gave, used and has left; give, return, take back."""

from django.http import Http404
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from django.views.generic import TemplateView
from wagtail.admin.widgets.button import HeaderButton

from services.bookings import errors, policies
from services.bookings.actions import give_many, reclaim_places, return_places
from services.bookings.forms.places import GivePlacesForm, MovePlacesForm
from services.bookings.models import Allocation, Pool
from services.bookings.queries import holdings
from services.foundation.verdict import Verdict
from services.signups import queries
from services.signups.desk.pages import ActionForm, OrganizationPage, desk_url


class AllocationPage(OrganizationPage):
    """A page about the places of one organisation; an activity has one pool."""

    def setup(self, request, *args, **kwargs):
        super().setup(request, *args, **kwargs)
        self.pool = Pool.objects.filter(offering=self.offering, general=True).first()
        rows = Allocation.objects.unscoped().filter(pool=self.pool, organization=self.organization)
        self.allocation = rows.select_related("organization", "parent__organization", "offering", "pool").first()

    def get_success_url(self):
        return desk_url("places_of", self.activity.code, self.organization.code)

    def below_places(self) -> list[dict]:
        above = queries.reachable_above(self.activity, self.organization, self.request.user)
        return [{"url": desk_url("places_of", self.activity.code, one.code), "label": one.name} for one in above]

    def get_context_data(self, **kwargs):
        return super().get_context_data(allocation=self.allocation, **kwargs)


class Places(AllocationPage, TemplateView):
    """The tree, one level at a time."""

    template_name = "signups/desk/places.html"

    def get_page_title(self):
        return self.organization.name if self.organization else _("Places")

    def trail(self):
        return super().trail() + (self.below_places() if self.organization else [])

    @cached_property
    def header_buttons(self):
        if self.allocation is None:
            return []
        code, here, buttons = self.activity.code, self.organization, []
        if policies.may_give(self.request.user, self.allocation) and here.numchild:
            give = desk_url("give", code, here.code)
            buttons.append(HeaderButton(_("Give places"), url=give, icon_name="download", priority=10))
        if self.allocation.parent_id and policies.may_return(self.request.user, self.allocation):
            back = desk_url("return", code, here.code)
            buttons.append(HeaderButton(_("Return"), url=back, icon_name="resubmit", priority=20))
        return buttons

    def get_context_data(self, **kwargs):
        rows = holdings.allocations_below(self.pool, self.organization)
        giver = self.allocation is not None and bool(policies.may_give(self.request.user, self.allocation))
        return super().get_context_data(
            rows=rows,
            totals=holdings.sum_of(rows),
            reclaimable=giver,
            entries=holdings.ledger(self.allocation)[:50] if self.allocation else [],
            **kwargs,
        )


class BelowPlaces(ActionForm, AllocationPage):
    def trail(self):
        crumb = {"url": self.get_success_url(), "label": self.organization.name}
        return [*super().trail(), *self.below_places(), crumb]


class GivePlaces(BelowPlaces):
    page_title = _("Give places")
    template_name = "signups/desk/give.html"
    form_class = GivePlacesForm
    submit_label = _("Give these places")

    def allowed(self):
        verdict = super().allowed()
        if verdict and self.allocation is None:
            return Verdict(False, _("This organisation has received no places yet."))
        return verdict and policies.may_give(self.request.user, self.allocation)

    def get_form_kwargs(self):
        children = holdings.receivers(self.organization)
        return super().get_form_kwargs() | {"children": children, "left": self.allocation.left}

    def act(self, form):
        shares = form.wanted()
        give_many(self.allocation, shares=shares, by=self.request.user, reason=form.cleaned_data["reason"])
        total = sum(count for _child, count in shares)
        return ngettext("%(count)s place is given.", "%(count)s places are given.", total) % {"count": total}

    def field_for(self, refusal):
        child = refusal.context.get("organization_pk")
        return f"give-{child}" if child else None


class ReturnPlaces(BelowPlaces):
    page_title = _("Return places")
    form_class = MovePlacesForm
    field_of = {errors.NotEnoughLeft.code: "count", errors.ReasonMissing.code: "reason"}

    def allowed(self):
        verdict = super().allowed()
        if verdict and (self.allocation is None or self.allocation.parent_id is None):
            return Verdict(False, _("There is nothing to return here."))
        return verdict and policies.may_return(self.request.user, self.allocation)

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"most": self.allocation.left}

    def act(self, form):
        return_places(self.allocation, by=self.request.user, **form.cleaned_data)
        return _("The places are returned.")

    @property
    def intro(self):
        words = {"left": self.allocation.left, "giver": self.allocation.parent.organization.name}
        return _("%(left)s places are free here. They go back to %(giver)s.") % words


class ReclaimPlaces(BelowPlaces):
    """Take unused places back from the organisation of the address."""

    page_title = _("Take places back")
    form_class = MovePlacesForm
    field_of = {errors.NotEnoughLeft.code: "count", errors.ReasonMissing.code: "reason"}

    def setup(self, request, *args, **kwargs):
        super().setup(request, *args, **kwargs)
        if self.allocation is None:
            raise Http404

    def allowed(self):
        return super().allowed() and policies.may_reclaim(self.request.user, self.allocation)

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"most": self.allocation.left}

    def act(self, form):
        reclaim_places(self.allocation, by=self.request.user, **form.cleaned_data)
        return _("The places are taken back.")

    def get_success_url(self):
        return desk_url("places_of", self.activity.code, self.allocation.parent.organization.code)

    @property
    def intro(self):
        words = {"left": self.allocation.left, "organization": self.organization.name}
        return _("%(left)s places of %(organization)s are neither given on nor used.") % words
