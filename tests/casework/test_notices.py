"""Public notices: made from cases, masked on the server, gone when their time is over."""

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from services.casework import actions, errors
from services.casework.actions.notices import end_due_notices, publish_notice, take_down
from services.casework.enums import NoticeState, Stage
from services.casework.models import Case, NoticeLine, PublicNotice
from services.casework.queries.notices import drawn_lines
from services.casework.rules.notice import fingerprint
from services.casework.tasks import end_notices
from tests.casework.notice_world import (
    ALIKE,
    LAST_DAY,
    LAST_SECOND,
    MIDNIGHT,
    at,
    days,
    fields,
    first_line,
    objected,
    published,
    signed_in,
    waiting,
)
from tests.factories.casework import MONDAY
from tests.factories.workers import WorkerFactory

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def shown(allowance, monkeypatch):
    monkeypatch.setattr(allowance, "notice_fields", fields, raising=False)


def fresh(case: Case) -> Case:
    return Case.objects.unscoped().get(pk=case.pk)


def test_every_case_stands_on_it_for_the_working_days_of_its_route(noticed):
    cases = waiting(noticed)
    notice = published(noticed, cases)
    assert (notice.begins_on, notice.ends_on, notice.working_days) == (date(2026, 3, 2), date(2026, 3, 9), 5)
    assert {(case.stage, case.due_on) for case in map(fresh, cases)} == {(Stage.NOTICE, date(2026, 3, 9))}
    assert fresh(cases[0]).events.get(verb="publish").details["notice"] == notice.number


def test_people_with_one_mask_have_lines_with_numbers_of_their_own(noticed):
    notice = published(noticed)
    lines = list(notice.lines.all())
    assert {(line.masked_name, line.unit) for line in lines} == {("张*梅", noticed.tree["unit_a"].name)}
    assert len({line.number for line in lines}) == 3
    assert all(line.number.startswith(notice.number) for line in lines)


def test_whoever_shares_workplace_and_mask_with_too_few_is_shown_coarser(noticed, settings):
    settings.NOTICE_SMALLEST_GROUP = 4
    lines = list(published(noticed).lines.all())
    assert {(line.masked_name, line.unit, line.coarse) for line in lines} == {("张**", "", True)}


def test_colleagues_on_the_roster_hide_her_although_they_are_not_on_the_notice(noticed):
    """Of those at work: whoever has left hides nobody."""
    case = waiting(noticed, "张晓梅")[0]
    unit, sister = noticed.tree["unit_a"], noticed.tree["unit_b"]
    WorkerFactory(organization=unit, name="张小梅")
    gone = WorkerFactory(organization=unit, name="张雪梅", state="left")
    (line,) = drawn_lines(noticed.tree["town_a"], "allowance", [case])
    assert (line.masked_name, line.unit) == ("张**", "")
    WorkerFactory(organization=sister, name="张红梅")
    (line,) = drawn_lines(noticed.tree["town_a"], "allowance", [case])
    assert (line.masked_name, line.unit) == ("张*梅", "")
    type(gone).objects.unscoped().filter(pk=gone.pk).update(state="active")
    (line,) = drawn_lines(noticed.tree["town_a"], "allowance", [case])
    assert (line.masked_name, line.unit) == ("张*梅", unit.name)


def test_it_is_all_of_them_or_none(noticed):
    cases = [*waiting(noticed), noticed.submitted()]
    with pytest.raises(errors.NotForThisNotice):
        published(noticed, cases)
    assert not PublicNotice.objects.unscoped().exists() and not NoticeLine.objects.exists()
    assert {fresh(case).stage for case in cases} == {Stage.IN_REVIEW}


def test_sent_twice_it_is_one_notice_and_no_case_stands_on_two(noticed):
    cases = waiting(noticed)
    notice = published(noticed, cases)
    assert published(noticed, cases) == notice
    for again, by in ((cases[:2], "town"), ([*cases, *waiting(noticed, "李秀英")], "town"), (cases, "town_two")):
        with pytest.raises(errors.NotForThisNotice):
            published(noticed, again, by=noticed.officers[by])
    assert NoticeLine.objects.count() == 3


def test_nobody_publishes_for_a_desk_that_is_not_hers(noticed):
    cases = waiting(noticed)
    for stranger in ("union", "county", "city"):
        with pytest.raises(PermissionDenied):
            published(noticed, cases, by=noticed.officers[stranger])


def test_what_looks_different_since_the_preview_is_not_published(noticed):
    cases = waiting(noticed)
    town = noticed.tree["town_a"]
    seen = fingerprint(drawn_lines(town, "allowance", cases))
    asked = {"organization": town, "service": "allowance", "by": noticed.officers["town"], "now": MONDAY, "seen": seen}
    with pytest.raises(errors.ChangedSincePreview):
        publish_notice(cases=cases[:2], **asked)
    assert publish_notice(cases=cases, **asked).lines.count() == 3


def test_nothing_can_be_typed_into_a_notice_and_nothing_but_three_fields_is_shown(noticed, allowance, monkeypatch):
    telling = {"diagnosis": "示例", "child": "示例", "phone": "19900001234", "programme": "大病救助", "amount": "5 元"}
    monkeypatch.setattr(allowance, "notice_fields", lambda cases: {case.pk: telling for case in cases})
    assert [line.shown for line in published(noticed).lines.all()] == [{"amount": "5 元"}] * 3


def test_an_empty_notice_is_refused(noticed):
    with pytest.raises(errors.NobodyOnNotice):
        publish_notice(
            organization=noticed.tree["town_a"],
            service="allowance",
            cases=[],
            by=noticed.officers["town"],
            now=MONDAY,
        )


@pytest.mark.parametrize("path", ["notice", "object"])
def test_it_is_seen_until_the_last_second_in_shanghai_and_answers_410_from_midnight(noticed, client, path):
    notice = published(noticed)
    address = reverse(f"notices:{path}", args=[notice.token] + ([1] if path == "object" else []))
    for moment, status in ((MONDAY, 200), (LAST_SECOND, 200), (MIDNIGHT, 410)):
        with at(moment):
            assert client.get(address).status_code == status, moment


def test_before_the_task_has_run_nothing_of_it_is_left_anywhere(noticed, client, settings):
    settings.PAGE_CACHE_SECONDS = 300
    notice = published(noticed)
    page = reverse("notices:notice", args=[notice.token])
    with at(LAST_SECOND):
        first = client.get(page)
        assert "张*梅" in first.content.decode()
    assert "no-store" in first["Cache-Control"] and first["X-Robots-Tag"].startswith("noindex")
    with at(MIDNIGHT):
        for address in (reverse("notices:list"), "/search/?q=张", "/sitemap.xml", f"/search/?q={notice.number}"):
            body = client.get(address).content.decode()
            assert "张*梅" not in body and notice.token not in body, address
        assert "张*梅" not in client.get(page).content.decode()
        assert client.get(page).status_code == 410
    assert fresh(first_line(notice).case).stage == Stage.NOTICE  # the task hasn't run


def test_no_page_of_the_site_lists_notices_for_machines(noticed, client):
    notice = published(noticed)
    with at(MONDAY):
        assert notice.token in client.get(reverse("notices:list")).content.decode()
        for address in ("/sitemap.xml", f"/search/?q={notice.number}", "/search/?q=两节送温暖"):
            assert notice.token not in client.get(address).content.decode()


def test_a_notice_that_never_was_is_not_found(client):
    assert client.get(reverse("notices:notice", args=["A" * 22])).status_code == 404


def test_after_the_last_day_the_cases_go_on_and_a_second_run_changes_nothing(noticed):
    cases = waiting(noticed)
    notice = published(noticed, cases)
    assert end_due_notices(now=LAST_SECOND) == 0
    assert end_due_notices(now=MIDNIGHT) == 3
    assert end_due_notices(now=MIDNIGHT) == 0
    assert {(fresh(case).stage, fresh(case).position) for case in cases} == {(Stage.IN_REVIEW, 3)}
    notice = PublicNotice.objects.unscoped().get(pk=notice.pk)
    assert notice.state == NoticeState.ENDED


def test_a_line_with_an_open_objection_waits_and_the_others_go_on(noticed):
    cases = waiting(noticed)
    notice = published(noticed, cases)
    held = first_line(notice).case
    objected(first_line(notice))
    with at(MIDNIGHT):
        end_notices()
    assert {fresh(case).stage for case in cases if case.pk != held.pk} == {Stage.IN_REVIEW}
    held = fresh(held)
    assert held.stage == Stage.OBJECTION
    with pytest.raises(errors.NotPossibleNow):
        actions.approve(held, by=noticed.officers["county"], now=MIDNIGHT)
    others = [fresh(case) for case in cases if case.pk != held.pk]
    assert {actions.approve(case, by=noticed.officers["county"], now=MIDNIGHT).stage for case in others} == {"approved"}


def test_a_withdrawn_application_leaves_the_notice_at_once(noticed, client):
    notice = published(noticed)
    line = first_line(notice)
    actions.withdraw(line.case, by=line.case.worker.user, now=MONDAY)
    with at(MONDAY):
        page = client.get(reverse("notices:notice", args=[notice.token])).content.decode()
        assert line.number not in page and page.count("张*梅") == 2
        assert client.get(reverse("notices:object", args=[notice.token, line.position])).status_code == 404


def test_taken_down_it_is_gone_and_its_cases_wait_for_another_one(noticed, client):
    cases = waiting(noticed)
    notice = published(noticed, cases)
    with pytest.raises(PermissionDenied):
        take_down(notice, because="x", told="x", by=noticed.officers["union"], now=MONDAY)
    with pytest.raises(errors.ReasonMissing):
        take_down(notice, because=" ", told="x", by=noticed.officers["town"], now=MONDAY)
    take_down(notice, because="项目写错", told="公示有误，将重新公示。", by=noticed.officers["town"], now=MONDAY)
    with at(MONDAY):
        assert client.get(reverse("notices:notice", args=[notice.token])).status_code == 410
    assert {(fresh(case).stage, fresh(case).position) for case in cases} == {(Stage.IN_REVIEW, 2)}
    again = published(noticed, [fresh(case) for case in cases], now=MONDAY + days(1))
    assert again.ends_on == date(2026, 3, 10)
    assert end_due_notices(now=MIDNIGHT) == 0
    assert end_due_notices(now=MIDNIGHT + days(1)) == 3


def test_she_sees_her_own_line_before_it_is_public_and_while_it_is(noticed):
    case = waiting(noticed, *ALIKE)[0]
    client = signed_in(case.worker.user)
    address = reverse("notices:own_line", args=[case.token])
    with at(MONDAY):
        before = client.get(address).content.decode()
        assert "张*梅" in before and "2,000.00 元" in before and noticed.tree["unit_a"].name in before
        others = waiting(noticed, "张小梅", "张雪梅")
        notice = published(noticed, [case, *others])
        now = client.get(address).content.decode()
        assert notice.lines.get(case=case).number in now
    assert case.worker.name not in before + now


def test_nobody_else_sees_her_own_line(noticed):
    case, other = waiting(noticed, "张晓梅", "张小梅")
    address = reverse("notices:own_line", args=[case.token])
    assert signed_in(other.worker.user).get(address).status_code == 404
    assert signed_in(noticed.officers["town"]).get(address).status_code == 403


def test_a_notice_of_thirty_lines_costs_the_queries_of_one(noticed, client, django_assert_max_num_queries):
    notice = published(noticed, waiting(noticed, *[f"张{c}梅" for c in "晓小雪红云春夏秋冬金银玉"]))
    with at(LAST_DAY), django_assert_max_num_queries(9):
        assert client.get(reverse("notices:notice", args=[notice.token])).status_code == 200


def test_one_line_is_found_by_its_number(noticed, client):
    notice = published(noticed)
    line = first_line(notice)
    page = reverse("notices:notice", args=[notice.token])
    with at(MONDAY):
        found = client.get(page, {"number": f" {line.number.lower()} "}).content.decode()
        none = client.get(page, {"number": "<script>"}).content.decode()
    assert found.count("张*梅") == 1 and line.number in found
    assert "张*梅" not in none and "<script>" not in none
