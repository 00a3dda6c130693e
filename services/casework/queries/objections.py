"""Reads of objections. No read here joins whoever objected with whoever applied."""

from collections.abc import Collection
from datetime import date

from django.db.models import QuerySet

from services.casework.enums import OVER, ObjectionState, ObjectionStep
from services.casework.models import Case, Objection
from services.casework.rules.objection import tidy_reference

# What opens only in ``actions.objections``, for a reason.
SEALED = ("text", "contact", "answer")


def objections_for(user) -> QuerySet[Objection]:
    """Objections to notices within a staff member's reach, those due first; what is sealed isn't read."""
    found = Objection.objects.visible_to(user).select_related("line__notice__organization")
    return found.defer(*SEALED).order_by("due_on", "pk")


def still_open(found: QuerySet[Objection]) -> QuerySet[Objection]:
    return found.filter(state=ObjectionState.OPEN)


def others_open(objection: Objection) -> bool:
    """Whether another objection to the same case is still being looked into."""
    same = Objection.objects.unscoped().filter(line__case=objection.line.case_id, state=ObjectionState.OPEN)
    return same.exclude(pk=objection.pk).exists()


def objected_among(cases: Collection[int]) -> set[int]:
    """The keys of those cases to which an objection is open. One query."""
    found = Objection.objects.unscoped().filter(line__case__in=cases, state=ObjectionState.OPEN)
    return set(found.order_by().values_list("line__case", flat=True))


def by_reference(reference: str, code: str) -> Objection | None:
    """The objection that the objector asks about: by the reference and the code, and nothing else."""
    tidy = tidy_reference(reference)
    index = Objection.index_of(tidy, "".join(code.split()))
    found = Objection.objects.unscoped().filter(reference=tidy, code_index=index) if tidy else None
    return found.only("reference", "state", "outcome", "due_on", "received_at", "settled_at").first() if tidy else None


def to_case(case: Case) -> QuerySet[Objection]:
    """The objections to a case as the applicant may know of them: neither their text nor whom they came from."""
    return Objection.objects.own(line__case=case).defer("text", "contact").order_by("received_at", "pk")


def extensions(objection: Objection) -> int:
    return objection.events.filter(step=ObjectionStep.EXTENDED).count()


def without_a_case() -> QuerySet[Objection]:
    """Open objections to cases that nobody decides any more: withdrawn, or ended some other way."""
    return Objection.objects.unscoped().filter(state=ObjectionState.OPEN, line__case__stage__in=OVER).order_by("pk")


def overdue(found: QuerySet[Objection], today: date) -> QuerySet[Objection]:
    return still_open(found).filter(due_on__lt=today)
