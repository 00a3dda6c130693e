"""Drawing the map of what lies below a federation."""

from datetime import datetime

from django.db import transaction
from wagtail.log_actions import log

from services.figures import policies
from services.figures.errors import NothingDrawn, StrangersDrawn
from services.figures.models import Arrangement
from services.figures.rules.arrangement import Rows
from services.organizations.models import Organization


@transaction.atomic
def arrange(organization: Organization, rows: Rows, *, by, now: datetime) -> Arrangement:
    """Keep these rows, in place of those before. Raises ``PermissionDenied``, ``NothingDrawn``, and ``StrangersDrawn``
    where something doesn't lie directly below the organisation."""
    policies.may_arrange(by, organization).insist()
    drawn = {key for row in rows for key in row if key}
    if not drawn:
        raise NothingDrawn()
    if drawn - set(below(organization).values_list("pk", flat=True)):
        raise StrangersDrawn()
    values = {"rows": rows, "drawn_by": by, "drawn_at": now}
    made, _new = Arrangement.objects.update_or_create(organization=organization, defaults=values)
    log(instance=organization, action="figures.arrange", user=by, data={"places": len(drawn)})
    return made


def below(organization: Organization):
    """What may stand on its map: the open organisations directly below."""
    found = Organization.objects.open().below(organization.path)
    return found.filter(depth=organization.depth + 1).order_by("path")
