"""What waits for staff. Every list is ordered by ``due_on`` and key, both indexed: pages are cut by ``keyset``."""

from datetime import date
from enum import StrEnum

from django.db.models import Exists, OuterRef, Q, QuerySet

from services.casework.enums import CASE_HANDLERS, WAITING_ON_STAFF, Stage
from services.casework.models import Case, RouteStep
from services.casework.queries.people import absent_for
from services.foundation.scope import path_filter, scope_of
from services.organizations.enums import ROSTER_READERS
from services.workers.queries import found_by_number

ORDERING = "due_on"


class Whose(StrEnum):
    """Which part of the waiting cases: hers and those she is the deputy for, her own organisations' (hers, a
    colleague's, nobody's), everything within her reach."""

    MINE = "mine"
    DESK = "desk"
    REACH = "reach"


def handler_paths(user) -> list[str]:
    """The organisations at which she herself holds a post with cases."""
    return sorted(path for path, roles in scope_of(user).grants.items() if roles & CASE_HANDLERS)


def cases_for(user) -> QuerySet[Case]:
    """Every case she may look at by her posts, whatever its stage; never what wasn't submitted."""
    return Case.objects.visible_to(user).filter(submitted_at__isnull=False)


def waiting_for(user, whose: str, *, today: date) -> QuerySet[Case]:
    """The waiting cases, the one due first on top; a constant number of queries whatever their number."""
    waiting = Case.objects.own(stage__in=WAITING_ON_STAFF)
    if whose == Whose.MINE:
        # Post and handler: who lost the post keeps no list.
        within = Case.objects.visible_to(user, roles=ROSTER_READERS).filter(stage__in=WAITING_ON_STAFF)
        chosen = within.filter(handler__in=[user.pk, *absent_for(user, on=today)])
    elif whose == Whose.DESK:
        chosen = waiting.filter(desk_path__in=handler_paths(user))
    else:
        chosen = waiting.filter(path_filter("desk_path", scope_of(user).paths(roles=ROSTER_READERS)))
    return chosen.order_by(ORDERING, "pk")


def listed(user, whose: str, *, today: date) -> QuerySet[Case]:
    """What the desk's list shows under ``whose`` (``all``: whatever the stage, the newest first), ready for a page."""
    rows = cases_for(user).order_by("-pk") if whose == "all" else waiting_for(user, whose or Whose.DESK, today=today)
    return rows.select_related("worker", "organization", "desk", "handler", "route")


def at_step(cases: QuerySet[Case], kind: str) -> QuerySet[Case]:
    """Those in review whose present step is of this kind."""
    steps = RouteStep.objects.filter(route=OuterRef("route"), position=OuterRef("position"), kind=kind)
    return cases.filter(Exists(steps), stage=Stage.IN_REVIEW)


def overdue(cases: QuerySet[Case], *, today: date) -> QuerySet[Case]:
    """Those whose step should have been taken before today."""
    return cases.filter(due_on__lt=today)


def found(cases: QuerySet[Case], user, text: str, *, today: date) -> QuerySet[Case]:
    """Narrowed to a case number, an identity or mobile number (whole, of women within her reach), or the beginning
    of a name. Empty text leaves the list as it is."""
    text = text.strip()
    if not text:
        return cases
    women = [worker.pk for worker in found_by_number(user, text, today=today)]
    by_name = Q() if any(character.isdigit() for character in text) else Q(worker__name__startswith=text)
    condition = Q(number__iexact=text) | Q(worker__in=women)
    return cases.filter(condition | by_name if by_name else condition)
