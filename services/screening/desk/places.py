"""Places handed down the tree: what an organisation received, gave, used and has left; give, return, take back."""

from django.http import Http404
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from django.views.generic import TemplateView
from wagtail.admin.widgets.button import HeaderButton

from services.bookings import errors
from services.bookings import policies as booking_policies
from services.bookings.actions import reclaim_places, return_places
from services.bookings.enums import LIVE
from services.bookings.forms.places import GivePlacesForm, MovePlacesForm
from services.bookings.models import Allocation, Booking, Pool
from services.bookings.queries import holdings
from services.bookings.queries.pools import pools_of
from services.bookings.rules import proportional
from services.foundation.errors import Refused
from services.foundation.verdict import Verdict
from services.organizations.models import Organization
from services.organizations.queries import people_below
from services.screening import queries
from services.screening.actions import give_many, set_places
from services.screening.desk.pages import ActionForm, ManagerPage, OrganizationPage, desk_url
from services.screening.forms.places import OpenPlacesForm
from services.screening.wording import pool_lines

SHOWN = 50  # women named on one page


class AllocationPage(OrganizationPage):
    """A page about the places of one organisation in one pool: the pool that is asked for, else the general one."""

    def setup(self, request, *args, **kwargs):
        super().setup(request, *args, **kwargs)
        self.pools = list(pools_of(self.offering))
        self.pool = self.asked_pool(request.GET.get("pool", ""))
        self.shares = queries.shares_of(self.pools, self.organization) if self.organization else []
        self.allocation = next((share.allocation for share in self.shares if share.pool == self.pool), None)

    def asked_pool(self, asked: str) -> Pool | None:
        """The pool of the address; one of another programme doesn't exist here."""
        if not asked:
            return next((pool for pool in self.pools if pool.general), None)
        for pool in self.pools:
            if pool.token == asked:
                return pool
        raise Http404

    def get_page_title(self):
        return self.page_title

    def pool_url(self, name: str, organization, pool: Pool | None = None) -> str:
        """A page about places of an organisation, in this pool unless another one is named."""
        pool = pool or self.pool
        address = desk_url(name, self.programme.code, organization.code)
        return address if pool is None or pool.general else f"{address}?pool={pool.token}"

    def get_success_url(self):
        return self.pool_url("places_of", self.organization)

    def below_places(self) -> list[dict]:
        crumb = {"url": self.get_success_url(), "label": self.organization.name}
        return [*super().trail(), *self.organization_crumbs("places_of"), crumb]

    def get_context_data(self, **kwargs):
        return super().get_context_data(
            allocation=self.allocation, pool=self.pool, several=len(self.pools) > 1, **kwargs
        )


class Places(AllocationPage, TemplateView):
    """The tree, one level at a time."""

    template_name = "screening/desk/places.html"

    def get_page_title(self):
        return self.organization.name if self.organization else _("Places")

    def trail(self):
        crumbs = super().trail()
        return crumbs + self.organization_crumbs("places_of") if self.organization else crumbs

    @cached_property
    def header_buttons(self):
        if self.allocation is None:
            return []
        user, here, buttons = self.request.user, self.organization, []
        if booking_policies.may_give(user, self.allocation) and here.numchild:
            give = self.pool_url("give", here)
            buttons.append(HeaderButton(_("Give places"), url=give, icon_name="download", priority=10))
        if self.allocation.parent_id and booking_policies.may_return(user, self.allocation):
            back = self.pool_url("return", here)
            buttons.append(HeaderButton(_("Return"), url=back, icon_name="resubmit", priority=20))
        if len(self.pools) > 1 and self.allocation.left and booking_policies.may_move(user, self.allocation):
            move = self.pool_url("transfer", here)
            buttons.append(HeaderButton(_("Move to another pool"), url=move, icon_name="rotate", priority=30))
        return buttons

    def get_context_data(self, **kwargs):
        rows = holdings.allocations_below(self.pool, self.organization)
        reclaimable = self.allocation is not None and bool(
            booking_policies.may_give(self.request.user, self.allocation)
        )
        return super().get_context_data(
            rows=[
                {
                    "row": row,
                    "url": self.pool_url("places_of", row.organization),
                    "reclaim": self.pool_url("reclaim", row.organization),
                }
                for row in rows
            ],
            tabs=[
                {"share": share, "url": self.pool_url("places_of", self.organization, share.pool)}
                for share in self.shares
            ],
            about_pool=pool_lines(self.pool) if self.pool else [],
            totals=holdings.sum_of(rows),
            reclaimable=reclaimable,
            entries=holdings.ledger(self.allocation)[:50] if self.allocation else [],
            may_open=self.may_manage and self.organization == self.programme.organization,
            **kwargs,
        )


class PlacesOpen(ActionForm, ManagerPage):
    """The number of places of the whole programme; it can grow, and shrink down to what is still here."""

    page_title = _("Places in all")
    template_name = "screening/desk/places_open.html"
    form_class = OpenPlacesForm
    field_of = {errors.NotEnoughLeft.code: "slots", errors.CountNotPositive.code: "slots"}
    asked: int | None = None

    def get_initial(self):
        root = holdings.holding_of(Allocation.objects.unscoped().filter(offering=self.offering, parent__isnull=True))
        return {"slots": root.slots} if root else {}

    def act(self, form):
        set_places(self.programme, by=self.request.user, **form.cleaned_data)
        return _("The number of places is set.")

    def field_for(self, refusal: Refused):
        self.asked = int(self.request.POST["slots"])
        return super().field_for(refusal)

    def get_context_data(self, **kwargs):
        context = super().get_context_data(**kwargs)
        if self.asked is not None:
            context["pools"] = pools = list(pools_of(self.offering))
            too_many = sum(pool.used for pool in pools) - self.asked
            women = Booking.objects.visible_to(self.request.user).filter(offering=self.offering, state__in=LIVE)
            women = women.select_related("worker__organization").order_by("-created_at", "-pk")
            context |= {"too_many": too_many, "affected": women[: min(max(too_many, 0), SHOWN)]}
        return context

    def get_success_url(self):
        return desk_url("places", self.programme.code)


class GivePlaces(ActionForm, AllocationPage):
    """One number for each child. All are given, or none and the message stands beside the wrong one."""

    page_title = _("Give places")
    template_name = "screening/desk/give.html"
    form_class = GivePlacesForm

    def allowed(self):
        verdict = super().allowed()
        if verdict and self.allocation is None:
            return Verdict(False, _("This organisation has received no places yet."))
        return verdict and booking_policies.may_give(self.request.user, self.allocation)

    def trail(self):
        return self.below_places()

    @cached_property
    def children(self) -> list[Organization]:
        return list(holdings.receivers(self.organization))

    @cached_property
    def holdings(self) -> dict[int, Allocation]:
        rows = Allocation.objects.unscoped().filter(pool=self.pool, organization__in=self.children)
        return {row.organization_id: row for row in rows}

    @cached_property
    def women(self) -> dict[int, int]:
        """Women members a child reported; where it reported none, the women on the rosters of its branch."""
        on_rosters = people_below([child.path for child in self.children])
        return {
            child.pk: on_rosters[child.path] if child.women_member_count is None else child.women_member_count
            for child in self.children
        }

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"children": self.children, "left": self.allocation.left}

    def get_initial(self):
        if "suggest" not in self.request.GET:
            return {}
        weights = [self.women[child.pk] for child in self.children]
        shares = proportional(self.allocation.left, weights)
        return {GivePlacesForm.field_name(child): share for child, share in zip(self.children, shares, strict=True)}

    def act(self, form):
        shares = form.wanted()
        give_many(self.allocation, shares=shares, by=self.request.user, reason=form.cleaned_data["reason"])
        total = sum(count for _child, count in shares)
        return ngettext("%(count)s place is given.", "%(count)s places are given.", total) % {"count": total}

    def field_for(self, refusal: Refused):
        child = refusal.context.get("organization_pk")
        return f"give-{child}" if child else None

    def get_context_data(self, **kwargs):
        context = super().get_context_data(**kwargs)
        form = context["form"]
        context["rows"] = [
            {
                "child": child,
                "women": self.women[child.pk],
                "field": form.bound_field(child),
                "holding": self.holdings.get(child.pk),
            }
            for child in self.children
        ]
        members = [child for child in self.children if self.women[child.pk]]
        context["can_suggest"] = bool(members) and self.allocation.left > 0
        context["unknown_members"] = len(self.children) - len(members)
        context["suggested"] = "suggest" in self.request.GET
        return context


class MoveUpward(ActionForm, AllocationPage):
    """More than is free is refused with the women who would lose their places."""

    template_name = "screening/desk/upward.html"
    form_class = MovePlacesForm
    field_of = {errors.NotEnoughLeft.code: "count", errors.ReasonMissing.code: "reason"}
    too_many = 0

    def trail(self):
        return self.below_places()

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"most": self.allocation.left}

    def form_invalid(self, form):
        self.too_many = form.too_many
        return super().form_invalid(form)

    def get_context_data(self, **kwargs):
        women = Booking.objects.visible_to(self.request.user).select_related("worker__organization")
        drawn = {"allocation__pool": self.pool, "allocation__organization__path__startswith": self.organization.path}
        found = women.filter(**drawn, state__in=LIVE).order_by("-created_at", "-pk")
        return super().get_context_data(affected=found[: min(self.too_many, SHOWN)], **kwargs)


class ReturnPlaces(MoveUpward):
    page_title = _("Return places")

    def allowed(self):
        verdict = super().allowed()
        if verdict and (self.allocation is None or self.allocation.parent_id is None):
            return Verdict(False, _("There is nothing to return here."))
        return verdict and booking_policies.may_return(self.request.user, self.allocation)

    def act(self, form):
        return_places(self.allocation, by=self.request.user, **form.cleaned_data)
        return _("The places are returned.")

    @property
    def intro(self):
        words = {"left": self.allocation.left, "giver": self.allocation.parent.organization.name}
        return _("%(left)s places are free here. They go back to %(giver)s.") % words


class ReclaimPlaces(MoveUpward):
    """Take unused places back from the organisation of the URL."""

    page_title = _("Take places back")

    def setup(self, request, *args, **kwargs):
        super().setup(request, *args, **kwargs)
        if self.allocation is None:
            raise Http404

    def allowed(self):
        return super().allowed() and booking_policies.may_reclaim(self.request.user, self.allocation)

    def act(self, form):
        reclaim_places(self.allocation, by=self.request.user, **form.cleaned_data)
        return _("The places are taken back.")

    def get_success_url(self):
        return self.pool_url("places_of", self.allocation.parent.organization)

    @property
    def intro(self):
        words = {"left": self.allocation.left, "organization": self.organization.name}
        return _("%(left)s places of %(organization)s are neither given on nor used.") % words
