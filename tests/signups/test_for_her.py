"""In a woman's name: signed up, put on the list and taken off it as she asked; cancelled with a reason she reads."""

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.http import QueryDict
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from wagtail.models import ModelLogEntry

from services.bookings.errors import SessionFull
from services.bookings.models import Booking, PriorityChange, WaitingEntry
from services.messaging.models import Message
from services.organizations.enums import Role
from services.signups import actions, errors, exporters, waiting_exporters
from services.signups.models import Answers
from services.signups.wording import timeline_of
from tests.factories.signups import SignupWorld, client_of, officer

pytestmark = pytest.mark.django_db


@pytest.fixture
def world():
    return SignupWorld(capacity=(2, 1))


@pytest.fixture
def unions(world):
    """The officer of the women's own union."""
    return officer(world.tree["unit_a"], Role.GRASSROOTS_OFFICER)


def url(name, *args):
    return reverse(f"signups_desk:{name}", args=args)


def for_her(world, worker) -> str:
    return url("for_her", world.activity.code, worker.token)


def sent(world, **more) -> dict:
    answers = {f"q-{token}": value for token, value in world.answers().items()}
    return {"what": "place", "session": world.sessions[0].token, "asked": "on"} | answers | more


def waits(world, worker, *, session=None) -> WaitingEntry:
    return actions.join_waiting_list(
        world.activity, session=session, answers=world.answers(), worker=worker, by=worker.user, now=world.now
    )


def previewed(client, name: str, **chosen):
    return client.post(url(name), {"which": "ticked", "within": "", **chosen})


def told(worker, key: str) -> int:
    return Message.objects.filter(recipient=worker.user, key=key, channel="in_site").count()


# Signing up in her name


def test_her_officer_signs_her_up_and_she_reads_who_did_it(world, unions):
    her, client = world.woman(), client_of(unions)
    assert client.get(for_her(world, her)).status_code == 200
    answer = client.post(for_her(world, her), sent(world))
    booking = Booking.objects.unscoped().get(worker=her)
    assert (answer.status_code, booking.state) == (302, "confirmed")
    assert her.token in answer["Location"]
    assert Answers.objects.own(worker=her).get().values == world.answers()
    assert [event.by for event in booking.events.order_by("pk")] == [unions, unions]
    said = " ".join(step.title for step in timeline_of(booking))
    assert "工会" in said and "应您的要求" in said
    assert told(her, "bookings-booked") == 1
    entry = ModelLogEntry.objects.for_instance(world.activity).get(action="signups.for_her")
    assert (entry.user, entry.data["number"]) == (unions, booking.number)


def test_a_second_click_signs_her_up_once(world, unions):
    her, client = world.woman(account=False), client_of(unions)
    for _ in range(2):
        assert client.post(for_her(world, her), sent(world)).status_code == 302
    assert Booking.objects.unscoped().filter(worker=her).count() == 1
    assert ModelLogEntry.objects.for_instance(world.activity).filter(action="signups.for_her").count() == 1


def test_without_her_word_and_without_answers_nothing_is_done_and_nothing_is_lost(world, unions):
    her, client = world.woman(), client_of(unions)
    wrong = sent(world)
    del wrong["asked"]
    choice = next(name for name, value in wrong.items() if value == "委员")
    page = client.post(for_her(world, her), wrong | {choice: ""})
    assert set(page.context["form"].errors) == {"asked", choice}
    assert not Booking.objects.unscoped().filter(worker=her).exists()
    with pytest.raises(errors.NotAsked):
        signed_up_by(unions, world, her, asked=False)


def signed_up_by(by, world, worker, *, asked=True) -> Booking:
    return actions.sign_up_for_her(
        world.activity,
        session=world.sessions[0],
        answers=world.answers(),
        worker=worker,
        asked=asked,
        by=by,
        now=world.now,
    )


def test_what_stands_in_her_own_way_stands_in_the_officers(world, unions):
    world.signed_up(session=world.sessions[1])
    her, client = world.woman(), client_of(unions)
    page = client.post(for_her(world, her), sent(world, session=world.sessions[1].token))
    assert page.status_code == 200
    assert page.context["form"].errors["session"] == [SessionFull().message(staff=True)]
    actions.close_activity(world.activity, by=world.officer, now=world.now)
    page = client.post(for_her(world, her), sent(world))
    assert page.context["form"].errors["session"] and not Booking.objects.unscoped().filter(worker=her).exists()


def test_where_it_is_full_she_is_put_on_the_list(world, unions):
    her, client = world.woman(), client_of(unions)
    page = client.post(for_her(world, her), sent(world, session="any"))
    assert set(page.context["form"].errors) == {"session"}  # a place is in a session
    answer = client.post(for_her(world, her), sent(world, what="wait", session="any"))
    entry = WaitingEntry.objects.unscoped().get(worker=her)
    assert answer.status_code == 302 and answer["Location"].startswith(url("waiting"))
    assert (entry.state, entry.session) == ("waiting", None)
    assert list(client.get(answer["Location"]).context["object_list"]) == [entry]


def test_only_women_of_her_own_organisations_are_found_and_only_by_who_may_write_rosters(world, unions):
    her, stranger = world.woman(name="欧阳示例", phone="19900006666"), world.woman("unit_c", name="欧阳外区")
    client, find = client_of(unions), url("find_her", world.activity.code)
    one = client.post(find, {"text": "19900006666"})
    assert (one.status_code, one["Location"]) == (302, for_her(world, her))
    world.woman(name="欧阳又一")
    page = client.post(find, {"text": "欧阳"})
    assert {worker.name for worker in page.context["found"]} == {"欧阳示例", "欧阳又一"}
    assert client.get(for_her(world, stranger)).status_code == 404
    assert client.post(for_her(world, stranger), sent(world)).status_code == 404
    auditor = client_of(officer(world.home, Role.AUDITOR))
    assert (auditor.get(find).status_code, auditor.post(for_her(world, her), sent(world)).status_code) == (403, 404)
    with pytest.raises(PermissionDenied):
        signed_up_by(unions, world, stranger)


def test_an_activity_in_which_her_organisation_takes_no_part_is_not_found():
    world = SignupWorld(organization="county_b")
    theirs = client_of(officer(world.tree["unit_a"], Role.GRASSROOTS_OFFICER))
    assert theirs.get(for_her(world, world.woman())).status_code == 404
    assert theirs.get(url("find_her", world.activity.code)).status_code == 404


def test_the_page_costs_the_same_with_two_sessions_and_with_ten(world, unions):
    her, client = world.woman(), client_of(unions)

    def queries() -> int:
        with CaptureQueriesContext(connection) as asked:
            assert client.get(for_her(world, her)).status_code == 200
        return len(asked)

    queries()
    before = queries()
    for number in range(8):
        world.session(days=20 + number)
    assert queries() == before


# The waiting list


def test_the_list_stands_in_its_order_and_says_why(world):
    first, second, third = (waits(world, world.woman(name=f"示例{n}")) for n in "甲乙丙")
    WaitingEntry.objects.unscoped().filter(pk=first.pk).update(priority=-1)
    PriorityChange.objects.create(
        entry=first, before=0, after=-1, reason="missed_places", text="", by=None, by_role="", at=world.now
    )
    page = client_of(world.officer).get(url("waiting"), {"activity": world.activity.code, "state": "waiting"})
    rows = page.context["object_list"]
    assert [(row.pk, row.place) for row in rows] == [(second.pk, 1), (third.pk, 2), (first.pk, 3)]
    assert rows[2].last_reason == "missed_places" and "按时间先后" in page.content.decode()


def test_the_place_counts_women_of_other_unions_whom_she_does_not_see(world, unions):
    waits(world, world.woman("unit_c"))
    mine = waits(world, world.woman())
    rows = client_of(unions).get(url("waiting"), {"activity": world.activity.code}).context["object_list"]
    assert [(row.pk, row.place) for row in rows] == [(mine.pk, 2)]


def test_the_waiting_list_costs_the_same_with_one_and_nine(world):
    client = client_of(world.officer)

    def queries() -> int:
        with CaptureQueriesContext(connection) as asked:
            page = client.get(url("waiting"), {"activity": world.activity.code})
            assert page.status_code == 200
        return len(asked)

    waits(world, world.woman())
    queries()
    alone = queries()
    for _ in range(8):
        waits(world, world.woman())
    assert queries() == alone


def test_women_are_taken_off_the_list_as_they_asked_and_told(world, unions):
    mine, other = waits(world, world.woman()), waits(world, world.woman("unit_c"))
    client = client_of(unions)
    preview = previewed(client, "waiting_off", entry=[mine.token, other.token])
    assert [line.row.pk for line in preview.context["lines"]] == [mine.pk]
    sealed = {"sealed": preview.context["sealed"]}
    assert client.post(url("waiting_off"), sealed).context["form"].errors and not told(mine.worker, "signups-off-list")
    done = client.post(url("waiting_off"), sealed | {"asked": "on"})
    assert done.context["done"] and done.context["count"] == 1
    assert client.post(url("waiting_off"), sealed | {"asked": "on"}).context["count"] == 0
    states = dict(WaitingEntry.objects.unscoped().values_list("pk", "state"))
    assert states == {mine.pk: "left", other.pk: "waiting"}
    assert told(mine.worker, "signups-off-list") == 1


# Cancelling several


def test_several_are_cancelled_with_a_preview_and_a_reason_each_reads(world, unions):
    first, second = world.signed_up(), world.signed_up()
    foreign = world.signed_up(world.woman("unit_c"), session=world.sessions[1])
    waiting = waits(world, world.woman(), session=world.sessions[0])
    client = client_of(unions)
    preview = previewed(client, "signups_cancel", booking=[first.token, second.token, foreign.token])
    assert {line.row.pk for line in preview.context["lines"]} == {first.pk, second.pk}  # the other isn't hers
    assert Booking.objects.unscoped().filter(state="confirmed").count() == 3  # looking changes nothing
    sealed = {"sealed": preview.context["sealed"]}
    assert client.post(url("signups_cancel"), sealed | {"reason": ""}).context["form"].errors
    done = client.post(url("signups_cancel"), sealed | {"reason": "场地漏水，另行通知"})
    assert done.context["count"] == 2
    for booking in (first, second):
        booking.refresh_from_db(fields=["state"])
        page = client_of(booking.worker.user).get(reverse("signups:booking", args=[booking.token]))
        assert booking.state == "cancelled" and "场地漏水，另行通知" in page.content.decode()
        assert told(booking.worker, "bookings-cancelled") == 1
    foreign.refresh_from_db(fields=["state"])
    waiting.refresh_from_db()
    assert foreign.state == "confirmed" and waiting.state in ("offered", "promoted")


def test_what_changed_since_the_preview_is_left_alone_and_reported(world, unions):
    booking = world.signed_up()
    client = client_of(unions)
    preview = previewed(client, "signups_cancel", booking=[booking.token])
    Booking.objects.unscoped().filter(pk=booking.pk).update(changed_at=world.after())
    done = client.post(url("signups_cancel"), {"sealed": preview.context["sealed"], "reason": "取消"})
    assert done.context["count"] == 0 and done.context["lines"][0].words
    booking.refresh_from_db(fields=["state"])
    assert booking.state == "confirmed"


def test_who_came_can_not_be_cancelled_and_auditors_cancel_nothing(world):
    came, booked = world.came(), world.signed_up()
    preview = previewed(client_of(world.officer), "signups_cancel", booking=[came.token, booked.token])
    assert {line.row.pk: line.good for line in preview.context["lines"]} == {came.pk: False, booked.pk: True}
    auditor = previewed(client_of(officer(world.home, Role.AUDITOR)), "signups_cancel", booking=[booked.token])
    assert [line.good for line in auditor.context["lines"]] == [False]


def test_all_that_match_the_filters_are_previewed(world):
    world.signed_up()
    away = world.signed_up(world.woman("unit_c"))
    within = {"which": "all", "within": "union=T-B"}
    preview = client_of(world.officer).post(url("signups_cancel"), within)
    assert [line.row.pk for line in preview.context["lines"]] == [away.pk]


# Workbooks


def test_the_waiting_list_leaves_masked_with_every_place(world):
    waits(world, world.woman("unit_c"))
    her = waits(world, world.woman(name="欧阳示例")).worker
    theirs = officer(world.tree["unit_a"], Role.GRASSROOTS_OFFICER)
    found = waiting_exporters.WAITING.find(theirs, QueryDict(f"activity={world.activity.code}"), False)
    (line,) = waiting_exporters.WAITING.lines(found.rows, False)
    assert line[0] == 2 and her.name not in line and her.phone not in line
    assert list(found.filters.values()) == [world.activity.title]
    (clear,) = waiting_exporters.WAITING.lines(found.rows, True)
    assert clear[1] == her.name
    assert not any(her.id_number in str(cell) for cell in clear)


def test_the_list_of_a_session_says_in_words_of_which(world):
    world.came()
    session = world.sessions[0]
    page = client_of(world.officer).get(url("attendance", world.activity.code, session.token))
    assert f"session={session.token}" in page.content.decode()
    asked = QueryDict(f"activity={world.activity.code}&session={session.token}")
    found = exporters.SIGNUPS.find(world.officer, asked, False)
    assert str(session) in found.filters.values() and session.token not in found.filters.values()
    assert [line[-2] for line in exporters.SIGNUPS.lines(found.rows, False)] == ["已参加"]
