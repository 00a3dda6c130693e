"""A list leaves as a workbook: asked for, made (at once when short, else in the background), fetched, deleted."""

import logging
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime, timedelta
from itertools import islice

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.http import QueryDict
from django.utils import timezone
from django.utils.translation import get_language, ngettext, override
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from services.accounts.models import User
from services.exchange import errors, policies
from services.exchange.actions.progress import forget_progress, is_silent, note_progress
from services.exchange.enums import UNFINISHED, ExportState
from services.exchange.models import Export
from services.exchange.queries import STALE_AFTER, expired_exports, unfinished_exports
from services.exchange.workbooks import About, Written, write_workbook
from services.foundation import clock
from services.foundation.background import after_commit
from services.foundation.errors import Refused
from services.foundation.exports import Found, ListExport, exports
from services.foundation.keyset import bounded_count
from services.foundation.masking import redact
from services.foundation.pace import minutes_to_wait
from services.foundation.scope import scope_of
from services.organizations.queries import names_of
from services.privacy.actions import record_looks
from services.privacy.policies import may_look

logger = logging.getLogger(__name__)
TASK = "services.exchange.tasks.export"
MOST_ATTEMPTS = 3
MOST_RUNNING = 2
# So many rows are written while she waits for the answer; more of them in the background.
AT_ONCE = 2_000
LEAST_REASON = 4
_PLACES_NAMED = 8
_CHUNK = 2_000
_IN_MEMORY = 4 * 1024 * 1024


def ask_for_export(listing: ListExport, *, by, query: str, opened: bool = False, reason: str = "", now: datetime):
    """Begin a workbook of what the list holds for ``by`` with these parameters; returns the export.

    A short one and one in clear are made before this returns, others on commit by a worker. What is being made already
    is returned instead of being made twice. Writes to the log who took what along. Raises ``PermissionDenied``,
    ``ReasonNeeded``, ``NothingToExport``, ``TooMuchToExport``, ``ExportsRunning``, ``TooManyExports``, and privacy's
    ``TooManyLooks`` as ``PermissionDenied``.
    """
    policies.may_export(by, listing, opened=opened).insist()
    reason = redact(" ".join(reason.split()))[:200]
    if opened:
        if len(reason) < LEAST_REASON:
            raise errors.ReasonNeeded(least=LEAST_REASON)
        may_look(by, now=now).insist()
    same = unfinished_exports(by).filter(listing=listing.code, query=query, opened=opened).first()
    if same is not None:
        return same
    expected = _insist_on_size(listing.find(by, QueryDict(query), opened), opened)
    if unfinished_exports(by).count() >= MOST_RUNNING:
        raise errors.ExportsRunning(limit=MOST_RUNNING)
    if minutes := minutes_to_wait("export", by, limit=settings.EXPORTS_PER_HOUR, now=now):
        raise errors.TooManyExports(limit=settings.EXPORTS_PER_HOUR, minutes=minutes)
    asked = Export(
        listing=listing.code,
        owner=by,
        query=query,
        language=get_language() or settings.LANGUAGE_CODE,
        opened=opened,
        reason=reason if opened else "",
        expected=expected,
        heartbeat_at=now,
        created_at=now,
    )
    return _begin(asked, at_once=opened or expected <= AT_ONCE, now=now)


def _insist_on_size(found: Found, opened: bool) -> int:
    limit = settings.EXPORT_MAX_ROWS_IN_CLEAR if opened else settings.EXPORT_MAX_ROWS
    expected = bounded_count(found.rows, limit + 1)
    if not expected:
        raise errors.NothingToExport()
    if expected > limit:
        raise errors.TooMuchToExport(limit=f"{limit:,}")
    return expected


def _begin(asked: Export, *, at_once: bool, now: datetime) -> Export:
    try:
        with transaction.atomic():
            asked.save()
            said = {"list": asked.listing, "in_clear": asked.opened, "rows": asked.expected}
            log(instance=asked, action="exchange.export", user=asked.owner, data=said | {"reason": asked.reason})
            if not at_once:
                after_commit(TASK, asked.pk)
    except IntegrityError:  # a second click, at the same moment
        same = unfinished_exports(asked.owner).filter(listing=asked.listing, query=asked.query, opened=asked.opened)
        return same.get()
    return make_export(asked, now=now) if at_once else asked


def make_export(asked: Export, *, now: datetime) -> Export:
    """Make the workbook. Scope and policy are those of the moment; whatever breaks is recorded. Safe to run twice."""
    if not _take_up(asked, now):
        return asked
    try:
        with override(asked.language), tempfile.SpooledTemporaryFile(max_size=_IN_MEMORY) as target:
            done = _write(asked, target, now)
            target.seek(0)
            asked.file.save("export.xlsx", target, save=False)
        asked.rows, asked.digest = done.rows, done.digest
        _end(asked, ExportState.DONE, now=clock.now())
    except errors.NothingToExport:
        _end(asked, ExportState.EMPTY, now=clock.now())
    except (Refused, PermissionDenied):
        _end(asked, ExportState.REFUSED, now=clock.now())
    except Exception:
        logger.exception("export %s failed", asked.pk)
        _end(asked, ExportState.FAILED, now=clock.now())
    forget_progress(asked.token)
    return asked


def _take_up(asked: Export, now: datetime) -> bool:
    mine = Export.objects.filter(pk=asked.pk, state__in=UNFINISHED, attempts=asked.attempts)
    if not mine.update(state=ExportState.RUNNING, attempts=asked.attempts + 1, heartbeat_at=now):
        return False
    asked.refresh_from_db()
    return True


def _end(asked: Export, state: str, *, now: datetime) -> None:
    asked.state, asked.finished_at = state, now
    asked.expires_at = now + timedelta(hours=settings.EXPORT_FILE_HOURS)
    asked.save(update_fields=["state", "rows", "digest", "file", "finished_at", "expires_at"])


def _write(asked: Export, target, now: datetime) -> Written:
    listing, owner = exports[asked.listing], User.objects.get(pk=asked.owner_id)
    if not owner.is_active:
        raise PermissionDenied
    policies.may_export(owner, listing, opened=asked.opened).insist()
    parameters = QueryDict(asked.query)
    found = listing.find(owner, parameters, asked.opened)
    rows = _recorded(asked, listing, owner, found) if asked.opened else found.rows.iterator(_CHUNK)
    lines = _noting(asked, listing.lines(rows, asked.opened))
    return write_workbook(target, rows=lines, about=_about(asked, listing, owner, found, now))


def _recorded(asked: Export, listing: ListExport, owner, found: Found) -> list[tuple]:
    """The rows of a file in clear, each look at them written down before any is shown."""
    limit = settings.EXPORT_MAX_ROWS_IN_CLEAR
    rows = list(islice(found.rows.iterator(_CHUNK), limit + 1))
    if len(rows) > limit:
        raise errors.TooMuchToExport(limit=limit)
    subjects = ((subject.key, subject.path) for subject in map(listing.subject, rows))
    record_looks(
        viewer=owner,
        subject_type=listing.subject_type,
        subjects=subjects,
        fields=listing.protected,
        reason=asked.reason,
    )
    return rows


def _noting(asked: Export, lines: Iterable[Sequence]) -> Iterator[Sequence]:
    """The lines, with the progress noted every now and then."""
    for number, line in enumerate(lines, 1):
        if not number % _CHUNK:
            percent = min(99, 100 * number // max(1, asked.expected))
            note_progress(asked.token, percent=percent, rows=number, refused=0, now=clock.now())
        yield line


def _scope(owner) -> str:
    """Where her posts begin, and that nothing else is in the file."""
    paths = scope_of(owner).paths()
    names = names_of(paths[:_PLACES_NAMED])
    places = [names[path] for path in paths if path in names]
    if more := len(paths) - len(places):
        places.append(ngettext("%(count)s organisation more", "%(count)s organisations more", more) % {"count": more})
    words = {"user": owner.first_name or owner.username, "places": _(", ").join(places)}
    return _("What %(user)s may see in this list at this moment: %(places)s, with everything below") % words


def _about(asked: Export, listing: ListExport, owner, found: Found, now: datetime) -> About:
    masked = _(", ").join(listing.protected)
    if not masked:
        protection = {}
    elif asked.opened:
        protection = {_("In clear"): _("%(columns)s. Reason given: %(reason)s")}
    else:
        protection = {_("Masked"): "%(columns)s"}
    slots = {"columns": masked, "reason": asked.reason}
    return About(
        title=str(listing.title),
        scope=_scope(owner),
        data_time=timezone.localtime(now),
        filters=found.filters,
        columns={str(column.heading): str(column.meaning) for column in listing.columns},
        remarks={heading: text % slots for heading, text in protection.items()},
    )


def delete_export(asked: Export, *, by) -> None:
    """Delete a finished file before its time; what was exported stays in the log. Repeating it changes nothing."""
    if asked.owner_id != by.pk or asked.state in UNFINISHED:
        return
    asked.file.delete(save=False)
    asked.state = ExportState.DELETED
    asked.save(update_fields=["file", "state"])


def expire_exports(*, now: datetime) -> int:
    """Delete the workbooks whose keeping time is over; returns how many."""
    over = list(expired_exports(now))
    for asked in over:
        asked.file.delete(save=False)
        asked.state = ExportState.DELETED
        asked.save(update_fields=["file", "state"])
    return len(over)


def resume_stale_exports(*, now: datetime) -> int:
    """Queue again what a killed worker left behind; after three attempts record the failure. Gives the resumed."""
    resumed = 0
    for asked in unfinished_exports():
        if not is_silent(asked, since=now - STALE_AFTER):
            continue
        if asked.attempts >= MOST_ATTEMPTS:
            _end(asked, ExportState.FAILED, now=now)
            continue
        mine = Export.objects.filter(pk=asked.pk, state=asked.state, heartbeat_at=asked.heartbeat_at)
        if mine.update(heartbeat_at=now):
            after_commit(TASK, asked.pk)
            resumed += 1
    return resumed
