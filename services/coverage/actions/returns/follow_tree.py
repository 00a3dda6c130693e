"""Returns that aren't counted yet follow the tree: they go to the level that is above the union now."""

from services.coverage.enums import RETURN_UNDER_WAY
from services.coverage.models import AnnualReturn


def follow(organization, *, was: str, by) -> None:
    """``organization`` has moved; what was accepted where it stood stays counted there. One query."""
    if organization.path == was:
        return
    under_way = AnnualReturn.objects.unscoped().filter(organization=organization.pk, state__in=RETURN_UNDER_WAY)
    under_way.update(reports_to=organization.get_parent())
