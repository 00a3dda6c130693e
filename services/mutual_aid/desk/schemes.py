"""Schemes: the list, one scheme with its versions and a trial, a new scheme, a scheme out of force."""

from django.shortcuts import redirect
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from django.views.generic import TemplateView
from wagtail.admin.views.generic.base import BaseListingView
from wagtail.admin.widgets.button import HeaderButton

from services.foundation.desk_columns import Column, StatusTagColumn, TitleColumn
from services.mutual_aid import errors, policies, queries, wording
from services.mutual_aid.actions import schemes as actions
from services.mutual_aid.desk.described import described, ladder_line, route_names
from services.mutual_aid.desk.pages import KeeperForm, KeepsIt, OneScheme, SchemePage, desk_url
from services.mutual_aid.desk.trial import trial
from services.mutual_aid.enums import VersionState
from services.mutual_aid.forms.schemes import ConfirmForm, SchemeForm, TryForm


class SchemeList(SchemePage, BaseListingView):
    page_title = _("Mutual-aid schemes")
    verbose_name_plural = _("mutual-aid schemes")
    index_url_name, index_results_url_name = "mutual_aid_desk:schemes", "mutual_aid_desk:schemes_results"
    default_ordering = "code"
    paginate_by = 30
    columns = [
        TitleColumn(
            "name",
            label=pgettext_lazy("of a thing", "Name"),
            get_url=lambda one: desk_url("scheme", one.code),
            sort_key="name",
        ),
        Column("region", label=_("Region"), sort_key="region"),
        Column("get_operator_display", label=_("Run by")),
        Column("keeper", label=_("Kept by")),
        StatusTagColumn("state_said", label=_("State"), primary=lambda one: one.is_in_force),
    ]

    def get_breadcrumbs_items(self):
        return [*self.breadcrumbs_items, {"url": "", "label": self.get_page_title()}]

    def get_base_queryset(self):
        return queries.schemes_listed(self.request.user, policies.SCHEME_READERS).prefetch_related("terms")

    def get_table(self, object_list):
        for one in object_list:
            states = {version.state for version in one.terms.all()}
            one.is_in_force = VersionState.ACTIVE in states
            one.keeper = one.organization.name if one.organization else "—"
            one.state_said = _state(states, sample=one.sample)
        return super().get_table(object_list)

    @cached_property
    def header_buttons(self):
        if not policies.may_keep_schemes(self.request.user):
            return []
        return [HeaderButton(_("New scheme"), url=desk_url("scheme_add"), icon_name="plus")]


def _state(states: set[str], *, sample: bool) -> str:
    if VersionState.ACTIVE in states:
        return str(VersionState.ACTIVE.label)
    if sample:
        return str(_("Sample"))
    return str(VersionState.DRAFT.label if VersionState.DRAFT in states else _("Out of force"))


class SchemeScreen(OneScheme, TemplateView):
    """Its versions, what the draft lacks, and "what would it give?": answers are judged and forgotten."""

    template_name = "mutual_aid/desk/scheme.html"

    def get_page_title(self):
        return self.name

    @cached_property
    def counting(self):
        """The version that a question is answered by."""
        return self.in_force or self.newest

    @cached_property
    def header_buttons(self):
        code, buttons = self.scheme.code, []
        if self.may_keep:
            page, label = ("terms_edit", _("Edit the draft")) if self.draft else ("terms_new", _("New version"))
            buttons.append(HeaderButton(label, url=desk_url(page, code), icon_name="edit"))
        if self.newest and policies.may_keep_schemes(self.request.user):
            address = f"{desk_url('scheme_add')}?like={code}"
            buttons.append(HeaderButton(_("Copy as a new scheme"), url=address, icon_name="copy"))
        return buttons

    def get_context_data(self, **kwargs):
        routes = route_names()
        versions = [
            {
                "version": one,
                "sections": described(one, routes),
                "ladder": [ladder_line(line) for line in one.lines.all()],
                "in_force": one.state == VersionState.ACTIVE,
            }
            for one in self.versions
        ]
        shown = {"form": self._form(), "tried": None} | kwargs
        lacks = actions.unfit(self.draft) if self.draft and self.may_keep else []
        return super().get_context_data(
            versions=versions,
            draft=self.draft,
            in_force=self.in_force,
            lacks=wording.lacks(lacks),
            **shown,
        )

    def _form(self, data=None) -> TryForm | None:
        return TryForm(data, diseases=self.counting.diseases.all()) if self.counting else None

    def post(self, request, *args, **kwargs):
        form = self._form(request.POST)
        tried = trial(self.counting, form.cleaned_data) if form and form.is_valid() else None
        return self.render_to_response(self.get_context_data(form=form, tried=tried))


class SchemeAdd(KeeperForm):
    """A scheme of her federation: empty, or a copy of a sample to go on from (``?like=``)."""

    page_title = _("New scheme")
    form_class = SchemeForm
    submit_label = _("Save the draft")
    field_of = {errors.CodeTaken.code: "code"}

    @cached_property
    def like(self):
        code = self.request.GET.get("like", "")
        found = queries.schemes_listed(self.request.user, policies.SCHEME_READERS).filter(code=code[:40]).first()
        versions = queries.versions_of(found) if found else []
        return next((one for one in versions if one.state == VersionState.ACTIVE), versions[0] if versions else None)

    @property
    def intro(self):
        if self.like is None:
            return _("The draft begins empty. Nobody joins before it is put in force.")
        return _("The draft begins with what “%(name)s” says; fund and review route are yours to choose.") % {
            "name": queries.name_of(self.like.scheme)
        }

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"organizations": self.homes}

    def get_initial(self):
        if self.like is None:
            return {}
        one = self.like.scheme
        return {"name": one.name, "name_en": one.name_en, "operator": one.operator, "region": one.region}

    def get_success_url(self):
        return desk_url("schemes")

    def form_valid(self, form):
        self.made = None
        answer = super().form_valid(form)
        return redirect(desk_url("terms_edit", self.made.scheme.code)) if self.made else answer

    def act(self, form):
        self.made = actions.create_scheme(like=self.like, by=self.request.user, **form.cleaned_data)
        return _("The draft is saved. It counts once it is put in force.")


class SchemeRetire(KeepsIt, KeeperForm):
    page_title = submit_label = _("Take out of force")
    form_class = ConfirmForm
    template_name = "mutual_aid/desk/confirm.html"
    danger = True
    intro = _("Nobody can join any more. Covers run on to their last day, and claims are decided by their own terms.")

    def allowed(self):
        return policies.may_keep_scheme(self.request.user, self.scheme)

    def act(self, form):
        if self.in_force:
            actions.retire_terms(self.in_force, by=self.request.user)
        return _("The scheme is out of force.")
