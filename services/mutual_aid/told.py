"""What mutual aid tells of a unit for the return of a year (``organizations.registry``)."""

from collections import defaultdict
from collections.abc import Collection
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from django.db.models import Count, Sum
from django.utils.translation import gettext_lazy as _

from services.mutual_aid.enums import BenefitState, CoverState
from services.mutual_aid.models import Benefit, Claim, CoverVersion
from services.mutual_aid.models.enrolment import BATCH_READERS
from services.organizations.enums import ROSTER_READERS
from services.organizations.registry import Known

_YUAN = Decimal(1)


def women_covered(organizations: Collection[int], first: date, last: date) -> dict[int, dict[str, object]]:
    """Women with a cover that held on some day of the period, each once. One query."""
    rows = CoverVersion.objects.unscoped().filter(
        cover__organization__in=organizations,
        known_until__isnull=True,
        state=CoverState.IN_FORCE,
        first_day__lte=last,
        last_day__gte=first,
    )
    counted = rows.order_by().values_list("cover__organization").annotate(women=Count("worker", distinct=True))
    return {unit: {"aid_joined": women} for unit, women in counted}


def claims_made(organizations: Collection[int], first: date, last: date) -> dict[int, dict[str, object]]:
    """Claims handed in, and what the bank paid in the period in whole yuan. Of a unit with neither, nothing."""
    found: dict[int, dict[str, object]] = defaultdict(dict)
    claims = Claim.objects.unscoped().filter(
        case__organization__in=organizations, case__submitted_at__date__range=(first, last)
    )
    for unit, number in claims.order_by().values_list("case__organization").annotate(number=Count("pk")):
        found[unit]["aid_claims"] = number
    paid = Benefit.objects.unscoped().filter(
        organization__in=organizations, state=BenefitState.PAID, paid_at__date__range=(first, last)
    )
    for unit, amount in paid.order_by().values_list("organization").annotate(amount=Sum("amount")):
        found[unit]["aid_paid"] = int(Decimal(amount).quantize(_YUAN, ROUND_HALF_UP))
    return found


JOINED = Known(_("Covers of mutual aid"), ("aid_joined",), women_covered, BATCH_READERS, of_period=True)
CLAIMED = Known(_("Claims to mutual aid"), ("aid_claims", "aid_paid"), claims_made, ROSTER_READERS, of_period=True)
