"""Programmes: the list, one programme on one screen, creating and editing it, opening and closing sign-up."""

from django.forms import Media
from django.shortcuts import redirect
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from django.views.generic import TemplateView
from wagtail.admin import messages
from wagtail.admin.views.generic.base import BaseListingView
from wagtail.admin.widgets.button import HeaderButton

from services.bookings.enums import OfferingState
from services.foundation import clock
from services.foundation.desk_columns import Column, NumberColumn, StatusTagColumn, TitleColumn
from services.foundation.errors import Refused
from services.screening import actions, errors, policies, queries, wording
from services.screening.desk.history import with_changes
from services.screening.desk.pages import Confirm, DeskPage, ManagerPage, ProgrammePage, desk_url
from services.screening.desk.steps import next_step
from services.screening.desk.wording import finding
from services.screening.enums import Item, ProgrammeKind
from services.screening.forms.filters import ProgrammeFilterSet
from services.screening.forms.programme import ConductForm, ProgrammeForm, TermsForm, WindowForm
from services.screening.queries.trail import trail_of

HISTORY = 30


class ProgrammeList(DeskPage, BaseListingView):
    """Programmes of her organisations, of those below, and of those above in which hers take part."""

    page_title = _("Screening programmes")
    verbose_name_plural = _("screening programmes")
    filterset_class = ProgrammeFilterSet
    is_searchable = True
    search_fields = ["title", "code"]
    search_backend_name = None
    paginate_by = 20
    index_url_name = "screening_desk:programmes"
    index_results_url_name = "screening_desk:programmes_results"
    default_ordering = "-year"
    columns = [
        TitleColumn("title", label=_("Title"), get_url=lambda p: desk_url("programme", p.code), sort_key="title"),
        Column("year", label=_("Year"), sort_key="year"),
        Column("organization.name", label=_("Organisation")),
        StatusTagColumn(
            "offering.get_state_display",
            label=_("State"),
            primary=lambda programme: programme.offering.state == OfferingState.OPEN,
        ),
        NumberColumn("places", label=_("Places")),
        NumberColumn("booked", label=_("Booked")),
    ]

    def get_base_queryset(self):
        programmes = queries.programmes_for(self.request.user).select_related("organization", "offering")
        return queries.with_places(programmes)

    def get_breadcrumbs_items(self):
        return [*self.breadcrumbs_items, {"url": "", "label": self.get_page_title()}]

    @cached_property
    def header_buttons(self):
        if not policies.may_create_programme(self.request.user):
            return []
        return [HeaderButton(_("New programme"), url=desk_url("programme_add"), icon_name="plus")]


class ProgrammeScreen(ProgrammePage, TemplateView):
    """One programme on one screen, with the next thing to do first."""

    template_name = "screening/desk/programme.html"

    def get_page_title(self):
        return self.programme.title

    def trail(self):
        return DeskPage.trail(self)

    @cached_property
    def header_buttons(self):
        if not self.may_manage:
            return []
        edit = desk_url("programme_edit", self.programme.code)
        return [HeaderButton(_("Edit"), url=edit, icon_name="edit")]

    def sentence(self, standing) -> str:
        organization = standing.organization
        if organization is None:
            return ""
        above = queries.from_above(self.programme, organization)
        return finding(organization, standing.figures, from_above=above)

    def get_context_data(self, **kwargs):
        now = clock.now()
        standing = queries.standing(self.programme, self.request.user, now=now)
        is_open = self.offering.state == OfferingState.OPEN
        return super().get_context_data(
            standing=standing,
            step=next_step(self.programme, standing, now=now) if self.may_manage else None,
            items=[str(Item(code).label) for code in self.programme.items],
            sentence=self.sentence(standing),
            is_open=is_open,
            may_enrol=bool(policies.may_enrol(self.request.user)),
            history=with_changes(trail_of(self.programme)[:HISTORY]),
            **kwargs,
        )


class ThreeForms:
    """The programme, its window, its rules about missed places and its terms are one page and one action."""

    template_name = "screening/desk/programme_form.html"
    FIELD_OF = {
        errors.LateWithinCutoff.code: ("conduct", "late_cancel_hours"),
        errors.DutyInterval.code: ("terms", "interval_months"),
    }

    def built(self, data=None) -> dict:
        raise NotImplementedError

    def act(self, forms):
        raise NotImplementedError

    def kinds(self) -> list[tuple]:
        """The kinds to choose from: each with its words, and whether it is the one asked about."""
        return []

    def get(self, request, *args, **kwargs):
        return self.render_to_response(self.get_context_data(**self.built()))

    def post(self, request, *args, **kwargs):
        forms = self.built(request.POST)
        if all([form.is_valid() for form in forms.values()]):  # noqa: C419 - every form shows its messages at once
            try:
                programme = self.act(forms)
            except Refused as refused:
                form, field = self.FIELD_OF.get(refused.code, ("basics", None))
                forms[form].add_error(field, refused.message(staff=True))
            else:
                messages.success(request, self.success_message % {"title": programme.title})
                return redirect(desk_url("programme", programme.code))
        return self.render_to_response(self.get_context_data(**forms))

    def get_context_data(self, **forms):
        media = sum((form.media for form in forms.values()), start=Media())
        return super().get_context_data(
            media=media, submit_label=self.submit_label, kinds=self.kinds(), forms=list(forms.values()), **forms
        )


class ProgrammeAdd(ThreeForms, DeskPage, TemplateView):
    page_title = _("New programme")
    submit_label = _("Create the programme")
    success_message = _("“%(title)s” is being prepared. Women see it once its terms are published and it is opened.")

    def allowed(self):
        return policies.may_create_programme(self.request.user)

    @property
    def kind(self) -> ProgrammeKind:
        """The kind decides which questions are asked: it is chosen by the address, and kept by the form."""
        said = self.request.POST.get("basics-kind") or self.request.GET.get("kind")
        return ProgrammeKind(said) if said in ProgrammeKind.values else ProgrammeKind.CHARITY

    def kinds(self):
        return [(kind, wording.kind_words(kind), kind == self.kind) for kind in ProgrammeKind]

    def built(self, data=None):
        return {
            "basics": ProgrammeForm(
                data,
                prefix="basics",
                organizations=queries.programme_homes(self.request.user),
                this_year=clock.today().year,
                kind=self.kind,
            ),
            "window": WindowForm(data, prefix="window", kind=self.kind),
            "conduct": ConductForm(data, prefix="conduct"),
            "terms": TermsForm(data, prefix="terms", first=True, kind=self.kind),
        }

    def act(self, forms):
        basics = forms["basics"].cleaned_data
        return actions.create_programme(
            organization=basics["organization"],
            basics=basics,
            window=forms["window"].cleaned_data | forms["conduct"].cleaned_data,
            terms=forms["terms"].cleaned_data,
            by=self.request.user,
        )


class ProgrammeEdit(ThreeForms, ManagerPage, TemplateView):
    """Terms are not edited here: they have versions."""

    page_title = _("Edit")
    submit_label = _("Save")
    success_message = _("“%(title)s” is saved.")

    def built(self, data=None):
        basics = ProgrammeForm(
            data,
            prefix="basics",
            instance=self.programme,
            organizations=queries.programme_homes(self.request.user),
            this_year=clock.today().year,
        )
        del basics.fields["organization"], basics.fields["kind"]
        return {
            "basics": basics,
            "window": WindowForm(data, prefix="window", instance=self.offering, kind=self.programme.kind),
            "conduct": ConductForm(data, prefix="conduct", instance=self.offering),
        }

    def act(self, forms):
        return actions.edit_programme(
            self.programme,
            basics=forms["basics"].cleaned_data,
            window=forms["window"].cleaned_data | forms["conduct"].cleaned_data,
            by=self.request.user,
        )


class ProgrammeOpen(Confirm, ManagerPage):
    page_title = submit_label = _("Open sign-up")
    intro = _(
        "The programme appears on the public site. Women who meet the terms can book from the beginning of the window "
        "on. You can close sign-up again at any time; bookings made stay valid."
    )

    def act(self, form):
        actions.open_programme(self.programme, by=self.request.user, now=clock.now())
        return _("Sign-up is open. The programme stands on the public site now.")


class ProgrammeClose(Confirm, ManagerPage):
    page_title = submit_label = _("Close sign-up")
    intro = _("Nobody can book or join the waiting list any more. Bookings made stay valid.")

    def act(self, form):
        actions.close_programme(self.programme, by=self.request.user, now=clock.now())
        return _("Sign-up is closed. Bookings made stay valid.")
