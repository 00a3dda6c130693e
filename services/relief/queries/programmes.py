"""Which programmes, tests and lines count for a woman's union on a day."""

from collections.abc import Iterable
from datetime import date

from django.db.models import QuerySet
from django.utils.translation import get_language

from services.organizations.models import Organization
from services.organizations.queries import ancestor_paths
from services.relief.enums import ProgrammeKind, VersionState
from services.relief.models import IncomeTest, LivingLine, Programme


def programmes_for(organization: Organization) -> QuerySet[Programme]:
    """Those in force that her union or one above it keeps."""
    above = ancestor_paths(organization.path)
    active = Programme.objects.filter(state=VersionState.ACTIVE, organization__path__in=above)
    return active.select_related("organization", "fund__organization").order_by("kind", "code")


def programmes_in_force() -> list[Programme]:
    """One of each code, whoever keeps it."""
    rows = Programme.objects.filter(state=VersionState.ACTIVE).order_by("kind", "code", "-version")
    return list({one.code: one for one in rows}.values())


def programme_for(organization: Organization, code: str) -> Programme | None:
    return programmes_for(organization).filter(code=code).first()


def programme_names(codes: Iterable[str]) -> dict[str, str]:
    """By code, the name that the newest version bears, in the language of whoever reads."""
    versions = Programme.objects.filter(code__in=list(codes)).order_by("code", "version")
    english = get_language() == "en"
    return {one.code: (one.name_en if english else "") or one.name for one in versions}


def programme_choices() -> list[tuple[str, str]]:
    """Every programme there ever was, by code, with its newest name."""
    codes = Programme.objects.exclude(kind=ProgrammeKind.FILING).order_by("code").values_list("code", flat=True)
    return sorted(programme_names(codes.distinct()).items())


def filing_for(organization: Organization) -> Programme | None:
    """The hardship file itself, as the nearest organisation keeps it."""
    return programmes_for(organization).filter(kind=ProgrammeKind.FILING).order_by("-organization__path").first()


def test_for(organization: Organization) -> IncomeTest | None:
    """The income test in force at the nearest organisation."""
    above = ancestor_paths(organization.path)
    active = IncomeTest.objects.filter(state=VersionState.ACTIVE, organization__path__in=above)
    return active.order_by("-organization__path").first()


def line_for(organization: Organization, on: date) -> LivingLine | None:
    """The minimum living line of the nearest region that has one for the day's year."""
    above = ancestor_paths(organization.path)
    lines = LivingLine.objects.filter(organization__path__in=above, valid_from__lte=on)
    return lines.order_by("-organization__path", "-valid_from").first()
