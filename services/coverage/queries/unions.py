"""Unions by where they stand: the rows that figures count and lists show."""

from django.db.models import OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Left, Length

from services.coverage.models import Standing
from services.coverage.rules.subjects import REASONS
from services.organizations.models import Organization

# What stands for "no industry stated" in an address.
NO_INDUSTRY = "-"
# What stands for "nothing on record" among the forms.
UNSTATED_FORM = "unstated"
PARENT_PATH = Left("organization__path", Length("organization__path") - Organization.steplen)


def open_standings() -> QuerySet[Standing]:
    """Of the unions that aren't closed, without a viewer: what figures are made of."""
    return Standing.objects.own(organization__closed_on__isnull=True)


def unions_listed(user, *, roles: frozenset[str]) -> QuerySet[Standing]:
    """The same rows within her reach."""
    reach = Standing.objects.visible_to(user, roles=roles).filter(organization__closed_on__isnull=True)
    return reach.select_related("organization")


def with_kind_above(standings: QuerySet[Standing]) -> QuerySet[Standing]:
    """Each with ``kind_above``, that of the organisation directly above: a path is its parent's and a step more."""
    above = Organization.objects.order_by().filter(path=OuterRef("parent_path"))
    return standings.annotate(parent_path=PARENT_PATH, kind_above=Subquery(above.values("kind")[:1]))


def with_name_above(standings: QuerySet[Standing]) -> QuerySet[Standing]:
    """Each with ``above_name``, that of the organisation directly above."""
    above = Organization.objects.order_by().filter(path=OuterRef("parent_path"))
    return standings.annotate(parent_path=PARENT_PATH, above_name=Subquery(above.values("name")[:1]))


def below_kind(standings: QuerySet[Standing], kind: str) -> QuerySet[Standing]:
    """Those directly below organisations of a kind."""
    above = Organization.objects.order_by().filter(kind=kind)
    return standings.annotate(parent_path=PARENT_PATH).filter(parent_path__in=above.values("path"))


def about(standings: QuerySet[Standing], subject: str) -> QuerySet[Standing]:
    """The unions that are to be reminded of this."""
    return standings.filter(**{f"{field}__in": values for field, values in REASONS[subject].items()})


def not_in_a_branch(standings: QuerySet[Standing], path: str) -> QuerySet[Standing]:
    """At this place, or directly below it with nothing below: what no branch of it holds."""
    depth = len(path) // Organization.steplen + 1
    leaf = Q(organization__path__startswith=path, organization__depth=depth, organization__numchild=0)
    return standings.filter(leaf | Q(organization__path=path))


def names_above(standings: list[Standing]) -> None:
    """Give each row ``above``, the name of the organisation directly above its union. One query."""
    step = Organization.steplen
    paths = {row.organization.path[:-step] for row in standings}
    names = dict(Organization.objects.order_by().filter(path__in=paths).values_list("path", "name"))
    for row in standings:
        row.above = names.get(row.organization.path[:-step], "")
