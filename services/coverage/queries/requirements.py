"""Which requirements bind a union on a day: those of the nearest federation upwards that has a version in force."""

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext_noop

from services.coverage.models import Requirements
from services.coverage.rules.standing import Asked
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
