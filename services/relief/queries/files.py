"""Households: whose they are, who stands in another one, what a list shows."""

from collections.abc import Iterable
from datetime import date

from django.db.models import Count, Q, QuerySet

from services.casework.enums import OPEN
from services.casework.models import Case
from services.foundation.scope import unscoped
from services.organizations.models import Organization
from services.relief.enums import LIVE_FILES, FileState
from services.relief.models import Application, Household, Member, ReturnVisit
from services.workers.models import Worker

SERVICE = "relief"


def contact_of(organization: Organization) -> str:
    """Whom to call: the union's name, and its officer's number where she gave one. Nothing of the file itself."""
    return f"{organization.name} {organization.officer_contact}".strip()


def taken_elsewhere(numbers: Iterable[str], *, household: Household | None) -> dict[str, str]:
    """Which of these identity numbers stand in another live file: ``{index: whom to contact}``. One query."""
    indexes = {Member.index_of(number) for number in numbers if number}
    others = Member.objects.filter(live=True, id_index__in=indexes)
    if household is not None and household.pk:
        others = others.exclude(household=household)
    with unscoped():
        return {
            member.id_index: contact_of(member.household.organization)
            for member in others.select_related("household__organization")
        }


def contact_of_any(numbers: Iterable[str], *, household: Household | None = None) -> str:
    """Whom to call about the other file that holds one of these numbers; empty when there is none any more."""
    return next(iter(taken_elsewhere(numbers, household=household).values()), "")


def live_file(worker: Worker) -> Household | None:
    """Her file that counts now: being applied for, on file or suspended."""
    return Household.objects.own(worker=worker, state__in=LIVE_FILES).select_related("organization", "worker").first()


def last_file(worker: Worker) -> Household | None:
    """The newest file of hers that is over: what a new one begins with."""
    over = Household.objects.own(worker=worker, state__in=[FileState.EXITED, FileState.DROPPED])
    return over.order_by("-pk").first()


def lives_in(user, household: Household) -> bool:
    """Whether somebody of staff is of the household: by the identity number of the record with her mobile number."""
    return lives_in_any(user, [household.pk])


def lives_in_any(user, households) -> bool:
    """The same of several (keys, or a query of them). One query."""
    if not user.phone_index:
        return False
    phone = Q(phone_index=user.phone_index) | Q(user__phone_index=user.phone_index)
    hers = Worker.objects.unscoped().filter(phone).values("id_index")
    return Member.objects.filter(household__in=households, id_index__in=hers).exists()


def open_cases_of(household: Household) -> list[Case]:
    """Cases under way that rest on this file."""
    keys = Application.objects.unscoped().filter(household=household).values("case")
    found = Case.objects.unscoped().filter(pk__in=keys, stage__in=OPEN)
    return list(found.select_related("worker", "desk", "route", "authorisation"))


def files_listed(user) -> QuerySet[Household]:
    """What the desk's list shows: names masked, members counted, in one query."""
    visible = Household.objects.visible_to(user).select_related("worker", "organization")
    return visible.annotate(persons=Count("members", filter=Q(members__lives_with=True)))


def return_visits_due(user, *, today: date) -> QuerySet[ReturnVisit]:
    """Visits that are due by a day and not made, of households within her reach, the longest due first."""
    within = Household.objects.visible_to(user).values("pk")
    due = ReturnVisit.objects.filter(household__in=within, made_on__isnull=True, due_on__lte=today)
    with_file = due.select_related("household__worker", "household__organization")
    return with_file.order_by("due_on", "pk")
