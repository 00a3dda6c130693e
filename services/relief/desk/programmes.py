"""Relief programmes: the list, one programme with its versions and a trial, writing a version, putting it in force."""

from django.http import Http404
from django.shortcuts import redirect
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from django.views.generic import TemplateView
from wagtail.admin.widgets.button import HeaderButton

from services.casework.wording import promise_said, rounds_said
from services.foundation import clock
from services.foundation.desk_columns import Column, DayColumn, StatusTagColumn, TitleColumn
from services.relief import errors, policies
from services.relief.actions import standards as actions
from services.relief.desk.described import described_programme, fault_words
from services.relief.desk.standards import KeeperForm, StandardsList, StandardsPage, desk_url
from services.relief.desk.trial import trial
from services.relief.enums import ProgrammeKind, VersionState
from services.relief.forms.programmes import ProgrammeForm
from services.relief.forms.standards import ConfirmForm, TryForm
from services.relief.models import Programme
from services.relief.queries import standards as queries
from services.relief.queries.promised import promises


class ProgrammeList(StandardsList):
    page_title = _("Relief programmes")
    verbose_name_plural = _("relief programmes")
    index_url_name, index_results_url_name = "relief_desk:programmes", "relief_desk:programmes_results"
    default_ordering = "code"
    columns = [
        TitleColumn(
            "name",
            label=pgettext_lazy("programme", "Name"),
            get_url=lambda one: desk_url("programme", one.code),
            sort_key="name",
        ),
        Column("get_kind_display", label=_("Kind"), sort_key="kind"),
        Column("organization.name", label=_("Kept by")),
        StatusTagColumn("get_state_display", label=_("State"), primary=lambda one: one.state == VersionState.ACTIVE),
        DayColumn("closes_on", label=_("Until"), sort_key="closes_on"),
    ]

    def get_base_queryset(self):
        return queries.programmes_listed(self.request.user, policies.STANDARD_READERS)

    @cached_property
    def header_buttons(self):
        if not policies.may_keep_standards(self.request.user):
            return []
        return [HeaderButton(_("New programme"), url=desk_url("programme_add"), icon_name="plus")]


class OneProgramme(StandardsPage):
    """The programme of the URL with the versions that she may see; 404 else."""

    def setup(self, request, *args, **kwargs):
        super().setup(request, *args, **kwargs)
        self.versions = queries.versions_of(kwargs["code"], request.user, policies.STANDARD_READERS)
        if not self.versions:
            raise Http404
        self.newest = self.versions[0]
        self.in_force = next((one for one in self.versions if one.state == VersionState.ACTIVE), None)
        self.draft = self.newest if self.newest.state == VersionState.DRAFT else None

    @cached_property
    def may_keep(self) -> bool:
        return bool(policies.may_keep_standards(self.request.user, self.newest.organization))

    def get_context_data(self, **kwargs):
        return super().get_context_data(programme=self.newest, may_keep=self.may_keep, **kwargs)


class KeepsIt(OneProgramme):
    """The same for those who may change it."""

    def allowed(self):
        return policies.may_keep_standards(self.request.user, self.newest.organization)

    def trail(self):
        return [*super().trail(), {"url": desk_url("programme", self.newest.code), "label": self.newest.name}]

    def get_success_url(self):
        return desk_url("programme", self.newest.code)


class ProgrammeScreen(OneProgramme, TemplateView):
    """Its versions, and "what would she get?": a form whose answers are judged and forgotten."""

    template_name = "relief/desk/programme.html"

    def get_page_title(self):
        return self.newest.name

    @cached_property
    def header_buttons(self):
        if not self.may_keep:
            return []
        label = _("Edit the draft") if self.draft else _("New version")
        return [HeaderButton(label, url=desk_url("programme_edit", self.newest.code), icon_name="edit")]

    def get_context_data(self, **kwargs):
        versions = [(one, described_programme(one)) for one in self.versions]
        return super().get_context_data(
            versions=versions,
            promise=self._promise(),
            draft=self.draft,
            in_force=self.in_force,
            unfit=fault_words(actions.unfit(self.draft)) if self.draft and self.may_keep else [],
            **{"form": TryForm(), "tried": None} | kwargs,
        )

    def _promise(self) -> list[str]:
        """What everybody reads of it, and the rounds (D16)."""
        one = self.in_force or self.newest
        route, kept = promises([one], today=clock.today())[one.code]
        return [sentence for sentence in (*promise_said(route, kept), rounds_said(kept)) if sentence]

    def post(self, request, *args, **kwargs):
        form = TryForm(request.POST)
        tried = trial(self.in_force or self.newest, form.cleaned_data, on=clock.today()) if form.is_valid() else None
        return self.render_to_response(self.get_context_data(form=form, tried=tried))


class ProgrammeAdd(KeeperForm):
    """The kind decides what is asked: it is chosen by the address."""

    page_title = _("New programme")
    form_class = ProgrammeForm
    submit_label = _("Save the draft")
    template_name = "relief/desk/programme_form.html"

    @property
    def kind(self) -> ProgrammeKind:
        said = self.request.GET.get("kind")
        return ProgrammeKind(said) if said in ProgrammeKind.values else ProgrammeKind.STUDY_AID

    def get_form_kwargs(self):
        return super().get_form_kwargs() | self._choices() | {"kind": self.kind}

    def _choices(self) -> dict:
        return {
            "organizations": self.homes,
            "routes": queries.routes_in_force(),
            "funds": queries.funds_for(self.request.user, policies.STANDARD_READERS),
        }

    def get_context_data(self, **kwargs):
        kinds = [(kind, kind == self.kind) for kind in ProgrammeKind]
        return super().get_context_data(**{"kinds": kinds} | kwargs)

    def get_success_url(self):
        return desk_url("programmes")

    def form_valid(self, form):
        self.made: Programme | None = None
        answer = super().form_valid(form)
        return redirect(desk_url("programme", self.made.code)) if self.made else answer

    def act(self, form):
        home = form.cleaned_data["organization"]
        self.made = actions.create_programme(home, kind=self.kind, fields=form.version(), by=self.request.user)
        return _("The draft is saved. It counts once it is put in force.")


class ProgrammeEdit(KeepsIt, ProgrammeAdd):
    """Writes the draft; a version in force is never touched."""

    page_title = _("Write a version")

    @property
    def kind(self):
        return ProgrammeKind(self.newest.kind)

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"programme": self.newest}

    def get_context_data(self, **kwargs):
        return super().get_context_data(**{"kinds": []} | kwargs)

    def act(self, form):
        self.made = actions.write_programme(self.newest.code, fields=form.version(), by=self.request.user)
        return _("The draft is saved. It counts once it is put in force.")


class ProgrammeActivate(KeepsIt, KeeperForm):
    """Shows what changes against the version in force, then puts the draft in its place."""

    page_title = submit_label = _("Put in force")
    form_class = ConfirmForm
    template_name = "relief/desk/confirm.html"
    intro = _("New applications begin under this version. Those that run keep the version under which they began.")

    def get(self, request, *args, **kwargs):
        if self.draft is None:
            return redirect(self.get_success_url())
        return super().get(request, *args, **kwargs)

    def act(self, form):
        if self.draft is None:
            raise errors.NothingToActivate()
        made = actions.activate_programme(self.draft, by=self.request.user, now=clock.now())
        return _("Version %(version)s is in force.") % {"version": made.version}

    def get_context_data(self, **kwargs):
        lines = described_programme(self.draft or self.newest)
        before = dict(described_programme(self.in_force)) if self.in_force else {}
        changes = [(label, before.get(label, ""), value) for label, value in lines]
        unfit = fault_words(actions.unfit(self.draft)) if self.draft else []
        return super().get_context_data(lines=lines, changes=changes if before else [], unfit=unfit, **kwargs)


class ProgrammeRetire(KeepsIt, KeeperForm):
    page_title = submit_label = _("Take out of force")
    form_class = ConfirmForm
    template_name = "relief/desk/confirm.html"
    danger = True
    intro = _("Nobody can begin an application any more. Those that run go on.")

    def act(self, form):
        if self.in_force:
            actions.retire_programme(self.in_force, by=self.request.user)
        return _("The programme is out of force.")
