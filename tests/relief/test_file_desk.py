"""Hardship files at the desk: lists, search, masked pages, looks on record, conflicts shown, nothing typed lost."""

from datetime import date

import pytest
from django.db import connection
from django.http import QueryDict
from django.template.loader import render_to_string
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from services.casework.models import ReviewRoute
from services.foundation.exports import exports
from services.privacy.models import AccessRecord
from services.relief.case_service import ReliefService
from services.relief.models import Application, Award, HomeVisit, Household, Member, OverlapDecision, ReturnVisit
from tests.factories.households import answered, at_decision, drafted, filled, fresh, on_file, relief_world, submitted
from tests.factories.measured import awarded, decided
from tests.factories.organizations import UnionFactory
from tests.factories.workers import WorkerFactory
from tests.house.test_lists import _queries

pytestmark = pytest.mark.django_db


@pytest.fixture
def world():
    return relief_world()


def _client(user) -> Client:
    client = Client()
    client.force_login(user, backend="services.accounts.backends.StaffPassword")
    return client


def _file_of(her, number: int) -> Household:
    now = timezone.now()
    return Household.objects.create(
        worker=her,
        number=f"DA-X-26-{number:06d}-0",
        organization=her.organization,
        path=her.organization.path,
        created_at=now,
        changed_at=now,
    )


def _award(world, number: int) -> None:
    day = date(2026, 3, 1 + number % 28)
    case = decided(world.tree["unit_a"], ReviewRoute.objects.get(code="relief-aid"), on=day, decided_on=day, took=1)
    awarded(case, world.programmes["emergency"], amount="100", on=day)


def test_the_lists_cost_the_same_at_one_row_and_at_thirty(world):
    city = world.tree["city"]
    client = _client(world.officers["city"])
    for name, add in (
        ("relief_desk:files", lambda n: _file_of(WorkerFactory(organization=city), n)),
        (
            "relief_desk:return_visits",
            lambda n: ReturnVisit.objects.create(
                household=_file_of(WorkerFactory(organization=city), 100 + n), due_on=date(2026, 1, 1)
            ),
        ),
        ("relief_desk:awards", lambda n: _award(world, n)),
    ):
        add(1)
        _queries(client, reverse(name))
        alone = _queries(client, reverse(name))
        for number in range(2, 31):
            add(number)
        assert _queries(client, reverse(name)) == alone


def test_a_file_is_found_by_number_name_and_the_whole_number_of_a_person(world):
    household = _file_of(world.her, 7)
    client, url = _client(world.officers["union"]), reverse("relief_desk:search")
    for text in (household.number, "示例", world.her.id_number, world.her.phone):
        answer = client.post(url, {"text": text}, follow=True)
        assert household.number in answer.content.decode()
        assert world.her.id_number not in answer.request["QUERY_STRING"]
        assert world.her.phone not in answer.request["QUERY_STRING"]
    assert (
        household.number
        not in _client(world.officer("unit_c")).post(url, {"text": household.number}, follow=True).content.decode()
    )


def test_a_filter_that_makes_no_sense_shows_nothing_and_breaks_nothing(world):
    _file_of(world.her, 7)
    client = _client(world.officers["union"])
    for query in ("state=moon", "recheck=never", "q=19900000001", "p=after~-pk~x"):
        assert client.get(f"{reverse('relief_desk:files')}?{query}").status_code == 200


def test_the_export_holds_masked_names_and_nothing_sealed(world):
    household = on_file(world)
    found = exports["hardship-files"].find(world.officers["city"], QueryDict(""), False)
    (row,) = list(exports["hardship-files"].lines(found.rows, False))
    assert row[0] == household.number
    assert world.her.name not in row
    assert not any("示例路" in str(cell) or world.her.id_number in str(cell) for cell in row)


def test_a_file_is_masked_until_a_reason_is_given_and_the_look_is_on_record(world):
    household = on_file(world)
    client, url = _client(world.officers["union"]), reverse("relief_desk:file", args=[household.token])
    secrets = [m.id_number for m in household.members.all()] + ["示例丁", "示例路", "24,000"]
    page = client.get(url).content.decode()
    assert not any(secret in page for secret in secrets)
    page = client.post(url, {"part": "members", "canned": "", "words": ""}).content.decode()
    assert not any(secret in page for secret in secrets)
    for part in ("members", "money", "particulars"):
        page = client.post(url, {"part": part, "canned": "review"}).content.decode()
        assert any(secret in page for secret in secrets), part
    looks = AccessRecord.objects.filter(viewer=world.officers["union"], subject_id=household.pk)
    assert list(looks.order_by("pk").values_list("fields", flat=True)) == ["members", "money", "particulars"]


def _rows(prefix: str, rows: list[dict], initial: int = 0) -> dict:
    data = {f"{prefix}-TOTAL_FORMS": len(rows), f"{prefix}-INITIAL_FORMS": initial}
    data |= {f"{prefix}-MIN_NUM_FORMS": 0, f"{prefix}-MAX_NUM_FORMS": 1000}
    return data | {f"{prefix}-{n}-{name}": value for n, row in enumerate(rows) for name, value in row.items()}


def _child(**changes) -> dict:
    child = {
        "relation": "child",
        "name": "示例戊",
        "birth_date": "2012-09-01",
        "work": "at_school",
        "health": "well",
        "school_stage": "compulsory",
        "lives_with": "on",
    }
    return child | changes


def test_writing_in_a_file_keeps_what_is_right_and_says_what_is_wrong_beside_it(world):
    household = on_file(world)
    client, url = _client(world.officers["union"]), reverse("relief_desk:file_members", args=[household.token])
    seen = {"seen": household.version}
    page = client.post(url, _rows("members", [_child(birth_date="1950-01-01")]) | seen)
    assert page.status_code == 200
    assert "1950-01-01" in page.content.decode() and "示例戊" in page.content.decode()
    assert "help-critical" in page.content.decode() or "error-message" in page.content.decode()
    assert client.post(url, _rows("members", [_child()]) | seen).status_code == 302
    assert household.members.count() == 2


def test_an_officer_notes_that_somebody_cannot_earn_and_colleagues_read_it(world):
    household = on_file(world)
    client, url = _client(world.officers["union"]), reverse("relief_desk:file_members", args=[household.token])
    mother = {"relation": "parent", "name": "示例壬", "birth_date": "1950-02-03", "work": "jobless", "health": "well"}
    rows = [_child(), mother | {"excused": "on", "lives_with": "on"}]
    assert client.post(url, _rows("members", rows) | {"seen": household.version}).status_code == 302
    assert household.members.get(relation="parent").particulars["excused"] == "yes"
    assert "excused" not in household.members.get(relation="child").particulars
    shown = client.get(reverse("relief_desk:file", args=[household.token])).content.decode()
    assert shown.count("已证明无法就业") == 1


def test_an_empty_household_has_to_be_said(world):
    household = on_file(world)
    client, url = _client(world.officers["union"]), reverse("relief_desk:file_members", args=[household.token])

    def save(rows: list, **typed):
        seen = Household.objects.unscoped().values_list("version", flat=True).get(pk=household.pk)
        return client.post(url, _rows("members", rows) | typed | {"seen": seen})

    answer = save([])
    assert answer.status_code == 200 and answer.context["nobody"].errors["alone"]
    assert household.members.count() == 3
    answer = save([_child()], alone="on")
    assert answer.context["nobody"].errors["alone"] and "示例戊" in answer.content.decode()
    assert save([], alone="on").status_code == 302
    household = Household.objects.unscoped().get(pk=household.pk)
    assert (household.members.count(), household.particulars["alone"]) == (1, "yes")
    assert answer.client.get(url).context["nobody"].initial["alone"] is True
    assert save([_child()]).status_code == 302
    assert not Household.objects.unscoped().get(pk=household.pk).particulars["alone"]


def test_a_conflict_shows_both_versions_and_saving_again_goes_through(world):
    household = on_file(world)
    client, url = _client(world.officers["union"]), reverse("relief_desk:file_members", args=[household.token])
    old = household.version
    client.post(url, _rows("members", [_child(name="示例子")]) | {"seen": old})
    page = client.post(url, _rows("members", [_child(name="示例丑")]) | {"seen": old})
    text = page.content.decode()
    assert "示例子" in text and "示例丑" in text
    assert household.members.filter(relation="child").get().name == "示例子"
    newest = Household.objects.unscoped().get(pk=household.pk).version
    assert f'name="seen" value="{newest}"' in text
    assert client.post(url, _rows("members", [_child(name="示例丑")]) | {"seen": newest}).status_code == 302
    assert household.members.filter(relation="child").get().name == "示例丑"


def test_money_causes_and_particulars_are_written_by_their_pages(world):
    household = on_file(world)
    client = _client(world.officers["union"])

    def post(part: str, data: dict) -> int:
        version = Household.objects.unscoped().get(pk=household.pk).version
        url = reverse(f"relief_desk:file_{part}", args=[household.token])
        assert client.get(url).status_code == 200
        return client.post(url, data | {"seen": version}).status_code

    money = _rows("income", [{"kind": "wages", "yearly": "３０,０００"}]) | _rows("spending", [])
    assert post("money", money) == 302
    assert post("money", _rows("income", [{"kind": "wages", "yearly": "viel"}]) | _rows("spending", [])) == 200
    assert post("causes", {"cause": "accident", "more_causes": ["accident"]}) == 200
    assert post("causes", {"cause": "accident", "more_causes": ["schooling"]}) == 302
    page = {"address": "示例路2号", "marital": "widowed", "housing": "rented", "medical_insurance": "none"}
    assert post("particulars", page | {"work": "at_work", "health": "well", "amount": "9"}) == 302
    household = Household.objects.unscoped().get(pk=household.pk)
    assert (household.money.get().yearly, household.cause) == ("30000", "accident")
    assert household.particulars["marital"] == "widowed" and "amount" not in household.particulars


def test_extra_keys_in_a_form_change_nothing(world):
    """T17: state, category, token and version are nobody's to post."""
    household = on_file(world)
    url = reverse("relief_desk:file_causes", args=[household.token])
    extra = {"state": "exited", "category": "none", "single_parent": "", "organization": "1", "number": "X"}
    _client(world.officers["union"]).post(url, {"cause": "accident", "seen": household.version} | extra)
    after = Household.objects.unscoped().get(pk=household.pk)
    assert (after.state, after.category, after.number, after.cause) == ("on_file", "deep", household.number, "accident")


def test_the_panels_of_a_case_render_masked_for_whoever_may_see_it(world):
    application = drafted(world, code="emergency")
    answered(world, application)
    application = at_decision(world, application)
    for viewer in ("county", "city"):
        for panel in ReliefService().panels(application.case, viewer=world.officers[viewer], now=timezone.now()):
            page = render_to_string(panel.template, panel.context)
            assert world.her.id_number not in page
            assert "12000" not in page or panel.template.endswith(("facts.html", "sum.html"))
            assert "§" not in page  # the document that the federation names, not a reference of ours


def test_the_page_of_a_case_shows_the_panels_and_leads_to_their_forms(world):
    application = drafted(world)
    filled(world, application)
    application = submitted(world, application)
    page = _client(world.officers["union"]).get(reverse("casework_desk:case", args=[application.case.token]))
    text = page.content.decode()
    assert page.status_code == 200
    for name, arguments in (("visit", []), ("exclusion", ["two_homes"])):
        assert reverse(f"relief_desk:{name}", args=[application.case.token, *arguments]) in text
    assert world.her.id_number not in text and "示例丁" not in text


def test_the_forms_of_the_review_work_from_the_desk(world):
    application = drafted(world)
    filled(world, application)
    application = submitted(world, application)
    client, token = _client(world.officers["union"]), application.case.token
    today = timezone.localdate().isoformat()
    visit = {"visited_on": today, "companion": "示例己", "met": "本人", "finding": "与申报情况一致", "agrees": "yes"}
    url = reverse("relief_desk:visit", args=[token])
    assert client.post(url, visit | {"companion": ""}).status_code == 200
    assert client.post(url, visit).status_code == 302
    url = reverse("relief_desk:exclusion", args=[token, "two_homes"])
    assert client.post(url, {"result": "present"}).status_code == 200
    assert client.post(url, {"result": "absent"}).status_code == 302
    assert (HomeVisit.objects.count(), application.exclusions.count()) == (1, 1)
    assert client.get(reverse("relief_desk:overlap", args=[token, "case:0"])).status_code == 404
    assert not OverlapDecision.objects.exists()


def test_a_sum_is_changed_and_agreed_to_at_the_desk_by_two(world):
    application = drafted(world, code="emergency")
    answered(world, application)
    token = at_decision(world, application).case.token
    change, agree = (reverse(f"relief_desk:{name}", args=[token]) for name in ("sum", "second_sum"))
    one, two = (_client(world.officers[name]) for name in ("county", "county_two"))
    assert one.post(change, {"amount": "0", "because": "减少一些"}).status_code == 200
    assert one.post(change, {"amount": "2500", "because": "减少一些"}).status_code == 302
    assert one.post(agree, {"amount": "2500"}).status_code == 200
    assert two.post(agree, {"amount": "9999"}).status_code == 200
    assert two.post(agree, {"amount": "2500"}).status_code == 302
    assert fresh(application).seconded_by == world.officers["county_two"]
    assert not Award.objects.unscoped().exists()


def test_an_officer_begins_an_application_for_a_woman_without_an_account(world):
    her = WorkerFactory(organization=world.tree["unit_a"])
    client = _client(world.officers["union"])
    found = client.post(reverse("relief_desk:find"), {"number": her.id_number})
    assert found.url == reverse("relief_desk:begin", args=[her.token])
    assert client.post(reverse("relief_desk:find"), {"number": "1"}).status_code == 200
    today = timezone.localdate()
    form = {
        "programme": "filing",
        "way": "paper",
        "signed_on": today,
        "valid_until": today.replace(year=today.year + 9),
    }
    assert client.post(found.url, form).status_code == 200
    assert client.post(found.url, form | {"notice": "on"}).status_code == 200
    assert client.post(found.url, form | {"notice": "on", "valid_until": today}).status_code == 302
    assert Application.objects.unscoped().get(case__worker=her).case.representative == world.officers["union"]


def test_life_forms_of_a_file_work_from_the_desk(world):
    household = on_file(world)
    client = _client(world.officers["union"])

    def post(name: str, data: dict) -> int:
        return client.post(reverse(f"relief_desk:file_{name}", args=[household.token]), data).status_code

    month = timezone.localdate().replace(day=1).isoformat()
    assert post("month", {"month": month, "per_person": "-1"}) == 200
    assert post("month", {"month": month, "per_person": "900"}) == 302
    assert post("suspend", {"reason": "联系不上她"}) == 302
    assert post("resume", {"reason": "已联系上她"}) == 302
    version = Household.objects.unscoped().get(pk=household.pk).version
    assert post("recheck", {"seen": version - 1}) == 200
    assert post("recheck", {"seen": version}) == 302
    assert post("leave", {"reason": "out_of_hardship"}) == 200
    assert post("leave", {"reason": "safety_net"}) == 302
    visit = household.return_visits.first()
    url = reverse("relief_desk:return_visit", args=[household.token, visit.pk])
    assert client.post(url, {"finding": "steady"}).status_code == 302
    assert client.get(reverse("relief_desk:file", args=[household.token])).status_code == 200


def test_a_long_list_is_left_through_the_next_page(world):
    city = UnionFactory(parent=world.tree["city"], kind="county_union")
    for number in range(35):
        _file_of(WorkerFactory(organization=city), number)
    client = _client(world.officers["city"])
    with CaptureQueriesContext(connection):
        first = client.get(reverse("relief_desk:files"))
    assert len(first.context["keyset_page"].rows) == 30
    second = client.get(first.context["next_url"])
    assert len(second.context["keyset_page"].rows) == 5
    assert not Member.objects.filter(household__organization=city).exists()
