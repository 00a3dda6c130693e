"""One version: writing the draft with its rows, comparing two, putting it in force."""

from django.shortcuts import redirect
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView
from wagtail.admin import messages

from services.foundation import clock
from services.foundation.errors import Refused
from services.mutual_aid import errors, policies, queries, wording
from services.mutual_aid.actions import schemes as actions
from services.mutual_aid.desk.described import flat, route_names
from services.mutual_aid.desk.pages import KeeperForm, KeepsIt, OneScheme, desk_url
from services.mutual_aid.forms.rows import disease_rows, line_rows
from services.mutual_aid.forms.schemes import ConfirmForm, VersionForm
from services.mutual_aid.forms.terms import TermsForm
from services.mutual_aid.models import SchemeTerms


class TermsNew(KeepsIt, KeeperForm):
    """A new version from an old one, the newest unless she chooses another. The draft there is, where there is one."""

    page_title = gettext_lazy("New version")
    form_class = VersionForm
    submit_label = gettext_lazy("Begin the draft")
    intro = gettext_lazy("The draft begins with what the chosen version says. That version itself never changes.")

    def allowed(self):
        return policies.may_keep_scheme(self.request.user, self.scheme)

    def get(self, request, *args, **kwargs):
        if self.draft or self.newest is None:
            return redirect(desk_url("terms_edit", self.scheme.code))
        return super().get(request, *args, **kwargs)

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"versions": self.versions}

    def act(self, form):
        like = self.numbered(form.cleaned_data["version"])
        self.begun = actions.begin_version(self.scheme, like=like, by=self.request.user)
        return _("The draft of version %(version)s is begun.") % {"version": self.begun.version}

    def form_valid(self, form):
        super().form_valid(form)
        return redirect(desk_url("terms_edit", self.scheme.code))


class TermsEdit(KeepsIt, TemplateView):
    """The draft whole: every field with what is missing beside it, diseases and ladder in rows."""

    page_title = gettext_lazy("Write the terms")
    template_name = "mutual_aid/desk/terms_form.html"

    def get_page_subtitle(self):
        return self.name

    def get(self, request, *args, **kwargs):
        if self.draft is None:
            return redirect(self.get_success_url())
        return self._answer(*self._parts())

    def post(self, request, *args, **kwargs):
        if self.draft is None:
            messages.error(request, errors.NothingToActivate().message(staff=True))
            return redirect(self.get_success_url())
        form, diseases, lines = parts = self._parts(request.POST)
        checked = [part.is_valid() for part in parts]
        if all(checked):
            try:
                actions.write_terms(
                    self.draft,
                    fields=form.version(),
                    diseases=diseases.rows(),
                    lines=lines.rows(),
                    seen=request.POST.get("seen", "")[:64],
                    by=request.user,
                )
            except Refused as refused:
                form.add_error(None, refused.message(staff=True))
            else:
                messages.success(request, _("The draft is saved. It counts once it is put in force."))
                return redirect(self._next())
        return self._answer(*parts)

    def _next(self) -> str:
        """More rows are asked for by saving and staying."""
        stay = "stay" in self.request.POST
        return desk_url("terms_edit", self.scheme.code) if stay else self.get_success_url()

    def _parts(self, data=None):
        form = TermsForm(
            data,
            version=self.draft,
            routes=queries.routes_in_force(),
            funds=queries.funds_for(self.request.user, policies.SCHEME_READERS),
        )
        terms = queries.terms_of(self.draft)
        return form, disease_rows(terms.diseases, data), line_rows(terms.lines, data)

    def _answer(self, form, diseases, lines):
        lacks = actions.unfit(self.draft)
        of_rows = {name: _beside_rows(lacks, name) for name in ("diseases", "lines")}
        context = {
            "form": form,
            "sections": [
                (heading, [(field, _beside(lacks, field.name)) for field in fields])
                for heading, fields in form.sections()
            ],
            "diseases": list(_with_lacks(diseases, of_rows["diseases"])),
            "lines": list(_with_lacks(lines, of_rows["lines"])),
            "disease_rows": diseases,
            "line_rows": lines,
            "complete": (form["diseases_complete"], _beside(lacks, "diseases_complete")),
            "papers_lack": _beside(lacks, "documents"),
            "whole_lacks": {name: of_rows[name].get(None, []) for name in of_rows},
            "seen": queries.fingerprint(self.draft) if self.request.method == "GET" else self._seen(),
            "back_url": self.get_success_url(),
        }
        return self.render_to_response(self.get_context_data(**context))

    def _seen(self) -> str:
        return self.request.POST.get("seen", "")[:64]


def _beside(lacks, name: str) -> str:
    """What stands beside a field: why it keeps the terms from being put in force."""
    name = "exclusions" if name == "exclusions_known" else name
    return next((wording.lack(one) for one in lacks if one.field == name and one.row is None), "")


def _beside_rows(lacks, name: str) -> dict:
    found: dict = {}
    for one in lacks:
        if one.field == name:
            found.setdefault(one.row, []).append(wording.lack(one))
    return found


def _with_lacks(rows, lacks: dict):
    for place, form in enumerate(rows.forms):
        yield form, lacks.get(place, [])


class TermsCompare(OneScheme, TemplateView):
    """Two versions side by side: what they share and what differs."""

    page_title = gettext_lazy("Compare versions")
    template_name = "mutual_aid/desk/compare.html"

    def trail(self):
        return [*super().trail(), {"url": desk_url("scheme", self.scheme.code), "label": self.name}]

    def get_context_data(self, **kwargs):
        after = self.numbered(self.request.GET.get("new")) or self.newest
        older = [one for one in self.versions if after and one.version < after.version]
        before = self.numbered(self.request.GET.get("old")) or (older[0] if older else after)
        rows = compared(before, after) if after else []
        return super().get_context_data(
            before=before,
            after=after,
            rows=rows,
            differing=sum(row[4] for row in rows),
            versions=self.versions,
            **kwargs,
        )


def compared(before: SchemeTerms | None, after: SchemeTerms) -> list[tuple[str, str, str, str, bool]]:
    """(section, label, before, after, differs), in the order of the newer version."""
    routes = route_names()
    new, old = flat(after, routes), flat(before, routes) if before else {}
    return [(*key, old.get(key, ""), new.get(key, ""), old.get(key) != new.get(key)) for key in {**new, **old}]


class TermsActivate(KeepsIt, KeeperForm):
    """Shows what is missing, what changes against the version in force and what it would have cost, then one button."""

    page_title = submit_label = gettext_lazy("Put in force")
    form_class = ConfirmForm
    template_name = "mutual_aid/desk/confirm.html"
    intro = gettext_lazy(
        "New batches are enrolled under this version. Batches, covers and claims that run keep the version under which "
        "they began."
    )

    def allowed(self):
        return policies.may_keep_scheme(self.request.user, self.scheme)

    def get(self, request, *args, **kwargs):
        if self.draft is None:
            return redirect(self.get_success_url())
        return super().get(request, *args, **kwargs)

    def act(self, form):
        if self.draft is None:
            raise errors.NothingToActivate()
        made = actions.activate_terms(self.draft, by=self.request.user, now=clock.now())
        return _("Version %(version)s is in force.") % {"version": made.version}

    @cached_property
    def lacks(self) -> list[str]:
        return wording.lacks(actions.unfit(self.draft)) if self.draft else []

    def get_context_data(self, **kwargs):
        rows = compared(self.in_force, self.draft) if self.draft else []
        changes = [row for row in rows if row[4]] if self.in_force else []
        found = None
        if self.draft:
            mark = queries.fingerprint(self.draft)
            found = self.draft.simulations.filter(fingerprint=mark).first()
        return super().get_context_data(
            lacks=self.lacks, changes=changes, simulation=found, in_force=self.in_force, draft=self.draft, **kwargs
        )
