"""Checklists in versions, and self-assessments from their opening to the standing that follows from the review."""

from datetime import date, datetime
from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from services.accounts.models import User
from services.coverage import errors
from services.coverage.actions import assessing
from services.coverage.actions.checklists import put_in_force, write_checklist
from services.coverage.demo_checklist import rows, sample_checklist
from services.coverage.enums import Answer, AssessmentState, ChecklistState, PassKind
from services.coverage.models import Checklist, SelfAssessment, Standing
from services.coverage.queries.checklists import binding, history_of, sheet_of
from services.coverage.rules.scoring import Reviewed
from services.coverage.todos import todos_for
from services.messaging.models import Message
from services.organizations.enums import Role
from services.organizations.models import Organization
from tests.factories.coverage import set_up
from tests.factories.organizations import AssignmentFactory, small_tree

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 29)
NOW = timezone.make_aware(datetime(2026, 11, 29, 9))
FREE = {"group": "work", "words": "示例条目", "points": Decimal(10)}


@pytest.fixture
def tree():
    return small_tree()


@pytest.fixture
def people(tree):
    """An officer of the unit, one of the county above it, one of another county."""
    post = lambda place, role: AssignmentFactory(organization=tree[place], role=role).user  # noqa: E731
    return {
        "unit": post("unit_a", Role.GRASSROOTS_OFFICER),
        "county": post("county_a", Role.FEDERATION_OFFICER),
        "city": post("city", Role.FEDERATION_OFFICER),
        "other": post("county_b", Role.FEDERATION_OFFICER),
    }


def simple(organization, by, *, mark=Decimal(10), kind=PassKind.POINTS, items=None):
    fields = {"pass_kind": kind, "pass_mark": mark, "source": "示例文件"}
    items = items or [FREE | {"code": "a"}, FREE | {"code": "b"}]
    return put_in_force(write_checklist(organization, fields=fields, items=items, by=by), by=by, today=TODAY)


def answered(union, by, **claimed):
    made = assessing.open_year(union, 2026, by=by, now=NOW)
    said = {code: {"claimed": Decimal(points), "words": "示例"} for code, points in claimed.items()}
    return assessing.save_answers(made, said, seen=made.edition, by=by)


def test_a_version_in_force_never_changes_the_next_one_replaces_it(tree, people):
    first = simple(tree["city"], people["city"])
    second = write_checklist(tree["city"], fields={}, items=[FREE | {"code": "c"}], by=people["city"])
    assert (second.version, second.state, second.pass_mark) == (2, ChecklistState.DRAFT, None)
    assert [item.code for item in first.items.all()] == ["a", "b"]
    with pytest.raises(errors.ChecklistUnfit):
        put_in_force(second, by=people["city"], today=TODAY)
    second = simple(tree["city"], people["city"], items=[FREE | {"code": "c"}])
    first.refresh_from_db()
    assert (first.state, second.state, second.version) == (ChecklistState.RETIRED, ChecklistState.IN_FORCE, 2)
    with pytest.raises(errors.ChecklistCounts):
        put_in_force(first, by=people["city"], today=TODAY)


def test_the_nearest_federation_binds(tree, people):
    city = simple(tree["city"], people["city"])
    assert binding(tree["unit_a"]) == city
    county = simple(tree["county_a"], people["county"])
    assert (binding(tree["unit_a"]), binding(tree["unit_c"])) == (county, city)


def test_only_a_federation_s_own_officers_set_its_list(tree, people):
    for who, where in (("unit", "unit_a"), ("other", "county_a"), ("county", "city")):
        with pytest.raises(PermissionDenied):
            write_checklist(tree[where], fields={}, items=[], by=people[who])


def test_no_year_is_opened_without_a_list_nor_before_it_begins_and_twice_is_once(tree, people):
    with pytest.raises(errors.NoChecklist):
        assessing.open_year(tree["unit_a"], 2026, by=people["unit"], now=NOW)
    simple(tree["city"], people["city"])
    with pytest.raises(errors.YearAhead):
        assessing.open_year(tree["unit_a"], 2027, by=people["unit"], now=NOW)
    first, again = (assessing.open_year(tree["unit_a"], 2026, by=people["unit"], now=NOW) for _ in range(2))
    assert first == again
    with pytest.raises(PermissionDenied):
        assessing.open_year(tree["unit_a"], 2026, by=people["other"], now=NOW)


def test_an_assessment_keeps_the_version_it_was_begun_with(tree, people):
    first = simple(tree["city"], people["city"])
    made = answered(tree["unit_a"], people["unit"], a=5)
    simple(tree["city"], people["city"], items=[FREE | {"code": "c"}])
    assert SelfAssessment.objects.unscoped().get(pk=made.pk).checklist == first
    assert [line.item.code for line in sheet_of(made).lines] == ["a", "b"]


def test_from_the_unit_to_the_standing(tree, people):
    set_up(tree["unit_a"])
    simple(tree["city"], people["city"], mark=Decimal(15))
    made = answered(tree["unit_a"], people["unit"], a=10)
    with pytest.raises(errors.Incomplete) as refused:
        assessing.hand_up(made, by=people["unit"], now=NOW)
    assert [(fault.item, fault.code) for fault in refused.value.faults] == [("b", "not_answered")]
    made = assessing.hand_up(answered(tree["unit_a"], people["unit"], a=10, b=8), by=people["unit"], now=NOW)
    assert (made.state, made.claimed) == (AssessmentState.SUBMITTED, 18)
    with pytest.raises(errors.HandedUpAlready):
        assessing.hand_up(made, by=people["unit"], now=NOW)
    with pytest.raises(errors.NotWithTheUnit):
        assessing.save_answers(made, {}, seen=made.edition, by=people["unit"])
    said = {"a": Reviewed(Decimal(10)), "b": Reviewed(Decimal(4), "台账不全")}
    made = assessing.review(made, said, seen=made.edition, by=people["county"], now=NOW)
    assert (made.score, made.reached) == (14, False)
    standing = Standing.objects.unscoped().get(organization=tree["unit_a"])
    assert (standing.standard, standing.score) == (Answer.NO, 14)
    assert assessing.review(made, said, seen=0, by=people["county"], now=NOW).score == 14
    with pytest.raises(errors.ReviewedAlready):
        assessing.review(made, {"a": Reviewed(Decimal(9), "另见")}, seen=0, by=people["city"], now=NOW)
    assert [entry.action for entry in history_of(made)] == [
        "coverage.assessment_review",
        "coverage.assessment_up",
        "coverage.assessment_open",
    ]


def test_an_earlier_year_that_is_reviewed_later_leaves_the_standing(tree, people):
    set_up(tree["unit_a"])
    simple(tree["city"], people["city"])
    for year, points in ((2026, 10), (2025, 0)):
        made = assessing.open_year(tree["unit_a"], year, by=people["unit"], now=NOW)
        said = {code: {"claimed": Decimal(points)} for code in ("a", "b")}
        made = assessing.save_answers(made, said, seen=made.edition, by=people["unit"])
        made = assessing.hand_up(made, by=people["unit"], now=NOW)
        seen = {code: Reviewed(Decimal(points)) for code in ("a", "b")}
        assessing.review(made, seen, seen=made.edition, by=people["county"], now=NOW)
    assert Standing.objects.unscoped().get(organization=tree["unit_a"]).score == 20


def test_it_goes_back_with_words_and_comes_again(tree, people):
    simple(tree["city"], people["city"])
    made = assessing.hand_up(answered(tree["unit_a"], people["unit"], a=10, b=8), by=people["unit"], now=NOW)
    with pytest.raises(errors.WordsMissing):
        assessing.give_back(made, words="  ", seen=made.edition, by=people["county"], now=NOW)
    with pytest.raises(errors.AssessmentChanged):
        assessing.give_back(made, words="请补充", seen=made.edition - 1, by=people["county"], now=NOW)
    seen = made.edition
    made = assessing.give_back(made, words="请补充", seen=seen, by=people["county"], now=NOW)
    assert assessing.give_back(made, words="请补充", seen=seen, by=people["county"], now=NOW).edition == made.edition
    with pytest.raises(errors.SentBackAlready):
        assessing.give_back(made, words="另有意见", seen=seen, by=people["city"], now=NOW)
    assert (made.state, made.returned_because) == (AssessmentState.RETURNED, "请补充")
    with pytest.raises(errors.NotForReview):
        assessing.review(made, {}, seen=made.edition, by=people["county"], now=NOW)
    again = assessing.hand_up(made, by=people["unit"], now=NOW)
    assert (again.state, again.returned_because) == (AssessmentState.SUBMITTED, "")


def test_nobody_reviews_what_she_handed_up_and_nobody_outside_reviews(tree, people):
    simple(tree["city"], people["city"])
    made = assessing.hand_up(answered(tree["unit_a"], people["county"], a=10, b=8), by=people["county"], now=NOW)
    for who in ("county", "unit", "other"):
        with pytest.raises(PermissionDenied):
            assessing.review(made, {}, seen=made.edition, by=people[who], now=NOW)


def test_whoever_saves_upon_an_older_page_is_told_and_nothing_is_written_over(tree, people):
    simple(tree["city"], people["city"])
    made = answered(tree["unit_a"], people["unit"], a=5)
    seen = made.edition
    other = assessing.save_answers(made, {"a": {"claimed": Decimal(7)}}, seen=seen, by=people["county"])
    with pytest.raises(errors.AssessmentChanged):
        assessing.save_answers(made, {"a": {"claimed": Decimal(9)}}, seen=seen, by=people["unit"])
    assert sheet_of(made).given["a"].claimed == 7
    assessing.save_answers(made, {"a": {"claimed": Decimal(9)}}, seen=other.edition, by=people["unit"])


def test_her_own_page_of_before_writes_nothing_over_either(tree, people):
    simple(tree["city"], people["city"])
    made = answered(tree["unit_a"], people["unit"], a=5)
    assessing.save_answers(made, {"a": {"claimed": Decimal(7)}}, seen=made.edition, by=people["unit"])
    with pytest.raises(errors.AssessmentChanged):
        assessing.save_answers(made, {"a": {"claimed": Decimal(9)}}, seen=made.edition, by=people["unit"])
    assert sheet_of(made).given["a"].claimed == 7


def test_only_an_open_grassroots_union_assesses_itself(tree, people):
    simple(tree["city"], people["city"])
    with pytest.raises(errors.NotAUnion):
        assessing.open_year(tree["county_a"], 2026, by=people["county"], now=NOW)
    made = answered(tree["unit_a"], people["unit"], a=5, b=5)
    handed = assessing.hand_up(made, by=people["unit"], now=NOW)
    Organization.objects.filter(pk=tree["unit_a"].pk).update(closed_on=TODAY)
    for attempt in (
        lambda: assessing.open_year(tree["unit_a"], 2025, by=people["unit"], now=NOW),
        lambda: assessing.save_answers(handed, {}, seen=handed.edition, by=people["unit"]),
        lambda: assessing.hand_up(handed, by=people["unit"], now=NOW),
        lambda: assessing.review(handed, {}, seen=handed.edition, by=people["county"], now=NOW),
    ):
        with pytest.raises(errors.UnionClosed):
            attempt()


def test_each_hand_it_goes_to_is_told_and_finds_it_on_the_desk(tree, people):
    def told(who, key):
        return Message.objects.filter(recipient=people[who], key=f"coverage-assessment-{key}").count()

    def waits(who):
        return [todo.url for todo in todos_for(User.objects.get(pk=people[who].pk)) if "standard" in todo.url]

    simple(tree["city"], people["city"])
    made = answered(tree["unit_a"], people["unit"], a=5, b=5)
    assert not waits("unit") and not waits("county")
    made = assessing.hand_up(made, by=people["unit"], now=NOW)
    # The nearest level that has an officer.
    assert [told(who, "up") for who in ("county", "city", "other")] == [1, 0, 0]
    assert [len(waits(who)) for who in ("unit", "county", "city", "other")] == [0, 1, 1, 0]
    made = assessing.give_back(made, words="请补充", seen=made.edition, by=people["county"], now=NOW)
    assert told("unit", "back") == 1
    assert [len(waits(who)) for who in ("unit", "county")] == [1, 0]
    made = assessing.hand_up(made, by=people["unit"], now=NOW)
    assert told("county", "up") == 2
    said = {code: Reviewed(Decimal(5)) for code in ("a", "b")}
    assessing.review(made, said, seen=made.edition, by=people["county"], now=NOW)
    assert told("unit", "reviewed") == 1
    assert not waits("unit") and not waits("county")


def test_what_the_record_knows_is_answered_by_it_and_frozen_by_the_review(tree, people):
    set_up(tree["unit_a"])
    item = FREE | {"code": "term", "rule": "term"}
    simple(tree["city"], people["city"], items=[item])
    made = assessing.open_year(tree["unit_a"], 2026, by=people["unit"], now=NOW)
    made = assessing.hand_up(made, by=people["unit"], now=NOW)
    Standing.objects.unscoped().update(term="overdue")
    made = assessing.review(made, {}, seen=made.edition, by=people["county"], now=NOW)
    assert (made.claimed, made.score) == (10, 0)
    Standing.objects.unscoped().update(term="running")
    assert sheet_of(made).known == {"term": 0}


def test_the_sample_checklist_can_be_put_in_force(tree, people):
    made = sample_checklist(tree["city"], by=people["city"], today=TODAY)
    assert made.items.count() == len(rows())
    assert Checklist.objects.get(pk=made.pk).valid_from == TODAY


def test_an_item_of_each_code_stands_once(tree, people):
    with pytest.raises(errors.CodeTwice):
        write_checklist(tree["city"], fields={}, items=[FREE | {"code": "a"}, FREE | {"code": "a"}], by=people["city"])
