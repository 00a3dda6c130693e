"""This year's city programme, open now: sites, sessions past and ahead, places down the tree, women who booked."""

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta

from django.utils.timezone import localtime, make_aware

from services.bookings.actions import change_priority, check_in, create_pool, move_places, record_absences
from services.bookings.enums import BookingState, Consequence, Priority, PriorityReason
from services.bookings.models import Allocation, Booking, Session, WaitingEntry
from services.figures.actions import keep_month_end
from services.figures.actions.keeping import month_end_before
from services.foundation.demo import DemoContext
from services.organizations.enums import Kind
from services.organizations.models import Organization
from services.privacy.actions import give_consent, rewrite_notice
from services.privacy.enums import Purpose
from services.privacy.queries import current_notice
from services.screening import actions, demo_draws
from services.screening.enums import ProgrammeKind
from services.screening.models import Programme
from services.screening.rules import KINDS
from services.screening.rules.enrolment import Line
from services.screening.rules.results import Findings
from services.workers.demo import FIRST_UNIT, sign_up
from services.workers.models import Worker

PLACES, TO_COUNTY, TO_UNIT = 600, 40, 5
UNITS_GIVEN_TO = 4
TO_GROUP, TO_UNSCREENED, TO_ASSIGNED, ASSIGNED_TO_COUNTY = 40, 20, 60, 6
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
ENROLLED, PREPARED = 6, 14
# Days before today: two month ends lie between the plan and today, the last of them after the first bookings.
PLANNED, OPENED, AGREED, BOOKED = 75, 50, 48, 40
CAME, ABSENT, TODAY, AHEAD, WAITING = 16, 3, 6, 24, 3
CALLED_BACK = Findings(
    "abnormal_need_diagnosis", ("tct", "hpv"), tbs="lsil", hpv=("52",), note="请携带本次报告到专科门诊。"
)
FINDINGS = (
    Findings("normal", ("gynaecological", "tct", "hpv", "breast_ultrasound"), tbs="nilm", birads="1"),
    Findings("benign_follow_up", ("gynaecological", "tct", "breast_ultrasound"), tbs="nilm", birads="2"),
    CALLED_BACK,
)
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
    planned = context.now - timedelta(days=PLANNED)
    _places(programme, officer, now=planned)
    _pools(programme, context, officer, now=planned + timedelta(hours=1))
    _month_end(context, before=month_end_before(context.today))
    actions.open_programme(programme, by=officer, now=context.now)
    programme = Programme.objects.select_related("offering").get(pk=programme.pk)
    sessions = list(programme.offering.sessions.select_related("venue", "offering").order_by("starts_at"))
    others = iter(_spread(context))
    _women_of_the_past(programme, sessions[:2], context, others)
    _women(programme, sessions, context, others)
    for session in sessions[:2]:
        record_absences(session, by=officer, now=context.now)
    _moved_ahead(programme, officer, context)
    _other_kinds(context, officer)
    _results(sessions[:2], context)
    _group(programme, context)
    context.made["screening.programme"] = programme
    demo_draws.load(context, officer, others, _ready)


def _moved_ahead(programme: Programme, officer, context: DemoContext) -> None:
    """The last of those who wait is put ahead, with a reason that she reads."""
    last = WaitingEntry.objects.unscoped().filter(offering=programme.offering, priority=0).latest("created_at", "pk")
    change_priority(
        last,
        to=Priority.NEXT,
        reason=PriorityReason.ORGANISER_CANCELLED,
        text="原定场次因设备检修取消，优先安排。",
        by=officer,
        now=context.now + timedelta(minutes=1),
    )


def _other_kinds(context: DemoContext, officer) -> None:
    """An employer's check-up for one unit and the public-health programme, both open."""
    city, year = context.made["organizations.city"], context.today.year
    unit = Organization.objects.get(code=FIRST_UNIT)
    for kind, title, items, terms, homes in (
        (
            ProgrammeKind.EMPLOYER_DUTY,
            f"{year} 年用人单位女职工体检",
            ["gynaecological", "discharge", "pelvic_ultrasound"],
            {"region": "fujian", "added_from_age": 35, "added_items": ["breast", "tct", "breast_ultrasound"]},
            [unit],
        ),
        (
            ProgrammeKind.PUBLIC_HEALTH,
            f"{year} 年适龄妇女免费“两癌”检查",
            ["gynaecological", "breast", "hpv"],
            {},
            [],
        ),
    ):
        rules = KINDS[kind]
        programme = actions.create_programme(
            organization=city,
            basics={"title": title, "year": year, "kind": kind, "items": items, "contact": city.officer_contact},
            window={
                "title": "女职工体检",
                "opens_at": context.now - timedelta(days=5),
                "closes_at": _at(context, 30, 18),
            },
            terms=dict(rules.usual) | {"source": f"《{title}通知》"} | terms,
            by=officer,
        )
        actions.publish_terms(programme.terms.get(), by=officer, now=context.now - timedelta(days=6))
        starts = _at(context, 25, 8)
        venue = context.made["bookings.venues"][1]
        row = {"venue": venue, "starts_at": starts, "ends_at": starts + timedelta(hours=3), "capacity": CAPACITY}
        actions.add_series(programme, sessions=[row], by=officer, now=context.now)
        root = actions.set_places(programme, slots=CAPACITY, by=officer, reason="年度计划")
        actions.give_many(root, shares=[(home, CAPACITY) for home in homes], by=officer, reason="单位出资")
        actions.open_programme(programme, by=officer, now=context.now)


def _group(programme: Programme, context: DemoContext) -> None:
    """The unit's officer has enrolled some of her women, most of whom have yet to agree, and prepared the others."""
    officer = context.made["organizations.staff"]["unit-officer"]
    unit = Organization.objects.get(code=FIRST_UNIT)
    known = [worker.pk for worker in context.made["workers.known"].values()]
    free = Worker.objects.below(unit.path).exclude(pk__in=known).exclude(bookings__offering=programme.offering)
    women = list(free.select_related("organization").order_by("pk"))
    for worker in women[: ENROLLED + PREPARED]:
        actions.state_last_screening(programme, worker=worker, last_screened_on=None, by=officer, now=context.now)
    for chosen in (women[:ENROLLED], women[ENROLLED:]):
        lines = [Line(number, worker.pk) for number, worker in enumerate(chosen, 1)]
        group = actions.prepare_enrolment(programme, lines, organization=unit, by=officer, now=context.now)
        if chosen[0] == women[0]:
            actions.carry_out(group, only_those_who_fit=True, by=officer, now=context.now)


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
            "opens_at": context.now - timedelta(days=OPENED),
            "closes_at": _at(context, 18, 18),
            "late_cancel_hours": 72,
            "consequence": Consequence.PAUSE,
            "conduct_source": f"《{year} 年女职工“两癌”筛查实施方案》第八条",
        },
        terms={
            "age_min": 35,
            "age_max": 64,
            "interval_months": 24,
            "membership_required": True,
            "marital_rule": "any",
            "priority_employment_types": ["new_form", "dispatch"],
            "paper_consent": True,
            "source": f"《{year} 年女职工“两癌”筛查实施方案》第三条",
        },
        by=officer,
    )
    actions.publish_terms(programme.terms.get(), by=officer, now=context.now - timedelta(days=OPENED + 1))
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


def _places(programme: Programme, officer, *, now: datetime) -> None:
    """Half of the places go to the counties, some of the first county's on to its unions; the city keeps the rest."""
    root = actions.set_places(programme, slots=PLACES, by=officer, reason="年度计划", now=now)
    counties = Organization.objects.filter(kind=Kind.COUNTY_UNION).order_by("code")
    shares = [(county, TO_COUNTY) for county in counties]
    (first, *_others) = actions.give_many(root, shares=shares, by=officer, reason="按女职工人数分配", now=now)
    units = Organization.objects.filter(kind=Kind.GRASSROOTS_UNION, path__startswith=counties[0].path).order_by("code")
    shares = [(unit, TO_UNIT) for unit in units[:UNITS_GIVEN_TO]]
    actions.give_many(first, shares=shares, by=officer, reason="优先安排一线女职工", now=now)


def _pools(programme: Programme, context: DemoContext, officer, *, now: datetime) -> None:
    """Places for new forms of employment, for women long unscreened, and assigned ones; unused, they go back."""
    offering = programme.offering
    root = Allocation.objects.unscoped().get(offering=offering, parent=None)
    back = {"returns_at": _at(context, 12, 18), "returns_to": root.pool, "by": officer, "now": now}
    new_forms = {"employment_types": ["new_form", "dispatch"]}
    groups = create_pool(offering, name="新就业形态和派遣女职工", position=10, conditions=new_forms, **back)
    long_ago = {"unscreened_years": 3}
    unscreened = create_pool(offering, name="三年内未筛查", position=20, conditions=long_ago, **back)
    assigned = create_pool(offering, name="分配到县的名额", position=30, assigned_only=True, **back)
    for pool, count in ((groups, TO_GROUP), (unscreened, TO_UNSCREENED), (assigned, TO_ASSIGNED)):
        held = move_places(root, to=pool, count=count, by=officer, reason="名额分配方案", now=now)
    counties = Organization.objects.filter(kind=Kind.COUNTY_UNION).order_by("code")
    shares = [(county, ASSIGNED_TO_COUNTY) for county in counties]
    actions.give_many(held, shares=shares, by=officer, reason="名额分配方案", now=now)


def _month_end(context: DemoContext, *, before: date) -> None:
    """What stood at the end of the month before ``before``; called once all that happened until then is loaded."""
    day = month_end_before(before)
    kept_at = make_aware(datetime.combine(day + timedelta(days=1), time(0, 5)))
    context.catch_up(kept_at)
    keep_month_end(day, now=kept_at)


def _women_of_the_past(programme: Programme, past: list[Session], context: DemoContext, others) -> None:
    """They booked before the last month ended; who was examined before it ended, too, came before it is kept."""
    bookings = []
    for number in range(CAME + ABSENT):
        her = _ready(programme, next(others), context)
        bookings.append(_book(programme, past[number % len(past)], her, when=context.now - timedelta(days=BOOKED)))
    came = list(enumerate(bookings[:CAME]))
    begun = make_aware(datetime.combine(context.today.replace(day=1), time()))
    for number, booking in came:
        if booking.session.starts_at < begun:
            _comes(booking, number, context)
    _month_end(context, before=context.today)
    for number, booking in came:
        if booking.session.starts_at >= begun:
            _comes(booking, number, context)


def _comes(booking: Booking, number: int, context: DemoContext) -> None:
    session, clinic = booking.session, context.made["organizations.staff"]["clinic"]
    moment = localtime(session.starts_at) + timedelta(minutes=5 * number)
    check_in(token=booking.token, venue=session.venue, by=clinic, now=moment)


def _women(programme: Programme, sessions: list[Session], context: DemoContext, others: Iterator[Worker]) -> None:
    known = context.made["workers.known"]
    today, full, ahead = sessions[2], sessions[5], sessions[3:5] + sessions[6:]
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


def _results(past: list[Session], context: DemoContext) -> None:
    """Of those who came, all but the last two have a result; every third is called back."""
    clinic = context.made["organizations.staff"]["clinic"]
    came = Booking.objects.unscoped().filter(session__in=past, state=BookingState.ATTENDED)
    rows = came.select_related("worker__user", "worker__organization", "session__venue", "offering").order_by("pk")
    for number, booking in enumerate(list(rows)[:-2]):
        found = FINDINGS[number % len(FINDINGS)]
        entered = booking.session.ends_at + timedelta(hours=20)
        actions.enter_result(booking, findings=found, by=clinic, now=min(entered, context.now))
        if number == FINDINGS.index(CALLED_BACK):
            context.worker_can_sign_in(booking.worker.phone, "女职工，有检查结果待查看")
        if number % 2:
            _agree(booking.worker, Purpose.FOLLOW_UP, context.now)


def _agree(worker: Worker, purpose: str, when: datetime) -> None:
    give_consent(worker.user, purpose=purpose, notice=current_notice(purpose), language="zh-hans", now=when)


def _spread(context: DemoContext) -> list[Worker]:
    """Women of all counties in turn, those of the first union ahead."""
    others = context.made["workers.others"]
    own = [worker for worker in others if worker.organization.code == FIRST_UNIT]
    rest = [worker for worker in others if worker.organization.code != FIRST_UNIT]
    return own[:8] + [rest[index * 37 % len(rest)] for index in range(min(200, len(rest)))]


def _ready(programme: Programme, worker: Worker, context: DemoContext, *, account: bool = True) -> Worker:
    """She has an account, has agreed to the notice, and has said that she was never screened."""
    worker = sign_up(worker, context) if account else Worker.objects.unscoped().get(pk=worker.pk)
    agreed = context.now - timedelta(days=AGREED)
    _agree(worker, Purpose.SCREENING, agreed)
    actions.state_last_screening(programme, worker=worker, last_screened_on=None, by=worker.user, now=agreed)
    return worker


def _before(session: Session, days: int) -> datetime:
    return session.starts_at - timedelta(days=days)


def _book(programme: Programme, session: Session, worker: Worker, *, when: datetime):
    held = actions.book(programme, session=session, worker=worker, by=worker.user, now=when)
    return actions.confirm(held, by=worker.user, now=when)
