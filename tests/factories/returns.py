"""Annual returns: ``opened(city, 2026)`` opens a year for a tree; ``signed(union)`` and its kin bring one there."""

from datetime import date, datetime

from django.utils import timezone

from services.accounts.models import User
from services.coverage.actions import returns as actions
from services.coverage.models import AnnualReturn
from services.organizations.actions import assign_staff
from services.organizations.enums import Role
from services.organizations.models import Organization
from tests.factories.accounts import StaffFactory

YEAR = 2026
NOW = timezone.make_aware(datetime(2026, 10, 12, 10))
PEOPLE = {"staff": 60, "staff_women": 40, "members": 55, "members_women": 38}
FIGURES = PEOPLE | {
    "women_form": "committee",
    "term_ends_on": "2028-06-30",
    "cadres_full": 0,
    "cadres_part": 2,
    "contracts": 1,
    "contract_units": 1,
    "contract_women": 40,
    "nursing_rooms": 1,
    "meetings": 3,
    "inspections": 1,
    "trainings": 2,
    "trained_women": 30,
    "employers": 1,
    "rule_employers": 1,
    "directors": 2,
    "directors_women": 1,
    "supervisors": 1,
    "supervisors_women": 0,
    "screened_women": 35,
    "hardship_women": 2,
    "single_parents": 1,
    "aid_joined": 36,
    "aid_claims": 1,
    "aid_paid": 10000,
}


def opened(city: Organization, year: int = YEAR, *, now: datetime = NOW):
    """By the system itself."""
    return actions.open_year(city, year=year, by=None, now=now)


def return_of(union: Organization, year: int = YEAR) -> AnnualReturn:
    """The latest version, with what pages and policies look at."""
    rows = AnnualReturn.objects.unscoped().select_related("organization", "collection", "reports_to")
    return rows.get(organization=union, year=year, latest=True)


def officer_at(union: Organization, role: str = Role.GRASSROOTS_OFFICER):
    """Somebody with a post there, who can enter the desk."""
    person = StaffFactory(password_changed_at=NOW)
    assign_staff(person, organization=union, role=role, by=None, valid_from=date(2020, 1, 1))
    return User.objects.get(pk=person.pk)


def filled(union: Organization, *, by=None, now: datetime = NOW, year: int = YEAR, **figures) -> AnnualReturn:
    """Every figure stated; a word beside each, so that nothing is open."""
    said = FIGURES | figures
    reasons = dict.fromkeys(FIGURES, "示例说明")
    by = by or officer_at(union)
    actions.save_figures(return_of(union, year), figures=said, reasons=reasons, by=by, now=now)
    return return_of(union, year)


def signed(union: Organization, *, by=None, now: datetime = NOW, because: str = "", year: int = YEAR, **figures):
    by = by or officer_at(union)
    filled(union, by=by, now=now, year=year, **figures)
    actions.sign(return_of(union, year), name="示例主席", because=because, by=by, now=now)
    return return_of(union, year)


def submitted(union: Organization, *, by=None, now: datetime = NOW, year: int = YEAR, **more) -> AnnualReturn:
    by = by or officer_at(union)
    signed(union, by=by, now=now, year=year, **more)
    actions.submit(return_of(union, year), by=by, now=now)
    return return_of(union, year)


def accepted(union: Organization, *, now: datetime = NOW, year: int = YEAR, **more) -> AnnualReturn:
    one = submitted(union, now=now, year=year, **more)
    actions.accept(one, by=officer_at(one.reports_to, Role.FEDERATION_OFFICER), now=now)
    return return_of(union, year)


def locked(tree: dict, *, year: int = YEAR, now: datetime = NOW, units=("unit_a", "unit_b", "unit_c")) -> AnnualReturn:
    """A whole small tree, level by level, up to the lock at the top."""
    for name in (*units, "town_a", "county_a", "county_b"):
        accepted(tree[name], now=now, year=year, because="示例：尚未设立")
    signed(tree["city"], by=officer_at(tree["city"], Role.FEDERATION_OFFICER), now=now, year=year, because="示例")
    top = return_of(tree["city"], year)
    actions.lock_year(top, by=officer_at(tree["city"], Role.FEDERATION_OFFICER), now=now)
    return return_of(tree["city"], year)
