"""Samples of decided cases: what stands on the list, what waits for somebody, what was found."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.db.models import Count, Q, QuerySet
from django.utils import timezone

from services.casework.enums import CASE_HANDLERS, RecheckOutcome, Stage
from services.casework.models import Case, Recheck, RecheckItem
from services.casework.models.recheck import part_words
from services.casework.queries.complaints import hands_in
from services.casework.rules.sampling import Entry, Seen, interval, weighted_rate
from services.foundation.scope import scope_of

DECIDED = {Stage.APPROVED: "approved", Stage.BEING_PAID: "approved", Stage.CLOSED: "approved", Stage.REFUSED: "refused"}


def rechecks_for(user) -> QuerySet[Recheck]:
    """Samples of the organisations that she sees, the newest first, with how many are still to be looked at."""
    found = Recheck.objects.visible_to(user).select_related("organization")
    return found.annotate(left=Count("items", filter=Q(items__outcome="")), drawn=Count("items"))


def entries_of(organization, service: str, first: date, last: date) -> list[Entry]:
    """Cases at or below an organisation that were decided in these days, both included. Strata are what was decided and
    which organisation decided. One query."""
    begin = timezone.make_aware(datetime.combine(first, time.min))
    end = timezone.make_aware(datetime.combine(last + timedelta(days=1), time.min))
    cases = Case.objects.below(organization.path).filter(
        service=service, stage__in=list(DECIDED), decided_at__gte=begin, decided_at__lt=end
    )
    rows = cases.order_by("number").values_list("number", "stage", "desk__code")
    return [Entry(number, f"{DECIDED[stage]}/{code or '-'}") for number, stage, code in rows]


def entries_on(recheck: Recheck) -> list[Entry]:
    """The list as it was frozen."""
    lines = recheck.frame.splitlines()[-recheck.frame_size :] if recheck.frame_size else []
    return [Entry(*line.split(" ", 1)) for line in lines]


def items_of(recheck: Recheck) -> QuerySet[RecheckItem]:
    rows = recheck.items.select_related("recheck__organization", "case__organization", "case__worker", "looked_by")
    return rows.order_by("place")


def waits_for(user) -> QuerySet[RecheckItem]:
    """What is still to be looked at where she holds a post with cases, herself without a hand in it."""
    paths = [path for path, roles in scope_of(user).grants.items() if roles & CASE_HANDLERS]
    rows = RecheckItem.objects.filter(outcome="", recheck__organization__path__in=paths)
    rows = rows.exclude(case__events__by=user).exclude(case__representative=user)
    return rows.select_related("recheck", "case").order_by("recheck", "place")


def had_a_hand(user, item: RecheckItem) -> bool:
    return user.pk in hands_in(item.case)


@dataclass(frozen=True, slots=True)
class Told:
    """A stratum as it is told: sizes, what was found, and the interval for its number of faulty cases."""

    name: str
    seen: Seen
    drawn: int
    lost: int
    interval: tuple[int, int] | None

    @property
    def part(self) -> str:
        return part_words(self.name)


def results(recheck: Recheck) -> tuple[list[Told], float | None]:
    """By stratum, and the share of faulty cases among all in per cent, weighted by the sizes of the strata; None while
    one of them wasn't seen. One query."""
    sizes: dict[str, int] = {}
    for entry in entries_on(recheck):
        sizes[entry.stratum] = sizes.get(entry.stratum, 0) + 1
    outcomes: dict[str, list[str]] = {name: [] for name in sizes}
    for stratum, outcome in recheck.items.values_list("stratum", "outcome"):
        outcomes[stratum].append(outcome)
    told = [_told(name, sizes[name], outcomes[name]) for name in sorted(sizes)]
    rate = weighted_rate(one.seen for one in told)
    return told, None if rate is None else round(float(rate) * 100, 1)


def _told(name: str, size: int, outcomes: Iterable[str]) -> Told:
    outcomes = list(outcomes)
    lost = outcomes.count(RecheckOutcome.NOT_POSSIBLE)
    seen = [one for one in outcomes if one and one != RecheckOutcome.NOT_POSSIBLE]
    found = Seen(size, len(seen), sum(one != RecheckOutcome.RIGHT for one in seen))
    return Told(name, found, len(outcomes), lost, interval(found))
