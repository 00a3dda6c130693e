"""The first page of the desk: her own work, oldest first; a menu of what she can use; one language everywhere."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from wagtail.users.models import UserProfile

from services.bookings.models import VenueOperator
from services.exchange.enums import Direction, JobState
from services.exchange.models import Job
from services.foundation import clock
from services.foundation.todos import Todo
from services.organizations.actions import sync_groups
from services.organizations.enums import Role
from services.overview import todos
from services.overview.desk.home import greeting
from services.workers.models import RecordClaim
from tests.factories.accounts import WorkerUserFactory
from tests.factories.bookings import VenueFactory
from tests.factories.organizations import AssignmentFactory, UnionFactory, small_tree

pytestmark = pytest.mark.django_db
HOME = "/admin/"


@pytest.fixture
def tree():
    return small_tree()


@pytest.fixture
def signed_in(client):
    def sign_in(place, role=Role.GRASSROOTS_OFFICER):
        user = AssignmentFactory(organization=place, role=role).user
        sync_groups(user)
        client.force_login(user)
        return user

    return sign_in


def claim_at(union, *, days=0):
    claim = RecordClaim.objects.create(user=WorkerUserFactory(), organization=union, stated_name="示例申请人")
    RecordClaim.objects.own(pk=claim.pk).update(created_at=clock.now() - timedelta(days=days))


def lines(answer):
    panel = next(panel for panel in answer.context["panels"] if hasattr(panel, "order") and panel.order == 10)
    return panel.get_context_data({"request": answer.wsgi_request})["todos"]


def test_what_waits_is_hers_alone_with_the_oldest_first_and_each_line_opens_the_work(client, signed_in, tree):
    claim_at(tree["unit_b"])
    claim_at(tree["unit_a"], days=9)
    claim_at(tree["unit_a"], days=1)
    claim_at(tree["unit_c"], days=30)
    signed_in(tree["county_a"])
    answer = client.get(HOME)
    shown = answer.content.decode()
    found = lines(answer)
    assert [(line.text, line.overdue) for line in found] == [
        (f"{tree['unit_a'].name}：有2名女职工等待确认档案", True),
        (f"{tree['unit_b'].name}：有1名女职工等待确认档案", False),
    ]
    assert tree["unit_c"].name not in shown and "示例申请人" not in shown
    assert {client.get(line.url).status_code for line in found} == {200}
    assert "已超期" in shown and "您有2项待办。" in shown


def test_with_nothing_to_do_it_says_so(client, signed_in, tree):
    signed_in(tree["city"], Role.AUDITOR)
    assert "目前没有待办事项。" in client.get(HOME).content.decode()


def test_overdue_comes_first_then_the_oldest_then_what_has_no_date(monkeypatch):
    now = datetime(2026, 11, 23, tzinfo=UTC)
    later, sooner = now - timedelta(days=1), now - timedelta(days=2)
    given = [
        Todo("undated", "/"),
        Todo("later", "/", since=later),
        Todo("sooner", "/", since=sooner),
        Todo("overdue", "/", overdue=True, since=later),
    ]
    monkeypatch.setattr(todos, "_sources", lambda: (lambda user: given[:2], lambda user: given[2:]))
    assert [todo.text for todo in todos.todos_for(None)] == ["overdue", "sooner", "later", "undated"]


def test_the_desk_costs_the_same_with_one_line_and_with_many(client, signed_in, tree):
    claim_at(tree["unit_a"])
    signed_in(tree["city"], Role.CASE_OFFICER)
    client.get(HOME)
    before = _cost(client)
    for _n in range(15):
        claim_at(UnionFactory(parent=tree["town_a"]))
    assert _cost(client) == before


def _cost(client) -> int:
    with CaptureQueriesContext(connection) as queries:
        assert client.get(HOME).status_code == 200
    return len(queries)


def test_a_very_long_desk_is_cut_and_says_how_much_more(client, signed_in, tree, monkeypatch):
    monkeypatch.setattr(
        "services.overview.desk.home.todos_for", lambda user: [Todo(f"line {n}", "/") for n in range(45)]
    )
    signed_in(tree["city"])
    shown = client.get(HOME).content.decode()
    assert shown.count("line ") == 30
    assert "另有15项" in shown


@pytest.mark.parametrize(("hour", "words"), [(1, "上午好"), (6, "下午好"), (11, "晚上好")])
def test_the_greeting_follows_the_hour_here(hour, words):
    assert greeting(datetime(2026, 11, 23, hour, tzinfo=UTC), "示例") == f"示例，{words}。"


def menu(client) -> set[str]:
    from wagtail.admin.menu import admin_menu

    request = client.get(HOME).wsgi_request
    return {item.name for item in admin_menu.menu_items_for_request(request)}


@pytest.mark.parametrize(
    ("role", "rosters"),
    [
        (Role.GRASSROOTS_OFFICER, True),
        (Role.AUDITOR, True),
        (Role.PLATFORM_ADMINISTRATOR, False),
        (Role.FINANCE_OFFICER, False),
    ],
)
def test_the_menu_holds_what_the_role_can_use(client, signed_in, tree, role, rosters):
    signed_in(tree["city"], role)
    items = menu(client)
    assert ("workers" in items) is rosters
    assert {"organizations", "language"} <= items
    assert not items & {"help", "explorer", "images", "documents", "snippets"}


def test_the_desk_speaks_chinese_until_she_switches_and_then_the_public_site_does_too(client, signed_in, tree):
    user = signed_in(tree["city"])
    UserProfile.objects.create(user=user, preferred_language="")
    assert '<html lang="zh-hans"' in client.get(HOME).content.decode()
    answer = client.post("/admin/language/en/", headers={"referer": "http://testserver/admin/organizations/"})
    assert (answer.status_code, answer.url) == (302, "http://testserver/admin/organizations/")
    assert answer.cookies["language"].value == "en"
    assert "Nothing waits for you." in client.get(HOME).content.decode()


def test_the_switch_wins_over_a_language_kept_in_the_profile(client, signed_in, tree):
    user = signed_in(tree["city"])
    UserProfile.objects.create(user=user, preferred_language="en")
    assert '<html lang="en"' in client.get(HOME).content.decode()
    client.post("/admin/language/zh-hans/")
    assert '<html lang="zh-hans"' in client.get(HOME).content.decode()


@pytest.mark.parametrize(("code", "status"), [("fr", 404), ("..", 404)])
def test_an_unknown_language_is_unknown(client, signed_in, tree, code, status):
    signed_in(tree["city"])
    assert client.post(f"/admin/language/{code}/").status_code == status


def test_the_switch_is_a_post_and_never_leads_to_a_foreign_site(client, signed_in, tree):
    signed_in(tree["city"])
    assert client.get("/admin/language/en/").status_code == 405
    assert client.post("/admin/language/en/", headers={"referer": "https://evil.example/"}).url == HOME


def test_wagtails_list_of_all_snippet_types_leads_home(client, signed_in, tree):
    signed_in(tree["city"])
    answer = client.get("/admin/snippets/")
    assert (answer.status_code, answer.url) == (302, HOME)


def started(answer):
    panel = next(panel for panel in answer.context["panels"] if getattr(panel, "order", None) == 10)
    return [start.name for start in panel.get_context_data({"request": answer.wsgi_request})["starts"]]


@pytest.mark.parametrize(
    ("role", "names"),
    [
        (
            Role.FEDERATION_OFFICER,
            [
                "新建筛查项目",
                "查看筛查进度",
                "导入 Excel 表格",
                "查找女职工档案",
                "从模板新建页面",
                "发布主题活动或资讯",
            ],
        ),
        (Role.CASE_OFFICER, ["查看筛查进度", "导入 Excel 表格", "查找女职工档案"]),
        (Role.AUDITOR, ["查看筛查进度", "查找女职工档案", "检查受保护信息的查看情况"]),
        (Role.FINANCE_OFFICER, []),
    ],
)
def test_her_usual_work_begins_on_the_first_page(client, signed_in, tree, role, names):
    signed_in(tree["city"], role)
    answer = client.get(HOME)
    assert started(answer) == names
    assert ("没有您岗位的业务" in answer.content.decode()) == (not names)


def test_clinic_staff_reach_the_door_from_the_menu_and_from_the_first_page(client, signed_in, tree):
    user = signed_in(tree["city"], Role.CLINIC_OPERATOR)
    assert reverse("bookings:today") not in client.get(HOME).content.decode()
    VenueOperator.objects.create(venue=VenueFactory(), user=user)
    answer = client.get(HOME)
    assert started(answer) == ["现场签到"]
    assert answer.content.decode().count(reverse("bookings:today")) == 2


def test_an_import_that_rests_waits_for_the_one_who_began_it(client, signed_in, tree):
    user = signed_in(tree["unit_a"])
    of_her_unit = {"spec": "workers", "organization": tree["unit_a"], "file_name": "名册.xlsx", "total": 9}
    Job.objects.create(**of_her_unit, owner=user, state=JobState.FAULTY, refused=3)
    Job.objects.create(**of_her_unit, owner=user, state=JobState.DONE)
    Job.objects.create(**of_her_unit, owner=None, state=JobState.FAULTY, direction=Direction.EXPORT)
    found = lines(client.get(HOME))
    assert [line.text for line in found] == [f"{tree['unit_a'].name}导入的“名册.xlsx”：有3行需要修改"]
    assert client.get(found[0].url).status_code == 200
