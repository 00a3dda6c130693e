"""After the draw: published, visits planned, homes not visited replaced from the reserve in order, carried out."""

from collections.abc import Sequence
from datetime import date, datetime

from django.db import transaction
from django.utils.timezone import localdate
from wagtail.log_actions import log

from services.childrens_homes.enums import HomeState
from services.childrens_homes.models import Home
from services.foundation.locks import hold
from services.home_inspections import errors, notifications, policies, wordings
from services.home_inspections.actions import sampled
from services.home_inspections.actions.concluding import carry_on
from services.home_inspections.actions.draws import LOCK, is_for_acceptance, lock_draw, step
from services.home_inspections.actions.sealing import seal
from services.home_inspections.enums import CONCLUDED, DrawState, InspectionState, Outcome, Round
from services.home_inspections.models import (
    DrawItem,
    DrawnInspector,
    HomeDraw,
    Inspection,
    Inspector,
    MustVisit,
)
from services.home_inspections.queries.draws import directory_of
from services.home_inspections.queries.figures import final_passed
from services.home_inspections.queries.rubrics import city_path, rubric_in_force
from services.home_inspections.rules import draw as rules


@transaction.atomic
def publish(draw: HomeDraw, *, visit_on: date, by, now: datetime) -> HomeDraw:
    """Publish the result. For the acceptance every drawn home gets a visit by the drawn inspectors, must-visit homes
    too; for a yearly evaluation they become the city's sample.

    Raises ``PermissionDenied``, ``StepTaken``, ``NoSuchStep``, ``DayPast``, ``NoRubric``, ``NoEvaluation``.
    """
    draw = lock_draw(draw)
    policies.may_lead_city(by, draw.programme.city).insist()
    step(draw, "publish")
    if visit_on < localdate(now):
        raise errors.DayPast()
    draw.published_at = now
    draw.save(update_fields=["state", "published_at"])
    items = list(draw.items.filter(selected=True).select_related("home__host"))
    payload = {"result_sha256": draw.result_sha256, "visit_on": visit_on.isoformat()}
    if is_for_acceptance(draw):
        _plan(draw, items, visit_on, Round.CITY, by=by, now=now)
        _plan_must_visit(draw, items, visit_on, by=by, now=now)
    else:
        payload["year"] = sampled.put_in_sample(draw, items)
    seal(draw, "published", payload, by=by, now=now)
    if is_for_acceptance(draw):
        _note_earlier_visits(draw, by=by, now=now)
    log(draw, "home_inspections.draw_published", user=by, data={"homes": len(items)})
    return draw


def _plan(draw: HomeDraw, items: Sequence[DrawItem], on: date, round: str, *, by, now: datetime) -> None:
    rubric = rubric_in_force(draw.programme.city.path)
    if rubric is None:
        raise errors.NoRubric()
    there = set(
        Inspection.objects.unscoped()
        .filter(home__in=[one.home_id for one in items], round=round, again_of__isnull=True)
        .exclude(state=InspectionState.CALLED_OFF)
        .values_list("home_id", flat=True)
    )
    planned = [
        Inspection(home=one.home, rubric=rubric, round=round, scheduled_on=on, made_by=by, made_at=now)
        for one in items
        if one.home_id not in there
    ]
    Inspection.objects.bulk_create(planned)
    people: dict[int, list[int]] = {}
    drawn = DrawnInspector.objects.filter(item__in=items).order_by("place")
    for home, user in drawn.values_list("item__home_id", "user_id"):
        people.setdefault(home, []).append(user)
    sent = Inspector.objects.bulk_create(
        Inspector(inspection=one, user_id=user) for one in planned for user in people[one.home_id]
    )
    notifications.tell_sent(sent)


def _note_earlier_visits(draw: HomeDraw, *, by, now: datetime) -> None:
    """Homes that the city has visited already, under a draw that was declared void since: they aren't visited twice,
    and their verdict counts here."""
    called = draw.items.filter(selected=True, outcome=Outcome.PENDING)
    visits = Inspection.objects.unscoped().filter(round=Round.CITY, again_of__isnull=True, state__in=CONCLUDED)
    visits = visits.filter(home__in=called.values("home"), confirmed_at__lte=now)
    said = {code: [str(score), passed] for code, score, passed in visits.values_list("home__code", "score", "passed")}
    if said:
        called.filter(code__in=said).update(outcome=Outcome.VISITED, decided_by=by, decided_at=now)
        seal(draw, "visited", {"homes": said}, by=by, now=now)


def _plan_must_visit(draw: HomeDraw, items: Sequence[DrawItem], on: date, *, by, now: datetime) -> None:
    """Homes on the must-visit list that chance didn't draw anyway; their inspectors are drawn the same way."""
    drawn = {one.home_id for one in items}
    directory = directory_of(city_path(draw.programme.city.path))
    rubric = rubric_in_force(draw.programme.city.path)
    for one in MustVisit.objects.filter(draw=draw).exclude(home__in=drawn).select_related("home__host"):
        visit = Inspection.objects.create(
            home=one.home, rubric=rubric, round=Round.MUST_VISIT, scheduled_on=on, made_by=by, made_at=now
        )
        out = directory.excluded(one.home.host.path)
        signs = rules.inspectors_for(one.home.code, seed=draw.seed, directory=directory.users, excluded=out)
        sent = Inspector.objects.bulk_create(
            Inspector(inspection=visit, user_id=directory.users[sign]) for sign in signs
        )
        notifications.tell_sent(sent)


@transaction.atomic
def not_visited(item: DrawItem, *, reason: str, by, now: datetime) -> DrawItem | None:
    """Approve that a drawn home isn't visited; the next of its stratum's reserve is called in. Gives that one.

    Raises ``PermissionDenied``, ``ReasonMissing``, ``NoSuchStep``, ``StepTaken``, ``TooFewInspectors``.
    """
    open_visit = None
    if is_for_acceptance(item.draw):
        visits = Inspection.objects.unscoped().select_for_update(of=("self",))
        open_visit = visits.filter(
            home=item.home_id, round=Round.CITY, again_of__isnull=True, state=InspectionState.SCHEDULED
        ).first()
    draw = lock_draw(item.draw)
    policies.may_lead_city(by, draw.programme.city).insist()
    if not reason.strip():
        raise errors.ReasonMissing()
    if draw.state != DrawState.PUBLISHED:
        raise errors.NoSuchStep(state=DrawState(draw.state).label)
    item = draw.items.select_for_update(of=("self",)).get(pk=item.pk)
    if item.outcome != Outcome.PENDING or not (item.selected or item.called_in):
        raise errors.StepTaken()
    if is_for_acceptance(draw):
        _insist_not_begun(item)
    else:
        sampled.take_out(item)
    following = (
        draw.items.filter(stratum=item.stratum, selected=False, called_in=False)
        .select_related("home__host")
        .order_by("reserve_rank")
        .first()
    )
    item.outcome, item.reason, item.decided_by, item.decided_at = Outcome.NOT_VISITED, reason.strip()[:300], by, now
    item.replaced_by = following
    item.save(update_fields=["outcome", "reason", "decided_by", "decided_at", "replaced_by"])
    if open_visit:
        open_visit.state = InspectionState.CALLED_OFF
        open_visit.save(update_fields=["state"])
    if following:
        _call_in(draw, following, open_visit.scheduled_on if open_visit else localdate(now), by=by, now=now)
    payload = {"home": item.code, "reason": item.reason, "replaced_by": following.code if following else None}
    seal(draw, "not_visited", payload, by=by, now=now)
    log(draw, "home_inspections.draw_not_visited", user=by, data={"home": item.code, "reason": item.reason})
    return following


def _insist_not_begun(item: DrawItem) -> None:
    begun = Inspection.objects.unscoped().filter(home=item.home_id, round=Round.CITY, again_of__isnull=True)
    running = begun.exclude(state__in=[InspectionState.SCHEDULED, InspectionState.CALLED_OFF]).first()
    if running:
        raise errors.NoSuchStep(state=InspectionState(running.state).label)


def _call_in(draw: HomeDraw, item: DrawItem, on: date, *, by, now: datetime) -> None:
    directory = directory_of(city_path(draw.programme.city.path))
    out = directory.excluded(item.home.host.path)
    signs = rules.inspectors_for(item.code, seed=draw.seed, directory=directory.users, excluded=out)
    if len(signs) < rules.FEWEST_INSPECTORS:
        raise errors.TooFewInspectors(homes=item.code)
    item.called_in = True
    item.save(update_fields=["called_in"])
    DrawnInspector.objects.bulk_create(
        DrawnInspector(item=item, user_id=directory.users[sign], sign=sign, place=place)
        for place, sign in enumerate(signs, start=1)
    )
    if is_for_acceptance(draw):
        _plan(draw, [item], max(on, localdate(now)), Round.CITY, by=by, now=now)
    else:
        sampled.put_in(item)


@transaction.atomic
def execute(draw: HomeDraw, *, by, now: datetime) -> HomeDraw:
    """Close a draw whose homes were all visited, or left out with an approved reason: in a yearly evaluation a home
    counts as visited once it has the city's score. After the acceptance draw, homes that passed in the end are
    accepted.

    Raises ``PermissionDenied``, ``StepTaken``, ``NoSuchStep``, ``NotVisitedYet``, ``NotScoredYet``.
    """
    hold(LOCK)
    draw = lock_draw(draw)
    policies.may_lead_city(by, draw.programme.city).insist()
    step(draw, "execute")
    called = draw.items.filter(selected=True) | draw.items.filter(called_in=True)
    if not is_for_acceptance(draw):
        seen = called.filter(outcome=Outcome.PENDING, home__in=sampled.scored(draw))
        seen.update(outcome=Outcome.VISITED, decided_by=by, decided_at=now)
    left = list(called.filter(outcome=Outcome.PENDING).order_by("code").values_list("code", flat=True)[:6])
    if left:
        refusal = errors.NotVisitedYet if is_for_acceptance(draw) else errors.NotScoredYet
        raise refusal(homes=wordings.list_of(left[:5]) + ("…" if len(left) > 5 else ""))
    draw.executed_at = now
    draw.save(update_fields=["state", "executed_at"])
    accepted = 0
    if is_for_acceptance(draw):
        waiting = Home.objects.unscoped().filter(programme=draw.programme, state=HomeState.COUNTY_INSPECTED)
        passed = final_passed(draw.programme)
        accepted = sum(carry_on(home, "accept", by=by) for home in waiting if home.pk in passed)
    visited = called.filter(outcome=Outcome.VISITED).count()
    seal(draw, "executed", {"visited": visited, "accepted": accepted}, by=by, now=now)
    log(draw, "home_inspections.draw_executed", user=by, data={"visited": visited})
    return draw
