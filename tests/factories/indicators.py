"""``MonitoringWorld()``: a women's federation with two counties, two elements, a year open; ``fill`` states values."""

from datetime import date, datetime
from decimal import Decimal

from django.utils.timezone import make_aware

from services.indicators.actions import climbing, rounds
from services.indicators.actions.filling import save_values
from services.indicators.enums import Domain
from services.indicators.models import Element, Indicator, Report, Split
from services.indicators.rules.values import Entered
from services.organizations.actions import sync_groups
from services.organizations.enums import Role
from tests.factories.childrens_homes import holder, homes_tree

NOW = make_aware(datetime(2026, 3, 2, 9, 0))
YEAR = 2025


def officer(organization, role=Role.WF_OFFICER):
    user = holder(organization, role)
    sync_groups(user)
    return user


def element(owner, code: str, **more) -> Element:
    place = Element.objects.unscoped().filter(owner=owner).count()
    defaults = {"title": f"示例{code}", "title_en": code, "domain": Domain.HEALTH, "unit": "人", "place": place}
    return Element.objects.create(owner=owner, code=code, **(defaults | more))


def indicator(owner, code: str, numerator: Element, denominator: Element | None = None, **more) -> Indicator:
    place = Indicator.objects.unscoped().filter(owner=owner).count()
    defaults = {
        "title": f"示例{code}",
        "title_en": code,
        "domain": Domain.HEALTH,
        "unit": "%",
        "kind": "ratio" if denominator else "number",
        "definition": "示例定义",
        "source": "示例来源",
        "place": place,
        "number": str(place + 1),
    }
    return Indicator.objects.create(
        owner=owner, code=code, numerator=numerator, denominator=denominator, **(defaults | more)
    )


def sexes(owner) -> Split:
    keys = [["f", "女", "Girls"], ["m", "男", "Boys"]]
    return Split.objects.create(owner=owner, code="sex", title="性别", title_en="Sex", keys=keys)


class MonitoringWorld:
    """``births`` and ``managed`` are stated by counties; ``care`` is the rate of both."""

    def __init__(self, *, opened: bool = True):
        self.tree = homes_tree()
        self.city, self.county_a, self.county_b = (self.tree[name] for name in ("city", "county_a", "county_b"))
        self.city_officer, self.second = officer(self.city), officer(self.city)
        self.clerk_a, self.clerk_b = officer(self.county_a), officer(self.county_b)
        self.births = element(self.city, "births")
        self.managed = element(self.city, "managed")
        self.care = indicator(self.city, "care", self.managed, self.births)
        self.round = self.open() if opened else None

    def open(self, year: int = YEAR):
        return rounds.open_round(self.city, year=year, due_on=date(year + 1, 3, 31), by=self.city_officer, now=NOW)

    def report(self, organization, year: int = YEAR) -> Report:
        return Report.objects.unscoped().get(place__organization=organization, place__round__year=year, latest=True)

    def fill(self, organization, *, by=None, year: int = YEAR, **values) -> Report:
        """``births=100``, ``managed="missing_late"``: a number or a status; a status has a note."""
        entered = {}
        for code, said in values.items():
            code, _apart, cut = code.partition("__")
            key = (Element.objects.unscoped().get(owner=self.city, code=code).pk, cut.replace("_", ":"))
            missing = isinstance(said, str)
            entered[key] = Entered(
                None if missing else Decimal(said), said if missing else "", "示例原因" if missing else ""
            )
        return save_values(self.report(organization, year), entered, by=by or self.clerk_of(organization))

    def clerk_of(self, organization):
        return {self.county_a.pk: self.clerk_a, self.county_b.pk: self.clerk_b}.get(organization.pk, self.city_officer)

    def sign(self, organization, year: int = YEAR) -> Report:
        return climbing.sign(
            self.report(organization, year), name="示例负责人", by=self.clerk_of(organization), now=NOW
        )

    def accepted(self, organization, *, year: int = YEAR, **values) -> Report:
        self.fill(organization, year=year, **values)
        self.sign(organization, year)
        return climbing.accept(self.report(organization, year), by=self.city_officer, now=NOW)
