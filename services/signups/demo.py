"""Activities in every state: in preparation, coming, open and full, today, over with certificates and evaluations."""

from collections.abc import Iterator
from datetime import datetime, time, timedelta

from django.utils.timezone import make_aware

from services.bookings.actions import check_in, confirm_booking, give_many, record_absences
from services.bookings.models import Allocation, Booking, Session
from services.foundation.demo import DemoContext
from services.organizations.enums import Kind
from services.organizations.models import Organization
from services.signups import actions
from services.signups.enums import ActivityKind, QuestionKind, TrainingForm
from services.signups.models import Activity
from services.workers.demo import sign_up as give_account
from services.workers.models import Worker

HALL = {"name": "工人文化宫三层报告厅", "address": "清河区示例大道 8 号", "directions": "乘公交示例 1 路到文化宫站"}
ROOM = {"name": "市总工会二楼会议室", "address": "清河区示例大道 2 号", "directions": ""}
CAME, ABSENT, TODAY, AHEAD, SMALL, SHEETS, TO_COUNTY = 9, 1, 5, 8, 3, 7, 3
PAST, RECENT = 30, 3  # days ago: its evaluation is over, and another's still open


def load(context: DemoContext) -> None:
    """Leaves ``signups.class``, the training class that is open now."""
    officer = context.made["organizations.staff"]["city-officer"]
    women = _women(context)
    _over(context, officer, women)
    context.made["signups.class"] = _open(context, officer, women)
    _today(context, officer, women)
    _others(context, officer)


def _women(context: DemoContext) -> Iterator[Worker]:
    """The woman who can sign in first, then others from all over."""
    others = context.made["workers.others"]
    keys = [context.made["workers.known"]["booked"].pk, *(her.pk for her in others[:: max(1, len(others) // 60)])]
    rows = Worker.objects.unscoped().select_related("user", "organization").in_bulk(keys)
    while True:
        yield from (rows[key] for key in keys)


def _at(context: DemoContext, days: int, hour: int) -> datetime:
    return make_aware(datetime.combine(context.today + timedelta(days=days), time(hour)))


def _made(context: DemoContext, officer, title: str, *, sessions, opens: int, closes: int, **basics) -> Activity:
    """``sessions``: place, day, hour, hours, capacity; days count from today."""
    city = context.made["organizations.city"]
    began = _at(context, min(opens, -1) - 2, 9)
    plain = {"year": (context.now + timedelta(days=sessions[0][1])).year, "contact": city.officer_contact}
    activity = actions.create_activity(
        organization=city,
        basics={"title": title, "kind": ActivityKind.TRAINING} | plain | basics,
        window={"opens_at": _at(context, opens, 9), "closes_at": _at(context, closes, 18), "change_cutoff_hours": 24},
        by=officer,
    )
    for place, day, hour, lasts, capacity in sessions:
        starts = _at(context, day, hour)
        actions.add_session(
            activity,
            place=place,
            starts_at=starts,
            ends_at=starts + timedelta(hours=lasts),
            capacity=capacity,
            by=officer,
            now=began,
        )
    return activity


def _opened(activity: Activity, officer, *, when: datetime) -> Activity:
    actions.open_activity(activity, by=officer, now=when)
    return Activity.objects.select_related("offering__organization", "organization").get(pk=activity.pk)


def _signed_up(activity: Activity, session: Session, her: Worker, *, by, when: datetime, **answers) -> Booking:
    said = {question.token: answers.get(question.kind) for question in activity.questions.all()}
    booking = actions.sign_up(activity, session=session, answers=said, worker=her, by=by, now=when)
    return confirm_booking(booking, by=by, now=when)


def _sessions(activity: Activity) -> list[Session]:
    return list(activity.offering.sessions.select_related("venue__organization", "venue__provider", "offering"))


def _over(context: DemoContext, officer, women: Iterator[Worker]) -> None:
    """Two trainings that are over: with certificates and evaluations, and with certificates still to be issued."""
    for days, title, form, hours in (
        (PAST, "女职工工作会议暨以会代培", TrainingForm.MEETING, 4),
        (RECENT, "女职工劳动保护座谈会", TrainingForm.SYMPOSIUM, 3),
    ):
        activity = _made(
            context,
            officer,
            title,
            sessions=[(HALL, -days, 9, 3, 40)],
            opens=-days - 20,
            closes=-days - 1,
            form=form,
            hours=hours,
            summary="面向各级女职工委员会主任、委员。",
            speakers="市总工会女职工部、市委党校",
            for_whom="各级工会女职工委员会主任、委员",
            certificates=True,
        )
        began = _at(context, -days - 20, 10)
        activity = _opened(activity, officer, when=began)
        (session,) = _sessions(activity)
        bookings = [
            _signed_up(activity, session, next(women), by=officer, when=began + timedelta(minutes=number))
            for number in range(CAME + ABSENT)
        ]
        for number, booking in enumerate(bookings[:CAME]):
            moment = session.starts_at - timedelta(minutes=5 * number)
            check_in(token=booking.token, venue=session.venue, by=officer, now=moment)
        after = session.ends_at + timedelta(hours=2)
        record_absences(session, by=officer, now=after)
        actions.close_activity(activity, by=officer, now=after)
        if days == PAST:
            _finished(context, officer, activity, bookings[:SHEETS], after)


def _finished(context: DemoContext, officer, activity: Activity, bookings, after: datetime) -> None:
    actions.issue_certificates(activity, by=officer, now=after)
    remarks = ("", "", "希望增加案例讲解", "", "会场后排听不清", "", "")
    for number, booking in enumerate(bookings):
        give_account(booking.worker, context)
        fresh = Booking.objects.own(pk=booking.pk).select_related("session", "offering__activity", "worker__user").get()
        score = 5 if number % 2 else 4
        actions.evaluate(
            fresh,
            content=score,
            speakers=5,
            organizing=4 if number else 3,
            again=bool(number),
            comment=remarks[number % len(remarks)],
            by=fresh.worker.user,
            now=after + timedelta(hours=number),
        )


def _open(context: DemoContext, officer, women: Iterator[Worker]) -> Activity:
    """Two sessions, the small one full with women waiting; some places handed to the counties."""
    activity = _made(
        context,
        officer,
        f"{context.today.year} 年女工干部培训班",
        sessions=[(HALL, 14, 9, 32, 30), (ROOM, 21, 9, 8, SMALL)],
        opens=-10,
        closes=12,
        form=TrainingForm.CLASS,
        hours=16,
        summary="两天，女职工组织建设、劳动保护、互助保障三个专题。",
        about="第一天：女职工组织建设与换届。\n第二天：女职工劳动保护特别规定；互助保障与困难帮扶实务。",
        speakers="省总工会、市委党校、律师",
        for_whom="各级工会女职工委员会主任、委员和专兼职女工干部",
        certificates=True,
    )
    for words, kind, choices in (
        ("您在女职工组织中的职务", QuestionKind.CHOICE, ["主任", "委员", "专职干部", "兼职干部"]),
        ("是否需要住宿", QuestionKind.YES_NO, []),
    ):
        actions.add_question(activity, kind=kind, words=words, choices=choices, by=officer)
    actions.add_question(activity, kind=QuestionKind.SHORT_TEXT, words="最想听的内容", required=False, by=officer)
    activity = _opened(activity, officer, when=_at(context, -10, 8))
    root = Allocation.objects.unscoped().select_related("organization", "offering").get(offering=activity.offering)
    counties = Organization.objects.filter(kind=Kind.COUNTY_UNION).order_by("code")
    give_many(root, shares=[(county, TO_COUNTY) for county in counties], by=officer, reason="名额分配方案")
    large, small = _sessions(activity)
    begun = _at(context, -9, 9)
    for number in range(AHEAD + SMALL):
        said = {
            QuestionKind.CHOICE: ("委员", "主任", "兼职干部")[number % 3],
            QuestionKind.YES_NO: ("no", "yes")[number % 2],
        }
        session = large if number < AHEAD else small
        moment = begun + timedelta(minutes=number)
        _signed_up(activity, session, next(women), by=officer, when=moment, **said)
    for number in range(2):
        said = {
            question.token: {"choice": "委员", "yes_no": "no"}.get(question.kind)
            for question in activity.questions.all()
        }
        her, moment = next(women), context.now + timedelta(seconds=number)
        actions.join_waiting_list(activity, session=small, answers=said, worker=her, by=officer, now=moment)
    return activity


def _today(context: DemoContext, officer, women: Iterator[Worker]) -> None:
    """A reading afternoon that can be checked in at now."""
    activity = _made(
        context,
        officer,
        "“书香三八”女职工读书分享会",
        sessions=[(ROOM, 0, 0, 24, 20)],
        opens=-12,
        closes=0,
        kind=ActivityKind.EVENT,
        summary="每人带一本书，讲三分钟。",
        evaluation_days=7,
    )
    began = _at(context, -12, 10)
    activity = _opened(activity, officer, when=began)
    (session,) = _sessions(activity)
    for number in range(TODAY):
        _signed_up(activity, session, next(women), by=officer, when=began + timedelta(minutes=number))


def _others(context: DemoContext, officer) -> None:
    """One that opens in some days, one in preparation."""
    coming = _made(
        context,
        officer,
        "女职工维权法律知识竞赛",
        sessions=[(HALL, 40, 14, 3, 60)],
        opens=3,
        closes=35,
        kind=ActivityKind.EVENT,
        summary="现场答题，个人和单位各设奖项。",
    )
    _opened(coming, officer, when=context.now)
    _made(
        context,
        officer,
        "六一亲子文化活动",
        sessions=[(HALL, 60, 9, 3, 50)],
        opens=20,
        closes=55,
        kind=ActivityKind.EVENT,
        summary="女职工和孩子一起参加。",
    )
