"""Who is told that a period ends: the unit's officers while there is time to renew, and she herself."""

from datetime import date, datetime, timedelta

from services.mutual_aid import notifications
from services.mutual_aid.enums import CoverState
from services.mutual_aid.models import CoverVersion
from services.mutual_aid.queries import joining
from services.mutual_aid.queries.covers import known
from services.organizations.enums import Role
from services.organizations.models import StaffAssignment
from services.organizations.queries import in_force

# Days before the last day: the list stands on the desk, the unit is written to, she is written to.
LISTED, UNIT_TOLD, SHE_IS_TOLD = 60, 30, 14


def remind_of_renewals(*, today: date, now: datetime) -> int:
    """Each unit once a period, each woman once a cover; safe to repeat. Gives how many letters were meant."""
    due = list(joining.renewals_due(today, today + timedelta(days=UNIT_TOLD)).select_related("organization"))
    due = [batch for batch in due if batch.last_day >= today]
    officers = _officers_of({batch.organization_id for batch in due}, today)
    told = 0
    for batch in due:
        for user in officers.get(batch.organization_id, ()):
            notifications.tell_unit(notifications.RENEWAL_DUE, batch, to=user, day=batch.last_day)
            told += 1
    return told + _tell_women(today)


def _officers_of(organizations: set[int], today: date) -> dict[int, list]:
    posts = StaffAssignment.objects.filter(
        in_force(today), organization__in=organizations, role=Role.GRASSROOTS_OFFICER, user__is_active=True
    )
    found: dict[int, list] = {}
    for post in posts.select_related("user"):
        found.setdefault(post.organization_id, []).append(post.user)
    return found


def _tell_women(today: date) -> int:
    """Those whose cover ends within these days, for each last day: what a day without the task left out is made up,
    and the letter that names the same last day is not written twice."""
    days = (today, today + timedelta(days=SHE_IS_TOLD))
    ending = known(CoverVersion.objects.unscoped().filter(state=CoverState.IN_FORCE, last_day__range=days))
    return sum(_tell_of(on) for on in sorted(set(ending.order_by().values_list("last_day", flat=True))))


def _tell_of(on: date) -> int:
    """Those whose cover ends on that day and who have none of this scheme after it."""
    ending = known(CoverVersion.objects.unscoped().filter(state=CoverState.IN_FORCE, last_day=on))
    later = known(CoverVersion.objects.unscoped().filter(state=CoverState.IN_FORCE, first_day__gt=on))
    covered = set(later.filter(worker__in=ending.values("worker")).values_list("worker_id", "scheme_id"))
    rows = ending.values_list("worker_id", "scheme_id", "worker__user_id")
    users = [user for worker, scheme, user in rows if (worker, scheme) not in covered]
    return notifications.tell_women(notifications.ENDS_SOON, users, about=f"ends-{on:%Y%m%d}")


def prepared_until(today: date) -> date:
    """The renewal list on the desk holds what ends by this day."""
    return today + timedelta(days=LISTED)
