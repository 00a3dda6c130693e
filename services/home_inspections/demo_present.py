"""What is under way in the demo's inspections: a visit in every state, evidence to look at, an evaluation, notices."""

from datetime import timedelta
from decimal import Decimal

from django.db.models import F

from services.childrens_homes.actions.homes import move_home
from services.childrens_homes.enums import HomeState
from services.childrens_homes.models import Home
from services.foundation.demo import DemoContext
from services.home_inspections.actions import blind, draws, evaluations, inspections, recognitions
from services.home_inspections.actions.answers import save_answers
from services.home_inspections.enums import DrawPurpose, InspectionState, PreschoolRule, RecognitionKind, Round
from services.home_inspections.models import EvaluationLine, Inspection, Rectification
from services.home_inspections.queries.rubrics import asked_of_home
from services.home_inspections.rules.grading import Marks
from services.home_inspections.rules.merging import Change
from services.home_inspections.rules.scoring import points

STATES = ("scheduled", "in_field", "scored", "signed", "scheduled", "in_field")


def load(context: DemoContext, programme, homes, rubric, people, staff) -> None:
    """Follow-up visits of the first county: its two inspectors sign in, so that everything can be tried."""
    county = homes[0].county_id
    pair = people[county]
    near = [home for home in homes if home.county_id == county]
    for state, home in zip(STATES, near, strict=False):
        _visit(context, home, rubric, pair, staff, until=state)
    for home, sheets in zip(near[len(STATES) :], (1, 2), strict=False):
        _blind(context, home, rubric, pair, staff, sheets=sheets)
    _evidence(context, staff)
    _draw_to_come(context, programme, staff)
    _last_year(context, programme, homes, staff)
    _closed_meanwhile(programme, staff)


def _closed_meanwhile(programme, staff) -> None:
    """What failed and isn't put right yet takes no children until it is."""
    failed = Inspection.objects.unscoped().filter(state=InspectionState.RECTIFYING).values("home")
    for home in Home.objects.unscoped().filter(programme=programme, pk__in=failed, state=HomeState.OPERATING):
        move_home(home, "suspend", by=staff["wf-city"], reason="检查不合格,整改期间暂停开放。")


def _visit(context: DemoContext, home, rubric, pair, staff, *, until: str) -> None:
    now, by = context.now, pair[0]
    one = inspections.schedule(
        home, round=Round.FOLLOW_UP, on=context.today, inspectors=pair, by=staff["wf-county"], now=now
    )
    if until == "scheduled":
        return
    inspections.begin(one, by=by, now=now)
    asked = asked_of_home(rubric, home.profile)
    changes = [
        Change(code, points(max(0, criterion.weight - (n % 5 == 2))), counted=10 if criterion.needs_count else None)
        for n, (code, criterion) in enumerate(asked.items())
        if until != "in_field" or n < 9
    ]
    changes = [change for change in changes if change.code != "4.4"]
    save_answers(one, [*changes, Change("4.4", Decimal(0), note="护栏松动")], by=by, now=now)
    if until == "in_field":
        return
    inspections.finish(one, by=by, now=now)
    if until == "scored":
        return
    for person in pair:
        inspections.sign(one, by=person, now=now)
    inspections.sign_for_host(one, name="示例负责人", post="校长", objection="护栏已报修,等待施工。", by=by, now=now)


def _blind(context: DemoContext, home, rubric, pair, staff, *, sheets: int) -> None:
    """Scored blind: one sheet is in; or both are, differ, and wait for the third person."""
    now = context.now
    one = inspections.schedule(
        home, round=Round.FOLLOW_UP, on=context.today, inspectors=pair, by=staff["wf-county"], now=now, blind=True
    )
    blind.name_third(one, staff["wf-leader"], by=staff["wf-county"], now=now)
    inspections.begin(one, by=pair[0], now=now)
    asked = asked_of_home(rubric, home.profile)
    for number, person in enumerate(pair[:sheets]):
        changes = [
            Change(
                code,
                Decimal(0) if code == "4.4" or (number and code in ("5.1", "5.4")) else points(criterion.weight),
                counted=10 if criterion.needs_count else None,
                note="书架缺1个" if number and code == "5.1" else "",
            )
            for code, criterion in asked.items()
        ]
        save_answers(one, changes, by=person, now=now)
        one = blind.hand_in(one, by=person, now=now)


def _evidence(context: DemoContext, staff) -> None:
    """Evidence to look at, and one that was returned."""
    left = list(Rectification.objects.unscoped().filter(state="open", home__county__code="FL-01").order_by("pk")[:4])
    for one in left[:2]:
        one.state, one.done, one.sent_by, one.sent_at = "sent", "已补齐并拍照", staff["teacher"], context.now
        one.save()
    for one in left[2:3]:
        one.returned_because = "照片看不清,请重新拍照"
        one.save()


def _draw_to_come(context: DemoContext, programme, staff) -> None:
    """For the yearly evaluation: one that is void, and the next one with its list frozen."""
    by, again = staff["wf-city"], context.now - timedelta(days=2)
    said = {
        "purpose": DrawPurpose.EVALUATION,
        "ratio": Decimal("0.5"),
        "preschool": PreschoolRule.TAKE_ALL,
        "must_visit": {},
        "exclusions": {},
        "by": by,
    }
    first = draws.freeze_frame(programme, now=again - timedelta(days=1), **said)
    draws.void_draw(first, reason="号码公布日期变更,重新冻结名单", by=by, now=again - timedelta(hours=1))
    draws.freeze_frame(programme, now=again, **said)


def _last_year(context: DemoContext, programme, homes, staff) -> None:
    """Last year's evaluation on public notice with a commendation and a criticism; this year's waits for homes."""
    by, now = staff["wf-city"], context.now
    marks = Marks(Decimal(90), Decimal(80), Decimal(60))
    said = {"marks": marks, "notice_days": 7, "source": "示例年度考评办法", "by": by, "now": now}
    last = evaluations.open_evaluation(programme, year=context.today.year - 1, **said)
    lines = list(EvaluationLine.objects.unscoped().filter(evaluation=last).select_related("home__host", "evaluation"))
    for number, one in enumerate(lines):
        one.self_score = Decimal(82 + number % 17)
        one.county_score = Decimal(58 if number % 33 == 7 else 76 + (number * 7) % 24)
    EvaluationLine.objects.unscoped().bulk_update(lines, ["self_score", "county_score"])
    for verb in ("ask_homes", "ask_counties", "sample"):
        evaluations.move_on(last, verb, by=by, now=now)
    sampled = EvaluationLine.objects.unscoped().filter(pk__in=[one.pk for one in lines[::9]])
    sampled.update(sampled=True, city_score=F("county_score") - 2)
    for verb in ("grade", "publicise"):
        evaluations.move_on(last, verb, by=by, now=now)
    best = EvaluationLine.objects.unscoped().select_related("home__host", "evaluation").filter(evaluation=last)
    for line, kind, words in (
        (best.filter(grade="excellent").first(), RecognitionKind.COMMENDATION, "活动经常,档案齐全,予以表扬。"),
        (best.filter(grade="not_met").first(), RecognitionKind.CRITICISM, "活动偏少,制度不落实,予以通报批评。"),
    ):
        if line:
            recognitions.propose(line, kind=kind, words=words, by=by, now=now)
    this = evaluations.open_evaluation(programme, year=context.today.year, **said)
    evaluations.move_on(this, "ask_homes", by=by, now=now)
