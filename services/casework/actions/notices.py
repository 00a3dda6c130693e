"""Public notices: published from cases, ended by the calendar, taken down by hand."""

import json
import logging
from collections.abc import Sequence
from datetime import datetime

from django.conf import settings
from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext, override

from services.casework import errors, policies
from services.casework.actions.locking import lock_cases, lock_notice
from services.casework.actions.move import move
from services.casework.actions.move_many import move_many, move_those_that_can
from services.casework.actions.numbers import next_number
from services.casework.enums import NoticeState, Stage, StepKind, Verb
from services.casework.models import Case, NoticeLine, PublicNotice, RouteStep
from services.casework.queries import calendar
from services.casework.queries import notices as queries
from services.casework.registry import services
from services.casework.rules import notice as rules
from services.casework.rules.days import add_working_days
from services.foundation.errors import Refused
from services.foundation.masking import redact
from services.foundation.rows import store_rows
from services.organizations.queries import ancestors_and_self

logger = logging.getLogger(__name__)

LETTERS = "GS"
MOST_LINES = 2000
_COLUMNS = ("notice", "case", "number", "position", "masked_name", "unit", "coarse", "shown")
_AT_ONCE = 500


def publish_notice(
    *, organization, service: str, cases: Sequence[Case], by, now: datetime, seen: str = ""
) -> PublicNotice:
    """Publish one notice of these cases and move each of them to it; all of them, or none.

    It stands from today; the longest period that one of their routes asks for is counted in working days from
    tomorrow. ``seen`` is the fingerprint of the lines in the preview: anything that would look different now raises
    ``ChangedSincePreview``. The same once more by the same person answers with the notice there is. Locks: the cases
    by ascending key. Raises ``NobodyOnNotice``, ``TooManyOnNotice``, ``NotForThisNotice``, whatever ``move`` refuses,
    ``PermissionDenied``.
    """
    policies.may_publish(by, organization).insist()
    ordered = sorted({case.pk: case for case in cases}.values(), key=lambda case: case.pk)
    if not ordered:
        raise errors.NobodyOnNotice()
    if len(ordered) > MOST_LINES:
        raise errors.TooManyOnNotice(most=MOST_LINES)
    for case in ordered:
        if case.service != service or case.desk_id != organization.pk:
            raise errors.NotForThisNotice(number=case.number)
    with transaction.atomic():
        if same := _published_before(lock_cases(ordered), by=by):
            return same
        lines = queries.drawn_lines(organization, service, ordered)
        if seen and seen != rules.fingerprint(lines):
            raise errors.ChangedSincePreview()
        notice = _create(organization, service, ordered, by=by, now=now)
        keep_lines(notice, lines)
        move_many(ordered, Verb.PUBLISH, by=by, now=now, due_on=notice.ends_on, details={"notice": notice.number})
    return notice


def _published_before(cases: Sequence[Case], *, by) -> PublicNotice | None:
    """The notice that the same person has just made of the very same locked cases: a form that was sent twice. Raises
    ``NotForThisNotice`` when only some of them stand on one, or on somebody else's."""
    standing = next((case for case in cases if case.stage in queries.SEEN), None)
    if standing is None:
        return None
    line = queries.line_of(standing)
    on_it = set(line.notice.lines.values_list("case", flat=True)) if line else set()
    if line and line.notice.published_by_id == by.pk and on_it == {case.pk for case in cases}:
        return line.notice
    raise errors.NotForThisNotice(number=standing.number)


def _create(organization, service: str, cases: Sequence[Case], *, by, now: datetime) -> PublicNotice:
    days = _period(cases)
    today = localdate(now)
    with override(settings.LANGUAGE_CODE):
        title = gettext("Public notice: %(service)s") % {"service": services[service].label}
    return PublicNotice.objects.create(
        number=_number(organization, now=now),
        service=service,
        organization=organization,
        title=title[:120],
        begins_on=today,
        ends_on=add_working_days(today, days, calendar()),
        working_days=days,
        contact=_whom_to_call(organization),
        published_by=by,
        published_at=now,
    )


def _number(organization, *, now: datetime) -> str:
    """The next one that is free: two long codes may be shortened to one."""
    while True:
        number = next_number(LETTERS, organization, now=now)
        if not PublicNotice.objects.unscoped().filter(number=number).exists():
            return number


def _period(cases: Sequence[Case]) -> int:
    """The longest that one of the routes asks for; a notice can't be shorter than any of them."""
    steps = RouteStep.objects.filter(route__in={case.route_id for case in cases}, kind=StepKind.PUBLIC_NOTICE)
    return max(steps.values_list("working_days", flat=True), default=1)


def _whom_to_call(organization) -> str:
    """The nearest contact at or above the publisher; else its name."""
    above = list(ancestors_and_self(organization))
    return next((place.officer_contact for place in reversed(above) if place.officer_contact), organization.name)


def keep_lines(notice: PublicNotice, lines: Sequence[rules.Line]) -> None:
    """Store what is shown: from here on nobody reads the applicants for it."""
    columns = [NoticeLine._meta.get_field(name) for name in _COLUMNS]
    written: dict[tuple, str] = {}
    rows = []
    for position, line in enumerate(lines, start=1):
        fields = tuple(line.shown.items())
        if fields not in written:  # many lines show the same
            written[fields] = json.dumps(line.shown)
        number = rules.line_number(notice.number, position)
        rows.append((notice.pk, line.key, number, position, line.masked_name, line.unit, line.coarse, written[fields]))
    store_rows(NoticeLine, columns, rows)


def take_down(notice: PublicNotice, *, because: str, told: str, by, now: datetime) -> PublicNotice:
    """Take a notice off at once, because of a mistake: its cases go back to the step and wait for another one.

    ``because`` is for colleagues, ``told`` are the words that the applicants read. Cases with an open objection stay
    with it. Idempotent. Locks: the notice, then its cases by ascending key. Raises ``ReasonMissing``,
    ``NoticeIsOver``, ``PermissionDenied``.
    """
    policies.may_take_down(by, notice).insist()
    because, told = redact(" ".join(because.split())), told.strip()
    if not because or not told:
        raise errors.ReasonMissing()
    with transaction.atomic():
        notice = lock_notice(notice.pk)
        if notice.state == NoticeState.TAKEN_DOWN:
            return notice
        if notice.state != NoticeState.STANDING:
            raise errors.NoticeIsOver()
        notice.state, notice.ended_at = NoticeState.TAKEN_DOWN, now
        notice.taken_down_by, notice.taken_down_because = by, because[:200]
        notice.save(update_fields=["state", "ended_at", "taken_down_by", "taken_down_because"])
        standing = Case.objects.unscoped().filter(notice_lines__notice=notice, stage=Stage.NOTICE)
        move_many(standing, Verb.TAKE_DOWN, by=by, now=now, reason=told, details={"notice": notice.number})
    return notice


def end_due_notices(*, now: datetime) -> int:
    """End every notice whose last day is over and move its cases on; returns how many cases went on.

    The page itself is gone at midnight without this. Cases are moved some hundred at a time; one that can't be moved
    holds nobody up, and is taken along the next time. Safe to run twice at once.
    """
    PublicNotice.objects.unscoped().filter(state=NoticeState.STANDING, ends_on__lt=localdate(now)).update(
        state=NoticeState.ENDED, ended_at=now
    )
    waiting = list(queries.left_on_a_notice().only("pk", "number"))
    return sum(_leave(waiting[start : start + _AT_ONCE], now=now) for start in range(0, len(waiting), _AT_ONCE))


def _leave(cases: Sequence[Case], *, now: datetime) -> int:
    """All of these at once; one by one when what follows in the service refuses one of them."""
    try:
        moved, refused = move_those_that_can(cases, Verb.END_NOTICE, by=None, now=now)
    except Refused:
        return sum(leave_notice(case, now=now) for case in cases)
    for case, refusal in refused:
        logger.error("Case %s stays on its notice: %s", case.number, refusal.code)
    return len(moved)


def leave_notice(case: Case, *, now: datetime) -> bool:
    """The system moves a case on from a notice that is over; False when it can't."""
    try:
        move(case, Verb.END_NOTICE, by=None, now=now)
    except Refused as refusal:
        logger.error("Case %s stays on its notice: %s", case.number, refusal.code)
        return False
    return True
