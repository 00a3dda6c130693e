"""Double benefit (D14): the same person, household, event or account across programmes, years, services, outside aid.

Everything is compared by keyed digests. What belongs to a case outside the viewer's unions is named by nothing but
whom to contact.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from django.db.models import Q
from django.utils import timezone

from services.casework.enums import WAITING_ON_HER, Stage
from services.casework.queries.given import given_to
from services.casework.registry import Given
from services.foundation.scope import scope_of, unscoped
from services.organizations.enums import ROSTER_READERS
from services.payments.models import Account
from services.relief.enums import AwardState, OverlapChoice, OverlapRule, ProgrammeKind
from services.relief.models import Application, Award, Member, OutsideAid, OverlapDecision
from services.relief.queries.files import SERVICE, contact_of

# How far back one benefit counts against another; the same event counts whenever it was.
LOOK_BACK = timedelta(days=365)
_NOTHING_GIVEN = WAITING_ON_HER | {Stage.REFUSED, Stage.WITHDRAWN}


@dataclass(frozen=True, slots=True)
class Overlap:
    """One pair. ``key`` names the other side for good; ``contact`` is all that people of other unions learn.

    ``path`` is the tree path of the other side's union, ``number`` and ``title`` what its own people may read.
    """

    key: str
    rule: OverlapRule
    contact: str
    path: str
    on: date
    number: str = ""
    title: str = ""
    decision: OverlapDecision | None = None

    def seen_by(self, viewer) -> "Overlap":
        """What this person may know of it."""
        if scope_of(viewer).covers(self.path, roles=ROSTER_READERS):
            return self
        return Overlap(self.key, self.rule, self.contact, "", self.on, decision=self.decision)


@dataclass(slots=True)
class _Side:
    """One application, as digests."""

    application: Application
    herself: str
    household: set[str]
    accounts: set[str]
    own_keys: set[str] = field(default_factory=set)


def overlaps_of(application: Application, *, now: datetime) -> list[Overlap]:
    """Those of one application, each with what was decided about it."""
    return overlaps_of_many([application], now=now)[application.pk]


def undecided(found: Iterable[Overlap]) -> list[Overlap]:
    return [overlap for overlap in found if overlap.decision is None]


def overlaps_of_many(applications: Sequence[Application], *, now: datetime) -> dict[int, list[Overlap]]:
    """By key of the application, in a constant number of queries."""
    mine = _sides(applications)
    others = _sides(_candidates(mine, now=now))
    outside = _outside_aid(mine, since=timezone.localdate(now) - LOOK_BACK)
    given = _given(mine, since=timezone.localdate(now) - LOOK_BACK)
    decided, quiet = _decisions(mine)
    found: dict[int, list[Overlap]] = {}
    for side in mine:
        pairs = [_pair(side, other) for other in others if other.application.case_id != side.application.case_id]
        pairs += [_with_outside(one) for number in side.household for one in outside.get(number, ())]
        pairs += [_with_given(one) for number in side.household for one in given.get(number, ())]
        her = side.application.case.worker_id
        found[side.application.pk] = [
            _decided(pair, decided.get((side.application.pk, pair.key)))
            for pair in pairs
            if pair is not None and (her, pair.key) not in quiet and not _quiet_from_there(pair, side, quiet, others)
        ]
    return found


def _sides(applications: Sequence[Application]) -> list[_Side]:
    households = {one.household_id for one in applications if one.household_id}
    members: dict[int, set[str]] = defaultdict(set)
    for key, index in Member.objects.filter(household__in=households).values_list("household", "id_index"):
        members[key].add(index)
    workers = {one.case.worker_id for one in applications}
    accounts: dict[int, set[str]] = defaultdict(set)
    for key, index in Account.objects.filter(worker__in=workers).values_list("worker", "number_index"):
        accounts[key].add(index)
    return [
        _Side(
            one,
            herself=one.case.worker.id_index,
            household={one.case.worker.id_index} | members[one.household_id] - {""},
            accounts=accounts[one.case.worker_id],
        )
        for one in applications
    ]


def _candidates(mine: Sequence[_Side], *, now: datetime) -> list[Application]:
    """Applications that gave something, or may, and share a person or an account with one of ours."""
    persons = set().union(*(side.household for side in mine)) if mine else set()
    cards = set().union(*(side.accounts for side in mine)) if mine else set()
    events = {side.application.event_index for side in mine} - {""}
    households = set(Member.objects.filter(id_index__in=persons).values_list("household", flat=True))
    sharing = set(Account.objects.filter(number_index__in=cards).values_list("worker", flat=True))
    linked = Q(case__worker__id_index__in=persons) | Q(household__in=households) | Q(case__worker__in=sharing)
    recent = Q(award__decided_at__gte=now - LOOK_BACK) | Q(award__isnull=True) | Q(event_index__in=events)
    found = (
        Application.objects.unscoped()
        .filter(linked, recent)
        .exclude(programme__kind=ProgrammeKind.FILING)
        .exclude(case__stage__in=_NOTHING_GIVEN)
        .exclude(award__isnull=True, case__stage=Stage.CLOSED)
        .exclude(award__state=AwardState.CANCELLED)
    )
    with unscoped():
        return list(found.select_related("case__worker", "case__organization", "programme", "award"))


def _pair(one: _Side, other: _Side) -> Overlap | None:
    rule = _rule(one, other)
    if rule is None:
        return None
    case, award = other.application.case, getattr(other.application, "award", None)
    return Overlap(
        key=f"case:{case.pk}",
        rule=rule,
        contact=contact_of(case.organization),
        path=case.path,
        on=timezone.localdate(award.decided_at if award else case.submitted_at),
        number=case.number,
        title=other.application.programme.name,
    )


def _rule(one: _Side, other: _Side) -> OverlapRule | None:
    linked = bool(one.household & other.household)
    event = one.application.event_index
    if linked and event and event == other.application.event_index:
        return OverlapRule.SAME_EVENT
    if one.herself in other.household or other.herself in one.household:
        return OverlapRule.SAME_PERSON if one.herself == other.herself else OverlapRule.SAME_HOUSEHOLD
    if linked:
        return OverlapRule.SAME_HOUSEHOLD
    return OverlapRule.SAME_ACCOUNT if one.accounts & other.accounts else None


def _outside_aid(mine: Sequence[_Side], *, since: date) -> dict[str, list[OutsideAid]]:
    persons = set().union(*(side.household for side in mine)) if mine else set()
    found: dict[str, list[OutsideAid]] = defaultdict(list)
    given = OutsideAid.objects.unscoped().filter(id_index__in=persons, given_on__gte=since)
    for one in given.select_related("organization"):
        found[one.id_index].append(one)
    return found


def _with_outside(aid: OutsideAid) -> Overlap:
    return Overlap(
        key=f"outside:{aid.pk}",
        rule=OverlapRule.OUTSIDE_AID,
        contact=contact_of(aid.organization),
        path=aid.organization.path,
        on=aid.given_on,
        title=f"{aid.giver} {aid.purpose}".strip(),
    )


def _given(mine: Sequence[_Side], *, since: date) -> dict[str, list[Given]]:
    """What other services gave (mutual aid after an illness), by person."""
    persons = set().union(*(side.household for side in mine)) if mine else set()
    found: dict[str, list[Given]] = defaultdict(list)
    for one in given_to(persons, since=since, but=SERVICE):
        found[one.person].append(one)
    return found


def _with_given(one: Given) -> Overlap:
    return Overlap(
        key=one.key,
        rule=OverlapRule.OTHER_SERVICE,
        contact=one.contact,
        path=one.path,
        on=one.on,
        number=one.number,
        title=one.what,
    )


def benefits_given(*, persons: frozenset[str], since: date) -> list[Given]:
    """Awards of relief that stand, for other services."""
    with unscoped():
        awards = list(
            Award.objects.filter(worker__id_index__in=persons, decided_at__date__gte=since)
            .exclude(state=AwardState.CANCELLED)
            .select_related("application__case", "programme", "worker", "organization")
        )
    return [
        Given(
            person=one.worker.id_index,
            key=f"relief:{one.application.case_id}",
            service=SERVICE,
            on=timezone.localdate(one.decided_at),
            contact=contact_of(one.organization),
            path=one.path,
            number=one.application.case.number,
            what=one.programme.name,
            scheme=one.programme_code,
        )
        for one in awards
    ]


def _decisions(mine: Sequence[_Side]) -> tuple[dict, set]:
    """What was decided about these applications, and the pairs (woman, other side) that were no match."""
    workers = {side.application.case.worker_id for side in mine}
    cases = {f"case:{side.application.case_id}" for side in mine}
    keys = {side.application.pk for side in mine}
    rows = OverlapDecision.objects.filter(
        Q(application__in=keys)
        | Q(choice=OverlapChoice.NO_MATCH) & (Q(application__case__worker__in=workers) | Q(other__in=cases))
    ).select_related("by")
    with unscoped():
        rows = list(rows.select_related("application__case", "by"))
    decided = {(row.application_id, row.other): row for row in rows}
    quiet = {(row.application.case.worker_id, row.other) for row in rows if row.choice == OverlapChoice.NO_MATCH}
    return decided, quiet


def _quiet_from_there(pair: Overlap, side: _Side, quiet: set, others: Sequence[_Side]) -> bool:
    """The other side was looked at first, and this pair was found to be no match then."""
    here = f"case:{side.application.case_id}"
    there = {f"case:{other.application.case_id}": other.application.case.worker_id for other in others}
    return (there.get(pair.key), here) in quiet


def _decided(pair: Overlap, decision: OverlapDecision | None) -> Overlap:
    if decision is None:
        return pair
    return Overlap(pair.key, pair.rule, pair.contact, pair.path, pair.on, pair.number, pair.title, decision)
