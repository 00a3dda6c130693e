"""Letters to the officers of unions about their returns."""

from collections import defaultdict
from collections.abc import Collection
from datetime import date, datetime

from django.urls import reverse
from django.utils.timezone import localdate

from services.coverage.models import AnnualReturn
from services.coverage.return_policies import KEEPERS
from services.messaging.actions import Letter, notify_many
from services.messaging.registry import messages
from services.organizations.models import StaffAssignment
from services.organizations.queries import in_force


def officers_of(returns: Collection[AnnualReturn], *, on: date) -> dict[int, list]:
    """Who holds a post at these very unions, by their keys. One query."""
    officers = defaultdict(list)
    posts = StaffAssignment.objects.filter(
        in_force(on),
        organization__in=[one.organization_id for one in returns],
        role__in=KEEPERS,
        user__is_active=True,
    )
    for post in posts.select_related("user"):
        if post.user not in officers[post.organization_id]:
            officers[post.organization_id].append(post.user)
    return dict(officers)


def tell_officers(returns: Collection[AnnualReturn], key: str, *, about: str, now: datetime) -> int:
    """One letter to each officer who holds a post at the union itself; gives how many. Constant queries.

    ``about`` tells this occasion from the next, so that nobody is told twice.
    """
    officers = officers_of(returns, on=localdate(now))
    letters = [
        _letter(one, key, user, about=about) for one in returns for user in officers.get(one.organization_id, ())
    ]
    notify_many(key, letters)
    return len(letters)


def _letter(one: AnnualReturn, key: str, user, *, about: str) -> Letter:
    said = {"union": one.organization.name, "year": one.year, "due": one.collection.due_on}
    return Letter(
        to=user,
        context={slot: said[slot] for slot in messages[key].slots},
        dedupe_key=f"{one.pk}:{about}",
        link=reverse("coverage_returns:one", args=[one.year, one.organization.code]),
    )
