"""The list of cases at the desk: whose, filters, search without numbers in addresses, pages, the workbook."""

import re
from datetime import timedelta

import pytest
from django.http import QueryDict
from django.urls import reverse

from services.accounts.models import SavedView
from services.casework import actions
from services.casework.enums import Stage
from services.foundation.exports import exports
from services.organizations.enums import Role
from tests.casework.notice_world import signed_in
from tests.factories.accounts import WorkerUserFactory
from tests.factories.casework import MONDAY, case_at
from tests.factories.workers import WorkerFactory
from tests.house.test_lists import _queries

pytestmark = pytest.mark.django_db
LIST = "/admin/cases/"


@pytest.fixture(autouse=True)
def on_monday(today_is, settings):
    settings.LANGUAGE_CODE = "en"
    return today_is


@pytest.fixture
def desk(world):
    return signed_in(world.officers["union"])


def page(client, **asked) -> str:
    answer = client.get(reverse("casework_desk:list"), asked)
    assert answer.status_code == 200
    return answer.content.decode()


def numbers(client, **asked) -> list[str]:
    """The numbers of the cases listed, in their order."""
    return re.findall(r'/admin/cases/case/[\w-]+/"[^>]*>\s*([A-Z][\w-]+)', page(client, **asked))


def of(world, name: str, *, unit: str = "unit_a"):
    return WorkerFactory(organization=world.tree[unit], user=WorkerUserFactory(), name=name)


def find(client, text: str, within: str = ""):
    return client.post(reverse("casework_desk:find"), {"text": text, "within": within})


def test_each_list_holds_what_its_name_says(world, desk):
    free, other, over = world.submitted(), world.submitted(), case_at(world, Stage.REFUSED)
    actions.claim(other, by=world.officers["union"], now=MONDAY)
    assert numbers(desk) == [free.number, other.number]
    assert numbers(desk, whose="mine") == [other.number]
    assert numbers(desk, whose="all") == [over.number, other.number, free.number]
    assert numbers(signed_in(world.officers["city"])) == []
    assert numbers(signed_in(world.officers["city"]), whose="reach") == [free.number, other.number]
    assert numbers(signed_in(world.officer("unit_b")), whose="reach") == []


def test_a_line_says_who_what_where_and_how_late(world, desk, on_monday):
    case = world.submitted(of(world, "示例甲"))
    on_monday(MONDAY + timedelta(days=7))
    text = page(desk)
    for shown in (case.number, "示例甲", "示例补助", world.tree["unit_a"].name, f"{case.due_on}", "Check the papers"):
        assert shown in text, shown
    assert "2 working days overdue" in text


def test_filters_narrow_the_list_and_live_in_the_address(world, desk, on_monday):
    early, late = world.submitted(), None
    world.now = MONDAY + timedelta(days=14)
    late = actions.claim(world.submitted(), by=world.officers["union"], now=MONDAY)
    on_monday(MONDAY + timedelta(days=14))
    assert numbers(desk, overdue="1") == [early.number]
    assert numbers(desk, free="1") == [early.number]
    assert numbers(desk, service="allowance") == [early.number, late.number]
    assert numbers(desk, step="verify") == [early.number, late.number]
    assert numbers(desk, step="approve") == []
    assert numbers(desk, stage="appealed") == []
    assert numbers(desk, union=world.tree["unit_a"].code) == [early.number, late.number]
    assert numbers(desk, union="没有这个单位") == []


@pytest.mark.parametrize(
    "asked", [{"service": "x"}, {"stage": "x"}, {"step": "x"}, {"overdue": "x"}, {"q": "19900001234"}]
)
def test_a_filter_that_makes_no_sense_shows_nothing_and_says_so(world, desk, asked):
    world.submitted()
    text = page(desk, **asked)
    assert "filters that can't be used" in re.sub("&#x27;", "'", text)
    assert numbers(desk, **asked) == []


def test_the_number_of_a_case_opens_it_from_the_search_box(world, desk):
    case = world.submitted()
    for typed in (case.number, f" {case.number.lower()} "):
        assert find(desk, typed)["Location"] == reverse("casework_desk:case", args=[case.token])
    stranger = find(signed_in(world.officer("unit_b")), case.number)
    assert case.token not in stranger["Location"]


def test_a_number_of_hers_leads_to_her_cases_and_never_stands_in_an_address(world, desk):
    hers, _other = world.submitted(), world.submitted(of(world, "示例乙"))
    for number in (world.her.id_number, world.her.phone):
        answer = find(desk, number, within="whose=desk&q=x&p=after~1")
        assert number not in answer["Location"] and world.her.token in answer["Location"]
        assert "q=x" not in answer["Location"]
        asked = QueryDict(answer["Location"].partition("?")[2])
        assert numbers(desk, **asked.dict()) == [hers.number]
    nobody = find(desk, "19900009999")
    assert nobody["Location"] == LIST
    assert "No woman within your reach has this number." in page(desk)


def test_the_beginning_of_a_name_is_looked_for_by_address(world, desk):
    first, _second = world.submitted(of(world, "示例甲")), world.submitted(of(world, "例外乙"))
    answer = find(desk, "示例")
    assert "q=%E7%A4%BA%E4%BE%8B" in answer["Location"]
    assert numbers(desk, q="示例") == [first.number]
    assert find(desk, "", within="whose=mine")["Location"] == f"{LIST}?whose=mine"


def test_pages_follow_one_another_without_a_gap(world, desk):
    cases = [world.submitted() for _ in range(35)]
    first = desk.get(LIST)
    shown = numbers(desk)
    second = numbers(desk, **QueryDict(first.context["next_url"].partition("?")[2]).dict())
    assert len(shown) == 30 and shown + second == [case.number for case in cases]
    everything = desk.get(LIST, {"whose": "all"})
    rest = numbers(desk, **QueryDict(everything.context["next_url"].partition("?")[2]).dict())
    assert rest == [case.number for case in cases[:5]][::-1]


@pytest.mark.parametrize("whose", ["desk", "mine", "reach", "all"])
def test_the_list_costs_the_same_at_one_row_and_at_thirty(world, desk, whose):
    def add():
        return actions.claim(world.submitted(of(world, "示例")), by=world.officers["union"], now=MONDAY)

    address = f"{LIST}?whose={whose}"
    add()
    _queries(desk, address)
    alone = _queries(desk, address)
    for _number in range(29):
        add()
    assert len(numbers(desk, whose=whose)) == 30
    assert _queries(desk, address) == alone


def test_the_workbook_holds_the_rows_of_the_list_and_masks_names(world, desk):
    case = world.submitted(of(world, "示例甲"))
    world.submitted(of(world, "例外乙"))
    offered = page(desk, q="示例")
    assert "/admin/exports/ask/cases/" in offered or reverse("exports:ask", args=["cases"]) in offered
    cases, officer = exports.get("cases"), world.officers["union"]
    found = cases.find(officer, QueryDict("q=示例"), False)
    (row,) = cases.lines(found.rows, False)
    assert row[0] == case.number and row[2] != "示例甲" and row[2].startswith("示")
    assert "示例" in " ".join(found.filters.values())
    (clear,) = cases.lines(cases.find(officer, QueryDict("q=示例"), True).rows, True)
    assert clear[2] == "示例甲"


def test_an_auditor_gets_no_name_in_clear(world):
    world.submitted()
    auditor = world.officer("city", role=Role.AUDITOR)
    cases = exports.get("cases")
    assert cases.may(auditor) and not cases.may_open(auditor)
    assert list(cases.find(auditor, QueryDict("whose=reach"), True).rows) == []
    assert list(cases.find(auditor, QueryDict("whose=x"), False).rows) == []


def test_the_list_is_closed_to_posts_without_cases(world):
    clinic = signed_in(world.officer("unit_a", role=Role.CLINIC_OPERATOR))
    for name in ("list", "list_results"):
        assert clinic.get(reverse(f"casework_desk:{name}")).status_code == 403
    assert find(clinic, "示例").status_code == 403


def test_a_view_of_the_cases_is_kept_under_a_name_and_names_nobody(world):
    listed, client = reverse("casework_desk:list"), signed_in(world.officers["union"])
    assert 'name="listing" value="casework_desk:list"' in client.get(f"{listed}?whose=mine").content.decode()
    posted = {"listing": "casework_desk:list", "name": "示例视图", "query": "whose=mine&free=1&q=示例&person=abc"}
    answer = client.post(reverse("saved_views:keep"), posted, follow=True)
    assert SavedView.objects.get().query == "whose=mine&free=1"
    assert [(name, current) for name, _url, current, _page in answer.context["saved_views"]] == [("示例视图", True)]
