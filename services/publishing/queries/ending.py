"""Pages whose end is near."""

from datetime import datetime, timedelta

from django.db.models import QuerySet
from wagtail.models import Page

from services.publishing.queries.holds import pages_of

SHOWN = timedelta(days=30)


def ending_for(user, *, now: datetime, within: timedelta = SHOWN) -> QuerySet[Page]:
    """Public pages she may work on that will be taken down within that time."""
    return pages_of(user).filter(live=True, expire_at__gt=now, expire_at__lte=now + within).select_related("owner")
