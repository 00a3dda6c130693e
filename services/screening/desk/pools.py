"""Pools of a programme's places at the desk: making and changing them, moving places from one into another."""

from django.shortcuts import get_object_or_404
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from wagtail.admin.widgets.button import HeaderButton

from services.bookings import errors
from services.bookings import policies as booking_policies
from services.bookings.actions import create_pool, edit_pool, move_places, remove_pool
from services.bookings.models import Pool
from services.foundation import clock
from services.foundation.verdict import Verdict
from services.screening.desk.pages import ActionForm, Confirm, ManagerPage, desk_url
from services.screening.desk.places import AllocationPage
from services.screening.forms.pools import PoolForm, TransferForm


class PoolPage(ManagerPage):
    """A page about one pool of the programme of the URL, or about none yet."""

    def setup(self, request, *args, **kwargs):
        super().setup(request, *args, **kwargs)
        found = Pool.objects.filter(offering=self.offering).select_related("offering__organization", "returns_to")
        self.pool = get_object_or_404(found, token=kwargs["pool"]) if "pool" in kwargs else Pool(offering=self.offering)

    def trail(self):
        return [*super().trail(), {"url": desk_url("places", self.programme.code), "label": _("Places")}]

    def get_success_url(self):
        place = desk_url("places", self.programme.code)
        return f"{place}?pool={self.pool.token}" if self.pool.pk and not self.pool.general else place


class PoolAdd(ActionForm, PoolPage):
    page_title = _("New pool")
    form_class = PoolForm
    intro = _(
        "A pool is a part of the places kept for a group, or for the unions they are given to. It begins empty: move "
        "places into it afterwards."
    )
    field_of = {
        errors.PoolExists.code: "name",
        errors.PoolNameMissing.code: "name",
        errors.ReturnTooSoon.code: "returns_at",
        errors.ReturnsInCircle.code: "returns_to",
        errors.ReturnIncomplete.code: "returns_to",
    }

    def get_form_kwargs(self):
        pools = Pool.objects.filter(offering=self.offering)
        return super().get_form_kwargs() | {"instance": self.pool, "pools": pools}

    def act(self, form):
        self.pool = create_pool(self.offering, by=self.request.user, now=clock.now(), **form.fields_given())
        return _("The pool is made. Move places into it now.")


class PoolEdit(PoolAdd):
    page_title = _("Change the pool")
    intro = _("Who holds a place already keeps it, whatever changes here.")

    @cached_property
    def header_buttons(self):
        if self.pool.general:
            return []
        remove = desk_url("pool_remove", self.programme.code, self.pool.token)
        return [HeaderButton(_("Remove"), url=remove, icon_name="bin")]

    def act(self, form):
        self.pool = edit_pool(self.pool, by=self.request.user, now=clock.now(), **form.fields_given())
        return _("The pool is changed.")


class PoolRemove(Confirm, PoolPage):
    page_title = submit_label = _("Remove the pool")
    danger = True
    intro = _("Only a pool in which no place ever was can be removed.")

    def act(self, form):
        remove_pool(self.pool, by=self.request.user)
        self.pool = Pool(offering=self.offering)
        return _("The pool is removed.")


class Transfer(ActionForm, AllocationPage):
    """Move unused places of the organisation of the URL into another pool."""

    page_title = _("Move to another pool")
    form_class = TransferForm
    field_of = {
        errors.NotEnoughLeft.code: "count",
        errors.CountNotPositive.code: "count",
        errors.NoReason.code: "reason",
        errors.SamePool.code: "to",
    }

    def allowed(self):
        verdict = super().allowed()
        if verdict and self.allocation is None:
            return Verdict(False, _("This organisation has received no places of this pool yet."))
        return verdict and booking_policies.may_move(self.request.user, self.allocation)

    def trail(self):
        return self.below_places()

    def get_form_kwargs(self):
        others = Pool.objects.filter(offering=self.offering).exclude(pk=self.pool.pk)
        return super().get_form_kwargs() | {"most": self.allocation.left, "pools": others}

    def act(self, form):
        data = form.cleaned_data
        move_places(self.allocation, to=data["to"], count=data["count"], by=self.request.user, reason=data["reason"])
        text = ngettext("%(count)s place is moved.", "%(count)s places are moved.", data["count"])
        return text % {"count": data["count"]}

    @property
    def intro(self):
        words = {"left": self.allocation.left, "pool": self.pool, "organization": self.organization.name}
        return _("%(organization)s has %(left)s places of “%(pool)s” that are neither given on nor used.") % words
