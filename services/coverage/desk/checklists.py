"""The federation's checklist in versions: read, written as a draft, put in force."""

from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView
from wagtail.admin import messages
from wagtail.admin.views.generic import WagtailAdminTemplateMixin
from wagtail.admin.widgets.button import HeaderButton

from services.coverage import policies
from services.coverage.actions import checklists as actions
from services.coverage.enums import ChecklistState
from services.coverage.forms.checklists import ChecklistForm, ItemFormSet, rows_of
from services.coverage.models import Checklist
from services.coverage.queries import checklists as queries
from services.coverage.rules import scoring
from services.foundation import clock
from services.foundation.desk import DeskView
from services.foundation.errors import Refused
from services.organizations.enums import Branch, Kind
from services.organizations.models import Organization

NAMESPACE = "coverage_standard"


def desk_url(name: str, *args) -> str:
    return reverse(f"{NAMESPACE}:{name}", args=args)


class ChecklistPage(DeskView, WagtailAdminTemplateMixin, TemplateView):
    header_icon = "tasks"

    def get_breadcrumbs_items(self):
        trail = [{"url": desk_url("checklists"), "label": _("Standardisation checklists")}]
        return [*self.breadcrumbs_items, *trail, {"url": "", "label": self.get_page_title()}]

    @cached_property
    def homes(self):
        """Federations whose list she may write."""
        mine = Organization.objects.visible_to(self.request.user, roles=policies.DECIDERS)
        return mine.filter(branch=Branch.TRADE_UNION, closed_on__isnull=True).exclude(kind=Kind.GRASSROOTS_UNION)


class ChecklistVersions(ChecklistPage):
    """Every version that concerns her, those above her own too; the one in force is marked."""

    page_title = gettext_lazy("Standardisation checklists")
    template_name = "coverage/desk/checklists.html"

    def allowed(self):
        return policies.may_read_records(self.request.user)

    def get_breadcrumbs_items(self):
        return [*self.breadcrumbs_items, {"url": "", "label": self.get_page_title()}]

    @property
    def header_buttons(self):
        if not policies.may_keep_checklists(self.request.user):
            return []
        return [HeaderButton(_("New version"), url=desk_url("checklist_new"), icon_name="plus")]

    def get_context_data(self, **kwargs):
        versions = []
        for one in queries.checklists_for(self.request.user, policies.READERS):
            mine = one.state == ChecklistState.DRAFT and policies.may_keep_checklists(
                self.request.user, one.organization
            )
            versions.append(
                {
                    "checklist": one,
                    "groups": grouped(one),
                    "possible": scoring.total(item.points for item in one.items.all()),
                    "in_force": one.state == ChecklistState.IN_FORCE,
                    "mine": mine,
                }
            )
        return super().get_context_data(versions=versions, **kwargs)


def grouped(checklist: Checklist) -> list[tuple[str, list]]:
    """Items under the name of their part, in the order of the list."""
    found: dict[str, list] = {}
    for item in checklist.items.all():
        found.setdefault(item.get_group_display(), []).append(item)
    return list(found.items())


class ChecklistWrite(ChecklistPage):
    """The draft of one federation; begins with a copy of its newest version."""

    page_title = gettext_lazy("Write the checklist")
    template_name = "coverage/desk/checklist_write.html"

    def allowed(self):
        return policies.may_keep_checklists(self.request.user)

    @cached_property
    def home(self) -> Organization:
        code = self.request.GET.get("of", "")
        found = self.homes.filter(code=code).first() if code else self.homes.first()
        if found is None:
            raise Http404
        return found

    @cached_property
    def latest(self) -> Checklist | None:
        return Checklist.objects.filter(organization=self.home).order_by("-version").first()

    def get(self, request, *args, **kwargs):
        one = self.latest
        initial = {name: getattr(one, name) for name in actions.FIELDS} if one else {}
        return self._show(ChecklistForm(initial=initial, latest=one), ItemFormSet(initial=rows_of(one), prefix="items"))

    def post(self, request, *args, **kwargs):
        form, items = ChecklistForm(request.POST, latest=self.latest), ItemFormSet(request.POST, prefix="items")
        if all([form.is_valid(), items.is_valid()]):
            rows = [{name: one.cleaned_data[name] for name in actions.ITEM_FIELDS} for one in items.kept()]
            try:
                actions.write_checklist(self.home, fields=form.cleaned_data, items=rows, by=request.user)
            except Refused as refused:
                form.add_error(None, refused.message(staff=True))
            else:
                messages.success(request, _("The draft is saved. It counts once it is put in force."))
                return redirect(desk_url("checklists"))
        return self._show(form, items)

    def _show(self, form, items):
        return self.render_to_response(self.get_context_data(form=form, items=items, home=self.home))


class ChecklistInForce(ChecklistPage):
    """One button; what follows is said, and what is missing."""

    page_title = gettext_lazy("Put in force")
    template_name = "coverage/desk/checklist_in_force.html"

    @cached_property
    def checklist(self) -> Checklist:
        return get_object_or_404(queries.checklists_for(self.request.user, policies.READERS), pk=self.kwargs["pk"])

    def allowed(self):
        return policies.may_keep_checklists(self.request.user, self.checklist.organization)

    def post(self, request, *args, **kwargs):
        try:
            made = actions.put_in_force(self.checklist, by=request.user, today=clock.today())
        except Refused as refused:
            messages.error(request, refused.message(staff=True))
            return redirect(request.path)
        messages.success(request, _("Version %(version)s is in force.") % {"version": made.version})
        return redirect(desk_url("checklists"))

    def get_context_data(self, **kwargs):
        one = self.checklist
        possible = scoring.total(item.points for item in one.items.all())
        return super().get_context_data(checklist=one, groups=grouped(one), possible=possible, **kwargs)
