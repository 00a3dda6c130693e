"""Inspections in the demo: every home was inspected by its county, 52 of them by the city as drawn; some are under way.

What lies in the past is written in bulk with the sheets worked out by the rules; the draw, what is under way now and
the evaluation are made through the actions. All names are invented.
"""

from datetime import datetime, timedelta
from decimal import Decimal

from django.contrib.auth import get_user_model

from services.accounts.enums import UserKind
from services.childrens_homes.registry import Shortfall, shortfall_closed, shortfall_opened
from services.foundation.demo import DemoContext
from services.home_inspections import demo_present
from services.home_inspections.actions import drawn, draws, rubrics
from services.home_inspections.actions.concluding import short_of
from services.home_inspections.actions.inspections import as_json
from services.home_inspections.actions.sealing import seal
from services.home_inspections.enums import (
    DrawPurpose,
    InspectionState,
    Outcome,
    PreschoolRule,
    RectificationState,
    Round,
)
from services.home_inspections.models import (
    Answer,
    CountyAnswer,
    CountySheet,
    HostSignature,
    Inspection,
    Inspector,
    Rectification,
)
from services.home_inspections.queries.rubrics import asked_of_home, county_criteria, rules_items, tree_of
from services.home_inspections.rules import scoring
from services.organizations.enums import Kind, Role
from services.organizations.models import Organization, StaffAssignment

SEED, SEED_SOURCE = "2026-10-11|SEED|03 07 12 18 25 31", "公开摇奖号码(示例)"
WORDS = {
    "4.2": "室外场地不足",
    "4.3": "物品摆放较乱",
    "5.1": "书架缺1个",
    "5.2": "部分课桌破损",
    "5.3": "凳子缺3把",
    "5.4": "网络不稳定",
    "7.2": "活动记录不全",
    "8.3": "制度未上墙",
    "9.2": "1件设备未到位",
    "9.4": "标识牌未悬挂",
}
# So many findings of equipment in the first county are still to be put right, so that its officer has some to see to.
LEFT = 4
# Of each criterion so many homes in a hundred lose points at the first visit.
LOSE = {"5.1": 12, "5.2": 9, "5.4": 8, "7.2": 15, "8.2": 14, "8.3": 10, "4.2": 7, "9.3": 6}


def load(context: DemoContext) -> None:
    """Leaves ``home_inspections.rubric`` and ``home_inspections.draw``."""
    staff = context.made["organizations.staff"]
    homes = sorted(context.made["childrens_homes.homes"], key=lambda home: home.code)
    programme = context.made["childrens_homes.programme"]
    city = programme.city
    people = _inspectors(context, city, homes)
    rubric = _rubric(city, staff, context)
    sheets = _county_facts(rubric, programme, homes, staff, context)
    _county_round(homes, rubric, sheets, people, staff, context)
    draw = _city_draw(programme, homes, rubric, sheets, staff, context)
    demo_present.load(context, programme, homes, rubric, people, staff)
    context.made |= {"home_inspections.rubric": rubric, "home_inspections.draw": draw}


def _inspectors(context: DemoContext, city: Organization, homes) -> dict[int, list]:
    """Two of every county, and three of the city: by the county's key. Nobody of them signs in but the printed two."""
    staff = context.made["organizations.staff"]
    counties = list(Organization.objects.filter(kind=Kind.COUNTY_WF, path__startswith=city.path).order_by("path"))
    places = [one for one in counties for _twice in range(2)] + [city] * 3
    printed = [staff["inspector"], staff["inspector-2"]]
    users = get_user_model()
    made = users.objects.bulk_create(
        users(
            username=f"home-inspector-{number:02d}",
            first_name=f"示例检查员{number:02d}",
            kind=UserKind.STAFF,
            password="!",
        )
        for number in range(3, len(places) + 1)
    )
    people = [*printed, *made]
    StaffAssignment.objects.bulk_create(
        StaffAssignment(
            user=user,
            organization=place,
            role=Role.HOME_INSPECTOR,
            valid_from=context.today - timedelta(days=400),
        )
        for user, place in zip(people[2:], places[2:], strict=True)
    )
    found: dict[int, list] = {}
    for user, place in zip(people, places, strict=True):
        found.setdefault(place.pk, []).append(user)
    return found


def _rubric(city, staff, context: DemoContext):
    by = staff["wf-city"]
    draft = rubrics.begin_draft(city, by=by)
    weights = {code: {"weight": weight} for code, weight in rubrics.even_weights(draft).items()}
    weights["4.4"] |= {"veto": True, "needs_photo": True}
    weights["5.2"] |= {"needs_count": True}
    weights["7.3"] |= {"na_allowed": True}
    marks = {
        "pass_mark": Decimal(80),
        "fails_below": 60,
        "difference_limit": Decimal(5),
        "blind_limit": Decimal(1),
        "rectify_days": 30,
        "source": "示例市留守儿童之家检查验收办法(示例)",
    }
    rubrics.write_draft(draft, fields=marks, criteria=weights, by=by)
    rubrics.put_in_force(draft, by=by, today=context.today - timedelta(days=120))
    return tree_of(draft)


def _county_facts(rubric, programme, homes, staff, context: DemoContext) -> dict[int, dict]:
    """Settled for every county: what its homes inherit, by the county's key."""
    counties = sorted({home.county_id for home in homes})
    at = context.now - timedelta(days=100)
    sheets = CountySheet.objects.bulk_create(
        CountySheet(
            rubric=rubric,
            programme=programme,
            county_id=county,
            state="settled",
            scored_by=staff["wf-leader"],
            settled_by=staff["wf-city"],
            settled_at=at,
        )
        for county in counties
    )
    inherited, rows = {}, []
    for number, sheet in enumerate(sheets):
        given = {}
        for one in county_criteria(rubric):
            halves = one.weight - (2 if one.code == "3.1" and number % 4 == 3 else 0)
            rows.append(CountyAnswer(sheet=sheet, criterion=one, half_points=halves, most=one.weight, note="示例文件"))
            given[one.code] = scoring.Given(halves)
        inherited[sheet.county_id] = given
    CountyAnswer.objects.bulk_create(rows)
    return inherited


def _county_round(homes, rubric, sheets, people, staff, context: DemoContext) -> None:
    """Every home inspected; who failed was put right and inspected again; a few findings are open still."""
    first = []
    for number, home in enumerate(homes):
        weak = number % 12 == 5
        at = context.now - timedelta(days=95 - number % 30)
        first.append(_sheet(context, home, rubric, sheets, Round.COUNTY, at, weak=weak))
    _write(first, people, staff, context, confirmed_by=staff["wf-leader"])
    again = []
    for one in [one for one in first if one["inspection"].state == InspectionState.RECTIFYING]:
        before = one["inspection"]
        at = before.confirmed_at + timedelta(days=25)
        made = _sheet(context, before.home, rubric, sheets, Round.COUNTY, at, best=True)
        made["inspection"].again_of = before
        again.append(made)
    _write(again, people, staff, context, confirmed_by=staff["wf-leader"])
    keys = [one["inspection"].again_of_id for one in again]
    Inspection.objects.unscoped().filter(pk__in=keys).update(state=InspectionState.PUT_RIGHT)
    _findings(first, {one["inspection"].home_id for one in again}, staff, context)


def _sheet(context: DemoContext, home, rubric, sheets, round: str, at: datetime, *, weak=False, best=False) -> dict:
    """One visit with its answers, worked out by the rules; nothing is written yet."""
    asked = asked_of_home(rubric, home.profile)
    given, notes = {}, {}
    for code, criterion in asked.items():
        lost = context.random.random() * 100 < (LOSE.get(code, 3) if not weak else 55)
        halves = criterion.weight
        if lost and not best and code != "4.4":
            halves = context.random.randint(0 if weak else criterion.weight // 3, criterion.weight - 1)
            notes[code] = WORDS.get(code, "未完全达到要求,需完善")
        given[code] = scoring.Given(halves)
    result = scoring.score(
        rules_items(rubric),
        sheets[home.county_id] | given,
        profile=home.profile,
        fails_below=Decimal(rubric.fails_below),
    )
    passed = scoring.passes(result, pass_mark=rubric.pass_mark)
    inspection = Inspection(
        home=home,
        rubric=rubric,
        round=round,
        state=InspectionState.CONFIRMED if passed else InspectionState.RECTIFYING,
        scheduled_on=at.date(),
        started_at=at,
        scored_at=at + timedelta(hours=2),
        confirmed_at=at + timedelta(days=3),
        score=result.total,
        passed=passed,
        due_on=None if passed else (at + timedelta(days=33)).date(),
        made_at=at - timedelta(days=7),
    )
    inspection.breakdown = as_json(result, inspection)
    return {"inspection": inspection, "given": given, "notes": notes, "asked": asked}


def _write(sheets: list[dict], people, staff, context: DemoContext, *, confirmed_by, pairs=None) -> None:
    for one in sheets:
        one["inspection"].confirmed_by = one["inspection"].made_by = confirmed_by
    Inspection.objects.bulk_create([one["inspection"] for one in sheets])
    inspectors, answers, signatures = [], [], []
    for one in sheets:
        visit = one["inspection"]
        pair = pairs[visit.home_id] if pairs else people[visit.home.county_id]
        inspectors += [Inspector(inspection=visit, user=user, signed_at=visit.scored_at) for user in pair]
        signatures.append(
            HostSignature(
                inspection=visit, name="示例负责人", post="校长", signed_at=visit.scored_at, witnessed_by=pair[0]
            )
        )
        answers += [
            Answer(
                inspection=visit,
                criterion=one["asked"][code],
                half_points=given.halves,
                most=one["asked"][code].weight,
                counted=10 if one["asked"][code].needs_count else None,
                note=one["notes"].get(code, ""),
                saved_by=pair[0],
                saved_at=visit.scored_at,
                device_at=visit.started_at,
            )
            for code, given in one["given"].items()
        ]
    Inspector.objects.bulk_create(inspectors)
    HostSignature.objects.bulk_create(signatures)
    Answer.objects.bulk_create(answers, batch_size=2000)


def _findings(first: list[dict], settled: set[int], staff, context: DemoContext) -> None:
    """Most are put right; some wait, with evidence or overdue."""
    rows, today, left = [], context.today, 0
    for number, one in enumerate(first):
        visit = one["inspection"]
        lines = {line["code"]: line for item in visit.breakdown["items"] for line in item["lines"]}
        for code in short_of(visit, lines):
            done = visit.home_id in settled or number % 5 != 2
            if code in ("5.1", "5.2") and visit.home.county.code == "FL-01" and left < LEFT:
                done, left = False, left + 1
            due = visit.confirmed_at.date() + timedelta(days=30)
            found = Rectification(
                inspection=visit,
                home=visit.home,
                criterion=one["asked"][code],
                code=code,
                words=one["notes"].get(code, ""),
                due_on=due if done else today + timedelta(days=number % 40 - 12),
                opened_at=visit.confirmed_at,
            )
            if done:
                late = number % 9 == 0
                found.state, found.done = "accepted", "已按要求整改"
                found.accepted_by = staff["wf-leader"]
                found.accepted_at = visit.confirmed_at + timedelta(days=33 if late else 20)
            rows.append(found)
    made = Rectification.objects.bulk_create(rows)
    for found in made:
        told = Shortfall(found.key, found.home_id, found.code, f"{found.criterion.words} {found.words}", found.due_on)
        for tell in shortfall_opened:
            tell(told, staff["wf-leader"])
        if found.state == RectificationState.ACCEPTED:
            for tell in shortfall_closed:
                tell(found.key, staff["wf-leader"])


def _city_draw(programme, homes, rubric, sheets, staff, context: DemoContext):
    """Frozen, seeded, drawn and published through the actions; the visits are entered as they were made."""
    by = staff["wf-city"]
    began = context.now - timedelta(days=40)
    draw = draws.freeze_frame(
        programme,
        purpose=DrawPurpose.ACCEPTANCE,
        ratio=Decimal("0.5"),
        preschool=PreschoolRule.STRATUM,
        must_visit={homes[5].code: "县级初检不合格,整改后复查"},
        exclusions={},
        by=by,
        now=began,
    )
    draw = draws.commit_seed(
        draw,
        seed=SEED,
        source=SEED_SOURCE,
        happened_at=began + timedelta(days=1),
        witnesses="示例纪检组、示例新闻单位",
        minutes="在见证人面前当众抄录号码,录入后不再更改。",
        by=by,
        now=began + timedelta(days=1, hours=1),
    )
    draw = draws.run_draw(draw, by=by, now=began + timedelta(days=1, hours=2))
    _visited(draw, rubric, sheets, staff, context, began)
    draw = drawn.publish(draw, visit_on=context.today, by=by, now=began + timedelta(days=1, hours=3))
    _note_visits(draw, by, began)
    return drawn.execute(draw, by=by, now=began + timedelta(days=20))


def _visited(draw, rubric, sheets, staff, context: DemoContext, began: datetime) -> None:
    items = list(draw.items.filter(selected=True).select_related("home__host", "home__county"))
    pairs: dict[int, list] = {}
    for item in draw.items.filter(selected=True).prefetch_related("inspectors__user"):
        pairs[item.home_id] = [one.user for one in item.inspectors.all()]
    made = [
        _sheet(context, item.home, rubric, sheets, Round.CITY, began + timedelta(days=5 + n % 10), weak=n % 17 == 4)
        for n, item in enumerate(items)
    ]
    _write(made, {}, staff, context, confirmed_by=staff["wf-city"], pairs=pairs)


def _note_visits(draw, by, began: datetime) -> None:
    """Each drawn home's outcome, sealed once for all of them."""
    visits = Inspection.objects.unscoped().filter(home__in=draw.items.filter(selected=True).values("home"))
    said = {
        code: [str(score), passed]
        for code, score, passed in visits.filter(round=Round.CITY).values_list("home__code", "score", "passed")
    }
    at = began + timedelta(days=19)
    draw.items.filter(selected=True).update(outcome=Outcome.VISITED, decided_by=by, decided_at=at)
    seal(draw, "visited", {"homes": said}, by=by, now=at)
