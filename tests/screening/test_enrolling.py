"""An officer enrols a group: what the preview says, what is taken, what is answered when something changed."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from services.bookings.enums import AfterDraw, BookingState, SignUpMode
from services.bookings.errors import DrawDecides, WaitingListOnly, WindowNotOpen
from services.bookings.models import Allocation, Booking, BookingEvent, Offering, Session
from services.bookings.queries.auditing import audit
from services.messaging.models import Message
from services.organizations.enums import Role
from services.privacy.actions import withdraw_consent
from services.privacy.queries import standing_consent
from services.screening import actions, errors
from services.screening.actions.enrolling import Wish
from services.screening.enums import EnrolmentState, RowOutcome, RowPlan
from services.screening.models import EligibilityRecord, Enrolment, EnrolmentRow
from services.screening.queries.groups import plan_group
from services.screening.rules.enrolment import Line
from services.screening.rules.preferred_dates import read_wishes
from services.workers.models import Worker
from tests.factories.bookings import AllocationFactory, SessionFactory, VenueFactory
from tests.factories.screening import TermsFactory
from tests.factories.workers import WorkerFactory
from tests.races.scene import scene
from tests.screening.her_world import at
from tests.screening.people import post

pytestmark = pytest.mark.django_db


@pytest.fixture
def now():
    return timezone.now()


@pytest.fixture
def stage():
    """Three mornings at one site and an afternoon at another, ten places each."""
    stage = scene(capacity=10)
    Session.objects.filter(pk=stage.session.pk).update(starts_at=at(7, 8), ends_at=at(7, 11))
    stage.session.refresh_from_db()
    stage.later = SessionFactory(offering=stage.offering, venue=stage.session.venue, starts_at=at(9, 8), capacity=10)
    stage.other = SessionFactory(
        offering=stage.offering, venue=VenueFactory(name="西院"), starts_at=at(10, 14), capacity=10
    )
    return stage


@pytest.fixture
def officer(stage):
    return post(stage.tree["unit_a"], Role.GRASSROOTS_OFFICER)


def lines(women, wishes=()) -> list[Line]:
    said = dict(wishes)
    today = timezone.localdate()
    return [Line(n, her.pk, wishes=read_wishes(said.get(n), today=today).preferences) for n, her in enumerate(women, 1)]


def prepare(stage, women, officer, now, wishes=(), **kwargs) -> Enrolment:
    unit = kwargs.pop("organization", stage.tree["unit_a"])
    return actions.prepare_enrolment(
        stage.programme, lines(women, wishes), organization=unit, by=officer, now=now, **kwargs
    )


def rows(enrolment) -> list[EnrolmentRow]:
    return list(EnrolmentRow.objects.own(enrolment=enrolment).select_related("session", "booking"))


def codes(row) -> list[str]:
    return [reason["code"] for reason in row.reasons]


def test_the_preview_takes_nothing_and_says_the_same_twice(stage, officer, now):
    enrolment = prepare(stage, stage.women(4), officer, now)
    first = [(row.plan, row.session_id, row.allocation_id) for row in rows(enrolment)]
    actions.look_again(enrolment, by=officer, now=now)
    assert [(row.plan, row.session_id, row.allocation_id) for row in rows(enrolment)] == first
    assert first == [(RowPlan.BOOK, stage.session.pk, stage.root.pk)] * 4
    assert not Booking.objects.unscoped().exists()
    assert audit_is_clean(stage)


def audit_is_clean(stage) -> bool:
    return audit(stage.offering) == []


def test_the_preview_asks_the_same_few_queries_for_five_and_for_forty(stage, now):
    def asked(count: int) -> int:
        women = Worker.objects.unscoped().filter(pk__in=[her.pk for her in stage.women(count)]).order_by("pk")
        with CaptureQueriesContext(connection) as captured:
            plan_group(stage.programme, women, {}, together=False, now=now)
        return len(captured)

    assert asked(5) == asked(40) == 5


def test_preferred_dates_come_first_and_a_wish_that_cannot_be_kept_is_said(stage, officer, now):
    day = at(9, 8).date()
    wishes = {1: f"{day.month}月{day.day}日", 2: "下午", 3: f"{at(8, 8).date():%Y-%m-%d}"}
    enrolment = prepare(stage, stage.women(4), officer, now, wishes.items())
    found = rows(enrolment)
    assert [row.session_id for row in found] == [
        stage.later.pk,
        stage.other.pk,
        stage.session.pk,
        stage.session.pk,
    ]
    assert [codes(row) for row in found] == [[], [], ["other_day"], []]


def test_all_on_one_day_at_one_site_or_left_out_with_the_reason(stage, officer, now):
    Session.objects.filter(pk=stage.session.pk).update(capacity=2)
    Session.objects.filter(pk__in=[stage.later.pk, stage.other.pk]).update(capacity=3)
    enrolment = prepare(stage, stage.women(4), officer, now, together=True)
    found = rows(enrolment)
    assert [row.session_id for row in found] == [stage.later.pk] * 3 + [None]
    assert codes(found[3]) == ["not_together"]


def test_each_reason_is_said_for_whoever_does_not_fit(stage, officer, now):
    young, unknown, taken, far = stage.women(4)
    Worker.objects.unscoped().filter(pk=young.pk).update(birth_date=date(2004, 1, 1))
    Worker.objects.unscoped().filter(pk=unknown.pk).update(joined_on=None)
    actions.book(stage.programme, session=stage.session, worker=taken, by=taken.user, now=now)
    AllocationFactory(offering=stage.offering, organization=stage.tree["unit_a"], parent=stage.root, slots=0)
    stage.offering.remainder_open = False
    stage.offering.save()
    found = rows(prepare(stage, [young, unknown, taken, far], officer, now))
    assert [codes(row) for row in found] == [["age"], ["membership"], ["already_booked"], ["no_pot"]]
    assert [row.plan for row in found] == [RowPlan.REFUSE, RowPlan.UNKNOWN, RowPlan.REFUSE, RowPlan.REFUSE]


def test_who_fits_is_booked_told_and_keeps_her_ground(stage, officer, now, django_capture_on_commit_callbacks):
    women = stage.women(3)
    enrolment = prepare(stage, women, officer, now)
    with django_capture_on_commit_callbacks(execute=True):
        enrolment = actions.carry_out(enrolment, only_those_who_fit=False, by=officer, now=now)
    assert enrolment.state == EnrolmentState.DONE
    bookings = Booking.objects.unscoped().filter(worker__in=women)
    assert list(bookings.values_list("state", "session")) == [(BookingState.CONFIRMED, stage.session.pk)] * 3
    assert [row.outcome for row in rows(enrolment)] == [RowOutcome.BOOKED] * 3
    assert EligibilityRecord.objects.filter(booking__in=bookings).count() == 3
    assert set(BookingEvent.objects.values_list("verb", "by", "by_staff")) == {("enrolled", officer.pk, True)}
    told = Message.objects.filter(key="bookings-enrolled", recipient=women[0].user)
    assert told.exists() and "筛查" not in told.first().body
    assert audit_is_clean(stage)
    stage.session.refresh_from_db()
    assert stage.session.taken == 3


def test_she_can_move_and_cancel_what_her_union_booked(stage, officer, now):
    her = stage.women(1)[0]
    actions.carry_out(prepare(stage, [her], officer, now), only_those_who_fit=False, by=officer, now=now)
    booking = Booking.objects.unscoped().get(worker=her)
    moved = actions.move(booking, to=stage.later, by=her.user, now=now)
    assert moved.session_id == stage.later.pk
    assert actions.cancel(moved, by=her.user, now=now).state == BookingState.CANCELLED


def test_without_her_consent_the_place_is_kept_until_she_agrees(stage, officer, now, settings):
    account = stage.women(1)[0]
    withdraw_consent(standing_consent(account.user, "screening"), by=account.user, now=now)
    stranger = WorkerFactory(organization=stage.tree["unit_a"], phone="19900001234")
    enrolment = prepare(stage, [account, stranger], officer, now)
    assert [row.plan for row in rows(enrolment)] == [RowPlan.OFFER] * 2
    actions.carry_out(enrolment, only_those_who_fit=False, by=officer, now=now)
    kept = Booking.objects.unscoped().order_by("pk")
    assert [booking.state for booking in kept] == [BookingState.OFFERED] * 2
    assert {booking.held_until for booking in kept} == {now + timedelta(hours=settings.ENROLMENT_OFFER_HOURS)}
    assert Message.objects.get(key="bookings-kept", recipient=None).address == "19900001234"
    with pytest.raises(errors.ConsentMissing):
        actions.accept(kept[0], by=account.user, now=now)
    with pytest.raises(errors.ConsentMissing):
        actions.accept(kept[1], by=officer, now=now)


def test_who_cannot_be_told_is_not_kept_a_place(stage, officer, now):
    silent = WorkerFactory(organization=stage.tree["unit_a"], phone="")
    assert codes(rows(prepare(stage, [silent], officer, now))[0]) == ["no_phone"]


def test_a_second_submit_changes_nothing(stage, officer, now):
    enrolment = prepare(stage, stage.women(2), officer, now)
    for _ in range(2):
        actions.carry_out(enrolment, only_those_who_fit=False, by=officer, now=now)
    assert Booking.objects.unscoped().count() == Message.objects.filter(key="bookings-enrolled", channel="sms").count()
    assert Booking.objects.unscoped().count() == 2
    assert audit_is_clean(stage)


def test_a_colleague_was_faster_and_each_row_says_so(stage, officer, now):
    women, colleague = stage.women(3), post(stage.tree["unit_a"], Role.GRASSROOTS_OFFICER)
    mine, theirs = prepare(stage, women, officer, now), prepare(stage, women, colleague, now)
    actions.carry_out(theirs, only_those_who_fit=True, by=colleague, now=now)
    actions.carry_out(mine, only_those_who_fit=True, by=officer, now=now)
    found = rows(mine)
    assert [row.outcome for row in found] == [RowOutcome.CHANGED] * 3
    assert {(row.reasons[0]["code"], row.reasons[0]["figures"]["by_union"]) for row in found} == {
        ("already_booked", True)
    }
    assert Booking.objects.unscoped().count() == 3


def test_a_place_gone_meanwhile_is_reported_and_no_other_day_taken(stage, officer, now):
    women = stage.women(3)
    enrolment = prepare(stage, women, officer, now)
    Session.objects.filter(pk=stage.session.pk).update(capacity=1)
    actions.carry_out(enrolment, only_those_who_fit=True, by=officer, now=now)
    found = rows(enrolment)
    assert [row.outcome for row in found] == [RowOutcome.BOOKED, RowOutcome.CHANGED, RowOutcome.CHANGED]
    assert codes(found[1]) == ["session_full"]
    assert Booking.objects.unscoped().count() == 1


@pytest.mark.parametrize("whole", [True, False])
def test_a_session_removed_meanwhile_is_said_and_not_replaced(stage, officer, now, whole):
    enrolment = prepare(stage, stage.women(2), officer, now)
    stage.session.delete()
    enrolment = actions.carry_out(enrolment, only_those_who_fit=not whole, by=officer, now=now)
    found = rows(enrolment)
    assert [row.outcome for row in found] == [RowOutcome.CHANGED] * 2
    assert not Booking.objects.unscoped().exists()
    assert enrolment.state == (EnrolmentState.DRAFT if whole else EnrolmentState.DONE)
    assert found[0].session_id == (stage.later.pk if whole else None)


def test_all_or_none_takes_nothing_when_one_changed_and_goes_back_to_the_preview(stage, officer, now):
    women = stage.women(3)
    enrolment = prepare(stage, women, officer, now)
    actions.book(stage.programme, session=stage.later, worker=women[1], by=women[1].user, now=now)
    enrolment = actions.carry_out(enrolment, only_those_who_fit=False, by=officer, now=now)
    assert enrolment.state == EnrolmentState.DRAFT
    assert Booking.objects.unscoped().count() == 1
    assert [(row.plan, row.outcome) for row in rows(enrolment)] == [
        (RowPlan.BOOK, ""),
        (RowPlan.REFUSE, RowOutcome.CHANGED),
        (RowPlan.BOOK, ""),
    ]
    assert not Message.objects.filter(key="bookings-enrolled").exists()
    with pytest.raises(errors.SomeDontFit):
        actions.carry_out(enrolment, only_those_who_fit=False, by=officer, now=now)


def test_a_consent_withdrawn_after_the_preview_books_nothing(stage, officer, now):
    her = stage.women(1)[0]
    enrolment = prepare(stage, [her], officer, now)
    withdraw_consent(standing_consent(her.user, "screening"), by=her.user, now=now)
    actions.carry_out(enrolment, only_those_who_fit=True, by=officer, now=now)
    assert codes(rows(enrolment)[0]) == ["consent_missing"]
    assert not Booking.objects.unscoped().exists()


def test_the_unit_s_own_places_pay_before_those_above(stage, officer, now):
    own = AllocationFactory(offering=stage.offering, organization=stage.tree["unit_a"], parent=stage.root, slots=2)
    Allocation.objects.unscoped().filter(pk=stage.root.pk).update(slots=3, passed_down=2)
    found = rows(prepare(stage, stage.women(4), officer, now))
    assert [row.allocation_id for row in found] == [own.pk, own.pk, stage.root.pk, None]
    assert codes(found[3]) == ["no_pot"]


def test_groups_served_first_come_before_the_others_on_the_list(stage, officer, now):
    TermsFactory(programme=stage.programme, version=2, interval_months=None, priority_employment_types=["dispatch"])
    Allocation.objects.unscoped().filter(pk=stage.root.pk).update(slots=1)
    contract, dispatched = stage.women(2)
    Worker.objects.unscoped().filter(pk=dispatched.pk).update(employment_type="dispatch")
    found = rows(prepare(stage, [contract, dispatched], officer, now))
    assert [row.plan for row in found] == [RowPlan.REFUSE, RowPlan.BOOK]


def test_women_of_another_unit_cannot_be_enrolled(stage, officer, now):
    strangers = stage.women(1, "unit_c")
    with pytest.raises(PermissionDenied):
        prepare(stage, strangers, officer, now)
    with pytest.raises(PermissionDenied):
        prepare(stage, strangers, officer, now, organization=stage.tree["unit_c"])
    assert not Enrolment.objects.unscoped().exists()


def test_more_women_than_the_limit_are_refused_with_the_number(stage, officer, now, settings):
    settings.ENROLMENT_MAX_ROWS = 2
    with pytest.raises(errors.TooManyWomen) as refusal:
        prepare(stage, stage.women(3), officer, now)
    assert "2" in refusal.value.message(staff=True)
    with pytest.raises(errors.NobodyChosen):
        prepare(stage, [], officer, now)


def test_before_sign_up_opens_one_can_look_but_not_enrol(stage, officer, now):
    stage.offering.opens_at = now + timedelta(days=1)
    stage.offering.save()
    enrolment = prepare(stage, stage.women(1), officer, now)
    with pytest.raises(WindowNotOpen):
        actions.carry_out(enrolment, only_those_who_fit=True, by=officer, now=now)
    assert rows(enrolment)[0].plan == RowPlan.BOOK


def transferred(stage, woman) -> None:
    """She works elsewhere since, and her new union has booked her."""
    Worker.objects.unscoped().filter(pk=woman.pk).update(organization=stage.tree["unit_c"])
    moved = Worker.objects.unscoped().get(pk=woman.pk)
    actions.book(stage.programme, session=stage.later, worker=moved, by=moved.user, now=timezone.now())


def test_a_woman_who_was_transferred_leaves_the_others_their_places(stage, officer, now):
    women = stage.women(3)
    enrolment = prepare(stage, women, officer, now)
    transferred(stage, women[1])
    done = actions.carry_out(enrolment, only_those_who_fit=True, by=officer, now=now)
    outcomes = [row.outcome for row in rows(done)]
    assert outcomes == [RowOutcome.BOOKED, RowOutcome.LEFT_OUT, RowOutcome.BOOKED]
    assert codes(rows(done)[1]) == ["transferred"]


def test_all_or_none_goes_back_to_the_preview_when_one_was_transferred(stage, officer, now):
    women = stage.women(2)
    enrolment = prepare(stage, women, officer, now)
    transferred(stage, women[0])
    back = actions.carry_out(enrolment, only_those_who_fit=False, by=officer, now=now)
    assert back.state == EnrolmentState.DRAFT
    assert [row.plan for row in rows(back)] == [RowPlan.REFUSE, RowPlan.BOOK]
    assert Booking.objects.unscoped().count() == 1


def test_the_former_officer_learns_nothing_of_what_her_new_union_did(stage, officer, now):
    women = stage.women(2)
    enrolment = prepare(stage, women, officer, now)
    transferred(stage, women[0])
    actions.look_again(enrolment, by=officer, now=now)
    gone, kept = rows(enrolment)
    assert (gone.plan, gone.outcome, codes(gone)) == (RowPlan.REFUSE, RowOutcome.LEFT_OUT, ["transferred"])
    assert (kept.plan, kept.outcome) == (RowPlan.BOOK, "")


def drawn(stage, *, over: bool) -> None:
    """From now on a draw gives the places; when it is ``over``, the waiting list alone."""
    Offering.objects.filter(pk=stage.offering.pk).update(
        mode=SignUpMode.DRAW, after_draw=AfterDraw.WAITING, drawn_at=timezone.now() if over else None
    )


@pytest.mark.parametrize(("over", "refusal"), [(False, DrawDecides), (True, WaitingListOnly)])
def test_a_group_gets_no_place_past_the_draw_or_the_waiting_list(stage, officer, now, over, refusal):
    women = stage.women(2)
    before = prepare(stage, women, officer, now)
    drawn(stage, over=over)
    with pytest.raises(refusal):
        actions.carry_out(before, only_those_who_fit=True, by=officer, now=now)
    stage.programme.refresh_from_db()
    after = prepare(stage, women, officer, now)
    assert [(row.plan, codes(row)) for row in rows(after)] == [(RowPlan.REFUSE, [refusal.code])] * 2
    assert not Booking.objects.unscoped().exists()


@pytest.mark.parametrize(("over", "refusal"), [(False, DrawDecides), (True, WaitingListOnly)])
def test_a_draw_announced_at_the_last_moment_is_seen_under_the_locks(stage, officer, now, over, refusal):
    (woman,) = stage.women(1)
    wish = Wish(woman, stage.session, stage.session.starts_at, stage.root.pk)
    assert stage.programme.offering.mode == SignUpMode.FIRST_COME  # as it was read, and stays in hand
    drawn(stage, over=over)
    with pytest.raises(refusal):
        actions.enrol(stage.programme, [wish], by=officer, now=now)
    assert not Booking.objects.unscoped().exists()


def test_carrying_out_asks_the_same_queries_for_five_and_for_forty(stage, officer, now):
    Session.objects.filter(pk=stage.session.pk).update(capacity=500)

    def asked(count: int) -> int:
        enrolment = prepare(stage, stage.women(count), officer, now)
        with CaptureQueriesContext(connection) as captured:
            actions.carry_out(enrolment, only_those_who_fit=False, by=officer, now=now)
        assert {row.outcome for row in rows(enrolment)} == {RowOutcome.BOOKED}
        # SQLite takes a long insert in several statements; PostgreSQL's cursor for a long answer has no text.
        return len([query for query in captured if not (query["sql"] or "").startswith("INSERT")])

    assert asked(5) == asked(40)
