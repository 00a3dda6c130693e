"""The award behind a payable."""

from django.db.models import QuerySet

from services.foundation.scope import unscoped
from services.organizations.enums import ROSTER_READERS
from services.payments.models import Payable
from services.relief.models import Award

_WITH = (
    "application__case__worker",
    "application__case__organization",
    "application__programme",
    "application__household",
)


def payable_key(award: Award) -> str:
    """Natural key of what is owed: the case, and which decision of it."""
    return f"relief.{award.application.case.number}.{award.tries}"


def awards_of(payables: list[Payable]) -> dict[int, Award]:
    """By key of the payable, in one query; a payable of an earlier decision of the case has none."""
    numbers = {payable.case_number for payable in payables}
    with unscoped():
        awards = list(Award.objects.filter(application__case__number__in=numbers).select_related(*_WITH))
    by_key = {payable_key(award): award for award in awards}
    return {payable.pk: by_key[payable.key] for payable in payables if payable.key in by_key}


def awards_listed(user) -> QuerySet[Award]:
    """What the desk's list shows of her unions' awards, the cancelled ones included. One query."""
    seen = Award.objects.visible_to(user, roles=ROSTER_READERS)
    return seen.select_related("application__case", "worker", "organization", "programme", "fund")


def award_of(payable: Payable) -> Award | None:
    return awards_of([payable]).get(payable.pk)
