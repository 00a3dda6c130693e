"""Her application on her own pages: only what is asked, nothing asked twice, every wrong entry answered."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from services.casework.models import Case, KeptTyping
from services.payments.models import Account
from services.relief.actions.sending import hand_in, version_seen
from services.relief.case_service.missing import missing_of
from services.relief.models import Application, Household, Member, Programme
from tests.factories.accounts import WorkerUserFactory
from tests.factories.households import (
    answered,
    drafted,
    filled,
    fresh,
    on_file,
    relief_world,
)
from tests.factories.workers import WorkerFactory
from tests.relief.her_world import confirmed, fill, page, signed_in, text

pytestmark = pytest.mark.django_db
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


# The way in


def test_a_visitor_reads_what_it_is_and_signing_in_leads_back(world):
    address = reverse("relief:begin", args=["emergency"])
    shown = text(Client().get(address))
    assert "20 个工作日" in shown
    assert f"next={address.replace('/', '%2F')}" in shown


def test_she_agrees_once_and_begins_once(world):
    her = WorkerFactory(organization=world.tree["unit_a"], user=WorkerUserFactory())
    client, address = signed_in(her), reverse("relief:begin", args=["emergency"])
    assert client.post(address, {}).status_code == 422
    assert not Application.objects.unscoped().exists()
    notice = client.get(address).context["notice"].digest
    first = client.post(address, {"agree": "on", "notice": notice})
    assert client.post(address)["Location"] == first["Location"]
    assert Case.objects.unscoped().count() == 1


def test_the_day_of_an_examination_comes_along_if_she_lets_it(world, her):
    """It looks first, then begins; what has begun is left as it is."""
    address, day = reverse("relief:begin", args=["emergency"]), timezone.localdate() - timedelta(days=9)
    along = {"from_day": day.isoformat(), "from_place": "示例体检医院"}
    shown = her.post(address, along | {"look": "1"})
    assert f'name="from_day" value="{day.isoformat()}"' in text(shown)
    assert not Application.objects.unscoped().exists()
    her.post(address, along)
    application = Application.objects.unscoped().get()
    assert application.answers == {"event": "serious_illness", "event_on": day.isoformat()}
    assert application.event_index
    assert her.get(page(application, "event")).context["form"]["event_on"].value() == day
    her.post(address, along | {"from_day": (day - timedelta(days=1)).isoformat()})
    assert Application.objects.unscoped().get().answers["event_on"] == day.isoformat()


def test_a_programme_for_households_on_file_leads_to_the_file_first(world, her):
    assert reverse("relief:begin", args=["filing"]) in text(her.get(reverse("relief:begin", args=["festival"])))


def test_a_programme_that_isnt_there_has_no_page(her):
    assert her.get(reverse("relief:begin", args=["nothing"])).status_code == 404


# Only what is asked


def test_the_task_list_shows_the_parts_of_the_programme_alone(world, her):
    parts = {
        code: [one.code for one in her.get(page(drafted(world, code=code), "application")).context["sections"]]
        for code in ("filing", "emergency", "study")
    }
    assert parts["filing"] == ["you", "people", "money", "causes", "home", "event", "papers"]
    assert parts["emergency"] == ["you", "event", "papers", "account"]
    assert parts["study"] == ["you", "people", "student", "papers", "account"]


def test_a_part_that_isnt_asked_has_no_page(world, her):
    application = drafted(world, code="emergency")
    for name in ("people", "person_add", "money", "causes", "home", "student"):
        assert her.get(page(application, name))["Location"] == page(application, "application")


def test_what_the_roster_knows_is_shown_masked_and_not_asked(world, her):
    shown = text(her.get(page(drafted(world), "you")))
    assert world.her.masked_id_number in shown
    assert world.her.id_number not in shown and 'name="name"' not in shown


def test_a_file_that_is_known_is_looked_through_not_typed_again(world, her):
    on_file(world)
    Programme.objects.filter(code="festival").update(caps={})
    sections = her.get(page(drafted(world, code="festival"), "application")).context["sections"]
    states = {one.code: one.state for one in sections}
    assert {states[code] for code in ("people", "money", "causes", "home")} == {"known"}


def test_answers_to_what_isnt_asked_are_dropped_when_she_sends(world):
    application = drafted(world, code="study")
    filled(world, application)
    student = application.household.members.get(relation="child")
    application = answered(world, application, student=student.pk, told="示例")
    hand_in(
        application,
        declares=True,
        lets_check=True,
        seen=version_seen(application),
        by=world.her.user,
        now=timezone.now(),
    )
    sent = fresh(application)
    assert sent.answers == {"told": "示例"} and sent.event_index == "" and sent.student == student


# Her household and money


def test_she_adds_changes_and_takes_out_a_person(world, her):
    application = drafted(world)
    assert fill(her, page(application, "person_add"), **CHILD).status_code == 302
    child = application.household.members.get(relation="child")
    assert fill(her, page(application, "person", child.pk), **(CHILD | {"name": "示例庚"})).status_code == 302
    assert application.household.members.get(relation="child").name == "示例庚"
    assert her.post(page(application, "person_remove", child.pk)).status_code == 302
    assert her.post(page(application, "person_remove", child.pk)).status_code == 302
    assert application.household.members.count() == 1


def test_a_stored_number_is_never_in_the_page_and_stays_when_left_empty(world, her):
    application = drafted(world)
    filled(world, application)
    child = application.household.members.get(relation="child")
    address = page(application, "person", child.pk)
    assert child.id_number not in text(her.get(address))
    fill(her, address, **(CHILD | {"name": "示例庚"}))
    assert Member.objects.get(pk=child.pk).id_number == child.id_number


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ({"birth_date": "2999-01-01"}, "不能晚于今天"),
        ({"birth_date": "1950-01-01"}, "出生日期"),
        ({"name": ""}, "请填写姓名"),
        ({"school_stage": ""}, "就读阶段"),
        ({"id_number": "12345"}, "18位"),
    ],
)
def test_an_impossible_person_is_answered_beside_the_field(world, her, typed, words):
    application = drafted(world)
    answer = fill(her, page(application, "person_add"), **(CHILD | typed))
    assert answer.status_code == 422
    (field,) = typed
    assert any(words in str(said) for said in answer.context["form"].errors.values()), answer.context["form"].errors
    assert CHILD["birth_date"] in text(answer) or field == "birth_date"
    assert application.household.members.count() == 1


def test_she_may_say_that_she_lives_alone(world, her):
    application = drafted(world)
    her.post(page(application, "people"))
    assert file_of(application).particulars["alone"] == "yes"


def test_living_alone_stands_until_somebody_is_listed_and_has_to_be_said_again(world, her):
    application = drafted(world)
    her.post(page(application, "people"))
    fill(her, page(application, "person_add"), **CHILD)
    assert not file_of(application).particulars["alone"]
    answer = her.post(page(application, "people"))
    assert answer.status_code == 422 and file_of(application).members.count() == 2
    child = application.household.members.get(relation="child")
    her.post(page(application, "person_remove", child.pk))
    assert "household" in {one.item for one in missing_of(fresh(application), now=timezone.now())}
    her.post(page(application, "people"))
    assert "household" not in {one.item for one in missing_of(fresh(application), now=timezone.now())}
    assert "您独自居住" in text(her.get(page(application, "check")))


def test_a_monthly_sum_is_kept_by_the_year(world, her):
    application = drafted(world)
    fill(her, page(application, "line_add", "in"), kind="wages", amount="2,100", per="month")
    fill(her, page(application, "line_add", "out"), kind="medical", amount="3000", per="year")
    lines = {line.kind: Decimal(line.yearly) for line in application.household.money.all()}
    assert lines == {"wages": Decimal(25200), "medical": Decimal(3000)}


@pytest.mark.parametrize("amount", ["-5", "abc", "1e999", "99999999", "1.234", ""])
def test_an_impossible_amount_is_answered_beside_the_field(world, her, amount):
    application = drafted(world)
    answer = fill(her, page(application, "line_add", "in"), kind="wages", amount=amount, per="month")
    assert answer.status_code == 422 and "amount" in answer.context["form"].errors
    assert not application.household.money.exists()


def test_a_yearly_sum_beyond_any_household_is_answered_too(world, her):
    answer = fill(her, page(drafted(world), "line_add", "in"), kind="wages", amount="1500000", per="month")
    assert "amount" in answer.context["form"].errors


def test_nothing_comes_in_is_an_answer_until_a_line_says_otherwise(world, her):
    application = drafted(world)
    her.post(page(application, "money"))
    assert file_of(application).particulars["no_income"] is True
    fill(her, page(application, "line_add", "in"), kind="wages", amount="100", per="year")
    assert file_of(application).particulars["no_income"] is False
    assert her.post(page(application, "money")).status_code == 422


def test_a_line_is_changed_and_taken_out_by_its_place(world, her):
    application = drafted(world)
    for kind in ("wages", "pension"):
        fill(her, page(application, "line_add", "in"), kind=kind, amount="100", per="year")
    fill(her, page(application, "line", "in", 1), kind="pension", amount="200", per="year")
    stale = {"seen": str(file_of(application).version - 1)}
    her.post(page(application, "line_remove", "in", 0), stale)
    assert application.household.money.count() == 2
    her.post(page(application, "line_remove", "in", 0), {"seen": str(file_of(application).version)})
    assert [(line.kind, line.yearly) for line in application.household.money.all()] == [("pension", "200")]
    assert her.get(page(application, "line", "in", 7)).status_code == 404
    assert her.get(page(application, "line", "sideways", 0)).status_code == 404


# Causes and what happened


def test_one_main_cause_and_three_more_at_most(world, her):
    application = drafted(world)
    address = page(application, "causes")
    four = ["no_job", "laid_off", "disaster", "accident"]
    assert fill(her, address, cause="serious_illness", more_causes=four).status_code == 422
    assert fill(her, address, more_causes=four[:1]).status_code == 422
    assert fill(her, address, cause="serious_illness", more_causes=four[:3]).status_code == 302


def test_what_happened_tomorrow_is_refused_beside_the_day(world, her):
    application = drafted(world, code="emergency")
    tomorrow = (timezone.localdate() + timedelta(days=1)).isoformat()
    answer = fill(her, page(application, "event"), event="accident", event_on=tomorrow, cost="100")
    assert list(answer.context["form"].errors) == ["event_on"]
    answer = fill(her, page(application, "event"), event="", event_on="", cost="")
    assert set(answer.context["form"].errors) == {"event", "event_on", "cost"}


# The account


def test_an_account_that_is_known_is_used_again_masked(world, her):
    shown = text(her.get(page(drafted(world, code="emergency"), "account")))
    account = Account.objects.get(worker=world.her)
    assert account.masked_number in shown and account.number not in shown


def test_another_account_asks_for_a_code_and_keeps_what_was_typed(world, her):
    application = drafted(world, code="emergency")
    address = page(application, "account") + "?other=1"
    typed = {"holder": "示例甲", "bank": "示例银行", "number": "621799000000", "again": "621799000000"}
    assert "/confirm/" in her.get(address)["Location"]
    assert "/confirm/" in her.post(address, typed)["Location"]
    shown = confirmed(her).get(address)
    assert shown.context["form"]["bank"].value() == "示例银行"
    short = {"number": "123", "again": "123"}
    assert "number" in fill(her, address, **(typed | short)).context["form"].errors
    assert fill(her, address, **typed).status_code == 302
    assert Account.objects.get(worker=world.her, current=True).number == "621799000000"
    assert not KeptTyping.objects.exists()
