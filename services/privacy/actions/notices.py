"""Publishing notices in versions: what somebody has agreed to never changes its words."""

from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Max
from wagtail.log_actions import log

from services.foundation import clock
from services.foundation.locks import hold
from services.privacy import policies
from services.privacy.enums import Purpose
from services.privacy.errors import NoticeInUse
from services.privacy.first_notices import first_words
from services.privacy.models import Notice


def publish_notice(
    *, by, purpose: str, title: str, body: str, title_en: str = "", body_en: str = "", in_force_from: datetime
) -> Notice:
    """Add the next version for a purpose. From ``in_force_from`` on, everybody is asked again.

    Holds the lock of the purpose's versions. Raises ``PermissionDenied``; ``ValidationError`` when the new version
    would come into force before the one it replaces.
    """
    policies.may_keep_notices(by).insist()
    with transaction.atomic():
        hold(f"privacy.notice.{purpose}")
        latest = Notice.objects.filter(purpose=purpose).aggregate(version=Max("version"), begin=Max("in_force_from"))
        _check_order(latest["begin"], in_force_from)
        notice = Notice.objects.create(
            purpose=purpose,
            version=(latest["version"] or 0) + 1,
            title=title,
            body=body,
            title_en=title_en,
            body_en=body_en,
            in_force_from=in_force_from,
        )
        log(instance=notice, action="privacy.publish", user=by)
    return notice


def rewrite_notice(
    notice: Notice, *, by, title: str, body: str, title_en: str = "", body_en: str = "", in_force_from: datetime
) -> Notice:
    """Correct a notice nobody has agreed to yet. Locks it. Raises ``NoticeInUse`` or ``PermissionDenied``."""
    policies.may_keep_notices(by).insist()
    with transaction.atomic():
        notice = Notice.objects.select_for_update().get(pk=notice.pk)
        if notice.consents.exists():
            raise NoticeInUse()
        notice.title, notice.body = title, body
        notice.title_en, notice.body_en = title_en, body_en
        notice.in_force_from = in_force_from
        notice.save()
        log(instance=notice, action="privacy.rewrite", user=by)
    return notice


def ensure_first_notices() -> None:
    """Version 1 of every purpose that has no notice at all, so that a new installation has words to edit."""
    present = set(Notice.objects.values_list("purpose", flat=True))
    for purpose in Purpose:
        if purpose.value not in present:
            title, body = first_words(purpose.value, "zh-hans")
            title_en, body_en = first_words(purpose.value, "en")
            Notice.objects.create(
                purpose=purpose.value,
                version=1,
                title=title,
                body=body,
                title_en=title_en,
                body_en=body_en,
                in_force_from=clock.now(),
            )


def _check_order(begin: datetime | None, wanted: datetime) -> None:
    if begin is not None and wanted <= begin:
        raise ValidationError({"in_force_from": "order"})
