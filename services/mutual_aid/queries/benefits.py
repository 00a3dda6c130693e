"""Benefits: the one behind a payable, and what a list shows of them. No diagnosis is read here."""

from django.db.models import QuerySet
from django.urls import reverse

from services.casework.models import Case
from services.foundation.scope import unscoped
from services.mutual_aid.models import Benefit
from services.payments.models import Payable

_WITH = ("claim__case", "claim__terms", "cover")


def payable_key(benefit: Benefit) -> str:
    """Natural key of what is owed: the case, and which decision of it."""
    return f"mutual_aid.{benefit.claim.case.number}.{benefit.tries}"


def benefits_of(payables: list[Payable]) -> dict[int, Benefit]:
    """By key of the payable, in two queries; a payable of an earlier decision of the case has none.

    Cases first, by their numbers: PostgreSQL, which plans for empty tables until it has looked at what a long
    transaction wrote, would else begin with the women and never end.
    """
    numbers = {payable.case_number for payable in payables}
    with unscoped():
        cases = list(Case.objects.filter(number__in=numbers).values_list("pk", flat=True))
        found = list(Benefit.objects.filter(claim__case__in=cases).select_related(*_WITH))
    by_key = {payable_key(one): one for one in found}
    return {payable.pk: by_key[payable.key] for payable in payables if payable.key in by_key}


def benefit_of(payable: Payable) -> Benefit | None:
    return benefits_of([payable]).get(payable.pk)


def benefits_listed(user, roles) -> QuerySet[Benefit]:
    """What was granted to women of her unions, the cancelled ones included. One query."""
    seen = Benefit.objects.visible_to(user, roles=roles)
    return seen.select_related("claim__case", "worker", "organization", "scheme", "fund")


def case_page(case) -> str:
    """The page of the case at the desk."""
    return reverse("casework_desk:case", args=[case.token])


def page_for_her(case) -> str:
    """Where her representative fills it in."""
    return reverse("claims_desk:for_her", args=[case.token])
