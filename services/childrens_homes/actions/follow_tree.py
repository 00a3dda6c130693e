"""A school that moves in the tree takes its home and its applications to the new county."""

from services.childrens_homes.models import Home, SiteApplication
from services.organizations.enums import Kind
from services.organizations.models import Organization


def follow(organization: Organization, *, was: str, by=None) -> int:
    """Called in the transaction that moved the organisation. Returns how many homes changed county."""
    county = Organization.objects.filter(
        path=organization.path[: 2 * Organization.steplen], kind=Kind.COUNTY_WF
    ).first()
    if county is None:
        return 0
    SiteApplication.objects.below(organization.path).update(county=county)
    return Home.objects.below(organization.path).exclude(county=county).update(county=county)
