"""Women's records in the desk: masked, within scope, addressed by token, and no number in any URL."""

from io import BytesIO

import pytest
from django.apps import apps
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from openpyxl import load_workbook
from wagtail.models import ReferenceIndex

from services.bookings.errors import Busy
from services.exchange.models import Export
from services.organizations.actions import sync_groups
from services.organizations.enums import Role
from services.privacy.models import AccessRecord
from services.workers.enums import ClaimState, EmploymentType, WorkerState
from services.workers.models import RecordClaim, Worker
from services.workers.registry import departures
from tests.factories.accounts import WorkerUserFactory
from tests.factories.organizations import AssignmentFactory, small_tree
from tests.factories.workers import WorkerFactory

pytestmark = pytest.mark.django_db
LIST = "/admin/workers/"


def page(worker, view="one"):
    return reverse(f"workers_desk:{view}", args=[worker.token])


def claim_of(worker, union=None, **stated):
    return RecordClaim.objects.create(
        user=WorkerUserFactory(),
        organization=union or worker.organization,
        stated_name=stated.get("name", worker.name),
        stated_id_number=stated.get("id_number", worker.id_number),
    )


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


@pytest.fixture
def mine(tree):
    return WorkerFactory(organization=tree["unit_a"], name="示例我方", phone="19900001234")


@pytest.fixture
def foreign(tree):
    return WorkerFactory(organization=tree["unit_c"], name="示例外方", phone="19900004321")


def rows(answer):
    return [worker.name for worker in answer.context["object_list"]]


@pytest.mark.parametrize(
    "search",
    [
        "",
        "?q=示例",
        "?q=外方",
        "?union=T-B",
        "?union=示例",
        "?union=工会",
        "?state=active",
        "?claimed=no",
        "?ordering=-name",
    ],
)
def test_no_search_filter_or_order_leaves_her_scope(client, signed_in, tree, mine, foreign, search):
    signed_in(tree["county_a"])
    for url in (LIST, LIST + "results/"):
        answer = client.get(url + search)
        assert answer.status_code == 200
        assert set(rows(answer)) <= {mine.name}
        assert foreign.name not in answer.content.decode()


def test_filters_narrow_the_list(client, signed_in, tree, mine):
    left = WorkerFactory(organization=tree["unit_b"], name="示例离开", state=WorkerState.LEFT)
    tied = WorkerFactory(
        organization=tree["unit_b"], name="示例有号", user=WorkerUserFactory(), employment_type="dispatch"
    )
    signed_in(tree["city"], Role.AUDITOR)
    assert rows(client.get(LIST + "?q=示例我")) == [mine.name]
    assert rows(client.get(LIST + "?state=left")) == [left.name]
    assert rows(client.get(LIST + "?claimed=yes")) == [tied.name]
    assert rows(client.get(LIST + f"?employment_type={EmploymentType.DISPATCH}")) == [tied.name]
    assert rows(client.get(LIST + "?union=T-A-1-2")) == [left.name, tied.name]
    assert rows(client.get(LIST + "?union=东河镇总工会")) == [mine.name, left.name, tied.name]


@pytest.mark.parametrize("role", [Role.GRASSROOTS_OFFICER, Role.AUDITOR])
def test_list_and_record_show_masks_and_no_number(client, signed_in, tree, mine, role):
    signed_in(tree["unit_a"], role)
    for url in (LIST, page(mine)):
        shown = client.get(url).content.decode()
        assert "199****1234" in shown
        assert mine.masked_id_number in shown
        assert mine.phone not in shown and mine.id_number not in shown


@pytest.mark.parametrize(
    "role", [Role.PLATFORM_ADMINISTRATOR, Role.COMMUNICATIONS_EDITOR, Role.FINANCE_OFFICER, Role.CLINIC_OPERATOR]
)
def test_roles_without_rosters_meet_403_or_404(client, signed_in, tree, mine, role):
    signed_in(tree["city"], role)
    for url in (LIST, LIST + "results/", LIST + "find/", LIST + "leave/", LIST + "requests/"):
        assert client.get(url).status_code == 403
    for view in ("one", "edit", "take_back"):
        assert client.get(page(mine, view)).status_code == 404
        assert client.post(page(mine, view)).status_code == 404


def test_a_foreign_record_or_request_is_unknown_by_every_way(client, signed_in, tree, foreign):
    claim = claim_of(foreign)
    signed_in(tree["county_a"])
    urls = [page(foreign, view) for view in ("one", "edit", "take_back")] + [page(claim, "claim")]
    for url in urls:
        assert client.get(url).status_code == 404
        assert client.post(url, {"field": "phone", "canned": "call", "reason": "x", "name": "x"}).status_code == 404
    client.post(LIST + "leave/", {"worker": [foreign.token], "reason": "x"})
    foreign = Worker.objects.own(pk=foreign.pk).get()
    assert (foreign.name, foreign.state) == ("示例外方", WorkerState.ACTIVE)
    assert not AccessRecord.objects.exists()


def test_the_list_and_the_requests_cost_the_same_at_one_row_and_at_thirty(client, signed_in, tree, mine):
    claim_of(mine)
    signed_in(tree["city"], Role.CASE_OFFICER)
    urls = [LIST, LIST + "requests/", LIST + "?q=示例&union=T"]
    for url in urls:
        client.get(url)
    costs = [_cost(client, url) for url in urls]
    for worker in WorkerFactory.create_batch(29, organization=tree["unit_b"]):
        claim_of(worker)
    assert [_cost(client, url) for url in urls] == costs


def _cost(client, url) -> int:
    with CaptureQueriesContext(connection) as queries:
        assert client.get(url).status_code == 200
    return len(queries)


@pytest.mark.parametrize("query", ["?p=999999", "?p=-1", "?p=x", "?q=" + "x" * 5000, "?q=%00", "?ordering=id_number"])
def test_odd_parameters_are_bounded(client, signed_in, tree, query):
    WorkerFactory.create_batch(60, organization=tree["unit_a"])
    signed_in(tree["unit_a"])
    answer = client.get(LIST + query)
    assert answer.status_code == 200
    assert len(answer.context["object_list"]) <= 50


def test_a_number_is_found_by_post_and_never_travels_in_a_url(client, signed_in, tree, mine, foreign):
    signed_in(tree["county_a"])
    for number in (mine.id_number, mine.phone):
        answer = client.post(LIST + "find/", {"number": number})
        assert (answer.status_code, answer.url) == (302, page(mine))
    for number in (foreign.id_number, foreign.phone, "19900000000", "nonsense"):
        answer = client.post(LIST + "find/", {"number": number})
        assert answer.status_code == 200
        assert answer.context["form"].errors["number"] == ["在您管理的工会中没有找到使用这个号码的档案。"]
    refused = client.get(LIST, {"q": mine.phone})
    assert (rows(refused), list(refused.context["filters"].form.errors)) == ([], ["q"])


def test_the_search_box_leads_to_the_record_or_to_the_list_without_a_number(client, signed_in, tree, mine, foreign):
    twin = WorkerFactory(organization=tree["unit_b"], name="示例同号", phone=mine.phone)
    signed_in(tree["county_a"])

    def led_to(text):
        return client.post(LIST + "search/", {"text": text, "within": "state=active&p=after~pk~1"}).url

    assert led_to(mine.id_number) == page(mine)
    several = led_to(mine.phone)
    assert mine.phone not in several
    assert rows(client.get(several)) == [mine.name, twin.name]
    assert led_to(foreign.phone) == f"{LIST}?state=active"
    assert rows(client.get(led_to("示例我"))) == [mine.name]


def test_a_value_is_shown_once_for_a_reason_and_kept_out_of_caches(client, signed_in, tree, mine):
    viewer = signed_in(tree["unit_a"])
    shown = client.post(page(mine), {"field": "phone", "canned": "call", "words": ""})
    assert mine.phone in shown.content.decode() and mine.id_number not in shown.content.decode()
    assert "no-store" in shown["Cache-Control"]
    look = AccessRecord.objects.get()
    assert (look.viewer, look.fields, look.reason) == (viewer, "phone", "因服务事项联系本人")
    assert mine.phone not in client.get(page(mine)).content.decode()


@pytest.mark.parametrize(
    "look", [{}, {"field": "phone"}, {"field": "note", "canned": "call"}, {"field": "phone", "words": "a"}]
)
def test_without_a_reason_no_value_and_no_look(client, signed_in, tree, mine, look):
    signed_in(tree["unit_a"])
    answer = client.post(page(mine), look)
    assert answer.status_code == 200
    assert answer.context["look_form"].errors
    assert mine.phone not in answer.content.decode()
    assert not AccessRecord.objects.exists()


def test_the_auditor_reads_masks_but_opens_and_changes_nothing(client, signed_in, tree, mine):
    signed_in(tree["city"], Role.AUDITOR)
    assert client.get(page(mine)).status_code == 200
    assert client.post(page(mine), {"field": "phone", "canned": "call"}).status_code == 403
    assert client.get(page(mine, "edit")).status_code == 403
    assert client.post(LIST + "leave/", {"worker": [mine.token], "reason": "x"}).status_code == 403


def form_of(worker, **changes):
    return {
        "name": worker.name,
        "organization": worker.organization.code,
        "employment_type": worker.employment_type,
        "marital_status": worker.marital_status,
        "hired_on": "2015-04-01",
        "joined_on": "2015-05-01",
    } | changes


def test_the_edit_form_shows_no_number_and_keeps_what_is_left_empty(client, signed_in, tree, mine):
    signed_in(tree["unit_a"])
    shown = client.get(page(mine, "edit")).content.decode()
    assert mine.phone not in shown and mine.id_number not in shown
    assert client.post(page(mine, "edit"), form_of(mine, position="班主任")).status_code == 302
    after = Worker.objects.own(pk=mine.pk).get()
    assert (after.position, after.phone, after.id_number) == ("班主任", mine.phone, mine.id_number)
    history = client.get(page(mine)).content.decode()
    assert "已修改档案" in history


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"new_id_number": "12"}, "new_id_number"),
        ({"new_phone": "12"}, "new_phone"),
        ({"name": ""}, "name"),
        ({"organization": "T-B-1"}, "organization"),
        ({"hired_on": "yesterday"}, "hired_on"),
        ({"employment_type": "pirate"}, "employment_type"),
    ],
)
def test_a_mistake_is_named_beside_its_field_and_the_rest_is_kept(
    client, signed_in, tree, mine, foreign, change, field
):
    signed_in(tree["unit_a"])
    answer = client.post(page(mine, "edit"), form_of(mine, position="班主任") | change)
    assert answer.status_code == 200
    assert list(answer.context["form"].errors) == [field]
    assert answer.context["form"]["position"].value() == "班主任"
    assert Worker.objects.own(pk=mine.pk).get().position == ""


def test_a_taken_number_is_refused_beside_the_number(client, signed_in, tree, mine, foreign):
    signed_in(tree["unit_a"])
    answer = client.post(page(mine, "edit"), form_of(mine, new_id_number=foreign.id_number, reason="更正"))
    assert list(answer.context["form"].errors) == ["new_id_number"]
    assert foreign.name not in answer.content.decode()


def test_marking_several_as_left_previews_each_row_and_tells_what_happened(client, signed_in, tree, mine, foreign):
    left = WorkerFactory(organization=tree["unit_a"], name="示例早走", state=WorkerState.LEFT)
    signed_in(tree["unit_a"])
    ticked = {"worker": [mine.token, left.token, foreign.token, "made-up"]}
    preview = client.post(LIST + "leave/", ticked)
    assert (preview.context["leaving"], preview.context["unknown"], preview.context["done"]) == (1, 2, False)
    assert Worker.objects.own(pk=mine.pk).get().state == WorkerState.ACTIVE
    assert client.post(LIST + "leave/", ticked | {"reason": ""}).context["form"].errors
    done = client.post(LIST + "leave/", ticked | {"reason": "退休"})
    assert (done.context["leaving"], done.context["done"]) == (1, True)
    assert foreign.name not in done.content.decode()
    states = {w.pk: w.state for w in Worker.objects.unscoped()}
    assert states == {mine.pk: "left", left.pk: "left", foreign.pk: "active"}
    again = client.post(page(mine, "take_back"), {"reason": "返聘"})
    assert again.status_code == 302
    assert Worker.objects.own(pk=mine.pk).get().state == WorkerState.ACTIVE


def test_one_whose_places_are_busy_stays_and_the_others_are_marked(client, signed_in, tree, mine, monkeypatch):
    busy = WorkerFactory(organization=tree["unit_a"], name="示例忙碌")

    def give_up(worker, *, by, now):
        if worker.pk == busy.pk:
            raise Busy()

    monkeypatch.setitem(departures._items, "bookings", give_up)
    signed_in(tree["unit_a"])
    done = client.post(LIST + "leave/", {"worker": [busy.token, mine.token], "reason": "退休"})
    assert (done.status_code, done.context["leaving"]) == (200, 1)
    assert Busy().message(staff=True) in done.content.decode()
    states = dict(Worker.objects.unscoped().values_list("pk", "state"))
    assert (states[busy.pk], states[mine.pk]) == ("active", "left")


def test_the_export_has_her_rows_masked_endings_for_numbers_and_no_formula(client, signed_in, tree, mine, foreign):
    WorkerFactory(organization=tree["unit_b"], name="=1+1", position="@x")
    signed_in(tree["county_a"])
    assert client.post("/admin/exports/of/workers/?state=active").status_code == 302
    answer = client.get(f"/admin/exports/file/{Export.objects.get().token}/download/")
    book = load_workbook(BytesIO(b"".join(answer.streaming_content)))
    sheet = book.worksheets[1]
    cells = [[str(cell.value) for cell in row] for row in sheet.iter_rows(min_row=2)]
    assert [row[0] for row in cells] == [mine.masked_name, "=**1"]
    assert (sheet["A3"].data_type, sheet["D3"].value, sheet["D3"].data_type) == ("s", "@x", "s")
    assert cells[0][5:7] == [mine.id_number[-4:], mine.masked_phone]
    everything = "".join(cell for row in cells for cell in row)
    assert mine.phone not in everything and mine.id_number not in everything


def test_a_request_stands_beside_the_records_it_may_mean_and_is_confirmed(client, signed_in, tree, mine, foreign):
    WorkerFactory(organization=tree["unit_c"], name=mine.name)
    claim = claim_of(mine)
    signed_in(tree["unit_a"])
    shown = client.get(page(claim, "claim"))
    assert shown.context["candidates"] == [mine]
    assert mine.id_number not in shown.content.decode()
    assert client.post(page(claim, "claim"), {"confirm": foreign.token}).status_code == 200
    assert RecordClaim.objects.own(pk=claim.pk).get().state == ClaimState.WAITING
    assert client.post(page(claim, "claim"), {"confirm": mine.token}).status_code == 302
    assert Worker.objects.own(pk=mine.pk).get().user_id == claim.user_id
    assert client.post(page(claim, "claim"), {"confirm": mine.token}).status_code == 200


def test_a_request_is_refused_with_a_reason_she_reads(client, signed_in, tree, mine):
    claim = claim_of(mine)
    signed_in(tree["unit_a"])
    assert client.post(page(claim, "claim"), {"reason": ""}).context["refuse_form"].errors
    assert client.post(page(claim, "claim"), {"reason": "请携带证件到工会"}).status_code == 302
    claim = RecordClaim.objects.own(pk=claim.pk).get()
    assert (claim.state, claim.reason) == (ClaimState.REFUSED, "请携带证件到工会")


def test_what_people_typed_is_shown_as_text_everywhere(client, signed_in, tree, mine):
    evil = "<script>alert(1)</script>"
    Worker.objects.own(pk=mine.pk).update(name=evil, position=evil, note=evil)
    claim = claim_of(mine, name=evil)
    signed_in(tree["unit_a"])
    client.post(LIST + "leave/", {"worker": [mine.token], "reason": evil})
    answers = [
        client.get(url) for url in (LIST, LIST + "requests/", page(mine), page(mine, "edit"), page(claim, "claim"))
    ]
    answers.append(client.post(LIST + "leave/", {"worker": [mine.token]}))
    for answer in answers:
        assert evil not in answer.content.decode()


def test_wagtail_offers_no_second_way_to_a_record(client, signed_in, tree, mine):
    signed_in(tree["city"], Role.FEDERATION_OFFICER)
    for url in ("snippets/", "snippets/workers/worker/", "snippets/choose/workers/worker/", "reports/site-history/"):
        answer = client.get(f"/admin/{url}", follow=True)
        assert mine.name not in answer.content.decode()
        assert f"#{mine.pk}" not in answer.content.decode()
    for model in (Worker, RecordClaim):
        assert not hasattr(model, "search_fields")


def test_no_service_has_rows_in_wagtails_reference_index():
    known = {model._meta.label for model in ReferenceIndex.tracked_models | ReferenceIndex.indexed_models}
    services = {model._meta.label for model in apps.get_models() if model.__module__.startswith("services.")}
    assert len(services) > 20
    assert known & services == set()
