"""What every page of children's files shares: the right to be there, the file of the address, no name in a title."""

from django.http import Http404
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.admin.views.generic import WagtailAdminTemplateMixin

from services.accounts import client_address
from services.child_files import policies
from services.child_files.models import Child, GuardianshipLink
from services.child_files.queries.consents import purposes_on
from services.child_files.queries.files import consents_standing, file_for, guardians_of, way_into
from services.foundation import clock
from services.foundation.desk import DeskView
from services.foundation.verdict import Verdict

NAMESPACE = "child_files_desk"


def desk_url(name: str, *args) -> str:
    return reverse(f"{NAMESPACE}:{name}", args=args)


class FilesPage(DeskView, WagtailAdminTemplateMixin):
    header_icon = "group"

    def allowed(self) -> Verdict:
        return policies.may_list(self.request.user)

    def trail(self) -> list[dict]:
        return [*self.breadcrumbs_items, {"url": desk_url("list"), "label": _("Children's files")}]

    def get_breadcrumbs_items(self):
        return [*self.trail(), {"url": "", "label": self.get_page_title()}]

    @property
    def address(self) -> str:
        return client_address.of(self.request)


class FilePage(FilesPage):
    """One file, by its token. Beyond her reach, locked or emptied it doesn't exist for her (404)."""

    @cached_property
    def child(self) -> Child:
        found = file_for(self.request.user, self.kwargs["token"])
        if found is None:
            raise Http404
        return found

    @cached_property
    def way(self):
        return way_into(self.request.user, self.child, clock.now())

    @cached_property
    def standing(self):
        return consents_standing(self.child)

    @cached_property
    def uses(self) -> set[str]:
        return purposes_on(self.child.home.programme)

    def allowed(self):
        verdict = super().allowed()
        if verdict:
            self.named()
        return verdict

    def named(self):
        """Whatever the address names; what isn't there is answered (404) before any right is."""
        return self.child

    def trail(self):
        return [*super().trail(), {"url": desk_url("file", self.child.token), "label": self.child.code}]

    def get_success_url(self):
        return desk_url("file", self.child.token)

    def get_page_subtitle(self):
        return self.child.code

    def get_context_data(self, **kwargs):
        return super().get_context_data(child=self.child, **kwargs)


class Keeping(FilePage):
    """A page for the teacher of the child's own home."""

    def allowed(self):
        verdict = super().allowed()
        return verdict and policies.may_keep(self.request.user, self.child)


class OfGuardian(Keeping):
    """About one of the child's guardians; another file's isn't there."""

    @cached_property
    def link(self) -> GuardianshipLink:
        found = guardians_of(self.child).filter(pk=self.kwargs["guardian"]).first()
        if found is None:
            raise Http404
        return found

    def named(self):
        return super().named(), self.link
