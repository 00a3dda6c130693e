"""What a home is and does: premises, committee, teachers, rules, volunteers who are cleared, activities."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from wagtail.log_actions import registry

from services.childrens_homes import errors, told
from services.childrens_homes.actions import committees, life, rooms, staff, volunteers
from services.childrens_homes.actions.homes import move_home
from services.childrens_homes.enums import HomeState, Vetting
from services.childrens_homes.figures import REPORTS
from services.childrens_homes.models import Committee, Home, ServiceLog, Volunteer
from services.childrens_homes.queries.compliance import LACKING, lacking
from services.childrens_homes.queries.people import (
    hours_of,
    standing_filter,
    standing_of,
    with_vetting,
    without_activity,
)
from services.childrens_homes.queries.readiness import judged
from services.childrens_homes.queries.requirements import WARN
from services.childrens_homes.registry import obstacles
from services.childrens_homes.rules.people import vetting_on
from services.childrens_homes.todos import todos_for
from services.foundation.verdict import Outcome
from tests.childrens_homes.office import Office, client_of

pytestmark = pytest.mark.django_db
SEATS = [
    ("chair", "township_deputy", "示例组长"),
    ("vice", "township_wf_chair", "示例副组长"),
    ("vice", "school_head", "示例校长"),
]


@pytest.fixture
def office():
    return Office()


@pytest.fixture
def home(office):
    return office.home()


def _committee(office, home, members=SEATS, **more) -> Committee:
    given = {"formed_on": office.today, "doc_no": ""} | more
    return committees.form_home_committee(home, members=members, by=office.county, today=office.today, **given)


def _staff(office, home, name="示例教师甲", **more):
    given = {"role": "teacher", "education": "college", "paid_by": "none", "from_on": office.today} | more
    return staff.add_staff(home, person_name=name, by=office.teacher, **given)


def _service(office, home, one, on=None, hours="2"):
    return volunteers.log_service(
        home, one, on=on or office.today, hours=Decimal(hours), what="示例", by=office.teacher
    )


def _activity(office, home, **more):
    given = {
        "on": office.today,
        "kind": "study",
        "theme": "示例主题",
        "hours": Decimal(2),
        "children": 20,
        "carers": 0,
        "teachers": [],
        "volunteers": [],
    }
    return life.record_activity(home, by=office.teacher, today=office.today, **(given | more))


def _rules(office, home, *kinds, on_wall=True):
    for kind in kinds:
        life.add_regulation(
            home, kind=kind, year=office.today.year, title="示例", on_wall=on_wall, by=office.county, now=office.now
        )


def _said(home, day) -> dict:
    return {one.code: one.outcome for one in judged([home], day)[home.pk]}


def test_a_teacher_states_the_rooms_of_her_home_and_no_other(office, home):
    other = office.home("school_b", code="LSZJ-990001-009")
    said = {"room_m2": Decimal("52.5"), "outdoor_m2": Decimal(120), "internet": True, "today": office.today}
    rooms.state_rooms(home, by=office.teacher, **said)
    home.refresh_from_db()
    assert (home.room_m2, home.internet, home.video_call) == (Decimal("52.5"), True, None)
    with pytest.raises(PermissionDenied):
        rooms.state_rooms(other, by=office.teacher, **said)
    with pytest.raises(errors.AreaAbsurd):
        rooms.state_rooms(home, by=office.teacher, **(said | {"room_m2": Decimal(4000)}))


def test_v2_a_home_has_one_committee_and_a_new_one_ends_the_earlier(office, home):
    first = _committee(office, home, formed_on=office.day(9))
    second = _committee(office, home)
    first.refresh_from_db()
    assert first.dissolved_on == office.today and second.dissolved_on is None
    with pytest.raises(IntegrityError), transaction.atomic():
        Committee.objects.unscoped().filter(pk=first.pk).update(dissolved_on=None)


def test_v3_a_committee_without_the_posts_of_the_plan_is_refused_with_their_names(office, home):
    with pytest.raises(errors.CommitteeIncomplete) as refused:
        _committee(office, home, SEATS[:2])
    assert refused.value.context["missing"]
    small = office.home("nursery", code="LSZJ-990001-003")
    with pytest.raises(errors.CommitteeIncomplete):
        _committee(office, small)
    village = [
        ("chair", "village_director", "示例主任"),
        ("vice", "village_women_head", "示例甲"),
        ("vice", "kindergarten_head", "示例园长"),
    ]
    assert _committee(office, small, village).members.count() == 3


def test_t16_a_county_has_groups_of_several_kinds_each_once(office):
    head = [("chair", "party_government_deputy", "示例领导")]
    said = {"formed_on": office.today, "doc_no": "", "by": office.county, "today": office.today}
    for kind in ("county_construction_lg", "county_operation_lg", "county_operation_lg"):
        committees.form_leading_group(office.tree["county_a"], kind=kind, members=head, **said)
    assert Committee.objects.unscoped().filter(dissolved_on__isnull=True).count() == 2
    with pytest.raises(errors.CommitteeIncomplete):
        wrong = [("chair", "county_wf_chair", "示例主席")]
        committees.form_leading_group(office.tree["county_a"], kind="county_construction_lg", members=wrong, **said)


def test_v4_a_third_teacher_wants_a_confirmation(office, home):
    for name in ("示例教师甲", "示例教师乙"):
        _staff(office, home, name)
    with pytest.raises(errors.TooManyTeachers):
        _staff(office, home, "示例教师丙")
    _staff(office, home, "示例教师丙", all_the_same=True)
    assert _said(home, office.today)["teachers"] == Outcome.NOTE


def test_v5_a_manager_has_the_education_and_a_school_pays_nothing_on_top(office, home):
    with pytest.raises(errors.EducationTooLow):
        _staff(office, home, role="manager", education="secondary_voc")
    with pytest.raises(errors.PaidWrongly):
        _staff(office, home, paid_by="fees")
    one = _staff(office, home, role="manager")
    with pytest.raises(errors.Invalid):
        _staff(office, home, role="manager")
    staff.end_staff(one, until_on=office.today, by=office.teacher)
    assert staff.end_staff(one, until_on=office.day(-5), by=office.teacher).until_on == office.today


def test_v7_the_roster_refuses_whoever_isnt_cleared_on_that_very_day(office, home):
    never, bad = office.volunteer(checked_ago=None), office.volunteer(result="not_cleared")
    for one in (never, bad):
        with pytest.raises(errors.NotVetted):
            _service(office, home, one)
    good = office.volunteer(checked_ago=30)
    with pytest.raises(errors.NotVetted):
        _service(office, home, good, on=office.day(31))
    _service(office, home, good, on=office.day(30))
    with pytest.raises(errors.NotVetted):
        _service(office, home, good, on=office.today + timedelta(days=400))
    with pytest.raises(errors.Invalid):
        _service(office, home, good, on=office.day(30))
    assert ServiceLog.objects.unscoped().count() == 1 and hours_of(good, office.today) == 2


def test_v7_holds_for_activities_too(office, home):
    with pytest.raises(errors.NotVetted) as refused:
        _activity(office, home, volunteers=[office.volunteer(checked_ago=None)])
    assert refused.value.context["field"] == "volunteers"
    _activity(office, home, volunteers=[office.volunteer()], teachers=[_staff(office, home)])
    with pytest.raises(errors.Invalid):
        _activity(office, home)


def test_a_volunteer_of_another_county_and_one_who_left_are_refused(office, home):
    with pytest.raises(errors.NotOfThisHome):
        _service(office, home, office.volunteer("county_b"))
    gone = office.volunteer()
    volunteers.leave(gone, left_on=office.day(2), by=office.county)
    with pytest.raises(errors.Gone):
        _service(office, home, gone)


def test_a_check_counts_for_twelve_months_at_most_and_keeps_no_paper(office):
    one = office.volunteer(checked_ago=None)
    said = {"result": "cleared", "document_number": "示例1", "by": office.county, "today": office.today}
    with pytest.raises(errors.VettingTooLong):
        volunteers.record_vetting(one, checked_on=office.today, valid_until=office.today + timedelta(days=366), **said)
    with pytest.raises(errors.DayAhead):
        volunteers.record_vetting(one, checked_on=office.today + timedelta(days=1), **said)
    record = volunteers.record_vetting(one, checked_on=office.today, **said)
    assert 363 <= (record.valid_until - office.today).days <= 365
    fields = {field.name for field in record._meta.fields}
    assert fields == {
        "id", "volunteer", "result", "document_number", "checked_on", "valid_until", "recorded_by", "recorded_at"
    }  # fmt: skip


def test_nobody_is_on_the_roster_of_a_home_that_isnt_open(office):
    home = office.home(state=HomeState.SUSPENDED)
    with pytest.raises(errors.HomeNotRunning):
        _service(office, home, office.volunteer())
    with pytest.raises(errors.HomeNotRunning):
        _activity(office, home)


@pytest.mark.parametrize("ago", [None, 1, 330, 336, 360, 400])
def test_lists_and_rule_agree_where_a_check_stands(office, ago):
    one = office.volunteer(checked_ago=ago)
    rows = with_vetting(Volunteer.objects.unscoped(), office.today)
    records = list(one.vetting.values_list("checked_on", "result", "valid_until"))
    by_rule = vetting_on(office.today, records, warn=WARN)
    assert standing_of(rows.get(), office.today) == by_rule
    assert [code for code in Vetting.values if rows.filter(standing_filter(code, office.today)).exists()] == [by_rule]


def test_readiness_and_the_filters_of_lists_say_the_same(office, home):
    bare = office.home(
        "school_b", code="LSZJ-990001-002", room_m2=None, outdoor_m2=Decimal(99), internet=False, safe=False
    )
    small = office.home("nursery", code="LSZJ-990001-003", internet=None, room_m2=Decimal(40), safe=True)
    _committee(office, home)
    _staff(office, home)
    _rules(office, home, "study", "activity", "management", "annual_plan", "long_term_plan")
    _rules(office, small, "study", "activity", on_wall=False)
    homes = [home, bare, small]
    rows = Home.objects.unscoped()
    for code in LACKING:
        judged_so = {
            one.pk
            for one in homes
            for finding in judged([one], office.today)[one.pk]
            if finding.code == code and finding.outcome in (Outcome.FAILED, Outcome.UNKNOWN)
        }
        # A committee on record counts for the list; whether its posts are right, the finding says.
        assert set(lacking(rows, code, office.today).values_list("pk", flat=True)) == judged_so, code


def test_a_later_rule_of_the_same_kind_takes_the_place_of_the_earlier(office, home):
    _rules(office, home, "study", "study")
    assert home.regulations.filter(replaced_at__isnull=True).count() == 1 and home.regulations.count() == 2
    document = home.regulations.get(replaced_at__isnull=True)
    life.hang_up(document, on_wall=False, by=office.teacher)
    assert _said(home, office.today)["wall_rules"] == Outcome.FAILED


def test_v6_a_county_without_video_calls_is_named(office, home):
    office.home("school_c", code="LSZJ-990002-001", video_call=False)
    report = REPORTS["compliance"](office.city, office.programme, office.today)
    assert office.tree["county_b"].name in report.finding and office.tree["county_a"].name not in report.finding
    assert [row[-1].bad for row in report.rows] == [False, True]


def test_homes_without_activity_are_told_for_a_month(office, home):
    office.home("school_b", code="LSZJ-990001-002")
    _activity(office, home)
    rows = without_activity(Home.objects.unscoped(), office.today)
    assert [one.code for one in rows] == ["LSZJ-990001-002"]
    report = REPORTS["activities"](office.county, office.programme, office.today)
    assert report.rows[0][-1].value == 1 and report.rows[0][-2].value == 1


def test_what_a_home_tells_costs_the_same_for_one_and_for_thirty(office, home, django_assert_num_queries):
    _activity(office, home, volunteers=[office.volunteer()])
    with CaptureQueriesContext(connection) as asked:
        found = told.facts([home], office.today)
    said = {one.code: one.value for one in found[home.pk]}
    assert (said["room_m2"], said["activities"], said["committee"], said["letters_signed"]) == (48, 1, False, False)
    hosts = ("school_b", "nursery", "school_c")
    more = [office.home(host, code=f"LSZJ-990001-0{n}0") for n, host in enumerate(hosts, start=2)]
    with django_assert_num_queries(len(asked)):
        told.facts([home, *more], office.today)


def test_a_home_is_taken_further_and_what_stands_against_it_is_said(office):
    home = office.home(state=HomeState.PLANNED)
    obstacles.register("test", lambda home, verb: ["设备未到齐"] if verb == "declare_equipped" else [])
    try:
        move_home(home, "start_building", by=office.county)
        with pytest.raises(errors.StandsAgainst) as refused:
            move_home(home, "declare_equipped", by=office.county)
    finally:
        obstacles._items.pop("test")
    assert "设备未到齐" in refused.value.message(staff=True)
    with pytest.raises(PermissionDenied):
        move_home(home, "close", by=office.county, reason="示例")
    with pytest.raises(errors.ReasonMissing):
        move_home(home, "close", by=office.city)
    assert move_home(home, "close", by=office.city, reason="示例").state == HomeState.CLOSED


def test_what_waits_for_each_stands_on_her_desk(office):
    office.moved(office.application(), "submit")
    urls = [one.url for one in todos_for(office.county)]
    assert any("state=submitted" in one for one in urls)
    assert not any("state=submitted" in one.url for one in todos_for(office.other))
    office.volunteer(checked_ago=400)
    assert any("vetting=expired" in one.url and one.overdue for one in todos_for(office.county))
    assert [one for one in todos_for(office.teacher) if "volunteers" in one.url] == []


def test_what_an_activity_was_can_be_corrected_with_a_reason(office, home):
    """Else a slip of the pen stays in the reports for good."""
    one = _activity(office, home, children=200)
    said = {"kind": "study", "theme": "示例主题", "hours": Decimal(2), "children": 20, "carers": 0}
    with pytest.raises(errors.ReasonMissing):
        life.correct_activity(one, because=" ", by=office.teacher, **said)
    with pytest.raises(PermissionDenied):
        life.correct_activity(one, because="多写了一个零", by=office.other, **said)
    with pytest.raises(errors.Invalid):
        life.correct_activity(one, because="多写了一个零", by=office.teacher, **said | {"hours": Decimal(13)})
    page = reverse("childrens_homes_desk:activity_correct", args=[one.token])
    client = client_of(office.teacher)
    assert client.post(page, {name: str(value) for name, value in said.items()}).status_code == 200
    sent = {name: str(value) for name, value in said.items()} | {"reason": "多写了一个零"}
    assert client.post(page, sent).status_code == 302
    one.refresh_from_db()
    assert one.children == 20 and page in client.get(reverse("childrens_homes_desk:activity", args=[one.token])).text
    kept = registry.get_logs_for_instance(home).get(action="childrens_homes.correct_activity")
    assert kept.data["before"] == {"children": "200"} and kept.data["reason"] == "多写了一个零"
