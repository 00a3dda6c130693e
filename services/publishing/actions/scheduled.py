"""Pages that go live, or are taken down, by the clock: each by itself, so that one held back keeps no other."""

import logging
from datetime import datetime

from django.db import transaction
from wagtail.models import Page, Revision

from services.publishing.actions.guard import hold_back, review
from services.publishing.enums import Through
from services.publishing.errors import PublicationHeld

logger = logging.getLogger(__name__)


def take_down_expired(*, now: datetime) -> int:
    pages = Page.objects.live().filter(expire_at__lt=now).order_by("expire_at")
    gone = 0
    for page in list(pages.specific()):
        page.unpublish(set_expired=True, log_action="wagtail.unpublish.scheduled")
        gone += 1
    return gone


def publish_due(*, now: datetime) -> tuple[int, int]:
    """How many went live, and how many were held back. These wait no more for the clock, but for a signature.

    Looked at again although it was cleared when it was scheduled: rules, or a document on the page, may have changed.
    """
    due = Revision.objects.filter(approved_go_live_at__lt=now).order_by("approved_go_live_at")
    live = held = 0
    for revision in list(due):
        try:
            with transaction.atomic():
                revision.publish(log_action="wagtail.publish.scheduled")
            live += 1
        except PublicationHeld as refusal:
            held += 1
            _hold(revision, refusal.page)
    return live, held


@transaction.atomic
def _hold(revision: Revision, page: Page) -> None:
    Revision.objects.filter(pk=revision.pk).update(approved_go_live_at=None)
    hold = hold_back(page, review(page), through=Through.SCHEDULE, revision_id=revision.pk)
    logger.warning("a scheduled page was held back: hold %s", hold.pk)
