"""What leaves as a workbook: homes with their readiness, site applications, volunteers without their papers,
activities. No child stands in any of them."""

from collections.abc import Callable, Iterable, Iterator
from itertools import islice
from types import SimpleNamespace

from django.http import QueryDict
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from services.childrens_homes import enums, policies
from services.childrens_homes.forms import filters
from services.childrens_homes.models import Home
from services.childrens_homes.queries import people
from services.childrens_homes.queries.homes import homes_for
from services.childrens_homes.queries.readiness import judged
from services.childrens_homes.queries.siting import applications_for
from services.childrens_homes.rules.readiness import CODES
from services.childrens_homes.wording.findings import NOT_ASKED, OUTCOMES, TITLES
from services.foundation import clock
from services.foundation.desk_filters import described
from services.foundation.exports import ExportColumn, Found, ListExport

_AT_ONCE = 300
_OF_HOME = _("As the record of the home states it.")


def _finder(filterset, rows: Callable, read: tuple[str, ...], order: tuple[str, ...]):
    """What a list shows, in its order, as tuples."""

    def find(user, parameters: QueryDict, opened: bool) -> Found:
        filtering = filterset(parameters, request=SimpleNamespace(user=user))
        all_rows = rows(user)
        found = filtering.filter_queryset(all_rows) if filtering.is_valid() else all_rows.none()
        found = found.order_by(*order).select_related(None)
        return Found(found.values_list(*read), described(filtering))

    return find


def _labelled(**choices) -> Callable[[Iterable[tuple], bool], Iterator[list]]:
    """``choices``: place of a column (``c3``) → its codes with labels."""
    by_place = {int(name[1:]): one for name, one in choices.items()}

    def lines(rows: Iterable[tuple], opened: bool) -> Iterator[list]:
        words = {place: {str(v): str(label) for v, label in one.choices} for place, one in by_place.items()}
        for row in rows:
            yield [words[place].get(value, "") if place in words else value for place, value in enumerate(row)]

    return lines


def _home_lines(rows: Iterable[tuple], opened: bool) -> Iterator[list]:
    """Each home with every finding, some hundreds at a time."""
    states, profiles = dict(enums.HomeState.choices), dict(enums.Profile.choices)
    rows = iter(rows)
    while batch := list(islice(rows, _AT_ONCE)):
        found = Home.objects.unscoped().select_related("host", "county", "programme").in_bulk([row[0] for row in batch])
        homes = [found[row[0]] for row in batch if row[0] in found]
        findings = judged(homes, clock.today())
        for home in homes:
            by_code = {one.code: str(OUTCOMES[one.outcome]) for one in findings[home.pk]}
            yield [
                home.code,
                home.host.name,
                home.county.name,
                str(profiles[home.profile]),
                str(states[home.state]),
                home.room_m2,
                home.outdoor_m2,
                *(by_code.get(code, str(NOT_ASKED)) for code in CODES),
            ]


HOMES = ListExport(
    code="childrens-homes",
    title=_("Homes for left-behind children"),
    columns=(
        ExportColumn(pgettext_lazy("home", "Code"), _OF_HOME),
        ExportColumn(pgettext_lazy("home", "School or kindergarten"), _OF_HOME),
        ExportColumn(_("County"), _OF_HOME),
        ExportColumn(_("Standard"), _OF_HOME),
        ExportColumn(pgettext_lazy("home", "State"), _OF_HOME),
        ExportColumn(_("Classroom (m²)"), _OF_HOME),
        ExportColumn(_("Outdoor ground (m²)"), _OF_HOME),
        *(ExportColumn(TITLES[code], _("Judged against the standard on the day of the file.")) for code in CODES),
    ),
    may=policies.may_enter,
    find=_finder(filters.HomeFilters, homes_for, ("pk",), ("code",)),
    lines=_home_lines,
    address=lambda: reverse("childrens_homes_desk:homes"),
)
APPLICATIONS = ListExport(
    code="home-applications",
    title=_("Site applications"),
    columns=(
        ExportColumn(pgettext_lazy("home", "School or kindergarten"), _("Who applied.")),
        ExportColumn(_("County"), _("Of the site.")),
        ExportColumn(pgettext_lazy("home", "Site"), _("As stated.")),
        ExportColumn(_("Standard"), _("As stated.")),
        ExportColumn(_("Left-behind children"), _("As stated.")),
        ExportColumn(_("Of these below school age"), _("As stated.")),
        ExportColumn(_("Classroom (m²)"), _("As stated.")),
        ExportColumn(_("Outdoor ground (m²)"), _("As stated.")),
        ExportColumn(pgettext_lazy("site application", "State"), _("Where it stands.")),
        ExportColumn(pgettext_lazy("site application", "Reason"), _("Of its return or rejection.")),
    ),
    may=policies.may_enter,
    find=_finder(
        filters.ApplicationFilters,
        applications_for,
        (
            *("host__name", "county__name", "site_type", "profile", "lbc_count", "lbc_preschool_count"),
            *("room_m2", "outdoor_m2", "state", "reason"),
        ),
        ("-pk",),
    ),
    lines=_labelled(c2=enums.SiteType, c3=enums.Profile, c8=enums.ApplicationState),
    address=lambda: reverse("childrens_homes_desk:applications"),
)
VOLUNTEERS = ListExport(
    code="home-volunteers",
    title=_("Volunteers of the homes"),
    columns=(
        ExportColumn(pgettext_lazy("person", "Name"), _("Of the volunteer.")),
        ExportColumn(pgettext_lazy("volunteer", "Kind"), _("Of the volunteer.")),
        ExportColumn(_("Kept by"), _("She works in homes at and below it.")),
        ExportColumn(_("Trained on"), _("Empty: not trained.")),
        ExportColumn(pgettext_lazy("volunteer", "Result of the check"), _("The latest one.")),
        ExportColumn(_("Checked on"), _("The latest one.")),
        ExportColumn(_("Counts until"), _("The latest one.")),
    ),
    may=policies.may_enter,
    find=_finder(
        filters.VolunteerFilters,
        lambda user: people.with_vetting(people.volunteers_for(user), clock.today()),
        (
            *("person_name", "kind", "organization__name", "trained_on"),
            *("vetting_result", "vetted_on", "vetted_until"),
        ),
        ("-pk",),
    ),
    lines=_labelled(c1=enums.VolunteerKind, c4=enums.VettingResult),
    address=lambda: reverse("childrens_homes_desk:volunteers"),
)
ACTIVITIES = ListExport(
    code="home-activities",
    title=_("Care activities of the homes"),
    columns=(
        ExportColumn(pgettext_lazy("home", "Code"), _("Of the home.")),
        ExportColumn(pgettext_lazy("home", "School or kindergarten"), _("Of the home.")),
        ExportColumn(_("County"), _("Of the home.")),
        ExportColumn(_("Day"), _("Of the activity.")),
        ExportColumn(pgettext_lazy("activity", "Kind"), _("Of the activity.")),
        ExportColumn(_("Theme"), _("Of the activity.")),
        ExportColumn(pgettext_lazy("how many", "Hours"), _("Of the activity.")),
        ExportColumn(_("Children who came"), _("A number alone.")),
        ExportColumn(_("Parents and carers who came"), _("A number alone.")),
    ),
    may=policies.may_enter,
    find=_finder(
        filters.ActivityFilters,
        people.activities_for,
        (
            *("home__code", "home__host__name", "home__county__name", "on", "kind", "theme", "hours"),
            *("children", "carers"),
        ),
        ("-pk",),
    ),
    lines=_labelled(c4=enums.ActivityKind),
    address=lambda: reverse("childrens_homes_desk:activities"),
)
LISTS = (HOMES, APPLICATIONS, VOLUNTEERS, ACTIVITIES)
