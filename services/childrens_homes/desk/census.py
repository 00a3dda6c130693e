"""Censuses of left-behind children: the list, one by township, a new one."""

from django.shortcuts import get_object_or_404
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView
from wagtail.admin.widgets.button import HeaderButton

from services.childrens_homes import errors, policies
from services.childrens_homes.actions.census import record_census
from services.childrens_homes.desk.lists import Listing
from services.childrens_homes.desk.overview import ProgrammePage
from services.childrens_homes.desk.pages import HomesPage, desk_url
from services.childrens_homes.forms.filters import CensusFilters
from services.childrens_homes.forms.siting import CensusForm, CensusLines
from services.childrens_homes.models import Census
from services.childrens_homes.queries.homes import counties_acted_for
from services.childrens_homes.queries.siting import censuses_for, definitions_of, townships_of, with_lines
from services.foundation import clock
from services.foundation.desk import StepForm
from services.foundation.desk_columns import Column, TitleColumn
from services.organizations.models import Organization


def address(census: Census) -> str:
    return desk_url("census", census.token)


class CensusList(Listing):
    name = "censuses"
    page_title = gettext_lazy("Censuses of left-behind children")
    verbose_name_plural = gettext_lazy("censuses of left-behind children")
    filterset_class = CensusFilters
    find_label = ""

    def get_base_queryset(self):
        return censuses_for(self.request.user)

    @cached_property
    def columns(self):
        return [
            TitleColumn("county.name", label=_("County"), get_url=address),
            Column("as_of", label=_("As of"), accessor=lambda one: f"{one.as_of:%Y-%m-%d}"),
            Column("children", label=_("Left-behind children")),
            Column("definition", label=_("Definition")),
            Column("programme.year", label=_("Year")),
        ]

    @cached_property
    def header_buttons(self):
        if not counties_acted_for(self.request.user).exists():
            return []
        return [HeaderButton(_("Record a census"), url=desk_url("census_add"), icon_name="plus")]


class CensusDetail(HomesPage, TemplateView):
    template_name = "childrens_homes/desk/census.html"

    @cached_property
    def census(self) -> Census:
        return get_object_or_404(censuses_for(self.request.user), token=self.kwargs["token"])

    def allowed(self):
        verdict = super().allowed()
        if verdict:
            self.census  # noqa: B018 - a foreign one is answered before anything else is asked
        return verdict

    def get_page_title(self):
        return f"{self.census.county.name} · {self.census.as_of:%Y-%m-%d}"

    def trail(self):
        return [*super().trail(), {"url": desk_url("censuses"), "label": _("Censuses of left-behind children")}]

    def get_context_data(self, **kwargs):
        earlier = censuses_for(self.request.user).filter(county=self.census.county, as_of__lt=self.census.as_of).first()
        lines = with_lines(self.census)
        names = ("boys", "girls", "under_6", "from_6", "from_12", "both_away", "one_away")
        return super().get_context_data(
            census=self.census,
            lines=[(line.township.name, line.boys + line.girls, [getattr(line, n) for n in names]) for line in lines],
            sums=[sum(getattr(line, n) for line in lines) for n in names],
            earlier=earlier,
            mixed=earlier is not None and earlier.definition_id != self.census.definition_id,
            **kwargs,
        )


class CensusAdd(ProgrammePage, StepForm):
    """First the county, then one line a township: ``?county=`` fills the lines in."""

    page_title = gettext_lazy("Record a census")
    template_name = "childrens_homes/desk/census_form.html"
    form_class = CensusForm
    submit_label = gettext_lazy("Record it")
    intro = gettext_lazy(
        "The same children are counted three times: by sex, by age, and by who is away. Leave a township empty that "
        "hasn't been counted."
    )

    def allowed(self):
        verdict = super().allowed()
        return verdict and policies.may_count_somewhere(self.request.user)

    @cached_property
    def county(self) -> Organization | None:
        counties = counties_acted_for(self.request.user)
        asked = (self.request.POST if self.request.method == "POST" else self.request.GET).get("county", "")[:40]
        if asked:
            return counties.filter(code=asked).first()
        return counties.first() if counties.count() == 1 else None

    @cached_property
    def townships(self) -> dict[str, Organization]:
        return {one.code: one for one in townships_of(self.county)} if self.county else {}

    @cached_property
    def lines(self):
        if self.request.method == "POST":
            return CensusLines(self.request.POST, prefix="lines")
        return CensusLines(prefix="lines", initial=[{"town": code} for code in self.townships])

    def get_form_kwargs(self):
        definitions = definitions_of(self.programme.city) if self.programme else definitions_of(None)
        counties = counties_acted_for(self.request.user)
        return super().get_form_kwargs() | {"counties": counties, "definitions": definitions}

    def get_initial(self):
        newest = definitions_of(self.programme.city).first() if self.programme else None
        return {"as_of": clock.today(), "county": self.county, "definition": newest}

    def form_valid(self, form):
        if not self.lines.is_valid():
            return self.form_invalid(form)
        return super().form_valid(form)

    def act(self, form):
        if self.programme is None:
            raise errors.ProgrammeNotRunning()
        data = form.cleaned_data
        by_code = {one.code: one for one in townships_of(data["county"])}
        numbers = {by_code[code]: given for code, given in self.lines.by_town().items() if code in by_code}
        self.made = record_census(
            self.programme,
            data["county"],
            definition=data["definition"],
            as_of=data["as_of"],
            lines=numbers,
            by=self.request.user,
            today=clock.today(),
        )
        return _("The census is on record.")

    def get_success_url(self):
        made = getattr(self, "made", None)
        return address(made) if made else desk_url("censuses")

    def get_context_data(self, **kwargs):
        named = [
            (self.townships[c].name if (c := one["town"].value()) in self.townships else c, one) for one in self.lines
        ]
        return super().get_context_data(
            lines=self.lines, named=named, county=self.county, counties=counties_acted_for(self.request.user), **kwargs
        )
