"""Imports and exports as background work: what runs, what stopped, how far it is."""

from collections.abc import Sequence
from datetime import datetime

from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from services.exchange import queries
from services.exchange.actions.progress import is_silent, progress_of
from services.exchange.actions.retrying import may_go_again, retry_export, retry_job
from services.exchange.enums import ExportState, JobState
from services.exchange.models import Export, Job
from services.exchange.queries import STALE_AFTER
from services.exchange.wording import error_message
from services.foundation.exports import exports
from services.foundation.kept_work import SHOWN, Kept, Work, WorkKind
from services.foundation.sheets import sheets


def _found_jobs(user, now: datetime) -> Kept:
    rows = queries.jobs_watched_by(user)
    return Kept([_job(job, now) for job in rows[:SHOWN]], rows.count())


def _found_exports(user, now: datetime) -> Kept:
    rows = queries.exports_watched_by(user)
    return Kept([_export(asked, now) for asked in rows[:SHOWN]], rows.count())


def _job(job: Job, now: datetime) -> Work:
    sheet = sheets.get(job.spec)
    failed = job.state == JobState.FAILED
    about = [str(sheet.title) if sheet else job.spec, str(job.organization), _name(job.owner)]
    return _work(job, about, now, failed=failed, trouble=error_message(job.error_code, {}) if failed else "")


def _export(asked: Export, now: datetime) -> Work:
    listing = exports.get(asked.listing)
    failed = asked.state == ExportState.FAILED
    about = [str(listing.title) if listing else asked.listing, _name(asked.owner)]
    if not failed:
        trouble = ""
    elif asked.opened:
        trouble = _("Stopped by a fault of the system. It holds values in clear: its owner asks for it once more.")
    else:
        trouble = _("Stopped by a fault of the system. Nothing was made.")
    return _work(asked, about, now, failed=failed, trouble=trouble)


def _work(work: Job | Export, about: Sequence[str], now: datetime, *, failed: bool, trouble: str) -> Work:
    noted = None if failed else progress_of(work.token)
    beats = [beat for beat in (work.heartbeat_at, noted.at if noted else None) if beat]
    stuck = not failed and is_silent(work, since=now - STALE_AFTER)
    return Work(
        about=" · ".join(filter(None, about)),
        state=work.get_state_display(),
        progress=_progress(noted, work.attempts),
        trouble=trouble or (_("No sign of life for more than five minutes.") if stuck else ""),
        since=work.created_at,
        heard=max(beats, default=None),
        stuck=stuck,
        token=work.token if may_go_again(work, now=now) else "",
    )


def _progress(noted, attempts: int) -> str:
    said = []
    if noted is not None:
        rows = ngettext("%(count)s row", "%(count)s rows", noted.rows) % {"count": noted.rows}
        said.append(f"{noted.percent} % · {rows}")
    if attempts > 1:
        said.append(_("attempt %(number)s") % {"number": attempts})
    return " · ".join(said)


def _name(owner) -> str:
    return owner.full_name if owner else ""


def _retry_job(token: str, by, now: datetime) -> None:
    retry_job(get_object_or_404(queries.jobs_watched_by(by), token=token), by=by, now=now)


def _retry_export(token: str, by, now: datetime) -> None:
    retry_export(get_object_or_404(queries.exports_watched_by(by), token=token), by=by, now=now)


IMPORTS = WorkKind(gettext_lazy("Imports"), _found_jobs, _retry_job)
EXPORTS = WorkKind(gettext_lazy("Exports"), _found_exports, _retry_export)
