"""A city's draw: blocked until every county is done, frozen, seeded afterwards, drawn once, visited or explained."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied
from django.db import DatabaseError, connection, transaction
from django.test import Client
from django.urls import reverse

from services.childrens_homes.enums import HomeState
from services.childrens_homes.models import Home
from services.home_inspections import errors
from services.home_inspections.actions import conflicts, drawn, draws, evaluations, inspections, sealing
from services.home_inspections.enums import DrawPurpose, DrawState, Outcome, PreschoolRule, Round
from services.home_inspections.models import DrawItem, EvaluationLine, HomeDraw, Inspection, Seal
from services.home_inspections.queries.figures import figures_of
from services.home_inspections.rules import draw as rules
from services.home_inspections.rules.grading import Marks
from services.messaging.models import Message
from services.organizations.enums import Role
from tests.factories.home_inspections import InspectionWorld, officer
from tests.home_inspections.test_rules import thirty_lines

pytestmark = pytest.mark.django_db


@pytest.fixture
def world():
    world = InspectionWorld()
    world.all_inspected()
    world.city_inspectors = [officer(world.tree["city"], Role.HOME_INSPECTOR) for _ in range(3)]
    return world


def frozen(world, **more) -> HomeDraw:
    said = {
        "purpose": DrawPurpose.ACCEPTANCE,
        "ratio": Decimal("0.5"),
        "preschool": PreschoolRule.STRATUM,
        "must_visit": {},
        "exclusions": {},
        "by": world.city_officer,
        "now": world.now,
    }
    return draws.freeze_frame(world.programme, **said | more)


def seeded(world, draw, **more) -> HomeDraw:
    said = {
        "seed": "2026-10-11|示例彩票|03 07 12",
        "source": "公开彩票号码",
        "happened_at": world.later(minutes=5),
        "witnesses": "示例纪检组",
        "minutes": "当众读出",
        "by": world.city_officer,
        "now": world.later(minutes=10),
    }
    return draws.commit_seed(draw, **said | more)


def published(world, **more) -> HomeDraw:
    draw = seeded(world, frozen(world, **more))
    draws.run_draw(draw, by=world.city_officer, now=world.later(minutes=11))
    return drawn.publish(draw, visit_on=world.today, by=world.city_officer, now=world.later(minutes=12))


def test_the_city_draws_only_when_every_county_is_at_a_hundred_per_cent():
    """V10, with the counties that are behind named."""
    world = InspectionWorld()
    world.confirmed()
    with pytest.raises(errors.CountiesBehind) as refused:
        frozen(world)
    assert "1/3" in refused.value.message(staff=True) and "0/1" in refused.value.message(staff=True)


def test_anybody_gets_the_same_homes_from_the_published_frame(world):
    draw = published(world)
    selected, reserve = thirty_lines(draw.frame_csv, draw.seed, 1, 2)
    items = DrawItem.objects.filter(draw=draw)
    assert sorted(items.filter(selected=True).values_list("code", flat=True)) == sorted(selected)
    assert draw.result_sha256 == rules.digest(rules.result_text(selected, reserve))
    assert draw.strata["PRESCHOOL"] == {"name": "", "size": 1, "draw": 1}
    assert draw.required == items.filter(selected=True).count() == 3


def test_every_drawn_home_gets_a_visit_by_two_inspectors_from_elsewhere(world):
    conflicts.declare(world.tree["school_c"], reason="示例亲属", by=world.city_inspectors[0], now=world.now)
    draw = published(world)
    visits = Inspection.objects.unscoped().filter(round=Round.CITY)
    assert visits.count() == draw.required
    for visit in visits.prefetch_related("inspectors").select_related("home"):
        people = {one.user_id for one in visit.inspectors.all()}
        assert len(people) == 2
        if visit.home.county == world.tree["county_a"]:
            assert not people & {one.pk for one in world.inspectors}
        else:
            assert world.city_inspectors[0].pk not in people
    excluded = Seal.objects.get(draw=draw, kind="drawn").payload["inspectors_excluded"]
    assert "own_county" in str(excluded) and "conflict" in str(excluded)


def test_the_seed_comes_after_the_frame_and_only_once(world):
    draw = frozen(world)
    with pytest.raises(errors.SeedTooEarly):
        seeded(world, draw, happened_at=world.now - timedelta(hours=1))
    with pytest.raises(errors.SeedPoor):
        seeded(world, draw, seed="1 2")
    with pytest.raises(errors.ReasonMissing):
        seeded(world, draw, minutes=" ")
    with pytest.raises(PermissionDenied):
        seeded(world, draw, by=world.county_officer)
    seeded(world, draw)
    with pytest.raises(errors.SeedFixed):
        seeded(world, draw, seed="anything else")


def test_there_is_no_drawing_again(world):
    draw = published(world)
    with pytest.raises(errors.DrawThere):
        frozen(world)
    with pytest.raises(errors.NoSuchStep):
        draws.run_draw(draw, by=world.city_officer, now=world.later(minutes=20))
    with pytest.raises(errors.OtherPerson):
        draws.void_draw(draw, reason="示例", by=world.city_officer, now=world.now)
    with pytest.raises(errors.ReasonMissing):
        draws.void_draw(draw, reason="", by=world.other_city_officer, now=world.now)
    draws.void_draw(draw, reason="种子抄写有误", by=world.other_city_officer, now=world.now)
    after = frozen(world)
    assert (after.number, after.replaces) == (2, draw)
    page = Client().get(reverse("home_draws:draw", args=[draw.token])).content.decode()
    assert "种子抄写有误" in page


def test_what_is_fixed_cannot_be_changed_in_the_database(world):
    draw = published(world)
    item = DrawItem.objects.filter(draw=draw, selected=True).first()
    seal = Seal.objects.filter(draw=draw).first()
    for change in (
        lambda: HomeDraw.objects.unscoped().filter(pk=draw.pk).update(frame="x"),
        lambda: HomeDraw.objects.unscoped().filter(pk=draw.pk).update(seed="another seed"),
        lambda: DrawItem.objects.filter(pk=item.pk).update(selected=False, reserve_rank=9),
        lambda: DrawItem.objects.filter(pk=item.pk).update(ticket="0" * 64),
        lambda: Seal.objects.filter(pk=seal.pk).update(payload={}),
    ):
        with pytest.raises(DatabaseError), transaction.atomic():
            change()


def _without_triggers():
    """What somebody does who owns the database."""
    with connection.cursor() as cursor:
        for table in ("homedraw", "seal"):
            name = f"home_inspections_{table}_written_once"
            on = "" if connection.vendor == "sqlite" else f" ON home_inspections_{table}"
            cursor.execute(f"DROP TRIGGER {name}{on}")


def test_a_changed_frame_is_refused_and_the_nightly_check_reports_it(world):
    draw = seeded(world, frozen(world))
    assert sealing.check_all(now=world.now) == []
    _without_triggers()
    HomeDraw.objects.unscoped().filter(pk=draw.pk).update(frame=draw.frame.replace("001", "009", 1))
    with pytest.raises(errors.FrameChanged):
        draws.run_draw(draw, by=world.city_officer, now=world.later(minutes=11))
    assert sealing.check_all(now=world.now) == [draw]
    draw.refresh_from_db()
    assert draw.broken_at == 0


def test_an_edited_seal_is_found(world):
    draw = published(world)
    _without_triggers()
    second = Seal.objects.get(draw=draw, number=2)
    Seal.objects.filter(pk=second.pk).update(payload=second.payload | {"seed": "another"})
    assert sealing.broken_at(draw) == 2


def test_drawn_means_visited_or_explained_and_replaced(world):
    """D2.8: a drawn home ends as visited or as not visited, with the next of its reserve called in."""
    draw = published(world)
    item = DrawItem.objects.filter(draw=draw, selected=True, stratum="990001").first()
    with pytest.raises(errors.NotVisitedYet):
        drawn.execute(draw, by=world.city_officer, now=world.now)
    with pytest.raises(errors.ReasonMissing):
        drawn.not_visited(item, reason=" ", by=world.city_officer, now=world.now)
    following = drawn.not_visited(item, reason="道路塌方", by=world.city_officer, now=world.now)
    assert (following.stratum, following.reserve_rank, following.called_in) == ("990001", 1, True)
    assert Inspection.objects.unscoped().get(home=item.home, round=Round.CITY).state == "called_off"
    for visit in Inspection.objects.unscoped().filter(round=Round.CITY, state="scheduled"):
        _walk(world, visit)
    done = drawn.execute(draw, by=world.city_officer, now=world.now)
    assert done.state == DrawState.EXECUTED
    outcomes = dict(DrawItem.objects.filter(draw=draw).exclude(outcome=Outcome.PENDING).values_list("code", "outcome"))
    assert outcomes[item.code] == Outcome.NOT_VISITED and len(outcomes) == draw.required + 1
    assert set(Home.objects.unscoped().values_list("state", flat=True)) == {HomeState.ACCEPTED}
    assert sealing.broken_at(done) is None


def _walk(world, visit, share=Decimal(1)):
    from services.home_inspections.actions.answers import save_answers
    from services.home_inspections.queries.rubrics import asked_of_home, tree_of
    from services.home_inspections.rules.merging import Change
    from tests.factories.home_inspections import half

    people = [one.user for one in visit.inspectors.all()]
    inspections.begin(visit, by=people[0], now=world.now)
    asked = asked_of_home(tree_of(visit.rubric), visit.home.profile)
    save_answers(
        visit, [Change(code, half(one.points * share)) for code, one in asked.items()], by=people[0], now=world.now
    )
    inspections.finish(visit, by=people[0], now=world.now)
    for person in people:
        inspections.sign(visit, by=person, now=world.now)
    inspections.sign_for_host(visit, name="示例", post="园长", by=people[0], now=world.now)
    return inspections.confirm(visit, by=world.city_officer, now=world.now)


def test_drawn_inspectors_are_told(world):
    draw = published(world, must_visit={world.homes["school_b"].code: "去年整改"})
    visits = Inspection.objects.unscoped().exclude(round=Round.COUNTY)
    assert draw.required <= visits.count()
    for visit in visits:
        page = reverse("home_inspections_desk:one", args=[visit.token])
        told = Message.objects.filter(key="home-inspection-planned", link=page).values_list("recipient", flat=True)
        assert set(told) == set(visit.inspectors.values_list("user", flat=True))


def test_the_city_visits_nobody_by_hand_whom_it_hasnt_drawn(world):
    """Else inspectors that chance didn't choose would stand there before the draw, and stay."""
    with pytest.raises(errors.NotDrawn):
        world.planned(round=Round.CITY)
    draw = published(world)
    drawn_codes = set(DrawItem.objects.filter(draw=draw, selected=True).values_list("code", flat=True))
    left = next(one for one in world.homes.values() if one.code not in drawn_codes)
    pair = world.city_inspectors[:2]
    with pytest.raises(errors.NotDrawn):
        world.planned(home=left, round=Round.CITY, inspectors=pair)
    visit = Inspection.objects.unscoped().filter(round=Round.CITY).select_related("home").first()
    inspections.call_off(visit, reason="验收员生病", by=world.city_officer, now=world.now)
    assert world.planned(home=visit.home, round=Round.CITY, inspectors=pair).state == "scheduled"


def test_a_void_draw_calls_its_visits_off_and_what_was_seen_isnt_seen_twice(world):
    draw = published(world)
    visits = list(Inspection.objects.unscoped().filter(round=Round.CITY).order_by("pk"))
    _walk(world, visits[0])
    draws.void_draw(draw, reason="种子抄写有误", by=world.other_city_officer, now=world.later(minutes=20))
    states = Inspection.objects.unscoped().filter(round=Round.CITY).order_by("pk").values_list("state", flat=True)
    assert list(states) == ["confirmed"] + ["called_off"] * (len(visits) - 1)
    after = frozen(world, now=world.later(minutes=21), ratio=Decimal(1))
    seeded(world, after, happened_at=world.later(minutes=22), now=world.later(minutes=23))
    draws.run_draw(after, by=world.city_officer, now=world.later(minutes=24))
    drawn.publish(after, visit_on=world.today, by=world.city_officer, now=world.later(minutes=25))
    said = dict(DrawItem.objects.filter(draw=after).values_list("code", "outcome"))
    assert said.pop(visits[0].home.code) == Outcome.VISITED and set(said.values()) == {Outcome.PENDING}
    for visit in Inspection.objects.unscoped().filter(round=Round.CITY, state="scheduled"):
        _walk(world, visit)
    done = drawn.execute(after, by=world.city_officer, now=world.later(minutes=50))
    assert done.state == DrawState.EXECUTED and sealing.broken_at(done) is None


def test_a_home_that_is_put_right_after_the_draw_is_accepted_with_its_verdict(world):
    draw = published(world)
    visits = list(Inspection.objects.unscoped().filter(round=Round.CITY).order_by("pk"))
    failed = _walk(world, visits[0], share=Decimal("0.5"))
    for visit in visits[1:]:
        _walk(world, visit)
    drawn.execute(draw, by=world.city_officer, now=world.now)
    home = Home.objects.unscoped().get(pk=failed.home_id)
    assert home.state == HomeState.COUNTY_INSPECTED
    people = [one.user for one in failed.inspectors.all()]
    again = world.confirmed(home=home, round=Round.CITY, again_of=failed, inspectors=people)
    assert again.passed and Home.objects.unscoped().get(pk=home.pk).state == HomeState.ACCEPTED


def _year(world, year: int):
    made = evaluations.open_evaluation(
        world.programme,
        year=year,
        marks=Marks(Decimal(90), Decimal(80), Decimal(60)),
        notice_days=7,
        source="示例",
        by=world.city_officer,
        now=world.now,
    )
    for verb in ("ask_homes", "ask_counties"):
        evaluations.move_on(made, verb, by=world.city_officer, now=world.now)
    EvaluationLine.objects.unscoped().filter(evaluation=made).update(county_score=Decimal(85))
    return made


def test_each_years_evaluation_has_a_draw_of_its_own_and_drawn_means_scored(world):
    with pytest.raises(errors.NoEvaluation):
        published(world, purpose=DrawPurpose.EVALUATION)
    first = _year(world, world.today.year - 1)
    draw = HomeDraw.objects.unscoped().get()
    drawn.publish(draw, visit_on=world.today, by=world.city_officer, now=world.later(minutes=12))
    lines = EvaluationLine.objects.unscoped().select_related("home__host", "evaluation").filter(evaluation=first)
    assert lines.filter(sampled=True).count() == draw.required
    evaluations.move_on(first, "sample", by=world.city_officer, now=world.now)
    with pytest.raises(errors.NotScoredYet):
        drawn.execute(draw, by=world.city_officer, now=world.now)
    item = DrawItem.objects.filter(draw=draw, selected=True, stratum="990001").first()
    following = drawn.not_visited(item, reason="道路塌方", by=world.city_officer, now=world.now)
    assert not lines.get(home=item.home).sampled and lines.get(home=following.home).sampled
    for line in lines.filter(sampled=True):
        evaluations.score_by_city(line, score=Decimal(88), by=world.city_officer, now=world.now)
    with pytest.raises(errors.NoSuchStep):
        drawn.not_visited(following, reason="改变主意", by=world.city_officer, now=world.now)
    done = drawn.execute(draw, by=world.city_officer, now=world.later(minutes=20))
    assert sealing.broken_at(done) is None
    evaluations.move_on(first, "grade", by=world.city_officer, now=world.now)
    before = set(lines.filter(sampled=True).values_list("home_id", flat=True))

    second = _year(world, world.today.year)
    late = world.later(minutes=30)
    next_one = frozen(world, purpose=DrawPurpose.EVALUATION, now=late)
    assert (next_one.number, next_one.replaces) == (2, None)
    seeded(world, next_one, happened_at=world.later(minutes=31), now=world.later(minutes=32))
    draws.run_draw(next_one, by=world.city_officer, now=world.later(minutes=33))
    drawn.publish(next_one, visit_on=world.today, by=world.city_officer, now=world.later(minutes=34))
    assert set(lines.filter(sampled=True).values_list("home_id", flat=True)) == before
    of_second = EvaluationLine.objects.unscoped().filter(evaluation=second)
    assert of_second.filter(sampled=True).count() == next_one.required
    with pytest.raises(errors.DrawThere):
        frozen(world, purpose=DrawPurpose.EVALUATION, now=late)


def test_three_rates_are_three_figures(world):
    draw = published(world, must_visit={world.homes["school_b"].code: "去年整改"})
    visits = list(Inspection.objects.unscoped().filter(round=Round.CITY).order_by("home__code"))
    _walk(world, visits[0], share=Decimal("0.5"))
    for visit in visits[1:]:
        _walk(world, visit)
    found = figures_of(world.programme, today=world.today)
    assert (found.census.part, found.census.whole) == (4, 4)
    assert (found.first_pass.part, found.first_pass.whole) == (draw.required - 1, draw.required)
    assert (found.final.part, found.final.whole) == (3, 4)
    assert found.interval.low < found.interval.high
    assert found.compared[0]["difference"].flipped and found.flagged == 1
    assert found.failing == [] and sum(number for _low, _high, number in found.spread) == 4


def test_a_home_of_the_must_visit_list_is_visited_beside_the_draw(world):
    must = next(code for code in (home.code for home in world.homes.values()))
    draw = published(world, must_visit={must: "举报"})
    chosen = DrawItem.objects.get(draw=draw, code=must).selected
    visits = Inspection.objects.unscoped().filter(home__code=must).exclude(round=Round.COUNTY)
    assert [one.round for one in visits] == [Round.CITY if chosen else Round.MUST_VISIT]
    with pytest.raises(errors.NotInDirectory):
        frozen(world, purpose=DrawPurpose.EVALUATION, must_visit={"LSZJ-000000-999": "示例"})


def test_a_share_below_half_is_refused(world):
    with pytest.raises(errors.RatioTooLow):
        frozen(world, ratio=Decimal("0.4"))
    with pytest.raises(errors.ReasonMissing):
        frozen(world, exclusions={world.home.code: " "})


def test_the_public_pages_name_institutions_only(world):
    draw = published(world)
    client = Client()
    client.force_login(world.city_officer, backend="services.accounts.backends.StaffPassword")
    desk = client.get(reverse("home_inspections_desk:draw", args=[draw.token])).content.decode()
    assert "PRESCHOOL 学龄前之家" in desk or "PRESCHOOL Homes below school age" in desk
    client = Client()
    page = client.get(reverse("home_draws:draw", args=[draw.token]))
    text = page.content.decode()
    assert page.status_code == 200 and draw.frame_sha256 in text and draw.result_sha256 in text
    assert not any(one.username in text for one in world.city_inspectors + world.inspectors)
    frame = client.get(reverse("home_draws:frame", args=[draw.token])).content
    assert rules.digest(frame.decode()) == draw.frame_sha256
    csv = client.get(reverse("home_draws:frame_csv", args=[draw.token])).content.decode()
    assert rules.digest(csv) == draw.csv_sha256
    assert client.get(reverse("home_draws:result", args=[draw.token])).content.count(b"\n") == 5
    assert client.get(reverse("home_draws:draws")).status_code == 200
    assert client.get(reverse("home_draws:draw", args=["nothing"])).status_code == 404
