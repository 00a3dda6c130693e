"""A file imported in one go without a job (command line, demo), and the keeping time of uploaded files."""

from datetime import date, datetime
from typing import BinaryIO

from django.conf import settings
from django.db import IntegrityError, transaction

from services.exchange import errors
from services.exchange.actions.passes import Pass, read_through
from services.exchange.queries import expired_jobs, open_job
from services.foundation.sheets import ImportContext, SheetSpec


class _RollBack(Exception):
    """Leaves the transaction without keeping anything."""


def import_file(
    spec: SheetSpec,
    stream: BinaryIO,
    *,
    organization=None,
    write: bool = True,
    only_clean: bool = False,
    today: date,
    now: datetime,
) -> Pass:
    """Check a file and write it in one transaction: all rows, or with ``only_clean`` those that are fine.

    Nothing is kept when a row is refused and ``only_clean`` is off; the account is returned all the same. Raises a
    ``WorkbookRefused``, ``JobOpen`` while a job for the unit is open, ``ChangedMeanwhile`` when rows were written
    by somebody else at the same moment.
    """
    if organization is not None and (job := open_job(spec, organization)):
        raise errors.JobOpen(file=job.file_name, token=job.token)
    context = ImportContext(
        today=today,
        now=now,
        organization=organization,
        write=write,
        allow_invented=settings.ALLOW_INVENTED_IDENTITIES,
    )
    if not write:
        return read_through(spec, stream, context)
    done = None
    try:
        with transaction.atomic():
            done = read_through(spec, stream, context, keep_going=only_clean)
            if done.refused and not only_clean:
                raise _RollBack
    except _RollBack:
        pass
    except IntegrityError as error:
        raise errors.ChangedMeanwhile() from error
    return done


def expire_files(*, now: datetime) -> int:
    """Delete uploaded and returned workbooks whose keeping time is over; the jobs' accounts stay."""
    jobs = list(expired_jobs(now))
    for job in jobs:
        job.source.delete(save=False)
        job.result.delete(save=False)
        job.save(update_fields=["source", "result"])
    return len(jobs)
