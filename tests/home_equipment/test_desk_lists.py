"""The desk of the standard lists and of the report: written by the city, read by county, by item and by home."""

import pytest

from services.home_equipment.models import EquipmentStandard
from tests.factories.home_equipment import Store
from tests.home_equipment.test_desk import client_of, page, store, url

pytestmark = pytest.mark.django_db
__all__ = ["store"]


def test_the_city_writes_and_puts_in_force_its_own_list_without_a_developer(store):
    boss = client_of(store.boss)
    shown = boss.get(url("standard_write", "school"))
    lines = shown.context["lines"]
    data = {"source": "示例修订", "idle_days": "60"}
    data |= {"lines-TOTAL_FORMS": len(lines.forms), "lines-INITIAL_FORMS": lines.initial_form_count()}
    for form in lines.forms:
        for bound in form:
            value = bound.value()
            if isinstance(value, list):
                value = "、".join(value)
            if value is not None and value is not False:
                data[bound.html_name] = "on" if value is True else value
    data["lines-0-minimum"] = "3"
    wrong = boss.post(url("standard_write", "school"), data | {"lines-0-code": "E02"})
    assert wrong.status_code == 200 and "code" in wrong.context["lines"].forms[0].errors
    assert boss.post(url("standard_write", "school"), data).status_code == 302
    draft = EquipmentStandard.objects.unscoped().get(state="draft")
    assert draft.lines.count() == 14 and draft.lines.get(code="E01").minimum == 3
    assert draft.lines.get(code="E07").kinds[0] == "篮球"
    assert url("put_in_force", draft.pk) in page(boss, "standards")
    assert boss.post(url("put_in_force", draft.pk)).status_code == 302
    assert url("put_in_force", draft.pk) not in page(client_of(store.teacher), "standards")


def test_the_lists_are_taken_from_the_plan_by_one_button():
    store = Store(lists=False)
    boss = client_of(store.boss)
    assert url("load_lists") in page(boss, "standards")
    assert boss.post(url("load_lists"), {"source": "示例方案"}).status_code == 302
    assert EquipmentStandard.objects.unscoped().count() == 2


def test_how_far_deliveries_are_by_supplier_by_county_and_by_home(store):
    store.received(E01=(1, "运输破损"))
    boss = client_of(store.boss)
    answer = boss.get(url("progress"))
    suppliers = {row.label: (row.lines, row.complete) for row in answer.context["suppliers"]}
    # Three schools have eight of the province's lines and three of the county's, the kindergarten eight.
    assert suppliers == {"Province": (32, 7), "County": (9, 0)}
    counties = {row.label: row for row in answer.context["counties"]}
    assert counties[store.county.name].complete == 7
    answer = boss.get(url("progress"), {"county": store.county.code, "code": "E01"})
    [item] = answer.context["items"]
    assert (item.required, item.sent, item.received, item.gap) == (4, 2, 1, 3)
    assert {one["home"] for one in answer.context["homes"]} == {store.home, store.sister}
    assert "电脑 1/2" in answer.content.decode()
    assert boss.get(url("progress"), {"county": "nowhere"}).context["total"].lines == 0
    assert "电脑" in page(boss, "progress_print")
