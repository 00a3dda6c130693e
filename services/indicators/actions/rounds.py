"""A year of monitoring: opened for every place that states something, locked when its figures stand."""

from collections import Counter
from datetime import date, datetime

from django.db import transaction
from django.utils.timezone import localdate
from wagtail.log_actions import log

from services.foundation.locks import hold
from services.indicators import errors, policies
from services.indicators.enums import COUNTED, LEVEL_OF_KIND, ReportState, RoundState
from services.indicators.models import Place, Report, Round
from services.indicators.queries.reports import elements_of
from services.indicators.registry import locked
from services.organizations.models import Organization


@transaction.atomic
def open_round(owner: Organization, *, year: int, due_on: date, by, now: datetime) -> Round:
    """Open a past year: every open place down to the lowest level that is asked gets its draft. Done again it adds the
    places that have come since. Raises ``PermissionDenied``, ``YearNotOver``, ``DueBeforeYear``, ``NothingAsked``,
    ``RoundLocked``. Lock: the year of the tree."""
    policies.may_keep(by, owner).insist()
    if year >= localdate(now).year:
        raise errors.YearNotOver(year=year)
    if due_on <= date(year, 12, 31):
        raise errors.DueBeforeYear()
    elements = list(elements_of(owner.pk, year=year))
    if not elements:
        raise errors.NothingAsked()
    hold(f"indicators.round:{owner.pk}:{year}")
    round = Round.objects.unscoped().filter(owner=owner, year=year).first()
    if round is None:
        round = Round.objects.create(owner=owner, year=year, due_on=due_on, opened_by=by, opened_at=now)
        log(owner, "indicators.open_round", user=by, data={"year": year}, timestamp=now)
    elif round.state == RoundState.LOCKED:
        raise errors.RoundLocked()
    lowest = max(element.level for element in elements)
    asked = {level for level in range(1, lowest + 1) if any(element.asked_at(level) for element in elements)}
    _places(round, owner, lowest)
    _drafts(round, asked)
    return round


def _places(round: Round, owner: Organization, lowest: int) -> None:
    """Parents before children; those that are there stay as they are."""
    kinds = [kind for kind, level in LEVEL_OF_KIND.items() if level <= lowest]
    there = {place.organization_id: place for place in Place.objects.unscoped().filter(round=round)}
    by_path: dict[str, Place] = {}
    rows = Organization.objects.below(owner.path).open().filter(kind__in=kinds).order_by("path")
    for organization in rows:
        place = there.get(organization.pk)
        if place is None:
            above = _nearest(by_path, organization.path)
            level = LEVEL_OF_KIND[organization.kind]
            place = Place.objects.create(round=round, organization=organization, above=above, level=level)
        by_path[organization.path] = place


def _nearest(by_path: dict[str, Place], path: str) -> Place | None:
    for end in range(len(path) - Organization.steplen, 0, -Organization.steplen):
        if path[:end] in by_path:
            return by_path[path[:end]]
    return None


def _drafts(round: Round, asked: set[int]) -> None:
    places = list(Place.objects.unscoped().filter(round=round).order_by("pk"))
    have = set(Report.objects.unscoped().filter(place__round=round).values_list("place_id", flat=True))
    Report.objects.bulk_create(
        [Report(place=place) for place in places if place.level in asked and place.pk not in have], batch_size=1_000
    )
    by_key = {place.pk: place for place in places}
    counts: dict[int, Counter] = {place.pk: Counter() for place in places}
    for place in places:
        if place.level not in asked:
            continue
        here: Place | None = place
        while here is not None:
            counts[here.pk][str(place.level)] += 1
            here = by_key.get(here.above_id)
    changed = [place for place in places if place.reporters != dict(counts[place.pk])]
    for place in changed:
        place.reporters = dict(counts[place.pk])
    Place.objects.unscoped().bulk_update(changed, ["reporters"], batch_size=1_000)


@transaction.atomic
def lock_round(round: Round, *, by, now: datetime) -> Round:
    """From now on figures change by new versions with a reason alone. What wasn't accepted stays missing, and can still
    come late. Raises ``PermissionDenied``, ``RoundLockedBefore``, ``OwnReportOpen``. Lock: the year, then its reports.
    """
    held = Round.objects.unscoped().select_for_update(of=("self",)).select_related("owner").get(pk=round.pk)
    policies.may_keep(by, held.owner).insist()
    if held.state == RoundState.LOCKED:
        raise errors.RoundLockedBefore()
    own = Report.objects.unscoped().filter(place__round=held, place__organization=held.owner_id)
    if own.exists() and not own.filter(state__in=COUNTED).exists():
        raise errors.OwnReportOpen()
    accepted = Report.objects.unscoped().filter(place__round=held, state=ReportState.ACCEPTED)
    accepted.update(state=ReportState.LOCKED)
    held.state, held.locked_by, held.locked_at = RoundState.LOCKED, by, now
    held.save(update_fields=["state", "locked_by", "locked_at"])
    log(held.owner, "indicators.lock_round", user=by, data={"year": held.year}, timestamp=now)
    for follow in locked:
        follow(held, by=by, now=now)
    return held
