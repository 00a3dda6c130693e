"""Her side: reading, signing up, changing her mind, evaluating, her certificate; and the organiser's door."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from services.bookings.actions import cancel_booking
from services.bookings.models import Booking, CheckInScan, Offering, Session, WaitingEntry
from services.organizations.enums import Role
from services.signups import actions
from services.signups.models import Answers, Certificate, EvaluationSheet
from tests.factories.accounts import WorkerUserFactory
from tests.factories.signups import SignupWorld, client_of, officer

pytestmark = pytest.mark.django_db


@pytest.fixture
def world():
    return SignupWorld()


@pytest.fixture
def her(world):
    return world.woman()


@pytest.fixture
def phone(her):
    return client_of(her.user)


def url(name, *args):
    return reverse(f"signups:{name}", args=args)


def said(world, session=None, **answers) -> dict:
    fields = {f"q-{token}": value for token, value in world.answers(**answers).items()}
    return fields | {"session": (session or world.sessions[0]).token}


def put_back(world, by: timedelta) -> None:
    """As if everything about the sessions had been planned earlier."""
    for session in world.sessions:
        Session.objects.filter(pk=session.pk).update(starts_at=session.starts_at - by, ends_at=session.ends_at - by)


def test_anybody_reads_what_is_on_and_drafts_stay_hidden(world, client):
    draft = world.create(title="未公开活动")
    page = client.get(url("list")).content.decode()
    assert world.activity.title in page and draft.title not in page
    assert client.get(url("activity", draft.code)).status_code == 404
    shown = client.get(url("activity", world.activity.code)).content.decode()
    assert "余 12 个名额" in shown and "16 学时" in shown and "培训班" in shown


def test_a_session_leaves_as_a_calendar_file_without_a_name(world, client):
    answer = client.get(url("session_calendar", world.sessions[0].token))
    body = answer.content.decode()
    assert answer["Content-Type"].startswith("text/calendar")
    assert f"SUMMARY:{world.activity.title}" in body and "BEGIN:VALARM" not in body
    assert all(len(line.encode()) <= 75 for line in body.split("\r\n"))
    Offering.objects.update(state="draft")
    assert client.get(url("session_calendar", world.sessions[0].token)).status_code == 404


def test_she_signs_up_checks_and_finds_it_again(world, her, phone):
    assert phone.get(url("sign_up", world.activity.code)).status_code == 200
    held = phone.post(url("sign_up", world.activity.code), said(world))
    booking = Booking.objects.own(worker=her).get()
    assert (held["Location"], booking.state) == (url("check_answers", booking.token), "held")
    page = phone.get(held["Location"]).content.decode()
    assert "委员" in page and "示例报告厅" in page
    assert phone.post(held["Location"])["Location"] == url("done", booking.token)
    assert booking.number in phone.get(url("done", booking.token)).content.decode()
    shown = phone.get(url("booking", booking.token)).content.decode()
    assert "<svg" in shown and "委员" in shown
    assert url("booking", booking.token) in phone.get(reverse("overview:home")).content.decode()
    calendar = phone.get(url("calendar", booking.token)).content.decode()
    assert f"UID:{booking.number}@" in calendar and "BEGIN:VALARM" in calendar
    again = phone.get(url("sign_up", world.activity.code))
    assert again["Location"] == url("booking", booking.token)
    assert booking.letters == "HD"


def test_what_is_missing_is_said_beside_it_and_nothing_is_lost(world, her, phone):
    wanted = said(world, session=world.sessions[1]) | {
        f"q-{world.activity.questions.get(kind='yes_no').token}": "",
        f"q-{world.activity.questions.get(kind='short_text').token}": "劳动保护",
    }
    page = phone.post(url("sign_up", world.activity.code), wanted)
    assert page.status_code == 200 and len(page.context["form"].errors) == 1
    html = page.content.decode()
    assert "请回答这个问题" in html and "劳动保护" in html
    assert f'value="{world.sessions[1].token}" checked' in html
    assert not Booking.objects.own(worker=her).exists()


def test_after_closing_and_when_full_the_page_says_so_and_keeps_her_answers(world, her, phone):
    Offering.objects.update(closes_at=timezone.now() - timedelta(minutes=1))
    page = phone.post(url("sign_up", world.activity.code), said(world))
    assert page.status_code == 200 and "session" in page.context["form"].errors
    Offering.objects.update(closes_at=timezone.now() + timedelta(days=3))
    Session.objects.filter(pk=world.sessions[1].pk).update(capacity=0)
    full = said(world, session=world.sessions[0])
    Session.objects.filter(pk=world.sessions[0].pk).update(taken=10)
    page = phone.post(url("sign_up", world.activity.code), full)
    assert "session" in page.context["form"].errors and "委员" in page.content.decode()
    assert not Booking.objects.own(worker=her).exists()


def test_without_her_record_she_is_led_to_find_it(world):
    stranger = client_of(WorkerUserFactory())
    for name in ("sign_up", "wait"):
        assert stranger.get(url(name, world.activity.code))["Location"].startswith(reverse("workers:claim"))


def test_she_waits_is_offered_a_place_and_takes_it(world, her, phone):
    small = world.sessions[1]
    taken = [world.signed_up(session=small) for _ in range(2)]
    answer = phone.post(url("wait", world.activity.code), said(world) | {"session": small.token})
    entry = WaitingEntry.objects.own(worker=her).get()
    assert answer["Location"] == url("waiting", entry.token)
    assert "第 1 位" in phone.get(answer["Location"]).content.decode()
    assert url("waiting", entry.token) in phone.get(reverse("overview:home")).content.decode()
    cancel_booking(taken[0], by=taken[0].worker.user, now=timezone.now())
    booking = Booking.objects.own(worker=her).get()
    assert phone.get(url("waiting", entry.token))["Location"] == url("booking", booking.token)
    assert phone.post(url("accept", booking.token))["Location"] == url("done", booking.token)
    assert Booking.objects.own(worker=her).get().state == "confirmed"


def test_she_leaves_the_list(world, her, phone):
    phone.post(url("wait", world.activity.code), said(world) | {"session": "any"})
    entry = WaitingEntry.objects.own(worker=her).get()
    phone.post(url("leave", entry.token))
    assert WaitingEntry.objects.own(pk=entry.pk).get().state == "left"


def test_she_moves_cancels_and_her_answers_are_deleted(world, her, phone):
    booking = world.signed_up(her)
    assert phone.get(url("move", booking.token)).status_code == 200
    moved = phone.post(url("move", booking.token), {"session": world.sessions[1].token})
    assert moved["Location"] == url("booking", booking.token)
    assert Booking.objects.own(pk=booking.pk).get().session_id == world.sessions[1].pk
    assert phone.get(url("cancel", booking.token)).status_code == 200
    phone.post(url("cancel", booking.token))
    assert Booking.objects.own(pk=booking.pk).get().state == "cancelled"
    assert not Answers.objects.own(worker=her).exists()


def test_past_the_cut_off_she_is_told_whom_to_call(world, her, phone):
    booking = world.signed_up(her)
    put_back(world, world.sessions[0].starts_at - timezone.now() - timedelta(hours=2))
    for name in ("cancel", "move"):
        assert "已过网上变更时间" in phone.get(url(name, booking.token)).content.decode()
    assert phone.post(url("cancel", booking.token)).status_code == 200
    assert Booking.objects.own(pk=booking.pk).get().state == "confirmed"


def test_another_woman_s_sign_up_does_not_exist(world, her):
    booking, other = world.signed_up(her), client_of(world.woman().user)
    for name in ("booking", "cancel", "move", "calendar", "check_answers", "done", "evaluate"):
        assert other.get(url(name, booking.token)).status_code == 404


def test_she_evaluates_and_reads_her_hours_and_her_certificate(world, her, phone):
    booking = world.came(her)
    actions.issue_certificates(world.activity, by=world.officer, now=world.after())
    put_back(world, world.sessions[0].ends_at - timezone.now() + timedelta(hours=1))
    certificate = Certificate.objects.own(worker=her).get()
    page = phone.get(url("booking", booking.token)).content.decode()
    assert url("certificate", certificate.token) in page and url("evaluate", booking.token) in page
    sheet = {"content": 5, "speakers": 4, "organizing": 4, "again": "yes", "comment": "打 19900001234"}
    wrong = phone.post(url("evaluate", booking.token), sheet)
    assert set(wrong.context["form"].errors) == {"comment"} and "打 19900001234" in wrong.content.decode()
    assert phone.post(url("evaluate", booking.token), sheet | {"comment": ""}).status_code == 302
    assert EvaluationSheet.objects.count() == 1
    assert phone.get(url("evaluate", booking.token))["Location"] == url("booking", booking.token)
    assert "16 学时" in phone.get(url("hours")).content.decode()
    paper = phone.get(url("certificate", certificate.token)).content.decode()
    assert her.name in paper and "<svg" in paper and her.phone not in paper


def test_anybody_verifies_a_certificate_and_learns_no_name(world, her, client):
    world.came(her)
    actions.issue_certificates(world.activity, by=world.officer, now=world.after())
    certificate = Certificate.objects.own(worker=her).get()
    answer = client.get(url("check", certificate.token))
    page = answer.content.decode()
    assert "有效" in page and certificate.number in page and world.activity.title in page and "16" in page
    assert her.name not in page and her.masked_name not in page and her.organization.name not in page
    assert (answer["Referrer-Policy"], "noindex" in answer["X-Robots-Tag"]) == ("no-referrer", True)
    actions.revoke_certificate(certificate, reason="代签", by=world.officer, now=world.after())
    invalid, unknown = (client.get(url("check", token)).content.decode() for token in (certificate.token, "nothing"))
    for page in (invalid, unknown):
        assert "无效" in page and certificate.number not in page and world.activity.title not in page


def test_checking_codes_is_paced(world, client, settings):
    settings.CERTIFICATE_CHECKS_PER_HOUR = 2
    assert [client.get(url("check", "nothing")).status_code for _ in range(3)] == [200, 200, 429]


def today(world) -> Session:
    """The first session is under way."""
    session = world.sessions[0]
    Session.objects.filter(pk=session.pk).update(
        starts_at=timezone.now() - timedelta(minutes=5), ends_at=timezone.now() + timedelta(hours=2)
    )
    return Session.objects.get(pk=session.pk)


def test_the_officer_scans_a_code_and_checks_in_once(world, her):
    booking = world.signed_up(her)
    today(world)
    door = client_of(world.officer)
    assert world.activity.title in door.get(url("today")).content.decode()
    assert her.name in door.get(url("door", booking.token)).content.decode()
    for _ in range(2):
        assert door.post(url("door", booking.token))["Location"] == url("today")
    assert Booking.objects.own(pk=booking.pk).get().state == "attended"
    assert list(CheckInScan.objects.order_by("pk").values_list("outcome", flat=True)) == ["checked_in", "already"]


def test_a_number_read_out_wants_the_name_compared(world, her):
    booking = world.signed_up(her)
    today(world)
    door = client_of(world.officer)
    page = door.post(url("find"), {"code": booking.number})
    assert page.context["typed"] and page.status_code == 200
    refused = door.post(url("door", booking.token), {"typed": "on"})
    assert refused.context["form"].errors and Booking.objects.own(pk=booking.pk).get().state == "confirmed"
    door.post(url("door", booking.token), {"typed": "on", "name_checked": "on"})
    assert Booking.objects.own(pk=booking.pk).get().state == "attended"
    assert door.post(url("find"), {"code": "TJ-26-999999-9"}).context["form"].errors


def test_nobody_else_stands_at_the_door(world, her, client):
    booking = world.signed_up(her)
    assert client.get(url("door", booking.token)).status_code == 302
    assert client_of(her.user).get(url("today")).status_code == 403
    assert client_of(officer(world.home, Role.CASE_OFFICER)).get(url("door", booking.token)).status_code == 403
    elsewhere = client_of(officer(world.tree["county_b"]))
    answer = elsewhere.get(url("door", booking.token))
    assert answer.status_code == 404 and her.name not in answer.content.decode()
    assert elsewhere.post(url("door", booking.token)).status_code == 404
    assert CheckInScan.objects.count() == 0


def test_the_list_costs_one_query_more_or_less_nothing(world):
    visitor = Client()

    def queries() -> int:
        with CaptureQueriesContext(connection) as asked:
            assert visitor.get(url("list")).status_code == 200
        return len(asked)

    queries()
    assert queries() <= 2


def test_she_changes_her_answers_and_keeps_her_place(world, her, phone):
    booking = world.signed_up(her)
    address = url("answers", booking.token)
    assert address in phone.get(url("booking", booking.token)).content.decode()
    assert "委员" in phone.get(address).content.decode()
    wish = world.activity.questions.get(kind="short_text")
    other = {key: value for key, value in said(world, choice="主任").items() if key != "session"}
    assert phone.post(address, other | {f"q-{wish.token}": "法律"}, follow=True).status_code == 200
    page = phone.get(url("booking", booking.token)).content.decode()
    assert "主任" in page and "法律" in page and "您修改了填写的内容" in page
    assert Booking.objects.own(worker=her).get().session_id == booking.session_id
    wrong = phone.post(address, other | dict.fromkeys([key for key in other if key.startswith("q-")], "没有这一项"))
    assert wrong.status_code == 200 and "没有这一项" not in phone.get(url("booking", booking.token)).content.decode()


def test_answers_are_changed_until_the_cut_off_and_only_hers(world, her, phone):
    booking = world.signed_up(her)
    address = url("answers", booking.token)
    stranger = client_of(world.woman().user)
    assert stranger.get(address).status_code == stranger.post(address, {}).status_code == 404
    put_back(world, timedelta(days=9, hours=20))
    other = {key: value for key, value in said(world, choice="主任").items() if key != "session"}
    late = phone.post(address, other).content.decode()
    assert "主任" not in late
    assert '<form class="form"' not in phone.get(address).content.decode()
    cancel_booking(booking, by=world.officer, now=timezone.now(), reason="改期")
    assert phone.get(address)["Location"] == url("booking", booking.token)


def test_at_home_what_she_took_part_in_is_called_no_examination(world, her, phone):
    world.came(her)
    page = phone.get(reverse("overview:home")).content.decode()
    assert world.activity.title in page and "已参加" in page and "已参检" not in page


def test_what_must_be_answered_is_not_called_optional_and_what_may_be_left_is_called_so_once(world, phone):
    page = phone.get(url("sign_up", world.activity.code)).content.decode()
    labels = {label: page.count(label) for label in ("职务", "是否住宿", "想听什么")}
    assert set(labels.values()) == {1} and page.count("（选填）") == 1
    assert page.index("想听什么") < page.index("（选填）")
    empty = phone.post(url("sign_up", world.activity.code), {"session": world.sessions[0].token}).content.decode()
    assert empty.count("请回答这个问题。") == 4  # above and beside both
