"""What the day brings: ages, reviews that fall due. Safe to run twice."""

from datetime import date, datetime

from django.db import transaction
from django.utils.timezone import localdate

from services.child_files.actions.moving import move_file
from services.child_files.enums import CURRENT, FileState
from services.child_files.models import Child
from services.child_files.rules.ages import age_band, gets_own_notice

_AT_ONCE = 500


def follow_ages(*, now: datetime) -> int:
    """Move children up to their age band; at fourteen the file falls due for review (E2.07). Returns how many moved."""
    today, moved = localdate(now), []
    rows = Child.objects.unscoped().filter(state__in=CURRENT, has_basics=True).order_by("pk")
    for child in rows.iterator(chunk_size=_AT_ONCE):
        born = date.fromisoformat(child.birth_date)
        band = age_band(born, today)
        late = gets_own_notice(born, today) and child.own_notice_on is None and _later(child.review_due_on, today)
        if band != child.age_band or late:
            child.age_band = band
            child.review_due_on = today if late else child.review_due_on
            moved.append(child)
    with transaction.atomic():
        Child.objects.unscoped().bulk_update(moved, ["age_band", "review_due_on"], batch_size=_AT_ONCE)
    return len(moved)


def _later(due: date | None, today: date) -> bool:
    return due is None or due > today


def call_reviews(*, now: datetime) -> int:
    """Files whose review is due say so. Returns how many."""
    due = Child.objects.unscoped().filter(state=FileState.ACTIVE, review_due_on__lte=localdate(now)).order_by("pk")
    called = 0
    for child in due:
        move_file(child, "call_review", by=None, now=now)
        called += 1
    return called
