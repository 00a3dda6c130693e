"""Handing data on, and what to do when it got out (E2.21, E2.24)."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.utils.timezone import localdate
from wagtail.log_actions import log

from services.child_files import errors, policies
from services.child_files.actions.switching import insist_on
from services.child_files.enums import Answer, Purpose
from services.child_files.models import Child, ChildConsent, Incident, Sharing
from services.child_files.rules.clocks import KEEP_PROOF_YEARS, years_after
from services.child_files.rules.consenting import covers
from services.organizations.models import Organization


@transaction.atomic
def share(
    city: Organization,
    *,
    codes: Sequence[str],
    recipient: str,
    recipient_name: str,
    purpose: str,
    fields: Sequence[str],
    agreement: str,
    by,
    now: datetime,
) -> Sharing:
    """Write down that these children's data goes to a recipient; refused as a whole where one guardian hasn't agreed to
    this very recipient. Raises ``PermissionDenied``, ``PurposeOff``, ``NotShared``, ``ReasonNeeded``.
    """
    policies.may_guard(by, city).insist()
    if not agreement.strip() or not codes:
        raise errors.ReasonNeeded()
    children = list(Child.objects.below(city.path).filter(code__in=set(codes)).select_related("home__programme"))
    for programme in {child.home.programme for child in children}:
        insist_on(programme, Purpose.SHARING)
    agreed = ChildConsent.objects.unscoped().filter(
        child__in=children, purpose=Purpose.SHARING, answer=Answer.GIVEN, ended_at__isnull=True
    )
    covered = {
        one.child_id
        for one in agreed.select_related("notice")
        if covers(one.notice.kinds, one.notice.recipients, recipient=recipient)
    }
    missing = len(set(codes)) - len(covered)
    if missing:
        raise errors.NotShared(count=missing)
    made = Sharing.objects.create(
        city=city,
        recipient=recipient,
        recipient_name=recipient_name.strip(),
        purpose=purpose.strip(),
        fields=list(fields),
        agreement=agreement.strip(),
        at=now,
        by=by,
        kept_until=years_after(localdate(now), KEEP_PROOF_YEARS),
    )
    made.children.set(children)
    log(
        instance=made,
        action="child_files.share",
        user=by,
        data={"recipient": recipient, "files": len(children)},
        timestamp=now,
    )
    return made


@transaction.atomic
def record_incident(city: Organization, *, codes: Sequence[str], by, now: datetime, **details) -> Incident:
    """Put an incident on record with the files it touches. Raises ``PermissionDenied``, ``DayOdd``."""
    policies.may_guard(by, city).insist()
    if details["found_at"] > now:
        raise errors.DayOdd()
    year = localdate(now).year
    last = Incident.objects.unscoped().filter(city=city, number__startswith=f"{year}-").count()
    made = Incident.objects.create(
        city=city, number=f"{year}-{last + 1:03d}", recorded_by=by, recorded_at=now, **details
    )
    made.children.set(Child.objects.below(city.path).filter(code__in=set(codes)))
    log(instance=made, action="child_files.incident", user=by, timestamp=now)
    return made


@transaction.atomic
def draft_letters(incident: Incident, *, by, now: datetime) -> Incident:
    """The letters to guardians and to the authority are ready; how long that took can be measured."""
    incident = Incident.objects.unscoped().select_for_update(of=("self",)).select_related("city").get(pk=incident.pk)
    policies.may_guard(by, incident.city).insist()
    if incident.letters_at is None:
        incident.letters_at = now
        incident.save(update_fields=["letters_at"])
        log(instance=incident, action="child_files.letters", user=by, timestamp=now)
    return incident
