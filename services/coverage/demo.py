"""Women workers' organisations in the demo: most unions have had theirs for years, and a dozen are in every state.

Those of years ago are entered as a list would bring them, month by month; whoever is under way now got there through
the actions. All names are invented.
"""

import io
from datetime import date, datetime, time, timedelta
from decimal import Decimal

from django.contrib.auth import get_user_model
from django.utils.timezone import make_aware
from PIL import Image

from services.accounts.enums import UserKind
from services.coverage import demo_checklist, demo_returns
from services.coverage.actions import papers, seats, terms
from services.coverage.actions.correcting import state_union
from services.coverage.actions.standings import derive, derive_due
from services.coverage.enums import Form, LeftBecause, PaperKind, Position, TermState, UnionPost
from services.coverage.models import Requirements, Seat, StandingChange, Term, WomenCommittee
from services.coverage.rules.terms import Named, last_day
from services.figures.actions import arrange, set_target
from services.figures.registry import statistics
from services.foundation.demo import DemoContext
from services.foundation.months import add_months
from services.organizations.actions import assign_staff, edit_organization
from services.organizations.enums import Branch, Kind, Role
from services.organizations.models import Organization

SURNAMES = "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗"
GIVEN = (
    "秀英桂兰玉梅晓燕丽华春花淑珍海霞雪琴美玲金凤文静立新小红素芬慧敏"
    "冬梅彩云若兰国英月华丽娟红霞翠萍爱珍艳芳巧云亚男婷婷桂芳"
)
# Every so many-th union: none has been set up, the head's post isn't one that qualifies, days lie far apart.
NOT_SET_UP, NO_POST, FAR_APART, OUT_OF_STEP, NOT_STATED = 8, 11, 4, 6, 13
# Months ago in which those of years ago came on record, with their share in tenths.
WAVES = ((8, 5), (6, 1), (4, 1), (3, 1), (2, 1), (0, 1))
# Numbers of counties from west to east, from north to south; 0 is an empty place.
MAP = ((0, 5, 7, 0), (4, 1, 2, 8), (0, 3, 6, 0))
SMALL = ("SZ-02-05-10", "SZ-03-05-10", "SZ-04-05-10", "SZ-05-05-10", "SZ-06-05-10", "SZ-01-05-10")
# What the stories below act on: nothing is entered for these beforehand.
STORIES = tuple(f"SZ-01-01-{n:02d}" for n in range(1, 9))


def load(context: DemoContext) -> None:
    """Leaves ``coverage.unions``, the unions of the stories by code."""
    city = context.made["organizations.city"]
    began = _moment(context, add_months(context.today, -9))
    _requirements(city, context)
    unions = _unions()
    _few_women(unions)
    StandingChange.objects.unscoped().filter(cause__in=["created", "edited", "imported"]).update(at=began)
    long_ago = [union for union in unions if union.code not in STORIES]
    start = 0
    for months, tenths in WAVES:
        end = start + len(long_ago) * tenths // 10
        wave = long_ago[start:end]
        moment = _moment(context, _day_of_wave(context.today, months))
        context.at(moment, lambda wave=wave, first=start, now=moment: _enter(wave, first, now, context))
        start = end
    for days in range(270, -1, -10):
        moment = min(_moment(context, context.today - timedelta(days=days)), context.now - timedelta(seconds=1))
        context.at(moment, lambda moment=moment: derive_due(now=moment))
    by_code = {union.code: union for union in unions}
    context.made["coverage.unions"] = {code: by_code[code] for code in STORIES}
    officers = (_officer(context), context.made["organizations.staff"]["city-officer"])
    context.at(_moment(context, context.today - timedelta(days=1)), lambda: _stories(context, by_code, *officers))
    context.at(_moment(context, add_months(context.today, -6)), lambda: _target(city, officers[1], context))
    _map(city, officers[1], context)
    demo_returns.load(context)


def _map(city: Organization, officer, context: DemoContext) -> None:
    """The eight counties as they lie to each other."""
    counties = Organization.objects.filter(kind=Kind.COUNTY_UNION, path__startswith=city.path)
    keys = dict(counties.values_list("code", "pk"))
    rows = [[keys.get(f"SZ-{number:02d}") if number else None for number in row] for row in MAP]
    arrange(city, rows, by=officer, now=context.now)


def _day_of_wave(today: date, months: int) -> date:
    """Months ago; those of none came early in the present month, so that it has seen somebody move."""
    return add_months(today, -months) if months else max(today.replace(day=1), today - timedelta(days=3))


def _moment(context: DemoContext, day: date) -> datetime:
    return min(make_aware(datetime.combine(day, time(10))), context.now)


def _target(city: Organization, officer, context: DemoContext) -> None:
    """Full coverage by the end of the year (seed A2.02), as the federation has set itself."""
    set_target(
        statistics["coverage-required"],
        organization=city,
        period=str(context.today.year),
        value=Decimal(100),
        source="示例：年度工作要点，年底实现女职工组织建设全覆盖",
        by=officer,
        now=_moment(context, add_months(context.today, -6)),
    )


def _requirements(city: Organization, context: DemoContext) -> None:
    Requirements.objects.create(
        organization=city,
        valid_from=add_months(context.today, -24),
        source="示例市总工会女职工组织建设办法（示例）",
        applied_at=context.now,
    )


def _unions() -> list[Organization]:
    """In an order in which neighbours aren't of one town, so that every county has some of everything."""
    found = Organization.objects.filter(branch=Branch.TRADE_UNION, kind=Kind.GRASSROOTS_UNION).order_by("code")
    return sorted(found, key=lambda union: (union.code[-2:], union.code))


def _few_women(unions: list[Organization]) -> None:
    """Some unions have few women members, of some nobody knows how many."""
    for place, code in enumerate(SMALL):
        union = next(one for one in unions if one.code == code)
        edit_organization(union, by=None, women_member_count=4 + place if place < 5 else None)


def _name(number: int) -> str:
    given = number // len(SURNAMES) * 2 % len(GIVEN)
    return f"示例{SURNAMES[number % len(SURNAMES)]}{GIVEN[given : given + 2]}"


def _enter(unions: list[Organization], first: int, now: datetime, context: DemoContext) -> None:
    """As a list of unions would bring them: founding days, the term in office, its head."""
    committees, held, sitting = [], [], []
    for number, union in enumerate(unions, start=first):
        if union.code in SMALL or number % NOT_SET_UP == 3:
            continue
        committee, term = _of_years_ago(number, union, context.today)
        committees.append(committee)
        held.append(term)
        post = UnionPost.NONE if number % NO_POST == 5 else UnionPost.DEPUTY if number % 3 else UnionPost.CHAIR
        post = "" if number % NOT_STATED == 7 else post
        sitting.append(Seat(term=term, position=Position.CHAIR, name=_name(number), union_post=post))
        sitting += [Seat(term=term, position=Position.MEMBER, name=_name(number + step)) for step in (150, 290)]
    WomenCommittee.objects.bulk_create(committees)
    Term.objects.bulk_create(held)
    for seat in sitting:
        seat.from_on = seat.term.approved_on
    Seat.objects.bulk_create(sitting)
    derive([union.pk for union in unions], cause="imported", by=None, now=now)


def _of_years_ago(number: int, union: Organization, today: date) -> tuple[WomenCommittee, Term]:
    """Founded with the union or later; re-elected since, so that its term ends somewhere between last year and then."""
    founded = union.established_on + timedelta(days=400 if number % FAR_APART == 1 else number % 25)
    ends = today + timedelta(days=number * 37 % 1500 - 60)
    began = add_months(ends + timedelta(days=1), -60)
    committee = WomenCommittee(
        organization=union,
        form=Form.COMMITTEE,
        prepared_on=founded - timedelta(days=20),
        elected_on=founded - timedelta(days=5),
        approved_on=founded,
        union_term_ends_on=ends + timedelta(days=200) if number % OUT_OF_STEP == 2 else ends,
    )
    term = Term(
        committee=committee,
        number=1 + (began - founded).days // 1826 if began > founded else 1,
        state=TermState.IN_OFFICE,
        prepared_on=began - timedelta(days=25),
        elected_on=began,
        approved_on=began + timedelta(days=8),
        approval_number=f"示例批〔{began.year}〕{number + 1}号",
        years=5,
        ends_on=last_day(began, 5),
    )
    return committee, term


def _officer(context: DemoContext):
    """Files for the township's unions. She can't sign in: nobody needs her to."""
    user = get_user_model()(
        username="sz-01-01-coverage",
        first_name="示例镇级干部",
        kind=UserKind.STAFF,
        password_changed_at=context.now,
    )
    user.set_unusable_password()
    user.save()
    place = Organization.objects.get(code="SZ-01-01")
    assign_staff(user, organization=place, role=Role.GRASSROOTS_OFFICER, by=None, valid_from=context.today)
    return user


class _Story:
    """One union's steps, each on its own day."""

    def __init__(self, context: DemoContext, union: Organization, officer, above, number: int):
        self.context, self.union, self.officer, self.above = context, union, officer, above
        self.number = number

    def at(self, days_ago: int) -> dict:
        day = self.context.today - timedelta(days=days_ago)
        return {"on": day, "now": _moment(self.context, day)}

    def prepare(self, days_ago: int) -> Term:
        return terms.prepare(self.union, years=5, by=self.officer, **self.at(days_ago))

    def elect(self, term: Term, days_ago: int) -> Term:
        named = [
            Named(Position.CHAIR, _name(500 + self.number), UnionPost.DEPUTY),
            Named(Position.DEPUTY, _name(520 + self.number)),
            Named(Position.MEMBER, _name(540 + self.number)),
            Named(Position.MEMBER, _name(560 + self.number)),
        ]
        return terms.file_election(term, seats=named, by=self.officer, **self.at(days_ago))

    def approve(self, term: Term, days_ago: int) -> Term:
        year = self.context.today.year
        return terms.approve(term, number=f"示例批〔{year}〕{900 + self.number}号", by=self.above, **self.at(days_ago))

    def whole(self, days_ago: int) -> Term:
        term = self.elect(self.prepare(days_ago + 40), days_ago + 15)
        return self.approve(term, days_ago)

    def paper(self, kind: str, days_ago: int, shade: int, term: Term) -> None:
        stream = io.BytesIO()
        Image.new("RGB", (480, 640), (shade, shade, 200)).save(stream, "JPEG")
        stream.seek(0)
        now = self.at(days_ago)["now"]
        name = f"{PaperKind(kind).label}.jpg"
        papers.add_paper(self.union, kind=kind, upload=stream, name=name, by=self.officer, now=now, term=term)


def _stories(context: DemoContext, by_code: dict, officer, above) -> None:
    tell = [_Story(context, by_code[code], officer, above, number) for number, code in enumerate(STORIES)]
    first, prepared, elected, returned, small, again, called_off, vacant = tell
    ending = first.whole(days_ago=1796)
    together = {f"union_{step}_on": first.at(1815)["on"] for step in ("prepared", "elected", "approved")}
    now = first.at(1790)["now"]
    state_union(first.union, by=officer, now=now, union_term_ends_on=ending.ends_on, **together)
    first.paper(PaperKind.APPROVAL, 30, 150, ending)
    first.paper(PaperKind.MINUTES, 20, 170, ending)
    prepared.prepare(12)
    waiting = elected.elect(elected.prepare(40), 6)
    elected.paper(PaperKind.REQUEST, 6, 190, waiting)
    elected.paper(PaperKind.ELECTION, 6, 210, waiting)
    back = returned.elect(returned.prepare(35), 10)
    terms.send_back(back, because="请补充选举会议记录，并核实主任在工会的职务。", by=above, now=returned.at(4)["now"])
    edit_organization(small.union, by=None, women_member_count=7)
    terms.appoint(small.union, name=_name(590), union_post=UnionPost.NONE, years=5, by=officer, **small.at(60))
    again.whole(days_ago=1900)
    again.whole(days_ago=15)
    given_up = called_off.prepare(50)
    terms.call_off(given_up, because="人选调整，另行筹备。", by=officer, now=called_off.at(20)["now"])
    _leave_a_seat(vacant)
    demo_checklist.load(
        context,
        federation=context.made["organizations.city"],
        unions=[story.union for story in tell[:6]],
        officer=officer,
        reviewer=above,
        evidence=lambda union, shade: _evidence(union, shade, officer, context.now),
    )
    derive([story.union.pk for story in tell], cause="day", now=context.now)


def _evidence(union: Organization, shade: int, officer, now: datetime):
    stream = io.BytesIO()
    Image.new("RGB", (480, 640), (shade, 200, shade)).save(stream, "JPEG")
    stream.seek(0)
    return papers.add_paper(union, kind=PaperKind.OTHER, upload=stream, name="示例台账.jpg", by=officer, now=now)


def _leave_a_seat(story: _Story) -> None:
    term = story.whole(days_ago=500)
    deputy = Seat.objects.unscoped().get(term=term, position=Position.DEPUTY)
    seats.leave(deputy, because=LeftBecause.RETIRED, by=story.officer, **story.at(25))
