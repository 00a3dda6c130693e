"""Annual returns in the demo: last year's of the whole tree, locked; this year's at every stage, some late."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.utils.timezone import localdate, make_aware

from services.coverage.actions import returns as actions
from services.coverage.enums import COUNTED, ReturnState
from services.coverage.models import AnnualReturn, ReturnStep
from services.coverage.queries import returns as queries
from services.coverage.rules import return_checks
from services.coverage.rules.return_fields import of_form
from services.coverage.rules.return_period import latest_year, period
from services.coverage.rules.return_totals import Below, derived, totals
from services.foundation.demo import DemoContext
from services.organizations.actions import assign_staff
from services.organizations.demo import staff_user
from services.organizations.enums import Kind, Role
from services.organizations.models import Organization
from services.workers.demo import FIRST_UNIT

# This year, of ten units of a township: what has become of the first, the second…
FATES = (
    "accepted",
    "accepted",
    "submitted",
    "accepted",
    "returned",
    "accepted",
    "signed",
    "accepted",
    "draft",
    "accepted",
)
TOLD = "SZ-01"
WHOLE_TOWNS = ("SZ-01-02", "SZ-01-03")
WORDS = {"not_stated": "本年度未统计。", "out_of_line": "本年度活动场次有变化，已核对。"}
SURNAMES = "陈林黄张李王吴刘蔡杨"


@dataclass(frozen=True, slots=True)
class Scene:
    """``year`` and the moments at which things happen: never after now."""

    context: DemoContext
    year: int

    def at(self, month: int, day: int, hour: int = 10) -> datetime:
        moment = make_aware(datetime.combine(date(self.year, month, day), time(hour)))
        return min(moment, self.context.now)

    @property
    def writer(self):
        """Enters for the units, which have no officers of their own in the demo."""
        return self.context.made["organizations.staff"]["city-officer"]

    @property
    def checker(self):
        return self.context.made["coverage.returns_checker"]


def load(context: DemoContext) -> None:
    """Planned for when the records stand that returns are filled from."""
    context.made["coverage.returns_checker"] = _checker(context, context.made["organizations.city"])
    context.at(context.now - timedelta(minutes=10), lambda: _both_years(context))


def _both_years(context: DemoContext) -> None:
    """Last year first: this year's figures are compared with it."""
    city, year = context.made["organizations.city"], latest_year(context.today)
    _whole_year(Scene(context, year - 1), city)
    _this_year(Scene(context, year), city)


def _checker(context: DemoContext, city: Organization):
    """A colleague of the city's officer: nobody accepts what she has submitted herself."""
    user = staff_user(context, "statistics", "示例市级统计")
    assign_staff(user, organization=city, role=Role.CASE_OFFICER, by=None, valid_from=context.today)
    return user


def _units(city: Organization) -> tuple[list[Organization], list[Organization]]:
    """Those of the first county, told step by step, and the others."""
    found = list(Organization.objects.below(city.path).open().filter(kind=Kind.GRASSROOTS_UNION))
    return [u for u in found if u.code.startswith(TOLD)], [u for u in found if not u.code.startswith(TOLD)]


def _taken_over(scene: Scene, units: list[Organization]) -> None:
    """Accepted ones, written at once: their story is that of the first county's this year over again."""
    keys = [unit.pk for unit in units]
    rows = AnnualReturn.objects.unscoped().filter(organization__in=keys, year=scene.year)
    known = queries.known_for(keys, year=scene.year, today=scene.context.today)
    counted = AnnualReturn.objects.unscoped().filter(year=scene.year - 1, state__in=COUNTED)
    last_year = dict(counted.values_list("organization", "figures"))
    steps, made = [], list(rows.select_related("organization", "collection", "reports_to"))
    for one in made:
        came = scene.at(10, 8 + one.organization_id % 20)
        told = known[one.organization_id]
        one.known, one.figures, one.signed_name = told, _figures(one, told), _head_of(one.organization)
        one.reasons = _words(one, one.figures, told, last_year.get(one.organization_id, {}))
        added = derived(one.figures, grassroots=True, committee_from=one.collection.committee_from)
        one.totals = totals({**one.figures, **added}, Below())
        one.state, one.signed_at, one.signed_by = ReturnState.ACCEPTED, came, scene.writer
        one.submitted_by, one.first_submitted_on, one.accepted_at = scene.writer, localdate(came), came
        one.reached, one.changes = one.reports_to, 4
        for verb, by in (("sign", scene.writer), ("submit", scene.writer), ("accept", scene.checker)):
            where = one.reports_to if verb == "accept" else one.organization
            steps.append(ReturnStep(annual_return=one, verb=verb, at=came, where=where, by=by))
    rows.delete()
    AnnualReturn.objects.bulk_create(made)
    ReturnStep.objects.bulk_create(steps)


def _whole_year(scene: Scene, city: Organization) -> None:
    actions.open_year(city, year=scene.year, by=None, now=scene.at(9, 20))
    ours, others = _units(city)
    _taken_over(scene, ours + others)
    for kind, day in ((Kind.TOWNSHIP_UNION, 27), (Kind.COUNTY_UNION, 29)):
        for union in Organization.objects.below(city.path).filter(kind=kind):
            _bring(scene, union, "accepted", scene.at(10, day))
    _bring(scene, city, "signed", scene.at(11, 5))
    actions.lock_year(_return(city, scene.year), by=scene.writer, now=scene.at(11, 6))


def _this_year(scene: Scene, city: Organization) -> None:
    actions.open_year(city, year=scene.year, by=None, now=scene.at(9, 20))
    ours, others = _units(city)
    whole = [unit for unit in ours if unit.code.startswith(WHOLE_TOWNS)]
    for number, unit in enumerate(one for one in ours if one not in whole):
        if unit.code == FIRST_UNIT:
            continue  # hers to fill in: the demo's officer finds it on her desk
        _bring(scene, unit, FATES[number % len(FATES)], scene.at(10, 8 + number % 20))
    _taken_over(scene, whole + [unit for number, unit in enumerate(others) if number % 9])
    for code in WHOLE_TOWNS:
        _bring(scene, Organization.objects.get(code=code), "submitted", scene.at(10, 29))


def _return(union: Organization, year: int) -> AnnualReturn:
    rows = AnnualReturn.objects.unscoped().select_related("organization", "collection", "reports_to")
    return rows.get(organization=union, year=year, latest=True)


def _bring(scene: Scene, union: Organization, fate: str, moment: datetime) -> None:
    """Fill one in as its unit would, and take it as far as its fate says."""
    if fate == "draft":
        return
    one, by = _return(union, scene.year), scene.writer
    known = queries.known_for([union.pk], year=one.year, today=scene.context.today)[union.pk]
    figures = _figures(one, known)
    actions.save_figures(
        one, figures=figures, reasons=_words(one, figures, known, queries.last_year(one)), by=by, now=moment
    )
    actions.sign(one, name=_head_of(union), because="个别单位正在换届，随后补报。", by=by, now=moment)
    if fate == "signed":
        return
    actions.submit(one, by=by, now=moment)
    if fate == "accepted":
        actions.accept(one, by=scene.checker, now=min(moment + timedelta(days=1), scene.context.now))
    elif fate == "returned":
        words = "专项集体合同覆盖人数与女职工数不符，请核对后重报。"
        actions.send_back(one, words=words, by=scene.checker, now=min(moment + timedelta(days=2), scene.context.now))


def _head_of(union: Organization) -> str:
    return f"示例{SURNAMES[union.pk % len(SURNAMES)]}主席"


def _figures(one: AnnualReturn, known: dict[str, list[dict]]) -> dict[str, object]:
    """What the system knows, and plausible numbers for the rest; a federation has few people of its own."""
    seed = one.organization_id * 7 + one.year
    small = {
        "staff": 12 + seed % 9,
        "staff_women": 6 + seed % 5,
        "members": 12 + seed % 9,
        "members_women": 6 + seed % 5,
    }
    found = {**small, **{code: told[0]["value"] for code, told in known.items()}}
    women = found["staff_women"]
    found |= {
        "women_form": found.get("women_form") or ("committee" if found["members_women"] >= 10 else "commissioner"),
        "cadres_full": found.get("cadres_full", int(women > 150)),
        "cadres_part": found.get("cadres_part", 1 + seed % 2),
        "contracts": 1,
        "contract_units": 1,
        "contract_women": women,
        "nursing_rooms": seed % 3 % 2,
        "meetings": 2 + seed % 3,
        "inspections": 1 + seed % 2,
        "trainings": 1 + seed % 4,
        "trained_women": min(women, 10 + seed % 30),
        "employers": 1,
        "rule_employers": int(seed % 4 > 0),
        "directors": seed % 3,
        "directors_women": seed % 3 // 2,
        "supervisors": 1 + seed % 2,
        "supervisors_women": seed % 2,
        "term_ends_on": found.get("term_ends_on") or period(one.year + 2 + seed % 2)[1].isoformat(),
    }
    for code in ("screened_women", "hardship_women", "single_parents", "aid_joined", "aid_claims", "aid_paid"):
        found.setdefault(code, 0)
    if seed % 11 == 0:
        del found["nursing_rooms"]
    return found


def _words(one: AnnualReturn, figures: dict, known: dict[str, list[dict]], last_year: dict) -> dict[str, str]:
    """A word wherever the form asks for one, and nowhere else."""
    told = {code: tuple(one["value"] for one in found) for code, found in known.items()}
    asking = return_checks.findings(of_form(one.form), figures, known=told, last_year=last_year)
    return {found.figures["field"]: WORDS.get(found.code, "已与单位台账核对。") for found in asking}
