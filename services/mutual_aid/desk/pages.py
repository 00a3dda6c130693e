"""What every page about schemes has: its trail, who may open it, the scheme of the address and its versions."""

from django.http import Http404
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.admin.views.generic import WagtailAdminTemplateMixin

from services.foundation.desk import DeskFormView, DeskView
from services.foundation.errors import Refused
from services.mutual_aid import policies, queries
from services.mutual_aid.enums import VersionState
from services.mutual_aid.models import SchemeTerms

NAMESPACE = "mutual_aid_desk"


def desk_url(name: str, *args) -> str:
    return reverse(f"{NAMESPACE}:{name}", args=args)


class SchemePage(DeskView, WagtailAdminTemplateMixin):
    """A page about schemes; what lies outside her organisations and those above and below doesn't exist."""

    header_icon = "group"

    def allowed(self):
        return policies.may_read_schemes(self.request.user)

    def trail(self) -> list[dict]:
        return [*self.breadcrumbs_items, {"url": desk_url("schemes"), "label": _("Mutual-aid schemes")}]

    def get_breadcrumbs_items(self):
        return [*self.trail(), {"url": "", "label": self.get_page_title()}]

    @property
    def homes(self):
        return queries.homes(self.request.user, policies.SCHEME_KEEPERS)


class KeeperForm(DeskFormView, SchemePage):
    """A form for those who set terms. ``field_of`` maps error codes to fields."""

    field_of: dict[str, str] = {}

    def allowed(self):
        return policies.may_keep_schemes(self.request.user)

    def field_for(self, refusal: Refused):
        return self.field_of.get(refusal.code)


class OneScheme(SchemePage):
    """The scheme of the address with its versions; 404 where she may see none of it."""

    def setup(self, request, *args, **kwargs):
        super().setup(request, *args, **kwargs)
        mine = queries.schemes_listed(request.user, policies.SCHEME_READERS)
        self.scheme = mine.filter(code=kwargs["code"]).first()
        if self.scheme is None:
            raise Http404
        self.versions = queries.versions_of(self.scheme)
        self.newest = self.versions[0] if self.versions else None
        self.in_force = next((one for one in self.versions if one.state == VersionState.ACTIVE), None)
        self.draft = self.newest if self.newest and self.newest.state == VersionState.DRAFT else None

    @cached_property
    def may_keep(self) -> bool:
        return bool(policies.may_keep_scheme(self.request.user, self.scheme))

    @cached_property
    def name(self) -> str:
        return queries.name_of(self.scheme)

    def numbered(self, number) -> SchemeTerms | None:
        """The version of this number, as an address or a parameter names it."""
        text = str(number or "")
        found = (one for one in self.versions if text.isascii() and text.isdigit() and one.version == int(text[:5]))
        return next(found, None)

    def get_context_data(self, **kwargs):
        return super().get_context_data(scheme=self.scheme, name=self.name, may_keep=self.may_keep, **kwargs)


class KeepsIt(OneScheme):
    """The same for those who may change it."""

    def allowed(self):
        return policies.may_keep_scheme(self.request.user, self.scheme)

    def trail(self):
        return [*super().trail(), {"url": desk_url("scheme", self.scheme.code), "label": self.name}]

    def get_success_url(self):
        return desk_url("scheme", self.scheme.code)
