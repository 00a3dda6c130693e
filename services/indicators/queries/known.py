"""What our own services know of a place and a year, for elements that are fed by them (figures.registry.sources)."""

from dataclasses import dataclass

from services.figures.registry import sources
from services.indicators.models import Element, Place
from services.organizations.models import Organization


@dataclass(frozen=True, slots=True)
class Known:
    amount: int
    title: str
    meaning: str
    code: str


def known_of(place: Place, elements: list[Element]) -> dict[int, Known]:
    """By element. A service of the other tree is asked about its own organisation of the same administrative division;
    without one nothing is known. One query, and those of the services."""
    wanted = {element.fed_by for element in elements if element.fed_by in sources}
    if not wanted:
        return {}
    asked = _organizations(place.organization, {sources[code].branch for code in wanted})
    told = {}
    for code in wanted:
        source = sources[code]
        organization = asked.get(source.branch)
        if organization is not None:
            amount = source.tell([organization], place.round.year).get(organization)
            if amount is not None:
                told[code] = Known(amount, str(source.title), str(source.meaning), code)
    return {element.pk: told[element.fed_by] for element in elements if element.fed_by in told}


def _organizations(organization: Organization, branches: set[str]) -> dict[str, int]:
    found = {organization.branch: organization.pk}
    others = branches - {organization.branch}
    if others and organization.division_code:
        rows = Organization.objects.open().filter(branch__in=others, division_code=organization.division_code)
        for branch, key in rows.order_by("depth", "path").values_list("branch", "pk"):
            found.setdefault(branch, key)
    return found
