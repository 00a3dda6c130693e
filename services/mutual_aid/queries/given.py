"""Double benefit (D14): what mutual aid tells other services that it gave, and what they and other schemes gave her."""

from datetime import date, datetime, timedelta

from django.conf import settings
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from services.casework.queries.given import given_to
from services.casework.registry import Given
from services.foundation.scope import unscoped
from services.mutual_aid.enums import BenefitState
from services.mutual_aid.models import Benefit, Claim
from services.mutual_aid.queries.schemes import SERVICE

# How far back what was given counts.
LOOK_BACK = timedelta(days=365)


def benefits_given(*, persons: frozenset[str], since: date) -> list[Given]:
    """Benefits that stand. Called by no scheme's name, which would say too much of an illness."""
    with unscoped():
        benefits = list(
            Benefit.objects.filter(worker__id_index__in=persons, decided_at__date__gte=since)
            .exclude(state=BenefitState.CANCELLED)
            .select_related("claim__case", "worker", "organization", "scheme")
        )
    with translation.override(settings.LANGUAGE_CODE):
        what = _("Mutual-aid payment")
    return [
        Given(
            person=one.worker.id_index,
            key=f"{SERVICE}:{one.claim.case_id}",
            service=SERVICE,
            on=timezone.localdate(one.decided_at),
            contact=f"{one.organization.name} {one.organization.officer_contact}".strip(),
            path=one.path,
            number=one.claim.case.number,
            what=what,
            scheme=one.scheme.code,
        )
        for one in benefits
    ]


def given_beside(claim: Claim, *, now: datetime) -> list[Given]:
    """What she was given by other services and by other schemes; benefits of this scheme are the rules' own matter."""
    since = timezone.localdate(now) - LOOK_BACK
    found = given_to({claim.case.worker.id_index}, since=since)
    return [one for one in found if one.service != SERVICE or one.scheme != claim.scheme.code]


def sister_paid(found: list[Given]) -> bool:
    """Whether another scheme of mutual aid gave her something."""
    return any(one.service == SERVICE for one in found)
