"""What goes on paper: the register of a home or a county (造册) as it stands or stood, and labels with QR codes."""

from django import forms
from django.conf import settings
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from django.views.generic import View

from services.bookings.qr import check_in_svg
from services.foundation import clock
from services.home_equipment.desk.pages import AssetPage, EquipmentPage, HomePage, desk_url
from services.home_equipment.enums import READERS
from services.home_equipment.models import AssetItem
from services.home_equipment.queries.register import assets_of, register_on, waiting_for_issue
from services.organizations.forms import DayInput
from services.organizations.models import Organization


class DayForm(forms.Form):
    on = forms.DateField(label=_("As it stood at the end of"), widget=DayInput, required=False)


class _Booklet(View):
    """``?on=2026-05-31`` gives the register of that day, rebuilt from the history; an odd day gives today's."""

    def rows(self, day):
        raise NotImplementedError

    def whose(self) -> dict:
        raise NotImplementedError

    def get(self, request, *args, **kwargs):
        form = DayForm(request.GET or None)
        today = clock.today()
        day = (form.cleaned_data["on"] if form.is_valid() else None) or today
        rows = self.rows(min(day, today))
        valued = [row.value for row in rows if row.value is not None]
        context = self.whose() | {
            "form": DayForm(initial={"on": min(day, today)}),
            "day": min(day, today),
            "rows": rows,
            "pieces": len(rows),
            "value": sum(valued),
            "without_value": len(rows) - len(valued),
            "printed_at": clock.now(),
        }
        return TemplateResponse(request, "home_equipment/desk/booklet.html", context)


class HomeBooklet(HomePage, _Booklet):
    def rows(self, day):
        return register_on(day, home=self.home)

    def whose(self):
        return {"home": self.home, "custodian": self.home.county, "back": desk_url("home", self.home.code)}


class CountyBooklet(EquipmentPage, _Booklet):
    """For whoever's reach covers the county itself."""

    @cached_property
    def county(self) -> Organization:
        mine = Organization.objects.visible_to(self.request.user, roles=READERS)
        return get_object_or_404(mine, code=self.kwargs["code"])

    def found(self):
        return self.county

    def rows(self, day):
        return register_on(day, county=self.county)

    def whose(self):
        return {"home": None, "custodian": self.county, "back": desk_url("register")}


def label_of(asset: AssetItem) -> dict:
    """The code holds an address behind the sign-in and nothing else: a stranger who scans it learns nothing."""
    address = settings.PUBLIC_BASE_URL.rstrip("/") + desk_url("asset", asset.token)
    return {"asset": asset, "code": check_in_svg(address, scale=4)}


class HomeLabels(HomePage, View):
    """One A4 sheet of labels: what is at the home, and what waits for it in the county's store."""

    def get(self, request, *args, **kwargs):
        assets = [*waiting_for_issue(self.home), *assets_of(self.home)]
        context = {"labels": [label_of(one) for one in assets], "home": self.home}
        return TemplateResponse(request, "home_equipment/desk/labels.html", context)


class AssetLabel(AssetPage, View):
    def get(self, request, *args, **kwargs):
        context = {"labels": [label_of(self.asset)], "home": self.asset.home}
        return TemplateResponse(request, "home_equipment/desk/labels.html", context)
