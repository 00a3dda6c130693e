"""Two small evening programmes whose few places are drawn: one draw is over, the list of the other is still open."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, time, timedelta

from django.utils.timezone import make_aware

from services.bookings import actions as bookings
from services.bookings.enums import AfterDraw, SignUpMode
from services.foundation.demo import DemoContext
from services.screening import actions
from services.screening.models import Programme
from services.workers.models import Worker

Ready = Callable[[Programme, Worker, DemoContext], Worker]


@dataclass(frozen=True, slots=True)
class _Plan:
    """Days from today: sign-up opens, the list closes, the number comes out, the sessions."""

    name: str
    mode: str
    opens: int
    freezes: int
    number: int
    sessions: tuple[int, ...]
    women: int
    places: int = 8


HELD = _Plan("夜场筛查", SignUpMode.DRAW, opens=-10, freezes=-7, number=-5, sessions=(9, 11), women=14)
OPEN = _Plan("周末筛查", SignUpMode.DRAW_WINDOW, opens=-1, freezes=2, number=4, sessions=(16, 17), women=9)
NUMBER = "387637"


def load(context: DemoContext, officer, women: Iterator[Worker], ready: Ready) -> None:
    """Leaves ``screening.draws``: both programmes."""
    made = [_announced(plan, context, officer) for plan in (HELD, OPEN)]
    for plan, programme in zip((HELD, OPEN), made, strict=True):
        _enter(plan, programme, context, women, ready)
    _hold(made[0], context, officer)
    context.made["screening.draws"] = made


def _at(context: DemoContext, days: int, hour: int) -> datetime:
    return make_aware(datetime.combine(context.today + timedelta(days=days), time(hour)))


def _announced(plan: _Plan, context: DemoContext, officer) -> Programme:
    year, early = context.today.year, _at(context, plan.opens - 1, 9)
    programme = actions.create_programme(
        organization=context.made["organizations.city"],
        basics={
            "title": f"{year} 年女职工免费{plan.name}",
            "year": year,
            "items": ["gynaecological", "breast"],
            "summary": "名额不多，通过抽签分配，不分先后。",
            "contact": context.made["organizations.city"].officer_contact,
        },
        window={
            "title": "女职工免费体检",
            "opens_at": _at(context, plan.opens, 9),
            "closes_at": _at(context, plan.sessions[0] - 1, 18),
            "offer_hours": 48,
        },
        terms={"age_min": 35, "age_max": 64, "membership_required": True, "source": f"《{year} 年筛查加场方案》第二条"},
        by=officer,
    )
    actions.publish_terms(programme.terms.get(), by=officer, now=early)
    starts = [_at(context, days, 18) for days in plan.sessions]
    rows = [
        {"venue": venue, "starts_at": at, "ends_at": at + timedelta(hours=2), "capacity": plan.places // len(starts)}
        for venue, at in zip(context.made["bookings.venues"], starts, strict=True)
    ]
    actions.add_series(programme, sessions=rows, by=officer, now=early)
    actions.set_places(programme, slots=plan.places, by=officer, reason="加场")
    bookings.announce_draw(
        programme.offering,
        mode=plan.mode,
        after_draw=AfterDraw.FIRST_COME,
        source="上证综合指数收盘点位（全部数字，含小数）",
        where="上海证券交易所网站",
        number_on=context.today + timedelta(days=plan.number),
        digits=len(NUMBER),
        freezes_at=_at(context, plan.freezes, 9),
        by=officer,
        now=early,
    )
    actions.open_programme(programme, by=officer, now=early)
    return Programme.objects.select_related("offering__organization").get(pk=programme.pk)


def _enter(plan: _Plan, programme: Programme, context: DemoContext, women: Iterator[Worker], ready: Ready) -> None:
    """One after the other, half of them with a time they would like."""
    sessions = list(programme.offering.sessions.select_related("venue", "offering"))
    for number in range(plan.women):
        worker = ready(programme, next(women), context)
        moment = min(_at(context, plan.opens, 10) + timedelta(minutes=number), context.now)
        choices = [sessions[number % len(sessions)]] if number % 2 else []
        actions.enter_draw(programme, worker=worker, choices=choices, by=worker.user, now=moment)


def _hold(programme: Programme, context: DemoContext, officer) -> None:
    """The clock froze the list, the officer entered the number; one woman had left before the places were given."""
    draw = programme.offering.draws.select_related("offering__organization").get()
    draw = bookings.freeze_draw(draw, by=None, now=draw.freezes_at)
    gone = programme.offering.draw_entries.unscoped().select_related("worker__organization").order_by("pk")[2]
    actions.leave_draw(gone, by=gone.worker.user, now=draw.frozen_at + timedelta(days=1))
    draw = bookings.enter_number(draw, typed=NUMBER, by=officer, now=_at(context, HELD.number, 16))
    bookings.start_giving(draw, by=officer, now=context.now)
    bookings.give_drawn_places(draw.pk, now=context.now)
