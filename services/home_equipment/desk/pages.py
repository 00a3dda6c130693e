"""What every page of equipment shares: the right to be there, the way back up, the thing of the address."""

from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.admin.views.generic import WagtailAdminTemplateMixin

from services.childrens_homes.models import Home
from services.childrens_homes.queries.homes import homes_for
from services.foundation.desk import DeskView
from services.foundation.verdict import Verdict
from services.home_equipment import policies
from services.home_equipment.models import AssetItem, DeliveryOrder
from services.home_equipment.queries.deliveries import deliveries_for
from services.home_equipment.queries.register import assets_for

NAMESPACE = "home_equipment_desk"


def desk_url(name: str, *args) -> str:
    return reverse(f"{NAMESPACE}:{name}", args=args)


class EquipmentPage(DeskView, WagtailAdminTemplateMixin):
    header_icon = "clipboard-list"

    def found(self):
        """The thing of the address: what is beyond her reach doesn't exist (404) before anything is said of rights."""

    def allowed(self) -> Verdict:
        self.found()
        return policies.may_enter(self.request.user)

    def trail(self) -> list[dict]:
        return [*self.breadcrumbs_items, {"url": desk_url("register"), "label": _("Register of state assets")}]

    def get_breadcrumbs_items(self):
        return [*self.trail(), {"url": "", "label": self.get_page_title()}]


class HomePage(EquipmentPage):
    """Homes beyond her reach don't exist for her (404)."""

    @cached_property
    def home(self) -> Home:
        return get_object_or_404(homes_for(self.request.user), code=self.kwargs["code"])

    def found(self):
        return self.home

    def trail(self):
        return [*super().trail(), {"url": desk_url("home", self.home.code), "label": self.home.host.name}]

    def get_page_subtitle(self):
        return self.home.host.name

    def get_success_url(self):
        return desk_url("home", self.home.code)

    def get_context_data(self, **kwargs):
        return super().get_context_data(home=self.home, **kwargs)


class AssetPage(EquipmentPage):
    @cached_property
    def asset(self) -> AssetItem:
        return get_object_or_404(assets_for(self.request.user), token=self.kwargs["token"])

    def found(self):
        return self.asset

    def trail(self):
        return [*super().trail(), {"url": desk_url("asset", self.asset.token), "label": self.asset.number}]

    def get_page_subtitle(self):
        return f"{self.asset.label} · {self.asset.number}"

    def get_success_url(self):
        return desk_url("asset", self.asset.token)

    def get_context_data(self, **kwargs):
        return super().get_context_data(asset=self.asset, **kwargs)


class DeliveryPage(EquipmentPage):
    @cached_property
    def order(self) -> DeliveryOrder:
        return get_object_or_404(deliveries_for(self.request.user), token=self.kwargs["token"])

    def found(self):
        return self.order

    @cached_property
    def lines(self):
        return list(self.order.lines.all())

    def trail(self):
        return [
            *self.breadcrumbs_items,
            {"url": desk_url("deliveries"), "label": _("Deliveries")},
            {"url": desk_url("delivery", self.order.token), "label": self.order.number},
        ]

    def get_page_subtitle(self):
        return f"{self.order.home.host.name} · {self.order.number}"

    def get_success_url(self):
        return desk_url("delivery", self.order.token)

    def get_context_data(self, **kwargs):
        return super().get_context_data(order=self.order, **kwargs)
