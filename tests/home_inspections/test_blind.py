"""Two who score blind and a third who settles (D24)."""

from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction

from services.home_inspections import errors
from services.home_inspections.actions import blind, inspections, photos
from services.home_inspections.actions.answers import save_answers
from services.home_inspections.enums import InspectionState
from services.home_inspections.models import Answer, Photo
from services.home_inspections.queries.rubrics import asked_of_home, tree_of
from services.home_inspections.rules.merging import Change
from services.home_inspections.todos import todos_for
from services.messaging.models import Message
from services.organizations.enums import Role
from tests.factories.enrolment import photo
from tests.factories.home_inspections import InspectionWorld, officer
from tests.home_inspections.test_desk import client_of, synced, url

pytestmark = pytest.mark.django_db


@pytest.fixture
def world():
    return InspectionWorld(blind_limit=Decimal(1))


@pytest.fixture
def third(world):
    return officer(world.tree["county_a"], Role.HOME_INSPECTOR)


def filled(world, one, who, **points):
    """Every criterion in full, but for those that are named: c4_1=Decimal(3)."""
    asked = asked_of_home(tree_of(world.rubric), one.home.profile)
    given = {code: points.get(f"c{code.replace('.', '_')}", criterion.points) for code, criterion in asked.items()}
    save_answers(one, [Change(code, value) for code, value in given.items()], by=who, now=world.now)


def both_in(world, one, **points):
    first, second = world.inspectors
    filled(world, one, first)
    filled(world, one, second, **points)
    blind.hand_in(one, by=first, now=world.now)
    return blind.hand_in(one, by=second, now=world.now)


def test_what_they_nearly_agree_on_is_settled_by_the_mean_and_scored_at_once(world):
    one = both_in(world, world.in_field(blind=True), c4_1=Decimal("2.5"))
    most = asked_of_home(tree_of(world.rubric), one.home.profile)["4.1"].points
    assert most - Decimal("2.5") in (Decimal("0.5"), Decimal(1), Decimal("1.5"))
    sheet = {a.criterion.code: a for a in Answer.objects.filter(scorer__isnull=True).select_related("criterion")}
    if one.state == InspectionState.SCORED:
        assert sheet["4.1"].points >= Decimal("2.5")
        assert one.score == 100 - (most - sheet["4.1"].points)


def test_beyond_the_limit_nobody_but_the_third_settles_it(world, third):
    one = world.in_field(blind=True)
    one = both_in(world, one, c5_1=Decimal(0))
    assert (one.state, one.score) == (InspectionState.IN_FIELD, None)
    for who in world.inspectors:
        with pytest.raises(errors.ThirdIsOneOfThem):
            blind.name_third(one, who, by=world.county_officer, now=world.now)
    with pytest.raises(PermissionDenied):
        blind.name_third(one, third, by=world.inspectors[0], now=world.now)
    blind.name_third(one, third, by=world.county_officer, now=world.now)
    assert Message.objects.filter(key="home-inspection-differs", recipient=third).count() == 1
    for who in (*world.inspectors, world.county_officer):
        with pytest.raises(PermissionDenied):
            blind.settle(one, {"5.1": (Decimal(1), "示例")}, by=who, now=world.now)
    with pytest.raises(errors.NotAllSettled):
        blind.settle(one, {"5.1": (Decimal(1), " ")}, by=third, now=world.now)
    with pytest.raises(errors.BeyondPoints):
        blind.settle(one, {"5.1": (Decimal(99), "示例")}, by=third, now=world.now)
    done = blind.settle(one, {"5.1": (Decimal(1), "两个书架只见一个")}, by=third, now=world.now)
    assert done.state == InspectionState.SCORED
    counts = Answer.objects.get(scorer__isnull=True, criterion__code="5.1")
    assert (counts.half_points, counts.saved_by, counts.note) == (2, third, "两个书架只见一个")
    with pytest.raises(errors.NoSuchStep):
        blind.settle(done, {"5.1": (Decimal(2), "示例")}, by=third, now=world.now)
    with pytest.raises(PermissionDenied):
        inspections.confirm(done, by=third, now=world.now)


def test_neither_sees_the_others_sheet_before_both_are_in(world):
    one, (first, second) = world.in_field(blind=True), world.inspectors
    save_answers(one, [Change("4.1", Decimal(1), note="只有三十平方米")], by=first, now=world.now)
    upload = photo(60)
    asked = asked_of_home(tree_of(world.rubric), one.home.profile)
    photos.add_photo(one, criterion=asked["4.1"], upload=upload, name="一.jpg", by=first, now=world.now)
    other = client_of(second)
    for page in (url("score", one.token), url("one", one.token), url("print", one.token)):
        text = other.get(page).content.decode()
        assert "只有三十平方米" not in text
    assert "一.jpg" not in other.get(url("score", one.token)).content.decode()
    said = synced(other, one, {"code": "4.1", "points": "2.5", "seen": 0, "key": "b"}).json()["results"][0]
    assert (said["outcome"], said["stored"]["points"]) == ("saved", "2.5")
    assert Answer.objects.count() == 2
    assert "只有三十平方米" in client_of(first).get(url("score", one.token)).content.decode()


def test_what_is_handed_in_cant_be_changed_and_wants_to_be_whole(world):
    one, (first, _second) = world.in_field(blind=True), world.inspectors
    with pytest.raises(errors.SheetOpen):
        blind.hand_in(one, by=first, now=world.now)
    filled(world, one, first)
    blind.hand_in(one, by=first, now=world.now)
    with pytest.raises(errors.HandedIn):
        save_answers(one, [Change("4.1", Decimal(0))], by=first, now=world.now)
    with pytest.raises(errors.StepTaken):
        blind.hand_in(one, by=first, now=world.now)
    with pytest.raises(errors.NoSuchStep):
        inspections.finish(one, by=first, now=world.now)
    assert client_of(first).get(url("score", one.token)).status_code == 302


def test_by_clicks_from_two_sheets_to_the_score(world, third):
    page = client_of(world.county_officer)
    form = {"round": "county", "on": world.today.isoformat(), "blind": "on"}
    people = [one.pk for one in world.inspectors]
    answer = page.post(url("schedule", world.home.code), form | {"inspectors": people})
    token = answer["Location"].rstrip("/").rsplit("/", 1)[1]
    page.post(url("third", token), {"third": third.pk})
    client_of(world.inspectors[0]).post(url("begin", token))
    asked = asked_of_home(tree_of(world.rubric), world.home.profile)
    for number, who in enumerate(world.inspectors):
        sheet = {f"points-{code}": str(criterion.points) for code, criterion in asked.items()}
        sheet |= {"points-5.1": "0"} if number else {}
        answer = client_of(who).post(url("score", token), sheet | {"finish": "1"})
        assert answer["Location"] == url("one", token)
    assert any("third=true" in todo.url for todo in todos_for(third))
    settle = client_of(third)
    text = settle.get(url("settle", token)).content.decode()
    assert "5.1" in text and "c-4.1" not in text
    assert world.inspectors[0].username not in text and world.inspectors[0].first_name not in text
    assert settle.post(url("settle", token), {"points-5.1": "", "words-5.1": ""}).status_code == 200
    assert settle.post(url("settle", token), {"points-5.1": "1", "words-5.1": "示例"}).status_code == 302
    assert page.get(url("one", token)).context["inspection"].blind


def test_opened_again_each_goes_on_with_her_own_sheet(world):
    one = both_in(world, world.in_field(blind=True))
    assert one.score == 100
    again = inspections.reopen(one, reason="示例", by=world.inspectors[0], now=world.now)
    assert [row.handed_in_at for row in again.inspectors.all()] == [None, None]
    save_answers(again, [Change("4.2", Decimal(1), seen=1)], by=world.inspectors[0], now=world.now)
    assert Answer.objects.get(scorer=world.inspectors[0], criterion__code="4.2").half_points == 2
    assert Answer.objects.get(scorer=world.inspectors[1], criterion__code="4.2").half_points > 2


def test_without_a_limit_in_the_rubric_nobody_scores_blind():
    world = InspectionWorld()
    with pytest.raises(errors.NoBlindLimit):
        world.planned(blind=True)
    text = client_of(world.county_officer).get(url("schedule", world.home.code)).content.decode()
    assert 'name="blind"' not in text


def test_the_database_keeps_one_answer_a_sheet(world):
    one = both_in(world, world.in_field(blind=True))
    first = Answer.objects.filter(inspection=one, scorer__isnull=True).first()
    with pytest.raises(IntegrityError), transaction.atomic():
        Answer.objects.create(inspection=one, criterion=first.criterion, most=first.most, saved_at=world.now)


@pytest.mark.parametrize(
    ("sent", "kept"),
    [
        ({"latitude": "35.123456", "longitude": "104.987654"}, ("35.123", "104.988")),
        ({"latitude": "95", "longitude": "104"}, None),
        ({"latitude": "x", "longitude": "104"}, None),
        ({"latitude": "NaN", "longitude": "1"}, None),
        ({}, None),
    ],
)
def test_where_a_photo_was_taken_is_kept_to_a_hundred_metres_and_only_when_it_was_sent(world, sent, kept):
    one = world.in_field()
    client = client_of(world.inspectors[0])
    upload = photo(50)
    upload.name = "一.jpg"
    answer = client.post(
        url("photo_add", one.token), {"criterion": "4.1", "photo": upload} | sent, headers={"X-Keep": "1"}
    )
    assert answer.status_code == 200, answer.content
    stored = Photo.objects.unscoped().get()
    found = (str(stored.latitude), str(stored.longitude)) if stored.latitude is not None else None
    assert found == kept
    shown = client.get(url("one", one.token)).content.decode()
    assert (kept is not None) == (bool(kept) and f"{kept[0]},{kept[1]}" in shown)
