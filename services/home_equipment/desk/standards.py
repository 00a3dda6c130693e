"""The standard lists: every version with its words, written as a draft by the city, put in force."""

from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView
from wagtail.admin import messages

from services.childrens_homes.enums import Profile
from services.foundation import clock
from services.foundation.desk import Confirm, StepForm
from services.foundation.errors import Refused
from services.home_equipment import errors, policies
from services.home_equipment.actions import standards as actions
from services.home_equipment.desk.pages import EquipmentPage, desk_url
from services.home_equipment.enums import StandardState
from services.home_equipment.forms.standards import LineFormSet, StandardForm, rows_of
from services.home_equipment.models import EquipmentStandard
from services.home_equipment.queries.programmes import programmes_for
from services.home_equipment.queries.standards import asked, standards_for
from services.home_equipment.rules.standard import least


class _StandardPage(EquipmentPage):
    def trail(self):
        return [*self.breadcrumbs_items, {"url": desk_url("standards"), "label": _("Standard lists of equipment")}]

    @cached_property
    def programme(self):
        return programmes_for(self.request.user).first()

    def get_success_url(self):
        return desk_url("standards")


class Standards(_StandardPage, TemplateView):
    """The lists side by side: what is asked, by whom it is brought, and the sentence it was read from."""

    page_title = gettext_lazy("Standard lists of equipment")
    template_name = "home_equipment/desk/standards.html"

    def get_breadcrumbs_items(self):
        return [*self.breadcrumbs_items, {"url": "", "label": self.get_page_title()}]

    def get_context_data(self, **kwargs):
        programme = self.programme
        may_keep = programme is not None and bool(policies.may_keep_standards(self.request.user, programme.city))
        versions = list(standards_for(self.request.user).filter(programme=programme)) if programme else []
        shown = [
            {
                "standard": one,
                "lines": [(line, least(asked(line))) for line in one.lines.all()],
                "draft": one.state == StandardState.DRAFT,
                "open": one.state != StandardState.SUPERSEDED,
            }
            for one in versions
        ]
        return super().get_context_data(
            programme=programme, versions=shown, may_keep=may_keep, profiles=Profile.choices, **kwargs
        )


class _Keeping(_StandardPage):
    def allowed(self):
        if self.programme is None:
            return super().allowed() and policies.may_keep_standards(self.request.user)
        return policies.may_keep_standards(self.request.user, self.programme.city)


class LoadLists(StepForm, _Keeping):
    page_title = gettext_lazy("Take the lists of the plan")
    submit_label = gettext_lazy("Put both lists in force")
    intro = gettext_lazy(
        "E01-E14 for schools and for kindergartens, as the plan words them; where it leaves a quantity open you can "
        "set it afterwards in a version of your own."
    )

    class form_class(StandardForm):  # noqa: N801 - what Django calls it
        idle_days = None

    def act(self, form):
        if self.programme is None:
            raise errors.ListEmpty()
        source = form.cleaned_data["source"]
        actions.load_lists(self.programme, source=source, by=self.request.user, today=clock.today())
        return _("Both lists are in force.")


class WriteStandard(_Keeping, TemplateView):
    """The draft of one profile; begins with a copy of its newest version."""

    page_title = gettext_lazy("Write the standard list")
    template_name = "home_equipment/desk/standard_write.html"

    @cached_property
    def profile(self) -> str:
        if self.kwargs["profile"] not in Profile.values or self.programme is None:
            raise Http404
        return self.kwargs["profile"]

    @cached_property
    def latest(self) -> EquipmentStandard | None:
        rows = standards_for(self.request.user).filter(programme=self.programme, profile=self.profile)
        return rows.order_by("-version").first()

    def get_page_subtitle(self):
        return Profile(self.profile).label

    def get(self, request, *args, **kwargs):
        latest = self.latest
        initial = {name: getattr(latest, name) for name in actions.FIELDS} if latest else {}
        return self._show(StandardForm(initial=initial), LineFormSet(initial=rows_of(latest), prefix="lines"))

    def post(self, request, *args, **kwargs):
        form, lines = StandardForm(request.POST), LineFormSet(request.POST, prefix="lines")
        profile = self.profile
        if all([form.is_valid(), lines.is_valid()]):
            rows = [{name: one.cleaned_data[name] for name in actions.LINE_FIELDS} for one in lines.kept()]
            try:
                actions.write_standard(self.programme, profile, fields=form.cleaned_data, lines=rows, by=request.user)
            except Refused as refused:
                form.add_error(None, refused.message(staff=True))
            else:
                messages.success(request, _("The draft is saved. It counts once it is put in force."))
                return redirect(desk_url("standards"))
        return self._show(form, lines)

    def _show(self, form, lines):
        context = self.get_context_data(form=form, lines=lines, profile_label=Profile(self.profile).label)
        return self.render_to_response(context)


class PutInForce(Confirm, _StandardPage):
    page_title = submit_label = gettext_lazy("Put the list in force")
    intro = gettext_lazy(
        "From today on homes are measured by it. What was judged by the version before stays judged by that one."
    )

    @cached_property
    def standard(self) -> EquipmentStandard:
        return get_object_or_404(standards_for(self.request.user), pk=self.kwargs["pk"])

    def allowed(self):
        return policies.may_keep_standards(self.request.user, self.standard.programme.city)

    def get_page_subtitle(self):
        return str(self.standard)

    def act(self, form):
        actions.put_in_force(self.standard, by=self.request.user, today=clock.today())
        return _("The list is in force.")
