"""Reads of unions' records: the list of standings, one union with its terms, the log that tells its story."""

from django.db.models import Count, Min, OuterRef, Q, QuerySet, Subquery
from wagtail.log_actions import registry as log_registry

from services.coverage.enums import READERS, UNDER_WAY, Position, TermState
from services.coverage.models import Seat, Standing, Term, WomenCommittee
from services.foundation.scope import path_filter
from services.organizations.enums import Branch, Kind
from services.organizations.models import Organization


def standings_for(user) -> QuerySet[Standing]:
    """The unions within her reach, with where they stand."""
    return Standing.objects.visible_to(user).select_related("organization")


def with_heads(standings: QuerySet[Standing]) -> QuerySet[Standing]:
    """The same with ``head``: the name of the head of the term in office."""
    seats = Seat.objects.unscoped().filter(
        term__committee__organization=OuterRef("organization"),
        term__state=TermState.IN_OFFICE,
        position=Position.CHAIR,
        until_on__isnull=True,
    )
    return standings.annotate(head=Subquery(seats.values("name")[:1]))


def unions_for(user) -> QuerySet[Organization]:
    """Unions that can have a record, within her reach; closed ones too, for their history."""
    mine = Organization.objects.visible_to(user, roles=READERS)
    return mine.filter(branch=Branch.TRADE_UNION, kind=Kind.GRASSROOTS_UNION)


def committee_of(organization: Organization) -> WomenCommittee | None:
    return WomenCommittee.objects.unscoped().filter(organization=organization).first()


def standing_of(organization: Organization) -> Standing | None:
    return Standing.objects.unscoped().filter(organization=organization).first()


def terms_of(committee: WomenCommittee) -> list[Term]:
    """All terms, newest first (one that was called off after the one that took its number), with their seats: two
    queries."""
    terms = Term.objects.unscoped().filter(committee=committee).select_related("filed_by", "decided_by")
    found = list(terms.order_by("-number", "-pk"))
    seats: dict[int, list[Seat]] = {}
    rows = Seat.objects.unscoped().filter(term__in=found).select_related("replaces", "replaced_by")
    for seat in sorted(rows, key=lambda one: (list(Position.values).index(one.position), one.pk)):
        seats.setdefault(seat.term_id, []).append(seat)
    for term in found:
        term.committee = committee
        term.everybody = seats.get(term.pk, [])
    return found


def story_of(committee: WomenCommittee, *, limit: int = 50) -> list:
    """What was logged of the record, newest first."""
    logged = log_registry.get_logs_for_instance(committee).select_related("user")
    return list(logged.order_by("-timestamp", "-pk")[:limit])


def head_elsewhere(name: str, organization: Organization) -> Seat | None:
    """A committee of another union of the same tree that she heads or is elected to head."""
    living = [TermState.IN_OFFICE, *UNDER_WAY]
    top = organization.path[: Organization.steplen]
    seats = Seat.objects.unscoped().filter(
        name=name,
        position=Position.CHAIR,
        until_on__isnull=True,
        term__state__in=living,
        term__committee__organization__path__startswith=top,
        term__committee__organization__closed_on__isnull=True,
    )
    seats = seats.exclude(term__committee__organization=organization)
    return seats.select_related("term__committee__organization").order_by("pk").first()


def waiting_for_decision(user, paths: tuple[str, ...]) -> dict:
    """Elected and not yet decided on, below a federation's own level; not what she filed herself."""
    lookup = "committee__organization__path"
    rows = Term.objects.unscoped().filter(path_filter(lookup, paths), state=TermState.ELECTED)
    rows = rows.exclude(**{f"{lookup}__in": paths}).exclude(filed_by=user)
    return rows.order_by().aggregate(n=Count("pk"), since=Min("filed_at"))


def returned_to(paths: tuple[str, ...]) -> dict:
    rows = Term.objects.unscoped().filter(path_filter("committee__organization__path", paths), state=TermState.RETURNED)
    return rows.order_by().aggregate(n=Count("pk"), since=Min("decided_at"))


def ending_at(paths: tuple[str, ...]) -> dict:
    """Terms that end soon or are overdue, counted by standing, so that the number is the list's."""
    rows = Standing.objects.unscoped().filter(path_filter("organization__path", paths))
    return rows.aggregate(ending=Count("pk", filter=Q(term="ending")), overdue=Count("pk", filter=Q(term="overdue")))
