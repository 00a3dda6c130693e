"""The group's share of a batch, with the numbers it is taken of; and the units that haven't joined."""

from datetime import date

from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from services.mutual_aid.enums import BatchKind, BatchState, ThresholdBase
from services.mutual_aid.models import EnrolmentBatch, EnrolmentRow
from services.mutual_aid.rules.terms import Terms
from services.mutual_aid.rules.threshold import Group, Judged, everyone_must, threshold
from services.organizations.enums import Branch, Kind
from services.organizations.models import Organization
from services.workers.enums import WorkerState
from services.workers.models import Worker

# Of whom the terms of a batch take the share (§1.4), and whether that number is known.
OF_STAFF = Q(terms__threshold_base=ThresholdBase.STAFF)
HEADED = OF_STAFF & Q(headcount_staff__isnull=False) | ~OF_STAFF & Q(headcount_women__isnull=False)

_TAKEN = (BatchState.CONFIRMED, BatchState.EFFECTIVE, BatchState.EXPIRED)


def threshold_of(batch: EnrolmentBatch, terms: Terms) -> Judged:
    """Who joins, and who is covered already, of the headcount stated."""
    group = Group(joined=batch.persons + batch.covered_before, women=batch.headcount_women, staff=batch.headcount_staff)
    return threshold(terms, group)


def headcount_of(batch: EnrolmentBatch) -> int | None:
    """Of how many the terms take the share."""
    of_staff = batch.terms.threshold_base == ThresholdBase.STAFF
    return batch.headcount_staff if of_staff else batch.headcount_women


def percent_needed(batch: EnrolmentBatch) -> str:
    """The share that must join, per cent; empty where none is asked for or nothing is known."""
    if batch.terms.threshold_base in ("", ThresholdBase.NONE) or batch.terms.threshold_percent is None:
        return ""
    whole = everyone_must(batch.terms, headcount_of(batch))
    return "100" if whole else format(batch.terms.threshold_percent.normalize(), "f")


def units_without(user, roles, *, on: date, scheme: str = "") -> QuerySet[Organization]:
    """Units within her reach that have no period running on a day, in a scheme (its code) or in any: with the women of
    their roster (``women``) and the last day of the latest period that ran out (``ended``).

    A unit has joined, too, where the roster of a union above covers women of it: small ones are enrolled together.
    """
    groups = EnrolmentBatch.objects.unscoped().filter(organization=OuterRef("pk")).exclude(kind=BatchKind.ADDITION)
    groups = groups.filter(state__in=_TAKEN)
    above = EnrolmentRow.objects.unscoped().filter(
        worker__organization=OuterRef("pk"), cover__isnull=False, batch__state__in=_TAKEN, batch__last_day__gte=on
    )
    above = above.exclude(batch__organization__kind=Kind.GRASSROOTS_UNION)
    if scheme:
        groups, above = groups.filter(scheme__code=scheme), above.filter(batch__scheme__code=scheme)
    women = Worker.objects.unscoped().filter(organization=OuterRef("pk"), state=WorkerState.ACTIVE).order_by()
    units = Organization.objects.visible_to(user, roles=roles).open()
    units = units.filter(branch=Branch.TRADE_UNION, kind=Kind.GRASSROOTS_UNION)
    return (
        units.exclude(Exists(groups.filter(last_day__gte=on)))
        .exclude(Exists(above))
        .annotate(
            women=Coalesce(Subquery(women.values("organization").annotate(n=Count("pk")).values("n")), 0),
            ended=Subquery(groups.order_by("-last_day").values("last_day")[:1]),
        )
    )
