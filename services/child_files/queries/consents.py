"""Reads of notices, switches and answers."""

from datetime import datetime

from django.db.models import QuerySet

from services.child_files.enums import Answer, Ended, Purpose
from services.child_files.models import Child, ChildConsent, ConsentNotice, PurposeSwitch
from services.child_files.rules.consenting import asks_again


def notices_in_force(now: datetime) -> dict[str, ConsentNotice]:
    """The newest notice of each purpose. One query."""
    found: dict[str, ConsentNotice] = {}
    for notice in ConsentNotice.objects.filter(in_force_from__lte=now).order_by("purpose", "version"):
        found[notice.purpose] = notice
    return found


def purposes_on(programme) -> set[str]:
    """What the programme uses children's data for; a purpose it never spoke of is off."""
    return set(PurposeSwitch.objects.filter(programme=programme, on=True).values_list("purpose", flat=True))


def answers_of(child: Child) -> QuerySet[ChildConsent]:
    rows = ChildConsent.objects.unscoped().filter(child=child)
    return rows.select_related("notice", "giver__guardian", "recorded_by")


def open_questions(child: Child, now: datetime) -> list[tuple[Purpose, ConsentNotice]]:
    """Purposes that wait for an answer: never answered, or the notice now in force goes beyond the one agreed to.

    Whoever said no isn't asked again about the same notice.
    """
    on, notices = purposes_on(child.home.programme), notices_in_force(now)
    standing, answered = {}, set()
    for one in answers_of(child):
        if one.ended_at is None and one.answer == Answer.GIVEN:
            standing[one.purpose] = one.notice
        if one.ended_because not in (Ended.EXPIRED, Ended.INVALIDATED):
            answered.add((one.purpose, one.notice_id))
    waiting = []
    for purpose in Purpose:
        notice = notices.get(purpose)
        if purpose not in on or notice is None or (purpose, notice.pk) in answered:
            continue
        before = standing.get(purpose)
        if before is None or asks_again(before.kinds, before.recipients, notice.kinds, notice.recipients):
            waiting.append((purpose, notice))
    return waiting


def said_no(child: Child) -> bool:
    """Whether the guardian has refused the care itself: then nobody asks again."""
    rows = ChildConsent.objects.unscoped().filter(child=child, purpose=Purpose.HOME_SERVICE, ended_at__isnull=True)
    return rows.filter(answer=Answer.REFUSED).exists()
