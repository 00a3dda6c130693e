"""What waits for an officer about imports: workbooks of hers that are checked and not finished."""

from django.urls import reverse
from django.utils.translation import ngettext

from services.exchange.enums import JobState
from services.exchange.models import Job
from services.exchange.queries import jobs_for
from services.foundation.todos import Todo


def todos_for(user) -> list[Todo]:
    """One line for each of her own imports that rests until she decides. One query."""
    resting = jobs_for(user).filter(owner=user, state__in=(JobState.CLEAN, JobState.FAULTY))
    return [_line(job) for job in resting.order_by("created_at")]


def _line(job: Job) -> Todo:
    if job.state == JobState.FAULTY:
        count = job.refused
        text = ngettext(
            "“%(file)s” for %(unit)s: %(count)s row needs repair",
            "“%(file)s” for %(unit)s: %(count)s rows need repair",
            count,
        )
    else:
        count = job.total
        text = ngettext(
            "“%(file)s” for %(unit)s: %(count)s checked row waits to be imported",
            "“%(file)s” for %(unit)s: %(count)s checked rows wait to be imported",
            count,
        )
    words = {"file": job.file_name, "unit": job.organization, "count": count}
    return Todo(text % words, reverse("imports:one", args=[job.token]), since=job.created_at)
