"""Which requirements bind a union on a day: those of the nearest federation upwards that has a version in force."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_noop

from services.coverage.models import Requirements
from services.coverage.rules.standing import Asked
from services.foundation.scope import path_filter, scope_of
from services.organizations.enums import Branch, Kind
from services.organizations.models import Organization

# Where no federation has set anything, the regulation itself counts; the numbers are the defaults of the model.
REGULATION = gettext_noop("Working regulation of union women workers' committees, Art. 11 (national)")


@dataclass(frozen=True, slots=True)
class Book:
    """All versions in force on a day, by the tree path of the federation that set them."""

    on: date
    by_path: dict[str, Requirements]
    national: Requirements

    def of(self, path: str) -> Requirements:
        """What binds the union at a tree path. No query."""
        for end in range(len(path), 0, -Organization.steplen):
            if found := self.by_path.get(path[:end]):
                return found
        return self.national

    @property
    def earliest_reminder(self) -> int:
        """How many days before its end a term is recalled at the earliest, anywhere."""
        return max((day for one in (*self.by_path.values(), self.national) for day in one.reminder_days), default=0)

    def asked(self, path: str) -> Asked:
        """The same as the plain values that the rules judge by."""
        return asked_by(self.of(path))


def book_on(day: date) -> Book:
    """Everything that is in force on a day, in one query however many unions are then looked up."""
    found: dict[str, Requirements] = {}
    for version in (
        Requirements.objects.filter(valid_from__lte=day).select_related("organization").order_by("valid_from")
    ):
        found[version.organization.path] = version
    return Book(day, found, Requirements(valid_from=date.min, source=REGULATION))


def in_force(path: str, day: date) -> Requirements:
    """What binds the union at a tree path on a day, in one query."""
    return book_on(day).of(path)


def asked_by(version: Requirements) -> Asked:
    return Asked(
        committee_from=version.committee_from,
        same_time_days=version.same_time_days,
        ending_days=max(version.reminder_days, default=0),
        source=version.source,
    )


def versions_for(user, roles) -> QuerySet[Requirements]:
    """Versions of federations within her reach and of those above: what binds her unions. Newest day first."""
    paths = scope_of(user).paths(roles=roles)
    above = {path[:end] for path in paths for end in range(Organization.steplen, len(path) + 1, Organization.steplen)}
    within = path_filter("organization__path", paths) | Q(organization__path__in=above)
    return Requirements.objects.filter(within).select_related("organization", "set_by")


def federations_for(user, roles) -> QuerySet[Organization]:
    """Open federations of the trade-union branch for which she may set requirements."""
    mine = Organization.objects.visible_to(user, roles=roles).open().filter(branch=Branch.TRADE_UNION)
    return mine.exclude(kind=Kind.GRASSROOTS_UNION)
