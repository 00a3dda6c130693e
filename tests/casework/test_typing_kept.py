"""Nothing typed is lost: what she writes to be heard again, and what colleagues write to decide (D20)."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from services.casework.actions.typing import drop_old_of_desk, forget
from services.casework.enums import Stage
from services.casework.models import KeptTyping
from tests.casework.notice_world import signed_in
from tests.casework.papers import INCOME, KINDS
from tests.factories.casework import MONDAY, case_at

pytestmark = pytest.mark.django_db
KEEP = {"HTTP_X_KEEP": "1"}
WORDS = "材料还缺三月的工资单，请补充。"


@pytest.fixture(autouse=True)
def on_monday(today_is, settings):
    settings.LANGUAGE_CODE = "en"
    return today_is


@pytest.fixture
def desk(world):
    return signed_in(world.officers["union"])


def act(case, verb: str = "refuse") -> str:
    return reverse("casework_desk:act", args=[case.token, verb])


def test_words_of_a_decision_wait_for_her_alone_until_it_is_carried_out(world, desk):
    case = world.submitted()
    answer = desk.post(act(case), {"reason": WORDS, "seen": case.version}, **KEEP)
    assert "not saved yet" in answer.json()["kept"] and not case.events.filter(verb="refuse").exists()
    page = desk.get(act(case))
    assert page.context["form"]["reason"].value() == WORDS and "data-keep" in page.content.decode()
    assert signed_in(world.officers["union_two"]).get(act(case)).context["form"]["reason"].value() in (None, "")
    assert not (desk.get(act(case, "pass_step")).context["form"]["reason"].value())
    assert desk.post(act(case), {"reason": WORDS, "seen": case.version}).status_code == 302
    assert not KeptTyping.objects.exists()


def test_a_decision_with_a_mistake_is_kept_when_she_walks_away(world, desk):
    case = world.submitted()
    assert desk.post(act(case), {"reason": "", "note": "示例备注", "seen": case.version}).status_code == 200
    assert desk.get(act(case)).context["form"]["note"].value() == "示例备注"


def test_what_is_ticked_and_worded_to_ask_for_more_is_filled_in_again(world, desk, allowance, monkeypatch):
    monkeypatch.setattr(allowance, "document_kinds", lambda case: KINDS, raising=False)
    case = world.submitted()
    address = reverse("casework_desk:ask", args=[case.token])
    rows = {"items-TOTAL_FORMS": 2, "items-INITIAL_FORMS": 2, "items-0-item": INCOME, "items-1-item": "identity"}
    typed = rows | {"items-1-wanted": "on", "items-1-words": "请补充身份证背面", "note": "示例备注"}
    assert desk.post(address, typed, **KEEP).status_code == 200
    shown = desk.get(address).context
    assert shown["items"][1]["words"].value() == "请补充身份证背面" and shown["items"][1]["wanted"].value()
    assert not shown["items"][0]["wanted"].value() and shown["form"]["note"].value() == "示例备注"
    assert desk.post(address, typed | {"items-0-words": "x", "seen": case.version}).status_code == 302
    assert not KeptTyping.objects.exists()


def test_who_may_not_decide_keeps_nothing(world):
    case = world.submitted()
    assert signed_in(world.officers["county"]).post(act(case), {"reason": WORDS}, **KEEP).status_code == 403
    assert not KeptTyping.objects.exists()


def test_old_typing_of_the_desk_goes_and_a_case_handed_over_leaves_it_alone(world, desk):
    case = world.submitted()
    desk.post(act(case), {"reason": WORDS}, **KEEP)
    forget(case)
    assert KeptTyping.objects.count() == 1
    KeptTyping.objects.update(at=MONDAY)
    assert drop_old_of_desk(now=MONDAY + timedelta(days=13)) == 0
    assert drop_old_of_desk(now=MONDAY + timedelta(days=15)) == 1


def test_why_she_asks_for_another_look_is_kept_as_she_types_and_through_a_lost_session(world):
    case = case_at(world, Stage.REFUSED)
    address, hers = reverse("casework:appeal", args=[case.token]), signed_in(world.her.user)
    assert hers.post(address, {"reason": "请再看"}, **KEEP).status_code == 200
    assert hers.get(address).context["form"]["reason"].value() == "请再看"
    lost = Client()
    answer = lost.post(address, {"reason": "请再看，材料齐了"}, **KEEP)
    assert answer.status_code == 401
    lost.force_login(world.her.user, backend="services.accounts.backends.WorkerCode")
    assert lost.get(address).context["form"]["reason"].value() == "请再看，材料齐了"
    assert hers.post(address, {"reason": "请再看"}).status_code == 302
    assert not KeptTyping.objects.exists()
    assert hers.post(address, {"reason": "又写"}, **KEEP).status_code == 409


def test_pages_that_lose_nothing_load_the_keeper(world):
    case = case_at(world, Stage.REFUSED)
    hers = signed_in(world.her.user)
    page = hers.get(reverse("casework:appeal", args=[case.token])).content.decode()
    assert "data-keep" in page and "js/keep" in page and "keep-state" in page
