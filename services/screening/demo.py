"""This year's city programme, open now: sites, sessions past and ahead, places down the tree, women who booked."""

from datetime import datetime, time, timedelta

from django.utils.timezone import localtime, make_aware

from services.bookings.actions import check_in, record_absences
from services.bookings.models import Allocation, Session
from services.foundation.demo import DemoContext
from services.organizations.enums import Kind
from services.organizations.models import Organization
from services.privacy.actions import give_consent, rewrite_notice
from services.privacy.enums import Purpose
from services.privacy.queries import current_notice
from services.screening import actions
from services.screening.models import Programme
from services.workers.demo import FIRST_UNIT, sign_up
from services.workers.models import Worker

PLACES, TO_COUNTY, TO_UNIT = 600, 40, 5
UNITS_GIVEN_TO = 4
CAPACITY, SMALL = 20, 6
# Days from today, hour of the day: two lie behind, one is today, the sixth is small and will be full.
TIMES = (
    (-3, 8),
    (-2, 8),
    (0, 8),
    (6, 8),
    (6, 14),
    (8, 8),
    (8, 14),
    (10, 8),
    (13, 8),
    (15, 8),
    (15, 14),
    (20, 8),
    (22, 8),
)
CAME, ABSENT, TODAY, AHEAD, WAITING = 16, 3, 6, 24, 3
INSTRUCTIONS = (
    "请避开经期，月经干净后 3 至 7 天检查最合适。\n"
    "检查前 48 小时不要同房、冲洗或用药。\n"
    "请带身份证，穿宽松、方便穿脱的衣服。\n"
    "怀孕或可能怀孕的，请先与体检点电话联系。"
)


def load(context: DemoContext) -> None:
    """Leaves ``screening.programme``."""
    officer = context.made["organizations.staff"]["city-officer"]
    _notices_in_force_earlier(context)
    programme = _programme(context, officer)
    _sessions(programme, context, officer)
    _places(programme, officer)
    actions.open_programme(programme, by=officer, now=context.now)
    programme = Programme.objects.select_related("offering").get(pk=programme.pk)
    sessions = list(programme.offering.sessions.select_related("venue", "offering").order_by("starts_at"))
    _women(programme, sessions, context)
    for session in sessions[:2]:
        record_absences(session, by=officer, now=context.now)
    context.made["screening.programme"] = programme


def _notices_in_force_earlier(context: DemoContext) -> None:
    """Women of the demo agreed weeks ago: their notices must have been in force by then."""
    admin = context.made["organizations.staff"]["admin"]
    notice = current_notice(Purpose.SCREENING)
    rewrite_notice(
        notice,
        by=admin,
        title=notice.title,
        body=notice.body,
        title_en=notice.title_en,
        body_en=notice.body_en,
        in_force_from=context.now - timedelta(days=60),
    )


def _programme(context: DemoContext, officer) -> Programme:
    city, year = context.made["organizations.city"], context.today.year
    programme = actions.create_programme(
        organization=city,
        basics={
            "title": f"{year} 年女职工免费“两癌”筛查",
            "year": year,
            "items": ["gynaecological", "breast", "tct", "hpv", "pelvic_ultrasound", "breast_ultrasound"],
            "unit_price": 520,
            "budget": 520 * PLACES,
            "summary": "35 至 64 周岁工会女会员，两年内未做过筛查的，均可免费参加。",
            "instructions": INSTRUCTIONS,
            "contact": city.officer_contact,
        },
        window={
            "title": "女职工免费体检",
            "opens_at": context.now - timedelta(days=20),
            "closes_at": _at(context, 18, 18),
        },
        terms={
            "age_min": 35,
            "age_max": 64,
            "interval_months": 24,
            "membership_required": True,
            "marital_rule": "any",
            "priority_employment_types": ["new_form", "dispatch"],
            "source": f"《{year} 年女职工“两癌”筛查实施方案》第三条",
        },
        by=officer,
    )
    actions.publish_terms(programme.terms.get(), by=officer, now=context.now - timedelta(days=21))
    return programme


def _at(context: DemoContext, days: int, hour: int) -> datetime:
    return make_aware(datetime.combine(context.today + timedelta(days=days), time(hour)))


def _sessions(programme: Programme, context: DemoContext, officer) -> None:
    """Sessions at the two sites in turn; today's and the earlier ones are all at the first."""
    venues = context.made["bookings.venues"]
    clinic = context.made["organizations.staff"]["clinic"]
    for venue in venues:
        actions.assign_operators(venue, users=[clinic], by=officer)
    rows = []
    for number, (days, hour) in enumerate(TIMES):
        starts = _at(context, days, hour)
        rows.append(
            {
                "venue": venues[0] if number < 5 else venues[number % 2],
                "starts_at": starts,
                "ends_at": starts + timedelta(hours=3),
                "capacity": SMALL if number == 5 else CAPACITY,
            }
        )
    actions.add_series(programme, sessions=rows, by=officer, now=context.now)


def _places(programme: Programme, officer) -> None:
    """Half of the places go to the counties, some of the first county's on to its unions; the city keeps the rest."""
    root = actions.set_places(programme, slots=PLACES, by=officer, reason="年度计划")
    counties = Organization.objects.filter(kind=Kind.COUNTY_UNION).order_by("code")
    actions.give_many(root, shares=[(county, TO_COUNTY) for county in counties], by=officer, reason="按女职工人数分配")
    first = Allocation.objects.unscoped().get(offering=programme.offering, organization=counties[0])
    units = Organization.objects.filter(kind=Kind.GRASSROOTS_UNION, path__startswith=counties[0].path).order_by("code")
    shares = [(unit, TO_UNIT) for unit in units[:UNITS_GIVEN_TO]]
    actions.give_many(first, shares=shares, by=officer, reason="优先安排一线女职工")


def _women(programme: Programme, sessions: list[Session], context: DemoContext) -> None:
    known, others = context.made["workers.known"], iter(_spread(context))
    clinic = context.made["organizations.staff"]["clinic"]
    past, today, full, ahead = sessions[:2], sessions[2], sessions[5], sessions[3:5] + sessions[6:]
    for number in range(CAME + ABSENT):
        session = past[number % len(past)]
        booking = _book(programme, session, _ready(programme, next(others), context), when=_before(session, 9))
        if number < CAME:
            moment = localtime(session.starts_at) + timedelta(minutes=5 * number)
            check_in(token=booking.token, venue=session.venue, by=clinic, now=moment)
    for _ in range(TODAY):
        _book(programme, today, _ready(programme, next(others), context), when=_before(today, 9))
    for number in range(AHEAD):
        _book(programme, ahead[number % len(ahead)], _ready(programme, next(others), context), when=context.now)
    _book(programme, full, _ready(programme, known["booked"], context, account=False), when=context.now)
    while Session.objects.get(pk=full.pk).left:
        _book(programme, full, _ready(programme, next(others), context), when=context.now)
    first = _ready(programme, known["waiting"], context, account=False)
    line = [first, *(_ready(programme, next(others), context) for _ in range(WAITING))]
    for minutes, worker in enumerate(line):
        moment = context.now + timedelta(seconds=minutes)
        actions.join_waiting_list(programme, session=full, worker=worker, by=worker.user, now=moment)


def _spread(context: DemoContext) -> list[Worker]:
    """Women of all counties in turn, those of the first union ahead."""
    others = context.made["workers.others"]
    own = [worker for worker in others if worker.organization.code == FIRST_UNIT]
    rest = [worker for worker in others if worker.organization.code != FIRST_UNIT]
    return own[:8] + [rest[index * 37 % len(rest)] for index in range(min(200, len(rest)))]


def _ready(programme: Programme, worker: Worker, context: DemoContext, *, account: bool = True) -> Worker:
    """She has an account, has agreed to the notice, and has said that she was never screened."""
    worker = sign_up(worker, context) if account else Worker.objects.unscoped().get(pk=worker.pk)
    agreed = context.now - timedelta(days=15)
    give_consent(
        worker.user,
        purpose=Purpose.SCREENING,
        notice=current_notice(Purpose.SCREENING),
        language="zh-hans",
        now=agreed,
    )
    actions.state_last_screening(programme, worker=worker, last_screened_on=None, by=worker.user, now=agreed)
    return worker


def _before(session: Session, days: int) -> datetime:
    return session.starts_at - timedelta(days=days)


def _book(programme: Programme, session: Session, worker: Worker, *, when: datetime):
    held = actions.book(programme, session=session, worker=worker, by=worker.user, now=when)
    return actions.confirm(held, by=worker.user, now=when)
