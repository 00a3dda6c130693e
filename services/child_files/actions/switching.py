"""Impact assessments and what they switch on (E2.08, E2.23)."""

from datetime import datetime

from django.db import transaction
from django.utils.timezone import localdate
from wagtail.log_actions import log

from services.child_files import errors, policies
from services.child_files.models import CareRules, ImpactAssessment, PurposeSwitch
from services.child_files.queries.consents import purposes_on
from services.child_files.rules.clocks import KEEP_PROOF_YEARS, years_after
from services.childrens_homes.models import Programme

ID_NUMBER = "id_number"


def label_of(purpose: str) -> str:
    return str(dict(PurposeSwitch._meta.get_field("purpose").choices).get(purpose, purpose))


def insist_on(programme, purpose: str) -> None:
    """Raises ``PurposeOff`` unless the programme uses children's data for this."""
    if purpose not in purposes_on(programme):
        raise errors.PurposeOff(purpose=label_of(purpose))


@transaction.atomic
def assess(programme: Programme, *, purpose: str, number: str, necessity: str, risks: str, measures: str, by, now):
    """Put an impact assessment on record, kept at least three years. Raises ``PermissionDenied``, ``NumberTaken``."""
    policies.may_guard(by, programme.city).insist()
    if ImpactAssessment.objects.filter(programme=programme, number=number).exists():
        raise errors.NumberTaken()
    today = localdate(now)
    made = ImpactAssessment.objects.create(
        programme=programme,
        purpose=purpose,
        number=number,
        necessity=necessity,
        risks=risks,
        measures=measures,
        made_by=by,
        made_on=today,
        kept_until=years_after(today, KEEP_PROOF_YEARS),
    )
    log(instance=made, action="child_files.assess", user=by, data={"purpose": purpose}, timestamp=now)
    return made


@transaction.atomic
def switch(programme: Programme, *, purpose: str, on: bool, by, now: datetime, reason: str = "") -> PurposeSwitch:
    """Turn a purpose on or off; on needs the newest assessment of this very purpose, the identity number a reason too.

    Locks the programme. Raises ``PermissionDenied``, ``AssessmentNeeded``, ``ReasonNeeded``.
    """
    policies.may_guard(by, programme.city).insist()
    programme = Programme.objects.unscoped().select_for_update().get(pk=programme.pk)
    assessment = ImpactAssessment.objects.filter(programme=programme, purpose=purpose).first()
    if on and assessment is None:
        raise errors.AssessmentNeeded()
    if on and purpose == ID_NUMBER and not reason.strip():
        raise errors.ReasonNeeded()
    set_to = {"on": on, "assessment": assessment, "reason": reason.strip(), "by": by, "since": now}
    made, _created = PurposeSwitch.objects.update_or_create(programme=programme, purpose=purpose, defaults=set_to)
    log(instance=programme, action="child_files.switch", user=by, data={"purpose": purpose, "on": on}, timestamp=now)
    return made


@transaction.atomic
def set_care_rules(programme: Programme, *, by, now: datetime, **numbers) -> CareRules:
    """Raises ``PermissionDenied``."""
    policies.may_guard(by, programme.city).insist()
    rules, _created = CareRules.objects.update_or_create(programme=programme, defaults=numbers)
    log(instance=programme, action="child_files.care_rules", user=by, timestamp=now)
    return rules
