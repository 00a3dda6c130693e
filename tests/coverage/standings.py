"""Unions with a standing, written as the derivation leaves it."""

from datetime import date

from services.coverage.models import Standing
from services.organizations.models import Organization
from tests.factories.organizations import UnionFactory

AS_IT_SHOULD_BE = {
    "required": "committee",
    "form": "committee",
    "built": "yes",
    "simultaneous": "yes",
    "term": "running",
    "in_step": "yes",
    "chair_qualified": "yes",
    "standard": "yes",
    "size": "medium",
    "industry": "教育",
    "derived_on": date(2026, 11, 29),
}
LACKING = AS_IT_SHOULD_BE | {
    "form": "none",
    "built": "no",
    "simultaneous": "unknown",
    "term": "none",
    "in_step": "unknown",
    "chair_qualified": "unknown",
    "standard": "unknown",
}
UNSTATED = LACKING | {"required": "unknown", "built": "unknown", "size": "unknown"}


def standing_of(organization: Organization, **values) -> Standing:
    return Standing.objects.create(organization=organization, **{**AS_IT_SHOULD_BE, **values})


def union_under(parent: Organization, **values) -> Standing:
    """A new grassroots union below ``parent``, with where it stands."""
    return standing_of(UnionFactory(parent=parent), **values)


def many_under(parent: Organization, number: int, **values) -> list[Standing]:
    """A lot of them with three statements: paths are counted on from the children there are."""
    parent.refresh_from_db()
    first, step = parent.numchild + 1, Organization.steplen
    unions = Organization.objects.bulk_create(
        Organization(
            path=parent.path + Organization._int2str(first + n).rjust(step, "0"),
            depth=parent.depth + 1,
            code=f"{parent.code}-M{first + n}",
            name=f"示例第{first + n}工会",
            kind="grassroots_union",
            branch="trade_union",
        )
        for n in range(number)
    )
    Organization.objects.filter(pk=parent.pk).update(numchild=first - 1 + number)
    parent.refresh_from_db()
    return Standing.objects.bulk_create(
        Standing(organization=union, **{**AS_IT_SHOULD_BE, **values}) for union in unions
    )
