"""The tree in the desk: found within scope, 404 outside it, 403 without the right, and cheap however large."""

from io import BytesIO

import pytest
from django.http import QueryDict
from django.urls import reverse
from openpyxl import load_workbook

from services.exchange.models import Export
from services.foundation.desk import defused
from services.organizations.actions import sync_groups
from services.organizations.enums import Kind, Role
from services.organizations.exporters import ORGANIZATIONS
from services.organizations.models import Organization, StaffAssignment
from tests.factories.accounts import StaffFactory, WorkerUserFactory
from tests.factories.organizations import AssignmentFactory, UnionFactory, small_tree
from tests.factories.workers import WorkerFactory

pytestmark = pytest.mark.django_db
LIST = "/admin/organizations/"


def page(place, view="one", *more):
    return reverse(f"organizations_desk:{view}", args=[place.code, *more])


@pytest.fixture
def signed_in(client):
    def sign_in(place, role=Role.FEDERATION_OFFICER):
        user = AssignmentFactory(organization=place, role=role).user
        sync_groups(user)
        client.force_login(user)
        return user

    return sign_in


def test_the_list_begins_where_her_posts_begin_and_names_no_sibling(client, signed_in):
    tree = small_tree()
    signed_in(tree["county_a"], Role.GRASSROOTS_OFFICER)
    shown = client.get(LIST).content.decode()
    assert all(tree[name].name in shown for name in ("county_a", "town_a"))
    assert "乙县" not in shown


@pytest.mark.parametrize("search", ["?q=工会", "?q=T-B", "?kind=grassroots_union", "?open=open", "?q=%00", "?p=-9"])
def test_no_search_or_filter_leaves_her_scope(client, signed_in, search):
    tree = small_tree()
    signed_in(tree["county_a"], Role.GRASSROOTS_OFFICER)
    answer = client.get(LIST + search)
    assert answer.status_code == 200
    assert "乙县" not in answer.content.decode()


def test_every_page_of_a_foreign_organisation_is_unknown(client, signed_in):
    tree = small_tree()
    signed_in(tree["county_a"], Role.PLATFORM_ADMINISTRATOR)
    post = AssignmentFactory(organization=tree["unit_c"])
    for view in ("one", "add", "edit", "move", "close", "give_post"):
        assert client.get(page(tree["unit_c"], view)).status_code == 404
        assert client.post(page(tree["unit_c"], view)).status_code == 404
    assert client.post(page(tree["unit_c"], "end_post", post.pk)).status_code == 404
    assert client.post(page(tree["unit_a"], "end_post", post.pk)).status_code == 404
    assert StaffAssignment.objects.get(pk=post.pk).valid_until is None


def test_without_the_right_every_form_answers_403_and_says_why(client, signed_in):
    tree = small_tree()
    signed_in(tree["city"], Role.AUDITOR)
    for view in ("add", "edit", "move", "close", "give_post"):
        for answer in (client.get(page(tree["unit_a"], view)), client.post(page(tree["unit_a"], view), {"name": "x"})):
            assert answer.status_code == 403
            assert "您不能打开这个页面" in answer.content.decode()
    assert client.get(page(tree["unit_a"])).status_code == 200


@pytest.mark.parametrize("make", [WorkerUserFactory, StaffFactory])
def test_who_holds_no_post_never_gets_in(client, make):
    tree = small_tree()
    client.force_login(make())
    for url in (LIST, page(tree["city"])):
        assert client.get(url).status_code == 302


def test_the_list_costs_the_same_at_one_row_and_at_thirty(client, signed_in, django_assert_num_queries):
    tree = small_tree()
    signed_in(tree["city"])
    client.get(LIST + "?kind=industry_union")
    UnionFactory(parent=tree["city"], kind=Kind.INDUSTRY_UNION)
    costs = [_cost(client, LIST + "?kind=industry_union"), _cost(client, page(tree["city"]))]
    for _n in range(29):
        WorkerFactory(organization=UnionFactory(parent=tree["city"], kind=Kind.INDUSTRY_UNION))
    assert [_cost(client, LIST + "?kind=industry_union"), _cost(client, page(tree["city"]))] == costs


def _cost(client, url) -> int:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    with CaptureQueriesContext(connection) as queries:
        assert client.get(url).status_code == 200
    return len(queries)


def test_one_page_shows_at_most_fifty_and_counts_what_is_below(client, signed_in):
    tree = small_tree()
    for _n in range(60):
        UnionFactory(parent=tree["town_a"])
    WorkerFactory(organization=tree["unit_b"])
    signed_in(tree["city"])
    table = client.get(page(tree["town_a"])).context["page_obj"]
    assert (len(table.object_list), table.paginator.count) == (50, 62)
    county = client.get(page(tree["city"])).context["page_obj"].object_list[0]
    assert (county.units, county.women) == (63, 1)


def test_the_export_holds_exactly_what_is_filtered_and_no_formula(client, signed_in):
    tree = small_tree()
    UnionFactory(parent=tree["town_a"], code="T-A-1-8", name='=HYPERLINK("http://x")', industry="@cmd")
    UnionFactory(parent=tree["county_b"], name="=乙县外人")
    signed_in(tree["county_a"])
    listed = client.get(LIST + "?kind=grassroots_union")
    (button,) = listed.context["view"].header_more_buttons
    assert button.url == reverse("exports:ask", args=["organizations"]) + "?kind=grassroots_union"
    client.post(button.url)
    answer = client.get(reverse("exports:download", args=[Export.objects.get().token]))
    about, sheet = load_workbook(BytesIO(b"".join(answer.streaming_content))).worksheets
    said = "\n".join(str(cell.value) for row in about.iter_rows() for cell in row)
    assert "基层工会" in said and "甲县总工会" in said
    rows = [[cell.value for cell in row] for row in sheet.iter_rows(min_row=2)]
    assert [row[0] for row in rows] == ["T-A-1-1", "T-A-1-2", "T-A-1-8"]
    assert rows[2][1:] == ['=HYPERLINK("http://x")', "基层工会", "@cmd", 0, 0]
    assert all(cell.data_type != "f" for row in sheet.iter_rows() for cell in row)


def test_the_export_searches_as_the_list_does_and_counts_what_is_below(signed_in):
    officer = signed_in(small_tree()["city"])
    found = ORGANIZATIONS.find(officer, QueryDict("q=T-A-1"), False)
    assert list(found.filters.values()) == ["T-A-1"]
    lines = [list(line) for line in ORGANIZATIONS.lines(found.rows, False)]
    assert [(line[0], line[4], line[5]) for line in lines] == [("T-A-1", 2, 0), ("T-A-1-1", 0, 0), ("T-A-1-2", 0, 0)]


def test_wagtails_plain_workbook_is_never_made(client, signed_in):
    signed_in(small_tree()["city"])
    assert client.get(LIST + "?export=xlsx")["Content-Type"].startswith("text/html")


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r", " ="])
def test_a_cell_never_begins_a_formula(start):
    assert defused(f"{start}1") == f"'{start}1"
    assert defused("1=1") == "1=1"
    assert defused(-3) == -3


def test_add_edit_move_and_close_through_the_desk(client, signed_in):
    tree = small_tree()
    signed_in(tree["city"])
    new = {"code": "T-A-1-7", "name": "示例新工会", "kind": Kind.GRASSROOTS_UNION, "women_count": 3, "staff_count": 9}
    assert client.post(page(tree["town_a"], "add"), new).status_code == 302
    made = Organization.objects.get(code="T-A-1-7")
    assert client.post(page(made, "edit"), new | {"name": "示例改名工会"}).status_code == 302
    assert client.post(page(made, "move"), {"to": "乙县总工会", "reason": "转隶"}).status_code == 302
    assert client.post(page(made, "close"), {"reason": "合并"}).status_code == 302
    made = Organization.objects.get(pk=made.pk)
    assert (made.name, made.get_parent().code, bool(made.closed_on)) == ("示例改名工会", "T-B", True)
    shown = client.get(page(made)).content.decode()
    assert "转隶" in shown and "合并" in shown


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"code": "T-A-1-1"}, "code"),
        ({"code": "a b"}, "code"),
        ({"kind": "city_union"}, "kind"),
        ({"women_count": 10}, "__all__"),
        ({"staff_count": -1}, "staff_count"),
        ({"name": ""}, "name"),
    ],
)
def test_a_form_that_does_not_fit_says_so_beside_the_field_and_keeps_what_was_typed(client, signed_in, change, field):
    tree = small_tree()
    signed_in(tree["city"])
    new = {"code": "T-A-1-7", "name": "示例新工会", "kind": "grassroots_union", "women_count": 3, "staff_count": 9}
    answer = client.post(page(tree["town_a"], "add"), new | change)
    assert answer.status_code == 200
    assert list(answer.context["form"].errors) == [field]
    assert answer.context["form"]["industry"].value() == (new | change).get("industry")
    assert Organization.objects.count() == 7


@pytest.mark.parametrize("to", ["T-B-1", "T-B", "T-A-1", "nowhere", "", "T-A"])
def test_a_branch_moves_only_where_she_keeps_the_tree(client, signed_in, to):
    tree = small_tree()
    signed_in(tree["county_a"])
    answer = client.post(page(tree["town_a"], "move"), {"to": to, "reason": "转隶"})
    assert answer.status_code == (302 if to == "T-A" else 200)
    assert Organization.objects.get(code="T-A-1").get_parent().code == "T-A"


def test_a_post_is_given_and_ended_through_the_desk(client, signed_in):
    tree = small_tree()
    signed_in(tree["city"])
    new = StaffFactory(username="xin-ren")
    form = {"username": "xin-ren", "role": Role.GRASSROOTS_OFFICER, "valid_from": "2026-01-01"}
    assert client.post(page(tree["unit_a"], "give_post"), form).status_code == 302
    post = StaffAssignment.objects.get(user=new)
    assert post.organization == tree["unit_a"]
    assert client.get(page(tree["unit_a"], "end_post", post.pk)).status_code == 200
    assert client.post(page(tree["unit_a"], "end_post", post.pk)).status_code == 302
    post.refresh_from_db()
    assert post.valid_until is not None


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"username": "nobody"}, "username"),
        ({"role": Role.PLATFORM_ADMINISTRATOR}, "role"),
        ({"valid_until": "2025-01-01"}, "valid_until"),
    ],
)
def test_a_post_that_can_not_be_given_is_refused_beside_its_field(client, signed_in, change, field):
    tree = small_tree()
    signed_in(tree["city"])
    StaffFactory(username="xin-ren")
    form = {"username": "xin-ren", "role": Role.GRASSROOTS_OFFICER, "valid_from": "2026-01-01"}
    answer = client.post(page(tree["unit_a"], "give_post"), form | change)
    assert answer.status_code == 200
    assert list(answer.context["form"].errors) == [field]
    assert StaffAssignment.objects.count() == 1


def test_what_people_typed_is_shown_as_text_everywhere(client, signed_in):
    tree = small_tree()
    evil = '<script>alert("x")</script>'
    Organization.objects.filter(pk=tree["unit_a"].pk).update(name=evil, industry=evil, officer_contact=evil)
    signed_in(tree["city"])
    client.post(page(tree["unit_a"], "edit"), {"name": evil + "2", "kind": "grassroots_union"})
    client.post(page(tree["unit_a"], "move"), {"to": "T-A", "reason": evil})
    for url in (LIST + "?q=script", page(tree["unit_a"]), page(tree["county_a"]), page(tree["unit_a"], "move")):
        assert evil not in client.get(url).content.decode()
