"""What every desk page of signups shares: the activity of the address, the right to be there, the way back up."""

from django import forms
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.admin.views.generic import WagtailAdminTemplateMixin

from services.foundation.desk import DeskFormView, DeskView
from services.foundation.verdict import ALLOWED, Verdict
from services.signups import policies, queries

NAMESPACE = "signups_desk"


def desk_url(name: str, *args) -> str:
    return reverse(f"{NAMESPACE}:{name}", args=args)


class DeskPage(DeskView, WagtailAdminTemplateMixin):
    header_icon = "date"

    def allowed(self) -> Verdict:
        return policies.may_enter_desk(self.request.user)

    def trail(self) -> list[dict]:
        """The crumbs above this page."""
        return [*self.breadcrumbs_items, {"url": desk_url("activities"), "label": _("Activities and training")}]

    def get_breadcrumbs_items(self):
        return [*self.trail(), {"url": "", "label": self.get_page_title()}]


class ActivityPage(DeskPage):
    """A page below one activity; activities she may not see don't exist for her (404)."""

    def setup(self, request, *args, **kwargs):
        super().setup(request, *args, **kwargs)
        found = queries.activities_for(request.user).select_related("organization", "offering__organization")
        self.activity = get_object_or_404(found, code=kwargs["code"])
        self.offering = self.activity.offering

    @cached_property
    def may_manage(self) -> Verdict:
        return policies.may_manage(self.request.user, self.activity)

    def trail(self):
        crumb = {"url": desk_url("activity", self.activity.code), "label": self.activity.title}
        return [*super().trail(), crumb]

    def get_context_data(self, **kwargs):
        return super().get_context_data(
            activity=self.activity, offering=self.offering, may_manage=bool(self.may_manage), **kwargs
        )


class ManagerPage(ActivityPage):
    """A page only the activity's own officers may open."""

    def allowed(self):
        return self.may_manage

    def get_success_url(self):
        return desk_url("activity", self.activity.code)


class OrganizationPage(ActivityPage):
    """A page about one organisation's places; organisations beyond her reach don't exist for her."""

    def setup(self, request, *args, **kwargs):
        super().setup(request, *args, **kwargs)
        reach = queries.organizations_in(self.activity, request.user)
        if "organization" in kwargs:
            self.organization = get_object_or_404(reach, code=kwargs["organization"])
        else:
            self.organization = reach.first()

    def allowed(self):
        if self.organization is None:
            return Verdict(False, _("None of your organisations takes part in this activity."))
        return ALLOWED

    def get_context_data(self, **kwargs):
        return super().get_context_data(**kwargs | {"organization": self.organization})


class ActionForm(DeskFormView):
    """A form that leads to one action. ``field_of`` maps error codes to the field the message belongs beside."""

    field_of: dict[str, str] = {}

    def field_for(self, refusal):
        return self.field_of.get(refusal.code)


class Confirm(ActionForm):
    """A question with its consequence, and one button."""

    form_class = forms.Form
