"""When two records become one: requests that were answered with one of them."""

from django.utils.translation import gettext_lazy as _

from services.workers.models import RecordClaim
from services.workers.registry import Follower, Rows

FOLLOWER = Follower(
    order=0,
    rows=(Rows(_("Requests to confirm"), lambda keys: RecordClaim.objects.unscoped().filter(worker__in=keys)),),
)
