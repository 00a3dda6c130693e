"""What inspections add to the world: a home at the town itself, visited, with a finding, a draw and an evaluation."""

from decimal import Decimal

from django.core.files.base import ContentFile
from django.utils import timezone

from services.home_inspections.models import (
    Conflict,
    CountySheet,
    DrawItem,
    Evaluation,
    EvaluationLine,
    HomeDraw,
    Inspection,
    Photo,
    Recognition,
    Rectification,
    Rubric,
)
from services.home_inspections.rules import draw as rules
from tests.factories.accounts import StaffFactory
from tests.factories.childrens_homes import HomeFactory, ProgrammeFactory

NOTHING = "0" * 64


def inspection_records(city, county, town) -> dict:
    """The home's host is the town, so that ``own`` is the home, ``parent`` its county and ``top`` its city."""
    now = timezone.now()
    today = timezone.localdate(now)
    programme = ProgrammeFactory(city=city, year=2042)
    home = HomeFactory(host=town, county=county, programme=programme, code="LSZJ-990009-001", state="equipped")
    marks = {"pass_mark": Decimal(80), "fails_below": 50, "difference_limit": 5, "rectify_days": 30}
    rubric = Rubric.objects.create(city=city, version=1, state="in_force", valid_from=today, source="示例", **marks)
    draft = Rubric.objects.create(city=city, version=2, source="示例")
    item = rubric.items.create(code="R4", words="场地", points=Decimal(15))
    criterion = item.criteria.create(code="4.1", words="教室", weight=30)
    visit = Inspection.objects.create(
        home=home,
        rubric=rubric,
        round="county",
        state="rectifying",
        scheduled_on=today,
        score=Decimal(10),
        passed=False,
        breakdown={"items": [], "failed": [], "vetoed": [], "pass_mark": "80", "version": 1},
        confirmed_at=now,
        due_on=today,
        made_at=now,
    )
    finding = Rectification.objects.create(
        inspection=visit, home=home, criterion=criterion, code="4.1", due_on=today, opened_at=now
    )
    photo = _photo(visit, criterion, now)
    CountySheet.objects.create(rubric=rubric, programme=programme, county=county)
    draw, line = _draw(programme, home, now)
    evaluation, notice = _evaluation(programme, home, now)
    return {
        "inspected_home": home,
        "inspected_county": county,
        "visit": visit,
        "finding": finding,
        "evidence": photo,
        "home_draw": draw,
        "home_draw_line": line,
        "rubric": draft,
        "evaluation": evaluation,
        "home_notice": notice,
        "home_conflict": Conflict.objects.create(
            user=StaffFactory(), organization=town, reason="示例", declared_at=now
        ),
    }


def _draw(programme, home, now) -> tuple:
    frame, csv = rules.frame_text([home.code]), rules.frame_csv({"A": [home.code]})
    draw = HomeDraw.objects.create(
        programme=programme,
        purpose="acceptance",
        algorithm=rules.ALGORITHM,
        ratio=Decimal("0.5"),
        preschool="stratum",
        strata={"A": {"name": "示例", "size": 1, "draw": 1}},
        frame=frame,
        frame_csv=csv,
        frame_sha256=rules.digest(frame),
        csv_sha256=rules.digest(csv),
        required=1,
        frozen_at=now,
        drawn_at=now,
    )
    line = DrawItem.objects.create(
        draw=draw, home=home, code=home.code, stratum="A", ticket=NOTHING, rank=1, selected=True
    )
    return draw, line


def _photo(visit, criterion, now) -> Photo:
    photo = Photo(
        inspection=visit,
        criterion=criterion,
        name="x.jpg",
        extension="jpg",
        content_type="image/jpeg",
        size=1,
        digest=NOTHING,
        original=NOTHING,
        scan="clean",
        added_at=now,
    )
    photo.file.save("x", ContentFile(b"x"), save=False)
    photo.save()
    return photo


def _evaluation(programme, home, now) -> tuple:
    evaluation = Evaluation.objects.create(
        programme=programme,
        year=2042,
        state="publicised",
        excellent_from=90,
        good_from=80,
        met_from=60,
        notice_days=7,
        public_until=timezone.localdate(now),
        source="示例",
        opened_at=now,
    )
    EvaluationLine.objects.create(evaluation=evaluation, home=home, county_score=90, grade="excellent")
    notice = Recognition.objects.create(
        home=home, evaluation=evaluation, kind="commendation", words="示例", state="public_notice", proposed_at=now
    )
    return evaluation, notice
