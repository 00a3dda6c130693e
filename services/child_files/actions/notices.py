"""Notices to guardians: the first words of each, and the next version."""

from datetime import datetime
from pathlib import Path

from django.db import transaction
from django.utils import timezone
from wagtail.log_actions import log

from services.child_files import policies
from services.child_files.enums import Purpose
from services.child_files.models import ConsentNotice
from services.child_files.rules.consenting import KINDS, RECIPIENTS

_FOLDER = Path(__file__).parent.parent / "notices"


def _words(purpose: str, language: str) -> tuple[str, str]:
    title, _line, body = (_FOLDER / f"{purpose}.{language}.txt").read_text(encoding="utf-8").partition("\n")
    return title.strip(), body.strip()


def ensure_first_notices() -> None:
    """One notice for each purpose that has none; what staff wrote stays."""
    there = set(ConsentNotice.objects.values_list("purpose", flat=True))
    for purpose in Purpose:
        if purpose.value in there:
            continue
        title, body = _words(purpose, "zh-hans")
        title_en, body_en = _words(purpose, "en")
        ConsentNotice.objects.create(
            purpose=purpose,
            version=1,
            title=title,
            body=body,
            title_en=title_en,
            body_en=body_en,
            kinds=list(KINDS[purpose]),
            recipients=list(RECIPIENTS.get(purpose, ())),
            in_force_from=timezone.now(),
        )


@transaction.atomic
def publish_notice(
    *, purpose: str, title: str, body: str, kinds: list[str], recipients: list[str], by, now: datetime, **english
) -> ConsentNotice:
    """The next version for a purpose, in force at once. Who agreed to less is asked again. Raises
    ``PermissionDenied``."""
    policies.may_guard(by).insist()
    last = ConsentNotice.objects.filter(purpose=purpose).order_by("-version").first()
    made = ConsentNotice.objects.create(
        purpose=purpose,
        version=last.version + 1 if last else 1,
        title=title.strip(),
        body=body.strip(),
        kinds=sorted(set(kinds)),
        recipients=sorted(set(recipients)),
        in_force_from=now,
        **english,
    )
    log(instance=made, action="child_files.notice", user=by, timestamp=now)
    return made
