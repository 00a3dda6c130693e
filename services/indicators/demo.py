"""Monitoring of both plans in the invented city: dictionary from the samples, the base year and three more of county
values through the actions, the last of them open: signed, sent back, being written. One county keeps a gap."""

from datetime import date, datetime, time, timedelta
from decimal import Decimal

from django.utils.timezone import make_aware

from services.foundation.demo import DemoContext
from services.indicators import samples
from services.indicators.actions import climbing, dictionary, rounds
from services.indicators.actions.filling import save_values
from services.indicators.enums import Domain, ValueStatus
from services.indicators.models import Element, Report
from services.indicators.queries.reports import elements_of
from services.indicators.rules.values import Entered
from services.organizations.demo import staff_member
from services.organizations.enums import Role
from services.organizations.models import Organization

# The base year of both plans, and how many years parts take to move from start to end.
BASE, YEARS = 2020, 6
# Of a denominator of a thousand: where a part starts and how far it moves within the years, in per mille.
_SHARES = {
    "maternal_managed": (905, 28),
    "prenatal_screened": (840, 70),
    "postnatal_visited": (930, 30),
    "newborns_visited": (925, 30),
    "cervical_screened": (420, 230),
    "premarital_examined": (560, 150),
    "preconception_examined": (820, 60),
    "under3_managed": (905, 25),
    "under7_managed": (915, 30),
    "eyes_examined": (760, 180),
    "primary_myopic": (372, -20),
    "junior_myopic": (655, -70),
    "senior_myopic": (742, -30),
    "girls_enrolled": (997, 2),
    "grade9_graduates": (951, 12),
    "kindergarten_children": (852, 60),
    "women_employed": (441, -8),
    "women_students": (508, 3),
    "special_rules_employers": (705, 50),
    "women_directors": (350, 40),
    "women_supervisors": (380, 25),
    "low_weight_births": (31, 2),
    "under5_anaemic": (54, 4),
    "under5_stunted": (11, 1),
    "under5_underweight": (14, 1),
    "teams_county_women": (620, 110),
    "teams_city_women": (700, 80),
    "teams_province_women": (800, 20),
    "children_in_homes": (300, 320),
    "children_with_file": (850, 140),
    "hiv_infected": (0, 0),
}
_WHOLES = {
    "live_births": 3200,
    "pregnant_due": 3300,
    "cervical_due": 21000,
    "hiv_exposed": 9,
    "marrying": 5200,
    "preconception_due": 2600,
    "under3_children": 9800,
    "under7_children": 23500,
    "children_0_14": 52000,
    "children_0_6": 23000,
    "primary_tested": 24000,
    "junior_tested": 11500,
    "senior_tested": 9800,
    "girls_school_age": 11600,
    "grade1_entrants": 4100,
    "children_3_5": 9900,
    "employed": 96000,
    "employers": 420,
    "employee_directors": 26,
    "employee_supervisors": 31,
    "students_higher": 5400,
    "teams_county": 26,
    "teams_city": 34,
    "teams_province": 41,
    "left_behind": 1450,
    "births_weighed": 3180,
    "under5_examined": 15800,
}
_NUMBERS = {"paediatricians": 41, "paediatric_beds": 148, "homes_built": 12}


REVIEWER = ("wf-reviewer", "示例市妇儿工委办干部", Role.WF_OFFICER, "FL")
PARTS = {one.numerator: one.denominator for one in samples.INDICATORS if one.numerator in _SHARES}


def load(context: DemoContext) -> None:
    """Leaves ``indicators.city``; the year that runs waits for clerk and reviewer."""
    city = Organization.objects.get(code="FL")
    context.made["organizations.staff"]["wf-reviewer"] = staff_member(context, *REVIEWER)
    dictionary.load_samples(city, by=context.made["organizations.staff"]["wf-city"], now=context.now)
    last = context.today.year - 1
    for year in (BASE, last - 2, last - 1, last):
        _year(city, year, context, running=year == last)
    context.made["indicators.city"] = city


def _at(day: date, context: DemoContext) -> datetime:
    return min(make_aware(datetime.combine(day, time(10))), context.now)


def _year(city: Organization, year: int, context: DemoContext, *, running: bool) -> None:
    """``running``: the first county is being written, one is signed, one was sent back, one hasn't begun."""
    staff = context.made["organizations.staff"]
    officer, reviewer = staff["wf-city"], staff["wf-reviewer"]
    opened = _at(date(year + 1, 1, 20), context)
    round = rounds.open_round(city, year=year, due_on=date(year + 1, 3, 31), by=officer, now=opened)
    rows = Report.objects.unscoped().filter(place__round=round).select_related("place__organization", "place__round")
    reports = sorted(rows, key=lambda one: one.place.organization.path)
    elements = list(elements_of(city.pk))
    for number, report in enumerate(reports[1:]):
        writes = staff["wf-county"] if number == 0 else officer
        if running and number == 7:
            continue
        _fill(report, elements, number, context, by=writes, only=Domain.HEALTH if running and number == 0 else None)
        if running and number == 0:
            continue
        day = _at(date(year + 1, 3, 8) + timedelta(days=number * 4), context)
        climbing.sign(report, name="示例负责人", by=writes, now=day)
        if running and number == 5:
            climbing.give_back(report, words="婚检人数与民政口径不一致,请核实。", by=reviewer, now=day)
        elif not (running and number == 6):
            climbing.accept(report, by=reviewer, now=day)
    if running:
        return
    _fill(reports[0], elements, 0, context, by=officer)
    climbing.sign(reports[0], name="示例主任", by=officer, now=_at(date(year + 1, 4, 20), context))
    climbing.accept(reports[0], by=reviewer, now=_at(date(year + 1, 4, 21), context))
    rounds.lock_round(round, by=officer, now=_at(date(year + 1, 4, 25), context))


def _fill(report: Report, elements: list[Element], number: int, context: DemoContext, *, by, only=None) -> None:
    year = report.place.round.year
    amounts = _amounts(year - context.today.year + YEARS, number)
    entered = {}
    for element in elements:
        if not element.asked_at(report.place.level) or (only and element.domain != only):
            continue
        if number == 4 and element.code in ("eyes_examined", "children_0_6") and year >= context.today.year - 2:
            entered[element.pk, ""] = Entered(None, ValueStatus.NOT_COLLECTED, "设备未到位,今年未开展检查。")
            continue
        if element.code == "science_gap":
            entered[element.pk, ""] = Entered(Decimal("3.10") - Decimal(year % 10) / 20, "", "")
            continue
        estimated = number == 2 and element.code == "women_employed"
        note = "据抽样调查推算。" if estimated else ""
        entered[element.pk, ""] = Entered(amounts[element.code], ValueStatus.ESTIMATED if estimated else "", note)
        for cut, amount in _cuts(element, amounts[element.code]):
            entered[element.pk, cut] = Entered(amount, "", "")
    save_values(report, entered, by=by)


def _cuts(element: Element, whole: Decimal):
    """Two parts that add up; of three or more none is stated."""
    for split in element.splits.all():
        if len(split.keys) == 2:
            first, second = (f"{split.code}:{key}" for key, _zh, _en in split.keys)
            yield first, whole * 48 // 100
            yield second, whole - whole * 48 // 100


def _amounts(passed: int, number: int) -> dict[str, Decimal]:
    """Plausible numbers of a county: wholes drift a little, parts move along the years."""
    size = 70 + (number * 37) % 65
    found = {code: Decimal(whole * size // 100 + passed * (whole // 90)) for code, whole in _WHOLES.items()}
    found["maternal_deaths"] = Decimal(int(number in (0, 3) and passed % 2 == 0))
    for code, per_myriad in (("neonatal_deaths", 29), ("infant_deaths", 46), ("under5_deaths", 63)):
        found[code] = found["live_births"] * (per_myriad - passed + (number % 4)) // 10_000
    for code, whole in PARTS.items():
        start, move = _SHARES[code]
        share = start + move * passed // YEARS + (number * 13 + passed * 7) % 9 - 4 if start else 0
        found[code] = min(found[whole] * max(share, 0) // 1000, found[whole])
    for code, amount in _NUMBERS.items():
        found[code] = Decimal(amount * size // 100 + passed * 2)
    return found
