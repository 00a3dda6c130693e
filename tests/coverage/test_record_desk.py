"""The desk of records: the list, one union on one screen, each step by clicks alone, and what is typed wrongly."""

import re
from datetime import date, timedelta
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client, TestCase
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.timezone import localdate
from openpyxl import load_workbook
from wagtail.users.models import UserProfile

from services.casework.actions import scanning
from services.casework.models import private_storage
from services.coverage.enums import Form, LeftBecause, Position, TermState
from services.coverage.models import Paper, Requirements, Seat, Standing, Term
from services.coverage.todos import todos_for
from services.exchange.models import Export
from services.organizations.enums import Role
from tests.coverage.office import HEAD, Office, post
from tests.factories.coverage import RequirementsFactory, set_up, standing_of
from tests.factories.enrolment import photo
from tests.factories.organizations import UnionFactory
from tests.screening.people import BACKEND

pytestmark = pytest.mark.django_db


@pytest.fixture
def office():
    return Office()


def client_of(user, language: str = "") -> Client:
    client = Client()
    if language:
        UserProfile.objects.update_or_create(user=user, defaults={"preferred_language": language})
    client.force_login(user, backend=BACKEND)
    return client


@pytest.fixture
def in_english(settings):
    settings.LANGUAGE_CODE = "en"


def url(name, *args):
    return reverse(f"coverage_records:{name}", args=args)


def _members(*names: str) -> dict:
    """The lines of members as the form sends them."""
    lines = {"members-TOTAL_FORMS": len(names), "members-INITIAL_FORMS": 0, "members-MAX_NUM_FORMS": 30}
    for place, name in enumerate(names):
        lines |= {f"members-{place}-name": name, f"members-{place}-position": "member"}
    return lines


def _page(client, union) -> str:
    return client.get(url("one", union.code)).content.decode()


def test_from_nothing_to_a_committee_in_office_by_clicks_alone(office):
    code, officer, above = office.union.code, client_of(office.officer), client_of(office.above)
    assert url("prepare", code) in _page(officer, office.union)
    data = {"on": office.day(40).isoformat(), "years": 5}
    assert officer.post(url("prepare", code), data).status_code == 302
    assert url("elect", code, 1) in _page(officer, office.union)
    filed = {
        "on": office.day(20).isoformat(),
        "head": "示例主任甲",
        "union_post": "deputy",
        **_members("示例委员甲", ""),
    }
    assert officer.post(url("elect", code, 1), filed).status_code == 302
    page = _page(above, office.union)
    assert url("approve", code, 1) in page and "示例委员甲" in page
    assert url("approve", code, 1) not in _page(officer, office.union)
    assert above.post(url("approve", code, 1), {"on": office.day(10).isoformat()}).status_code == 302
    assert Term.objects.unscoped().get().state == TermState.IN_OFFICE
    assert url("prepare", code) in _page(officer, office.union)


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_what_is_wrong_stands_beside_its_field_and_nothing_typed_is_lost(office, language):
    office.prepared(ago=10)
    code, officer = office.union.code, client_of(office.officer, language)
    data = {"on": office.day(20).isoformat(), "head": "示例主任甲", "union_post": "", **_members("示例委员甲")}
    answer = officer.post(url("elect", code, 1), data)
    assert answer.status_code == 200
    errors = answer.context["form"].errors
    assert list(errors) == ["on"] and str(office.day(10)) in errors["on"][0]
    shown = answer.content.decode()
    assert 'value="示例主任甲"' in shown and 'value="示例委员甲"' in shown


def test_a_term_of_forty_years_is_no_choice_and_is_refused_when_sent(office):
    officer = client_of(office.officer)
    answer = officer.post(url("prepare", office.union.code), {"on": office.day(3).isoformat(), "years": 40})
    assert list(answer.context["form"].errors) == ["years"]
    above = client_of(office.above)
    term = office.approved()
    kept = {name: getattr(term, name) or "" for name in ("prepared_on", "elected_on", "approved_on", "ends_on")}
    sent = above.post(url("correct", office.union.code, 1), kept | {"years": 40, "reason": "示例"})
    assert list(sent.context["form"].errors) == ["years"]
    assert not Term.objects.unscoped().filter(years=40).exists()


def test_a_head_of_another_union_is_named_beside_the_field_that_lets_her_pass(office):
    set_up(UnionFactory(parent=office.county, name="示例另一工会"))
    Seat.objects.unscoped().update(name="示例主任甲")
    office.prepared()
    code, officer = office.union.code, client_of(office.officer)
    data = {"on": office.day(5).isoformat(), "head": "示例主任甲", "union_post": "chair", **_members()}
    answer = officer.post(url("elect", code, 1), data)
    assert "示例另一工会" in answer.context["form"].errors["also_because"][0]
    assert officer.post(url("elect", code, 1), data | {"also_because": "同名不同人"}).status_code == 302


def test_a_name_is_a_name_and_spaces_inside_it_hide_nobody(office):
    office.prepared()
    set_up(UnionFactory(parent=office.county, name="示例另一工会"))
    Seat.objects.unscoped().update(name="示例甲乙")
    code, officer = office.union.code, client_of(office.officer)
    data = {"on": office.day(5).isoformat(), "union_post": "chair", **_members("<b>", "13900001234")}
    answer = officer.post(url("elect", code, 1), data | {"head": "示例甲 乙"})
    assert [bool(one) for one in answer.context["members"].errors] == [True, True]
    answer = officer.post(url("elect", code, 1), data | _members() | {"head": "示例 甲 乙"})
    assert list(answer.context["form"].errors) == ["also_because"]
    assert list(officer.post(url("elect", code, 1), data | {"head": "=1+1"}).context["form"].errors) == ["head"]


def test_more_women_members_than_members_is_refused_where_it_is_typed(office):
    client = client_of(office.above)
    page = client.get(reverse("organizations_desk:edit", args=[office.union.code]))
    data = {name: value for name, value in page.context["form"].initial.items() if value is not None}
    data |= {"member_count": 10, "women_member_count": 11}
    answer = client.post(reverse("organizations_desk:edit", args=[office.union.code]), data)
    assert answer.status_code == 200 and answer.context["form"].errors
    assert office.standing.required == "committee"


def test_a_second_click_on_approve_says_that_it_was_done(office):
    term = office.elected()
    above = client_of(office.above)
    data = {"on": office.day(1).isoformat()}
    above.post(url("approve", office.union.code, term.number), data)
    again = above.post(url("approve", office.union.code, term.number), data, follow=True)
    assert again.status_code == 200
    assert [str(one.level_tag) for one in again.context["messages"]] == ["success", "info"]


@pytest.mark.usefixtures("in_english")
def test_the_record_says_why_each_thing_is_as_it_is(office):
    office.approved()
    page = _page(client_of(office.officer, "en"), office.union)
    assert "30 women members" in page and "a committee from 10 on" in page
    assert re.search(r"days apart \(up to 30 count as together\)", page)


def test_the_seats_of_a_term_change_hands_on_the_page(office):
    office.approved()
    code, officer = office.union.code, client_of(office.officer)
    head = Seat.objects.unscoped().get(position=Position.CHAIR)
    left = {"on": office.day(2).isoformat(), "because": LeftBecause.RETIRED}
    assert officer.post(url("seat_leave", code, 1, head.pk), left).status_code == 302
    assert url("seat_fill", code, 1, head.pk) in _page(officer, office.union)
    data = {"name": "示例主任乙", "position": "chair", "union_post": "equal", "on": office.day(1).isoformat()}
    assert officer.post(url("seat_fill", code, 1, head.pk), data).status_code == 302
    page = _page(officer, office.union)
    assert "示例主任乙" in page and url("seat_fill", code, 1, head.pk) not in page
    more = {"name": "示例委员丁", "position": "member", "union_post": "", "on": office.day(1).isoformat()}
    assert officer.post(url("seat_add", code, 1), more).status_code == 302
    again = officer.post(url("seat_add", code, 1), more)
    assert list(again.context["form"].errors) == ["name"]


def test_the_unions_own_dates_are_judged_together_and_what_somebody_else_saved_meanwhile_is_said(office):
    office.approved()
    code, officer = office.union.code, client_of(office.officer)
    page = officer.get(url("state_union", code))
    opened = page.context["form"]["as_opened"].value()
    wrong = {"union_prepared_on": office.day(5).isoformat(), "union_elected_on": office.day(6).isoformat()}
    answer = officer.post(url("state_union", code), wrong)
    assert list(answer.context["form"].errors) == ["union_elected_on"]
    right = {"union_prepared_on": office.day(7).isoformat(), "as_opened": opened}
    assert officer.post(url("state_union", code), right).status_code == 302
    late = officer.post(url("state_union", code), {"union_prepared_on": office.day(8).isoformat(), "as_opened": opened})
    assert str(office.day(7)) in late.context["form"].non_field_errors()[0]


def test_an_auditor_reads_and_may_do_nothing(office):
    office.elected()
    auditor = client_of(post(office.city, Role.AUDITOR))
    page = _page(auditor, office.union)
    own = [name for name in re.findall(r'href="([^"]+)"', page) if f"/unions/{office.union.code}/" in name]
    assert [name for name in own if not name.endswith("/record/")] == []
    assert auditor.get(url("approve", office.union.code, 1)).status_code == 403
    assert auditor.get(url("elect", office.union.code, 1)).status_code == 403


def test_a_union_out_of_reach_and_a_federation_have_no_record(office):
    elsewhere = client_of(post(UnionFactory(), Role.FEDERATION_OFFICER))
    assert elsewhere.get(url("one", office.union.code)).status_code == 404
    assert client_of(office.above).get(url("one", office.county.code)).status_code == 404


def test_a_paper_is_kept_and_opened_by_those_who_read_the_record_alone(office, settings, tmp_path):
    settings.CASE_DOCUMENTS_UNSCANNED = True
    code, officer = office.union.code, client_of(office.officer)
    upload = SimpleUploadedFile("选举记录.jpg", photo(90).read(), content_type="image/jpeg")
    assert officer.post(url("paper_add", code), {"kind": "election", "file": upload}).status_code == 302
    paper = Paper.objects.unscoped().get()
    answer = officer.get(url("paper", code, paper.token))
    assert answer.status_code == 200 and answer["X-Content-Type-Options"] == "nosniff"
    stranger = client_of(post(UnionFactory(), Role.FEDERATION_OFFICER))
    assert stranger.get(url("paper", code, paper.token)).status_code == 404
    other = UnionFactory(parent=office.county)
    assert officer.get(url("paper", other.code, paper.token)).status_code == 404
    refused = SimpleUploadedFile("run.jpg", b"MZ\x90not a picture", content_type="image/jpeg")
    answer = officer.post(url("paper_add", code), {"kind": "minutes", "file": refused})
    assert list(answer.context["form"].errors) == ["file"]
    assert officer.post(url("paper_remove", code, paper.token)).status_code == 302
    assert officer.get(url("paper", code, paper.token)).status_code == 404


def test_a_paper_that_nobody_has_judged_is_shown_to_nobody(office, settings):
    settings.CASE_DOCUMENTS_UNSCANNED, settings.CLAMAV_HOST = False, ""
    code, officer = office.union.code, client_of(office.officer)
    upload = SimpleUploadedFile("批复.jpg", photo(90).read(), content_type="image/jpeg")
    officer.post(url("paper_add", code), {"kind": "approval", "file": upload})
    paper = Paper.objects.unscoped().get()
    assert officer.get(url("paper", code, paper.token)).status_code == 404
    assert "批复.jpg" in _page(officer, office.union)


def test_a_harmful_paper_is_deleted_and_the_story_says_so(office, settings, monkeypatch):
    settings.CLAMAV_HOST = "127.0.0.1"
    code, officer = office.union.code, client_of(office.officer)
    upload = SimpleUploadedFile("批复.jpg", photo(90).read(), content_type="image/jpeg")
    officer.post(url("paper_add", code), {"kind": "approval", "file": upload})
    name = Paper.objects.unscoped().get().file.name
    monkeypatch.setattr(scanning, "is_harmless", lambda stream: False)
    with TestCase.captureOnCommitCallbacks(execute=True):
        scanning.scan_waiting(now=office.now)
    paper = Paper.objects.unscoped().get()
    assert (paper.scan, bool(paper.file)) == ("infected", False)
    assert not private_storage().exists(name)
    assert "批复.jpg" not in _page(officer, office.union)


def test_the_list_is_narrowed_by_what_the_figures_count(office):
    bare = UnionFactory(parent=office.county, name="示例未建工会", women_member_count=50, industry="纺织")
    standing_of(bare)
    office.approved()
    client = client_of(office.above)

    def listed(query: str) -> set[str]:
        page = client.get(f"{url('list')}?{query}")
        assert page.status_code == 200
        return {row.organization.code for row in page.context["object_list"]}

    assert listed("") == {office.union.code, bare.code}
    assert listed("built=yes") == {office.union.code}
    assert listed("form=unstated&required=committee") == {bare.code}
    assert listed("industry=纺织") == {bare.code}
    assert listed("q=未建") == {bare.code}
    assert listed(f"q={office.union.code}") == {office.union.code}
    assert listed(f"union={office.county.code}&term=running") == {office.union.code}
    assert listed("size=huge") == set()


@pytest.mark.usefixtures("in_english")
def test_the_story_of_a_record_says_what_stood_there_before_a_correction(office):
    office.approved()
    above = client_of(office.above)
    page = above.get(url("correct", office.union.code, 1))
    data = {name: value or "" for name, value in page.context["form"].initial.items()}
    data |= {"approved_on": office.day(9).isoformat(), "reason": "录入笔误"}
    assert above.post(url("correct", office.union.code, 1), data).status_code == 302
    was, is_now = (date_format(office.day(days), "DATE_FORMAT") for days in (10, 9))
    told = f"approved on {was} → {is_now}; reason: 录入笔误"
    assert told in _page(above, office.union)


@pytest.mark.usefixtures("in_english")
def test_the_list_leaves_as_a_workbook_with_the_rows_it_shows(office):
    bare = UnionFactory(parent=office.county, name="示例未建工会", women_member_count=50)
    standing_of(bare)
    office.approved()
    client = client_of(office.above, "en")
    client.post(f"{reverse('exports:ask', args=['coverage'])}?built=yes")
    made = Export.objects.get()
    answer = client.get(reverse("exports:download", args=[made.token]))
    sheets = load_workbook(BytesIO(b"".join(answer.streaming_content))).worksheets
    cells = {str(value) for sheet in sheets for row in sheet.iter_rows(values_only=True) for value in row if value}
    assert {office.union.name, HEAD.name, "A committee is required"} <= cells
    assert bare.name not in cells


def test_the_list_costs_the_same_at_one_row_and_at_thirty(office):
    set_up(office.union)
    client = client_of(office.above)

    def cost() -> int:
        with CaptureQueriesContext(
            connection,
        ) as asked:
            assert client.get(url("list")).status_code == 200
        return len(asked)

    cost()
    one = cost()
    for _number in range(29):
        set_up(UnionFactory(parent=office.county, women_member_count=20))
    assert cost() == one


def test_requirements_are_set_for_the_days_to_come_and_never_changed_once_they_have_begun(office):
    RequirementsFactory(organization=office.city, committee_from=12)
    client = client_of(post(office.city, Role.FEDERATION_OFFICER))
    page = client.get(url("requirements_add"))
    assert page.context["form"]["committee_from"].value() == 12
    data = {
        "organization": office.city.pk,
        "valid_from": localdate().isoformat(),
        "committee_from": 15,
        "same_time_days": 20,
        "term_years": "3，5",
        "reminder_days": "60, 30, 0",
        "return_due_month": 10,
        "return_due_day": 22,
        "source": "示例市总工会规定",
    }
    assert list(client.post(url("requirements_add"), data).context["form"].errors) == ["valid_from"]
    assert list(client.post(url("requirements_add"), data | {"term_years": "3, x"}).context["form"].errors) == [
        "term_years"
    ]
    tomorrow = localdate() + timedelta(days=1)
    assert client.post(url("requirements_add"), data | {"valid_from": tomorrow.isoformat()}).status_code == 302
    made = Requirements.objects.get(valid_from=tomorrow)
    assert (made.term_years, made.reminder_days) == ([3, 5], [60, 30, 0])
    changed = data | {"valid_from": tomorrow.isoformat(), "committee_from": 20}
    assert client.post(url("requirements_edit", made.pk), changed).status_code == 302
    Requirements.objects.filter(pk=made.pk).update(valid_from=date(2026, 1, 1))
    refused = client.post(url("requirements_edit", made.pk), changed | {"committee_from": 30})
    assert list(refused.context["form"].errors) == ["valid_from"]
    assert Requirements.objects.get(pk=made.pk).committee_from == 20


def test_the_desk_s_first_page_says_what_waits_for_whom(office):
    term = office.elected()
    waiting = todos_for(office.above)
    assert [f"step={TermState.ELECTED}" in todo.url for todo in waiting] == [True]
    assert todos_for(office.officer) == []
    client = client_of(office.above)
    listed = client.get(waiting[0].url).context["object_list"]
    assert [row.organization for row in listed] == [office.union]
    Term.objects.unscoped().filter(pk=term.pk).update(state=TermState.RETURNED)
    assert [f"step={TermState.RETURNED}" in todo.url for todo in todos_for(office.officer)] == [True]


def test_a_union_whose_term_is_over_is_told_on_the_first_page(office):
    set_up(office.union, on=localdate() - timedelta(days=2000))
    todo = todos_for(office.officer)[0]
    assert todo.overdue and "term=overdue" in todo.url
    assert Standing.objects.unscoped().get(organization=office.union).form == Form.COMMITTEE
    assert HEAD.name not in todo.text


def test_the_next_term_is_offered_as_long_as_the_one_in_office(office):
    assert client_of(office.officer).get(url("prepare", office.union.code)).context["form"]["years"].value() is None
    office.approved()
    page = client_of(office.officer).get(url("prepare", office.union.code))
    assert page.context["form"]["years"].value() == 5


@pytest.mark.usefixtures("in_english")
def test_a_record_writes_all_its_days_in_one_form(office):
    office.approved()
    page = _page(client_of(office.above), office.union)
    assert date_format(office.day(10), "DATE_FORMAT") in page
    shown = re.sub(r"<[^>]*>", " ", page)
    assert office.day(10).isoformat() not in shown
