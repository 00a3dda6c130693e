"""Nothing typed is lost: kept before it is saved, through mistakes, a lost session, two windows and replays (D20)."""

import pytest
from django.db import connection
from django.test import Client
from django.utils import timezone

from services.casework import actions as casework
from services.casework.models import KeptTyping
from services.relief.models import Household
from tests.factories.households import (
    drafted,
    filled,
    relief_world,
)
from tests.relief.her_world import fill, page, signed_in, text

pytestmark = pytest.mark.django_db
KEEP = {"HTTP_X_KEEP": "1"}
CHILD = {"relation": "child", "name": "示例戊", "birth_date": "2012-09-01", "work": "at_school", "health": "well"}
CHILD |= {"school_stage": "college", "lives_with": "on"}


@pytest.fixture
def world():
    return relief_world()


@pytest.fixture
def her(world) -> Client:
    return signed_in(world.her)


def file_of(application) -> Household:
    return Household.objects.unscoped().get(pk=application.household_id)


# Nothing typed is lost


def test_what_is_typed_is_kept_before_it_is_saved_and_filled_in_again(world, her):
    application = drafted(world)
    address = page(application, "home")
    base = her.get(address).context["base"]
    typed = {"address": "示例路9号", "housing_area": "很大", "marital": "married"}
    kept = her.post(address, typed | {"base": base}, **KEEP)
    assert "已暂存" in kept.json()["kept"]
    assert "address" not in file_of(application).particulars
    shown = signed_in(world.her).get(address)
    assert shown.context["form"]["address"].value() == "示例路9号"
    assert shown.context["form"]["housing_area"].value() == "很大"
    whole = typed | {"housing": "rented", "medical_insurance": "none", "housing_area": "48"}
    assert fill(her, address, **whole).status_code == 302
    assert not KeptTyping.objects.exists()


def test_a_page_with_a_mistake_is_kept_when_she_walks_away(world, her):
    application = drafted(world)
    fill(her, page(application, "line_add", "in"), kind="wages", amount="-5", per="month")
    assert her.get(page(application, "line_add", "in")).context["form"]["amount"].value() == "-5"


def test_what_she_posts_after_her_session_ended_is_there_when_she_is_back(world, her):
    application = drafted(world)
    address = page(application, "home")
    base = her.get(address).context["base"]
    typed = {"address": "示例路9号", "base": base}
    her.logout()
    assert "/sign-in/" in her.post(address, typed)["Location"]
    assert her.post(address, typed, **KEEP).status_code == 401
    her.force_login(world.her.user, backend="services.accounts.backends.WorkerCode")
    assert her.get(address).context["form"]["address"].value() == "示例路9号"


def test_nobody_else_reads_what_was_posted_signed_out(world, her):
    application = drafted(world)
    Client().post(page(application, "home"), {"address": "示例路9号"})
    assert her.get(page(application, "home")).context["form"]["address"].value() == ""
    other = signed_in(world.woman())
    assert other.get(page(application, "home")).status_code == 404


def test_too_much_is_not_kept(world, her):
    answer = her.post(page(drafted(world), "home"), {"address": "字" * 20_000}, **KEEP)
    assert answer.status_code == 413


def test_kept_typing_is_sealed_and_gone_with_the_draft(world, her):
    application = drafted(world)
    her.post(page(application, "home"), {"address": "示例路9号"}, **KEEP)
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM casework_kepttyping")
        assert "示例路" not in str(cursor.fetchall()) and "address" not in str(cursor.fetchall())
    casework.withdraw(application.case, by=world.her.user, now=timezone.now())
    assert not KeptTyping.objects.exists()


# Two windows, replays, the back button


def test_a_second_window_sees_both_versions_and_loses_neither(world, her):
    application = drafted(world)
    filled(world, application)
    address = page(application, "home")
    whole = {"marital": "married", "housing": "rented", "medical_insurance": "none"}
    base = her.get(address).context["base"]
    fill(her, address, address="第一个窗口", **whole)
    answer = her.post(address, {"address": "第二个窗口", "base": base, **whole})
    assert answer.status_code == 409
    shown = text(answer)
    assert "第一个窗口" in shown and "第二个窗口" in shown
    assert file_of(application).particulars["address"] == "第一个窗口"
    again = her.post(address, {"address": "第二个窗口", "base": answer.context["base"], **whole})
    assert again.status_code == 302
    assert file_of(application).particulars["address"] == "第二个窗口"


def test_another_part_saved_meanwhile_is_no_conflict(world, her):
    application = drafted(world)
    address = page(application, "home")
    base = her.get(address).context["base"]
    fill(her, page(application, "causes"), cause="serious_illness")
    whole = {"address": "示例路", "marital": "married", "housing": "rented", "medical_insurance": "none"}
    assert her.post(address, {"base": base, **whole}).status_code == 302


def test_a_form_sent_twice_adds_one_person_and_one_line(world, her):
    application = drafted(world)
    for address, typed in (
        (page(application, "person_add"), CHILD),
        (page(application, "line_add", "in"), {"kind": "wages", "amount": "100", "per": "year"}),
    ):
        posted = {"base": her.get(address).context["base"], **typed}
        assert her.post(address, posted).status_code == 302
        assert her.post(address, posted).status_code == 302
    assert application.household.members.count() == 2 and application.household.money.count() == 1


def test_a_made_up_base_that_no_database_holds_breaks_no_page(world, her):
    application = drafted(world)
    answer = her.post(page(application, "home"), {"address": "示例路9号", "base": "a\0b"})
    assert answer.status_code in (409, 422)
    assert KeptTyping.objects.get().base == "ab" or KeptTyping.objects.get().base == ""
