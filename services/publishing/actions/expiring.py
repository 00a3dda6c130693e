"""Pages that will be taken down by the clock: told a week ahead to those who keep them."""

from datetime import datetime, timedelta

from wagtail.models import Page
from wagtail.permissions import page_permission_policy

from services.messaging.actions import Letter, notify_many
from services.publishing.notifications import ENDS_SOON

AHEAD = timedelta(days=7)
MOST = 10


def tell_of_ending(*, now: datetime) -> int:
    """Once for each page and moment of expiry; gives the number of pages."""
    pages = Page.objects.live().filter(expire_at__gt=now, expire_at__lte=now + AHEAD).select_related("owner")
    told = 0
    for page in pages:
        letters = [
            Letter(
                to=person,
                context={"title": page.get_admin_display_title(), "moment": page.expire_at},
                dedupe_key=f"ends-{page.pk}-{page.expire_at:%Y%m%d%H%M}",
                link=f"/admin/pages/{page.pk}/edit/",
            )
            for person in _keepers(page)
        ]
        if letters:
            notify_many(ENDS_SOON, letters)
            told += 1
    return told


def _keepers(page: Page) -> list:
    """Whoever made it if she still may change it; else those who may."""
    if page.owner and page.owner.is_active and page.permissions_for_user(page.owner).can_edit():
        return [page.owner]
    people = page_permission_policy.users_with_permission_for_instance("change", page, include_superusers=False)
    return list(people.order_by("pk")[:MOST])
