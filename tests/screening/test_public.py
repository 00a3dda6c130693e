"""Her side of screening: what anybody may read, and what stands before choosing a time."""

from datetime import datetime, timedelta

import pytest
from django.db.models import F
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from services.bookings.enums import OfferingState, SignUpMode
from services.bookings.models import Booking, Offering, Session
from services.privacy.models import Consent, Notice
from services.screening.models import HistoryStatement, PastScreening
from services.workers.models import Worker
from tests.factories.accounts import StaffFactory, WorkerUserFactory
from tests.factories.screening import ProgrammeFactory
from tests.screening.her_world import CODE, at, her_world, signed_in, text, url

pytestmark = pytest.mark.django_db


@pytest.fixture
def world():
    return her_world()


@pytest.fixture
def hers(world):
    return signed_in(world.user)


# --- what anybody may read ---


def test_the_list_shows_open_programmes_with_what_is_left(world, client):
    shown = client.get(reverse("screening:list"))
    assert world.programme.title in text(shown)
    assert "余 12 个名额" in text(shown)


def test_the_list_says_what_is_full_and_what_a_draw_decides(world, client):
    Session.objects.update(taken=F("capacity"))
    assert "已满，可以候补" in text(client.get(reverse("screening:list")))
    Offering.objects.update(mode=SignUpMode.DRAW)
    shown = text(client.get(reverse("screening:list")))
    assert "名额通过抽签分配" in shown and "已满" not in shown


def test_a_programme_in_preparation_or_without_terms_does_not_exist_for_the_public(world, client):
    Offering.objects.update(state=OfferingState.DRAFT)
    assert client.get(url("programme")).status_code == 404
    assert world.programme.title not in text(client.get(reverse("screening:list")))
    bare = ProgrammeFactory(code="bare")
    assert client.get(url("programme", bare.code)).status_code == 404


def test_the_programme_page_says_what_who_where_and_by_which_document(world, client):
    page = text(client.get(url("programme")))
    for words in ("HPV", "东院体检中心", "示例路 99 号", "《2026 年筛查方案》第三条", "避开经期", "0990-0000000"):
        assert words in page


def test_anybody_learns_whether_she_can_take_part_and_nothing_is_kept(world, client):
    before = (Worker.objects.unscoped().count(), HistoryStatement.objects.count())
    response = client.post(url("eligibility"), {"age": "41", "member": "yes", "screened": "never"})
    assert response.context["result"].verdict == "eligible"
    assert (Worker.objects.unscoped().count(), HistoryStatement.objects.count()) == before
    assert "sessionid" not in response.cookies
    assert "no-store" in response["Cache-Control"] or "no-cache" in response["Cache-Control"]


@pytest.mark.parametrize(
    ("answers", "verdict"),
    [
        ({"age": "34", "member": "yes", "screened": "never"}, "not_eligible"),
        ({"age": "41", "member": "no", "screened": "never"}, "not_eligible"),
        ({"age": "41", "member": "yes", "screened": "unknown"}, "needs_facts"),
        ({"age": "64", "member": "yes", "screened": "never"}, "eligible"),
        ({"age": "65", "member": "yes", "screened": "never"}, "not_eligible"),
    ],
)
def test_each_answer_is_judged_by_its_own_rule(world, client, answers, verdict):
    assert client.post(url("eligibility"), answers).context["result"].verdict == verdict


def test_a_refusal_says_what_would_change_it_and_where_else_to_look(world, client):
    response = client.post(url("eligibility"), {"age": "30", "member": "no", "screened": "never"})
    failed = [rule for rule in response.context["result"].rules if rule.outcome == "failed"]
    assert len(failed) == 2 and all(rule.remedy for rule in failed)
    assert "用人单位定期体检" in text(response)


def test_only_questions_that_the_terms_turn_on_are_asked_and_at_most_four(world, client):
    assert client.get(url("eligibility")).context["form"].questions == ["age", "member", "screened"]
    world.programme.terms.update(marital_rule="married", employment_types=["contract"])
    assert client.get(url("eligibility")).context["form"].questions == ["age", "member", "screened", "marital"]


@pytest.mark.parametrize("age", ["", "abc", "15", "101", "-3", "９" * 40, "41\x00"])
def test_odd_ages_get_a_message_beside_the_field(world, client, age):
    response = client.post(url("eligibility"), {"age": age, "member": "yes", "screened": "never"})
    assert response.status_code == 200 and "age" in response.context["form"].errors


def test_full_width_digits_are_an_age(world, client):
    response = client.post(url("eligibility"), {"age": "４１", "member": "yes", "screened": "never"})
    assert response.context["result"].verdict == "eligible"


# --- who comes in ---


def test_booking_leads_a_visitor_to_sign_in_and_back(world, client):
    response = client.get(url("book"))
    assert response.status_code == 302
    assert response["Location"] == f"{reverse('accounts:sign_in')}?next={url('book')}"


def test_booking_leads_a_woman_without_record_to_claim_it_and_back(world):
    response = signed_in(WorkerUserFactory()).get(url("book"))
    assert response["Location"].startswith(reverse("workers:claim")) and CODE in response["Location"]


def test_staff_have_no_business_here(world):
    client = Client()
    client.force_login(StaffFactory(), backend="services.accounts.backends.StaffPassword")
    assert client.get(url("book")).status_code == 403


# --- before she chooses ---


def test_without_her_agreement_no_place_is_taken():
    world = her_world(consents=False)
    client = signed_in(world.user)
    assert client.get(url("book"))["Location"] == url("consent")
    assert client.post(url("book"), {"session": world.sessions[0].token})["Location"] == url("consent")
    assert not Booking.objects.unscoped().exists()


def test_the_agreement_is_not_ticked_for_her_and_refusing_it_records_nothing():
    world = her_world(consents=False)
    client = signed_in(world.user)
    page = client.get(url("consent"))
    assert "checked" not in page.content.decode().split('name="agree"')[1].split(">")[0]
    notice = page.context["notice"]
    assert "agree" in client.post(url("consent"), {"notice": notice.digest}).context["form"].errors
    assert client.get(url("consent_refused")).status_code == 200
    assert not Consent.objects.filter(giver=world.user).exists()
    assert client.post(url("consent"), {"notice": notice.digest, "agree": "on"})["Location"] == url("book")
    assert Consent.objects.get(giver=world.user).notice == notice


def test_a_notice_that_changed_while_she_read_is_shown_again():
    world = her_world(consents=False)
    client = signed_in(world.user)
    old = Notice.objects.get(purpose="screening")
    Notice.objects.create(
        purpose="screening", version=2, title="新告知", body="新内容", digest="d" * 64, in_force_from=timezone.now()
    )
    response = client.post(url("consent"), {"notice": old.digest, "agree": "on"})
    assert response.status_code == 200 and "新内容" in text(response)
    assert not Consent.objects.filter(giver=world.user).exists()


def test_she_is_asked_for_her_last_screening_once_and_only_when_nobody_knows_it(world, hers):
    PastScreening.objects.unscoped().filter(worker=world.worker).delete()
    assert hers.get(url("book"))["Location"] == url("history")
    assert "screened_on" in hers.post(url("history"), {"screened": "day"}).context["form"].errors
    tomorrow = (timezone.localdate() + timedelta(days=1)).isoformat()
    late = hers.post(url("history"), {"screened": "day", "screened_on": tomorrow})
    assert "screened_on" in late.context["form"].errors
    assert hers.post(url("history"), {"screened": "never", "screened_on": ""})["Location"] == url("book")
    assert hers.get(url("book")).status_code == 200


def test_a_woman_who_cannot_take_part_sees_each_rule_and_no_times(world):
    young = world.woman(birth_date=timezone.localdate().replace(year=timezone.localdate().year - 28, day=1))
    client = signed_in(young.user)
    response = client.get(url("book"))
    assert response.context["result"].verdict == "not_eligible"
    assert world.sessions[0].token not in response.content.decode()
    client.post(url("book"), {"session": world.sessions[0].token})
    assert not Booking.objects.own(worker=young).exists()


def test_a_day_on_which_the_rules_do_not_admit_her_yet_cannot_be_chosen(world):
    soon = at(11, 8).date()
    woman = world.woman(birth_date=soon.replace(year=soon.year - 35))
    sites = signed_in(woman.user).get(url("book")).context["sites"]
    barred = {c.session.pk: c.barred for site in sites for day in site.days for c in day.choices}
    early, later = world.sessions[:2], world.sessions[2:]
    assert barred == {s.pk: True for s in early} | {s.pk: False for s in later}


@pytest.mark.parametrize(
    ("change", "words"),
    [({"opens_at": 1}, "报名尚未开始"), ({"closes_at": -1}, "报名已结束")],
)
def test_outside_the_window_she_reads_when_and_keeps_her_findings(world, hers, change, words):
    Offering.objects.update(**{name: timezone.now() + timedelta(hours=hours) for name, hours in change.items()})
    response = hers.get(url("book"))
    assert words in text(response) and len(response.context["result"].rules) >= 3


def test_what_the_roster_says_is_told_with_the_day_since_when_it_stands_there():
    world = her_world()
    Worker.objects.unscoped().update(updated_at=timezone.make_aware(datetime(2026, 3, 5, 12)))
    rules = signed_in(world.user).get(url("eligibility")).context["result"].rules
    told = [row.origin for row in rules if "名册" in row.origin or "roster" in row.origin]
    assert told and all("2026年3月5日" in origin for origin in told)
