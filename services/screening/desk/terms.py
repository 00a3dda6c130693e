"""Terms in versions: read, write the next one, compare and publish."""

from django.http import Http404
from django.shortcuts import redirect
from django.utils.translation import gettext_lazy as _
from django.views.generic import TemplateView
from wagtail.admin.widgets.button import HeaderButton

from services.foundation import clock
from services.screening import actions, errors, queries
from services.screening.desk.pages import ActionForm, Confirm, ManagerPage, ProgrammePage, desk_url
from services.screening.desk.wording import describe_terms
from services.screening.forms.programme import TermsForm
from services.screening.rules import KINDS


class TermsList(ProgrammePage, TemplateView):
    """Every version, newest first; the one in force is marked."""

    page_title = _("Terms")
    template_name = "screening/desk/terms.html"

    def setup(self, request, *args, **kwargs):
        super().setup(request, *args, **kwargs)
        self.versions = list(queries.terms_versions(self.programme))
        if not self.may_manage:
            self.versions = [terms for terms in self.versions if terms.published_at]

    @property
    def header_buttons(self):
        if not self.may_manage or (self.versions and not self.versions[0].published_at):
            return []
        return [HeaderButton(_("New version"), url=desk_url("terms_new", self.programme.code), icon_name="plus")]

    def get_context_data(self, **kwargs):
        in_force = queries.current_terms(self.programme)
        versions = [(terms, describe_terms(terms), terms == in_force) for terms in self.versions]
        return super().get_context_data(versions=versions, **kwargs)


class TermsEdit(ActionForm, ManagerPage):
    """Writes the draft version: a copy of the last one to begin with. A published version is never touched."""

    page_title = _("New version")
    template_name = "screening/desk/terms_form.html"
    form_class = TermsForm
    field_of = {errors.DutyInterval.code: "interval_months"}
    submit_label = _("Save the draft")

    def setup(self, request, *args, **kwargs):
        super().setup(request, *args, **kwargs)
        self.latest = queries.terms_versions(self.programme).first()
        self.draft = self.latest if self.latest and not self.latest.published_at else None

    def trail(self):
        return [*super().trail(), {"url": desk_url("terms", self.programme.code), "label": _("Terms")}]

    def get_page_title(self):
        return _("Edit the draft") if self.draft else self.page_title

    def get_form_kwargs(self):
        kwargs = super().get_form_kwargs()
        kwargs["kind"] = self.programme.kind
        kwargs["first"] = self.latest is None or (self.latest.version == 1 and self.draft is not None)
        if self.draft:
            kwargs["instance"] = self.draft
        elif self.latest:
            copied = (*KINDS[self.programme.kind].terms, "source")
            kwargs["initial"] = {name: getattr(self.latest, name) for name in copied}
        return kwargs

    def act(self, form):
        actions.write_terms(self.programme, fields=form.cleaned_data, by=self.request.user)
        return _("The draft is saved. It counts once you publish it.")

    def get_success_url(self):
        return desk_url("terms", self.programme.code)


class TermsPublish(Confirm, ManagerPage):
    """Shows what changes against the version in force, then publishes."""

    page_title = submit_label = _("Publish the terms")
    template_name = "screening/desk/terms_publish.html"

    def setup(self, request, *args, **kwargs):
        super().setup(request, *args, **kwargs)
        self.draft = queries.draft_terms(self.programme)

    def get(self, request, *args, **kwargs):
        if self.draft is None:
            return redirect(self.get_success_url())
        return super().get(request, *args, **kwargs)

    def act(self, form):
        if self.draft is None:
            raise Http404
        actions.publish_terms(self.draft, by=self.request.user, now=clock.now())
        return _("Version %(version)s is published and counts from now on.") % {"version": self.draft.version}

    def trail(self):
        return [*super().trail(), {"url": desk_url("terms", self.programme.code), "label": _("Terms")}]

    def get_success_url(self):
        return desk_url("terms", self.programme.code)

    def get_context_data(self, **kwargs):
        in_force = queries.current_terms(self.programme)
        before = dict(describe_terms(in_force)) if in_force else {}
        lines = [(label, before.get(label, ""), value) for label, value in describe_terms(self.draft)]
        return super().get_context_data(
            draft=self.draft,
            in_force=in_force,
            lines=[(label, old, new, bool(in_force) and old != new) for label, old, new in lines],
            **kwargs,
        )
