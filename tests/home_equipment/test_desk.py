"""The desk of equipment: pages by clicks alone, what is typed wrongly, lists that cost the same."""

import json

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from PIL import Image

from services.casework.models import private_storage
from services.childrens_homes.registry import Shortfall
from services.exchange.models import Export
from services.home_equipment.actions import counting, deliveries, mending, tasks, transferring
from services.home_equipment.actions.photos import note_harmful
from services.home_equipment.enums import AssetState, DeliveryState
from services.home_equipment.models import (
    AssetItem,
    AssetTransfer,
    DeliveryOrder,
    Photo,
    RepairTask,
    StockTake,
)
from services.home_equipment.todos import todos_for
from tests.factories.childrens_homes import HomeFactory
from tests.factories.home_equipment import Store, picture, thing
from tests.screening.people import BACKEND

pytestmark = pytest.mark.django_db


@pytest.fixture
def store(settings):
    settings.LANGUAGE_CODE = "en"
    return Store()


def client_of(user) -> Client:
    client = Client()
    client.force_login(user, backend=BACKEND)
    return client


def url(name, *args):
    return reverse(f"home_equipment_desk:{name}", args=args)


def page(client, name, *args, **query) -> str:
    answer = client.get(url(name, *args), query)
    assert answer.status_code == 200, (name, answer.status_code)
    return answer.content.decode()


def said(order, **short) -> dict:
    sent = {}
    for line in order.lines.all():
        received, reason = short.get(line.code, (line.sent, ""))
        sent |= {f"received_{line.pk}": received, f"reason_{line.pk}": reason}
    return sent


def test_from_the_order_to_use_by_clicks_alone(store):
    boss, keeper, teacher = client_of(store.boss), client_of(store.keeper), client_of(store.teacher)
    day = store.today.isoformat()
    data = {"source": "provincial", "county": "", "name": "示例设备", "ordered_on": day}
    assert boss.post(url("order"), data).status_code == 302
    orders = DeliveryOrder.objects.unscoped()
    assert orders.count() == 4
    batch = orders.first().batch
    assert batch.number in page(boss, "delivery", orders.first().token)
    assert boss.post(url("batch", batch.number), {"on": day}).status_code == 302
    order = orders.get(home=store.home)
    assert url("receive", order.token) in page(teacher, "delivery", order.token)
    sent = {"on": day, "photo": SimpleUploadedFile("收货.jpg", picture().read())} | said(order, E01=(1, "运输破损"))
    assert teacher.post(url("receive", order.token), sent).status_code == 302
    assert url("resolve", order.token) in page(keeper, "delivery", order.token)
    assert url("resolve", order.token) not in page(teacher, "delivery", order.token)
    fixed = said(order, E01=(1, "供货方退款")) | {"how": "已退款"}
    assert keeper.post(url("resolve", order.token), fixed).status_code == 302
    assert url("issue", store.home.code) in page(keeper, "home", store.home.code)
    chosen = list(AssetItem.objects.unscoped().values_list("pk", flat=True))
    assert keeper.post(url("issue", store.home.code), {"assets": chosen}).status_code == 302
    assert teacher.post(url("confirm", store.home.code), {"assets": chosen}).status_code == 302
    assert {one.state for one in AssetItem.objects.unscoped()} == {AssetState.IN_USE}


def test_five_computers_of_two_are_refused_beside_the_field_and_nothing_typed_is_lost(store):
    order, teacher = store.shipped(), client_of(store.teacher)
    line = order.lines.get(code="E01")
    data = {"on": store.today.isoformat()} | said(order, E01=(5, ""), E02=(0, ""))
    answer = teacher.post(url("receive", order.token), data)
    assert answer.status_code == 200
    errors = answer.context["form"].errors
    assert errors[f"received_{line.pk}"] == ["5 received of 2 sent: more can't have arrived than was sent."]
    assert f"reason_{order.lines.get(code='E02').pk}" in errors
    assert 'value="5"' in answer.content.decode()
    assert store.fresh(order).state == DeliveryState.SHIPPED


@pytest.mark.parametrize("typed", ["-1", "2.5", "zwei", "99999999999999999999", ""])
def test_odd_numbers_are_refused_with_words(store, typed):
    order, teacher = store.shipped(), client_of(store.teacher)
    data = {"on": store.today.isoformat()} | said(order, E01=(typed, ""))
    answer = teacher.post(url("receive", order.token), data)
    assert answer.status_code == 200 and f"received_{order.lines.get(code='E01').pk}" in answer.context["form"].errors


def test_a_photo_keeps_nothing_of_the_camera_and_has_no_address_to_guess(store):
    order, teacher = store.shipped(), client_of(store.teacher)
    answer = teacher.post(url("delivery_photo", order.token), {"photo": SimpleUploadedFile("x.jpg", picture().read())})
    assert answer.status_code == 302
    photo = Photo.objects.unscoped().get()
    with private_storage().open(photo.file.name) as stream:
        assert not Image.open(stream).getexif()
    assert store.home.code not in photo.file.name and not photo.file.name.endswith("/x.jpg")
    assert teacher.get(url("photo", photo.token)).status_code == 200
    assert client_of(store.other_teacher).get(url("photo", photo.token)).status_code == 404
    Photo.objects.unscoped().update(scan="waiting")
    assert teacher.get(url("photo", photo.token)).status_code == 404


def test_what_is_no_picture_is_refused_beside_the_field(store):
    order, teacher = store.shipped(), client_of(store.teacher)
    for name, data in (("x.jpg", b"MZ not a picture"), ("x.pdf", b"%PDF-1.4\n")):
        answer = teacher.post(url("delivery_photo", order.token), {"photo": SimpleUploadedFile(name, data)})
        assert answer.status_code == 200 and "photo" in answer.context["form"].errors


def test_a_harmful_photo_is_deleted_and_shown_to_nobody(store):
    order, teacher = store.shipped(), client_of(store.teacher)
    teacher.post(url("delivery_photo", order.token), {"photo": SimpleUploadedFile("x.jpg", picture().read())})
    photo = Photo.objects.unscoped().get()
    note_harmful(photo, store.now)
    assert teacher.get(url("photo", photo.token)).status_code == 404


def test_scanning_opens_the_item_and_tells_a_stranger_nothing(store):
    [asset] = store.in_use()
    labels = page(client_of(store.keeper), "home_labels", store.home.code)
    assert "<svg" in labels and asset.number in labels
    stranger = Client().get(url("asset", asset.token))
    assert stranger.status_code == 302 and asset.number not in stranger["Location"]
    assert client_of(store.other_teacher).get(url("asset", asset.token)).status_code == 404
    shown = page(client_of(store.teacher), "asset", asset.token)
    assert asset.number in shown and url("repair", asset.token) in shown


def test_steps_of_an_item_are_those_this_person_may_take(store):
    [asset] = store.in_use()
    teacher, keeper, finance = client_of(store.teacher), client_of(store.keeper), client_of(store.finance)
    assert url("step", asset.token, "ask_scrap") in page(keeper, "asset", asset.token)
    assert url("step", asset.token, "ask_scrap") not in page(teacher, "asset", asset.token)
    data = {"fault": "屏幕不亮", "repairer": "", "on": store.today.isoformat()}
    assert teacher.post(url("repair", asset.token), data).status_code == 302
    back = {"result": "换屏", "cost": "120.50", "on": store.today.isoformat()}
    assert teacher.post(url("back", asset.token), back).status_code == 302
    assert keeper.post(url("step", asset.token, "ask_scrap"), {"reason": "主板烧坏"}).status_code == 302
    assert keeper.get(url("decide", asset.token)).status_code == 403
    assert url("decide", asset.token) in page(finance, "asset", asset.token)
    answer = finance.post(url("decide", asset.token), {"approve": "", "words": ""})
    assert set(answer.context["form"].errors) == {"approve", "words"}
    assert finance.post(url("decide", asset.token), {"approve": "yes", "words": "同意"}).status_code == 302
    assert store.fresh(asset).state == AssetState.DISPOSED
    assert keeper.get(url("step", asset.token, "dispose")).status_code == 404


def test_counting_on_a_phone_is_sent_as_often_as_it_likes(store):
    [asset] = store.in_use()
    teacher = client_of(store.teacher)
    assert teacher.post(url("begin_count", store.home.code)).status_code == 302
    take = StockTake.objects.unscoped().get()
    shown = page(teacher, "take", take.token)
    assert f'data-number="{asset.number}"' in shown and "js/count.js" in shown
    body = {"seen": [{"number": asset.number, "pieces": 1, "at": store.now.isoformat()}]}
    for _again in range(2):
        answer = teacher.post(url("seen", take.token), json.dumps(body), content_type="application/json")
        assert answer.status_code == 200 and answer.json()["counted"] == {asset.number: 1}
    line = take.lines.get()
    data = {f"actual_{line.pk}": "1", f"reason_{line.pk}": "", "hand_in": "1"}
    assert teacher.post(url("take", take.token), data).status_code == 302
    assert url("approve_take", take.token) in page(client_of(store.keeper), "take", take.token)
    assert client_of(store.keeper).post(url("approve_take", take.token)).status_code == 302
    assert teacher.post(url("seen", take.token), json.dumps(body), content_type="application/json").status_code == 409


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"[]",
        b"{}",
        b'{"seen": 1}',
        b'{"seen": [1]}',
        b'{"seen": [{"number": 5, "pieces": 1, "at": "2026-01-01T00:00:00Z"}]}',
        b'{"seen": [{"number": "a", "pieces": true, "at": "2026-01-01T00:00:00Z"}]}',
        b'{"seen": [{"number": "a", "pieces": -1, "at": "2026-01-01T00:00:00Z"}]}',
        b'{"seen": [{"number": "a", "pieces": 1, "at": "2026-13-41T00:00:00Z"}]}',
        b'{"seen": [{"number": "a", "pieces": 1, "at": "2026-01-01T00:00:00"}]}',
        b"\xff\xfe",
    ],
)
def test_what_cannot_be_read_of_a_phone_is_refused_and_changes_nothing(store, body):
    store.in_use()
    take = counting.begin(store.home, by=store.teacher, now=store.now)
    answer = client_of(store.teacher).post(url("seen", take.token), body, content_type="application/json")
    assert answer.status_code == 400 and take.lines.get().actual is None


def test_a_missing_reason_stands_beside_its_line(store):
    first, second = store.in_use(thing("E01"), thing("E08"))
    take = counting.begin(store.home, by=store.teacher, now=store.now)
    lines = {line.asset: line.pk for line in take.lines.select_related("asset")}
    data = {f"actual_{lines[first]}": "1", f"actual_{lines[second]}": "", "hand_in": "1"}
    answer = client_of(store.teacher).post(url("take", take.token), data)
    assert answer.status_code == 200 and f"reason_{lines[second]}" in answer.context["form"].errors
    assert take.lines.get(asset=first).actual == 1


def test_a_transfer_by_clicks_of_both_sides(store):
    [asset] = store.in_use()
    keeper, teacher, other = client_of(store.keeper), client_of(store.teacher), client_of(store.other_teacher)
    data = {"assets": [asset.pk], "taker": store.sister.pk, "reason": "调剂"}
    assert keeper.post(url("ask_transfer", store.home.code), data).status_code == 302
    token = AssetTransfer.objects.unscoped().get().token
    assert url("hand_over", token) in page(teacher, "transfer", token)
    assert url("hand_over", token) not in page(other, "transfer", token)
    assert teacher.post(url("hand_over", token)).status_code == 302
    assert other.post(url("take_over", token)).status_code == 302
    assert store.fresh(asset).home == store.sister


def test_a_gift_comes_on_the_register_with_what_is_wrong_beside_its_line(store):
    keeper = client_of(store.keeper)
    lines = {"items-TOTAL_FORMS": 1, "items-INITIAL_FORMS": 0, "items-0-category": "toys", "items-0-unit": "set"}
    item = {"items-0-code": "E12", "items-0-name": "积木", "items-0-quantity": "3", "items-0-price": "25.5"}
    data = {"source": "donation", "name": "示例企业", "ordered_on": store.today.isoformat(), **lines}
    wrong = keeper.post(url("gift", store.home.code), data | item | {"items-0-quantity": "0"})
    assert wrong.status_code == 200 and "quantity" in wrong.context["items"].forms[0].errors
    assert keeper.post(url("gift", store.home.code), data | item).status_code == 302
    assert AssetItem.objects.unscoped().filter(code="E12", source="donation", meant_for=store.home).count() == 3


def test_an_order_for_one_home(store):
    keeper = client_of(store.keeper)
    lines = {"items-TOTAL_FORMS": 1, "items-INITIAL_FORMS": 0, "items-0-category": "books", "items-0-unit": "title"}
    item = {"items-0-code": "E06", "items-0-name": "图书", "items-0-quantity": "30", "items-0-by_lot": "on"}
    data = {"source": "county_match", "name": "示例图书", "ordered_on": store.today.isoformat(), **lines, **item}
    assert keeper.post(url("order_one", store.home.code), data).status_code == 302
    assert DeliveryOrder.objects.unscoped().get().lines.get().sent == 30


def test_the_register_of_a_past_day_on_paper(store):
    [asset] = store.in_use()
    keeper = client_of(store.keeper)
    assert asset.number in page(keeper, "home_booklet", store.home.code)
    assert asset.number in page(keeper, "county_booklet", store.county.code)
    assert asset.number not in page(keeper, "home_booklet", store.home.code, on=store.day(3).isoformat())
    assert asset.number in page(keeper, "home_booklet", store.home.code, on="2026-99-99")
    assert client_of(store.teacher).get(url("county_booklet", store.county.code)).status_code == 404


@pytest.mark.parametrize("listing", ["equipment_register", "equipment_progress"])
def test_a_list_leaves_as_a_workbook(store, listing, django_capture_on_commit_callbacks):
    store.in_use()
    with django_capture_on_commit_callbacks(execute=True):
        answer = client_of(store.keeper).post(reverse("exports:ask", args=[listing]), {})
    assert answer.status_code == 302
    export = Export.objects.get()
    assert export.state == "done" and export.rows == (1 if listing == "equipment_register" else 30)


def test_a_repair_task_is_answered_with_a_photo(store):
    tasks.open_task(Shortfall("s-1", store.home.pk, "5.1", "书架只有1个", store.day(3)), store.keeper)
    task = RepairTask.objects.unscoped().get()
    teacher = client_of(store.teacher)
    assert "书架只有1个" in page(teacher, "home", store.home.code)
    data = {"words": "已补", "photo": SimpleUploadedFile("x.jpg", picture().read())}
    assert teacher.post(url("task", task.pk), data).status_code == 302
    assert store.fresh(task).state == "answered" and task.photos.count() == 1
    assert client_of(store.auditor).post(url("task", task.pk), data).status_code == 403


def test_everybody_reads_on_her_desk_what_waits_for_her(store):
    assert todos_for(store.teacher) == todos_for(store.keeper) == todos_for(store.finance) == []
    store.shipped()
    deliveries.receive(
        (order := store.shipped(home=store.sister)),
        said=store.said(order, E01=(1, "破损")),
        on=store.today,
        by=store.other_teacher,
        now=store.now,
    )
    asset, other = store.in_use(thing("E08"), thing("E09"))
    mending.ask_scrap(asset, reason="报废", by=store.keeper, now=store.now)
    store.stored()
    tasks.open_task(Shortfall("s-1", store.home.pk, "5.1", "书架只有1个", store.day(3)), store.keeper)
    transferring.ask_transfer(store.home, store.sister, assets=[other], reason="调剂", by=store.keeper, now=store.now)
    counting.begin(store.home, by=store.teacher, now=store.now)
    hers = todos_for(store.teacher)
    assert len(hers) == 4 and [todo.overdue for todo in hers] == [False, True, False, False]
    assert len(todos_for(store.keeper)) == 2
    assert len(todos_for(store.finance)) == 1 and todos_for(store.auditor) == []
    for user in (store.teacher, store.keeper, store.finance):
        assert all(client_of(user).get(todo.url).status_code == 200 for todo in todos_for(user))


def _cost(client, address) -> int:
    with CaptureQueriesContext(connection) as queries:
        assert client.get(address).status_code == 200
    return len(queries)


def test_the_lists_cost_the_same_at_one_row_and_at_thirty(store):
    boss = client_of(store.boss)
    names = ("register", "deliveries", "tasks", "takes", "transfers")

    def more(home, number):
        order = store.ordered(home=home)
        [asset] = store.in_use(home=home)
        transferring.ask_transfer(home, store.away, assets=[asset], reason="示例", by=store.boss, now=store.now)
        counting.begin(home, by=store.boss, now=store.now)
        tasks.open_task(Shortfall(f"s-{number}", home.pk, "5.1", "示例", None), store.boss)
        return order

    more(store.home, 0)
    for name in names:
        boss.get(url(name))
    alone = {name: _cost(boss, url(name)) for name in names}
    for number in range(1, 29):
        host = store.tree["town_a"].add_child(
            code=f"F-A-9-{number}", name=f"示例小学{number}", kind="school", branch="womens_federation"
        )
        more(HomeFactory(programme=store.programme, host=host, code=f"LSZJ-990001-{100 + number}"), number)
    assert {name: _cost(boss, url(name)) for name in names} == alone


@pytest.mark.parametrize("name", ["register", "deliveries", "tasks", "takes", "transfers", "progress"])
def test_odd_parameters_show_nothing_and_break_nothing(store, name):
    boss = client_of(store.boss)
    for query in (
        {"state": "odd"},
        {"p": "after~x"},
        {"q": "字" * 60},
        {"county": "\0"},
        {"idle": "x"},
        {"code": "字" * 9},
    ):
        assert boss.get(url(name), query).status_code == 200


def test_idle_items_are_a_filter_of_the_register(store):
    lying, _fresh = store.stored(thing(), thing())
    AssetItem.objects.unscoped().filter(pk=lying.pk).update(state_since=store.day(120))
    shown = page(client_of(store.keeper), "register", idle="true")
    assert lying.number in shown and _fresh.number not in shown
