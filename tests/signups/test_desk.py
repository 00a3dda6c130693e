"""The officer's side: setting up, who came, places handed down, certificates, lists and workbooks."""

from datetime import timedelta

import pytest
from django.db import connection
from django.http import QueryDict
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from services.bookings.models import Allocation, Booking
from services.organizations.enums import Role
from services.overview.todos import todos_for
from services.signups import actions, exporters
from services.signups.models import Activity, Certificate, Question
from tests.factories.signups import SignupWorld, client_of, officer

pytestmark = pytest.mark.django_db


@pytest.fixture
def world():
    return SignupWorld()


@pytest.fixture
def desk(world):
    return client_of(world.officer)


def url(name, *args):
    return reverse(f"signups_desk:{name}", args=args)


def local(moment) -> str:
    return f"{timezone.localtime(moment):%Y-%m-%d %H:%M}"


def basics(**more) -> dict:
    now = timezone.now()
    return {
        "basics-kind": "training",
        "basics-form": "class",
        "basics-title": "示例培训",
        "basics-year": timezone.localdate(now).year,
        "basics-hours": 8,
        "basics-reminder_hours": 24,
        "basics-evaluation_days": 14,
        "window-opens_at": local(now),
        "window-closes_at": local(now + timedelta(days=3)),
        "window-change_cutoff_hours": 24,
        "window-offer_hours": 24,
        "window-waiting_list": "on",
        "window-remainder_open": "on",
    } | more


def test_an_activity_is_set_up_opened_and_changed(world, desk):
    sent = basics(**{"basics-organization": world.home.pk})
    answer = desk.post(url("activity_add"), sent)
    made = Activity.objects.latest("pk")
    assert (answer.status_code, answer["Location"]) == (302, url("activity", made.code))
    assert "添加场次" in desk.get(answer["Location"]).content.decode()
    refused = desk.post(url("activity_open", made.code), {})
    assert refused.status_code == 200 and refused.context["form"].non_field_errors()
    tomorrow = world.now + timedelta(days=5)
    place = {"name": "示例厅", "address": "示例路2号", "capacity": 20}
    times = {"starts_at": local(tomorrow), "ends_at": local(tomorrow + timedelta(hours=2))}
    assert desk.post(url("session_add", made.code), place | times).status_code == 302
    assert desk.post(url("activity_open", made.code), {}).status_code == 302
    assert desk.post(url("activity_edit", made.code), basics(**{"basics-title": "改名培训"})).status_code == 302
    made.refresh_from_db()
    assert (made.title, made.offering.title) == ("改名培训", "改名培训")


def test_wrong_answers_stand_beside_their_fields_and_nothing_is_lost(world, desk):
    wrong = {"basics-organization": world.home.pk, "basics-form": "", "basics-hours": 0, "basics-about": "写了很多"}
    page = desk.post(url("activity_add"), basics(**wrong))
    assert page.status_code == 200
    assert set(page.context["basics"].errors) == {"form", "hours"} and "写了很多" in page.content.decode()
    past = {"starts_at": local(world.now - timedelta(days=2)), "ends_at": local(world.now)}
    place = {"name": "示例厅", "address": "示例路2号", "capacity": 20}
    page = desk.post(url("session_add", world.activity.code), place | past)
    assert set(page.context["form"].errors) == {"starts_at"} and "示例路2号" in page.content.decode()
    page = desk.post(
        url("question_add", world.activity.code), {"kind": "short_text", "words": "请填身份证号", "choices": ""}
    )
    assert set(page.context["form"].errors) == {"words"} and Question.objects.count() == 3


def test_a_capacity_below_what_is_taken_names_who_stands_in_the_way(world, desk):
    for _ in range(2):
        world.signed_up()
    first = world.sessions[0]
    sent = {"name": first.venue.name, "address": first.venue.address, "capacity": 1}
    sent |= {"starts_at": local(first.starts_at), "ends_at": local(first.ends_at)}
    page = desk.post(url("session", world.activity.code, first.token), sent)
    assert set(page.context["form"].errors) == {"capacity"} and len(page.context["affected"]) == 1
    assert desk.post(url("session", world.activity.code, first.token), sent | {"capacity": 5}).status_code == 302
    assert desk.post(url("session_remove", world.activity.code, first.token), {}).status_code == 200


def test_questions_are_added_and_asked_no_more(world, desk):
    sent = {"kind": "choice", "words": "乘车方式", "choices": "自驾\n公交\n", "required": "on"}
    assert desk.post(url("question_add", world.activity.code), sent).status_code == 302
    made = Question.objects.latest("pk")
    assert made.choices == ["自驾", "公交"]
    assert desk.post(url("question_remove", world.activity.code, made.token), {}).status_code == 302
    assert not Question.objects.filter(pk=made.pk).exists()


def test_who_came_is_ticked_and_the_others_are_marked_later(world, desk):
    first, second = world.signed_up(), world.signed_up()
    session = world.sessions[0]
    where = url("attendance", world.activity.code, session.token)
    early = desk.post(where, {"came": [first.token]})
    assert early.status_code == 200 and early.context["form"].non_field_errors()
    assert 'value="' + first.token + '"' in early.content.decode() and "checked" in early.content.decode()
    hours = world.after() - world.now
    type(session).objects.filter(pk=session.pk).update(
        starts_at=session.starts_at - hours, ends_at=session.ends_at - hours
    )
    assert any("1" in todo.text or "2" in todo.text for todo in todos_for(world.officer))
    assert desk.post(where, {"came": [first.token]}).status_code == 302
    assert desk.post(url("absent", world.activity.code, session.token), {}).status_code == 302
    states = dict(Booking.objects.unscoped().values_list("pk", "state"))
    assert states == {first.pk: "attended", second.pk: "no_show"}
    assert first.worker.name in desk.get(url("roll", world.activity.code, session.token)).content.decode()
    assert desk.post(where, {"came": [second.token]}).status_code == 302  # she came after all
    assert Booking.objects.unscoped().get(pk=second.pk).state == "attended"


def test_places_are_handed_down_and_taken_back(world, desk):
    county = world.tree["county_a"]
    give = url("give", world.activity.code, world.home.code)
    assert desk.get(give).status_code == 200
    too_many = desk.post(give, {f"give-{county.pk}": 99, "reason": "方案"})
    assert set(too_many.context["form"].errors) == {f"give-{county.pk}"}
    assert desk.post(give, {f"give-{county.pk}": 4, "reason": "方案"}).status_code == 302
    theirs = client_of(officer(county))
    assert "4" in theirs.get(url("places", world.activity.code)).content.decode()
    back = {"count": 1, "reason": "用不完"}
    assert theirs.post(url("return", world.activity.code, county.code), back).status_code == 302
    assert desk.post(url("reclaim", world.activity.code, county.code), back).status_code == 302
    assert Allocation.objects.unscoped().get(organization=county).slots == 2
    assert desk.get(url("places_of", world.activity.code, world.home.code)).status_code == 200


def test_certificates_are_issued_printed_and_declared_invalid(world, desk):
    world.came()
    early = desk.post(url("certificates_issue", world.activity.code), {})
    assert early.status_code == 200 and early.context["form"].non_field_errors()
    actions.issue_certificates(world.activity, by=world.officer, now=world.after())
    certificate = Certificate.objects.unscoped().get()
    assert certificate.number in desk.get(url("certificates", world.activity.code)).content.decode()
    assert "svg" in desk.get(url("certificate", certificate.token)).content.decode()
    assert desk.post(url("certificate_revoke", certificate.token), {"reason": ""}).status_code == 200
    assert desk.post(url("certificate_revoke", certificate.token), {"reason": "代签"}).status_code == 302
    assert "已作废" in desk.get(url("certificate", certificate.token)).content.decode()
    below = client_of(officer(world.tree["unit_c"], Role.GRASSROOTS_OFFICER))
    assert below.get(url("certificate", certificate.token)).status_code == 404


def test_certificates_cost_the_same_with_one_woman_and_with_nine(world, desk):
    def queries() -> int:
        actions.issue_certificates(world.activity, by=world.officer, now=world.after())
        with CaptureQueriesContext(connection) as asked:
            assert desk.get(url("certificates", world.activity.code)).status_code == 200
        return len(asked)

    world.came()
    queries()
    alone = queries()
    for _ in range(8):
        world.came()
    assert queries() == alone


def test_the_evaluation_says_when_it_is_told(world, desk):
    page = desk.get(url("evaluation", world.activity.code)).content.decode()
    assert local(world.after(world.sessions[1], days=14)) in page


def test_one_activity_costs_the_same_with_two_sessions_and_with_ten(world, desk):
    def queries() -> int:
        with CaptureQueriesContext(connection) as asked:
            assert desk.get(url("activity", world.activity.code)).status_code == 200
        return len(asked)

    queries()
    before = queries()
    for number in range(8):
        world.session(days=20 + number)
    assert queries() == before


def test_sign_ups_are_found_by_number_without_one_in_the_address(world, desk):
    her = world.signed_up(world.woman(phone="19900007777")).worker
    world.signed_up(world.woman("unit_c"))
    answer = desk.post(url("signups_find"), {"text": "19900007777", "within": "state=confirmed"})
    assert her.token in answer["Location"] and "19900007777" not in answer["Location"]
    assert len(desk.get(answer["Location"]).context["object_list"]) == 1
    narrowed = desk.get(url("signups"), {"union": "T-B", "form": "class", "activity": world.activity.code})
    assert len(narrowed.context["object_list"]) == 1
    assert len(client_of(officer(world.tree["county_b"])).get(url("signups")).context["object_list"]) == 1
    empty = desk.get(url("signups"), {"form": "symposium"})
    assert len(empty.context["object_list"]) == 0


def test_hours_are_listed_by_year_and_each_woman_has_her_transcript(world, desk):
    her = world.came().worker
    page = desk.get(url("hours"), {"year": world.activity.year})
    (row,) = page.context["object_list"]
    assert (row.pk, row.hours) == (her.pk, 16)
    assert world.activity.title in desk.get(url("transcript", her.token)).content.decode()
    assert len(desk.get(url("hours"), {"year": world.activity.year - 1}).context["object_list"]) == 0
    stranger = client_of(officer(world.tree["county_b"]))
    assert stranger.get(url("transcript", her.token)).status_code == 404


def told(listing, user, query: str, opened: bool = False) -> list[list]:
    found = listing.find(user, QueryDict(query), opened)
    return [list(line) for line in listing.lines(found.rows, opened)]


def test_workbooks_say_what_the_lists_show_masked_unless_opened(world):
    her = world.came(world.woman(name="欧阳示例")).worker
    (line,) = told(exporters.SIGNUPS, world.officer, f"activity={world.activity.code}")
    assert her.name not in line and her.phone not in line
    assert line[0].startswith("HD-") and "职务: 委员" in line[-1].replace("：", ": ")
    (clear,) = told(exporters.SIGNUPS, world.officer, "", opened=True)
    assert clear[1:3] == [her.name, her.phone]
    (hours,) = told(exporters.HOURS, world.officer, f"year={world.activity.year}")
    assert hours[-2:] == [1, 16] and her.name not in hours
    assert told(exporters.HOURS, officer(world.tree["county_b"]), "") == []


def test_the_history_says_which_question_was_added_and_that_it_was_created(world, desk):
    page = desk.get(url("activity", world.activity.code)).content.decode()
    for question in world.activity.questions.all():
        assert f"已添加报名问题：{question.words}" in page
    assert "已创建" in page and "创建时间" not in page
