"""Protection concerns: noted, reported the same day, read by two people (E2.15)."""

from datetime import datetime

from django.db import transaction
from django.utils.timezone import localtime

from services.child_files import errors, policies
from services.child_files.models import Child, ConcernKeepers, ProtectionConcern
from services.child_files.queries.guarding import leaders_of
from services.child_files.rules.clocks import report_by
from services.organizations.models import Organization


@transaction.atomic
def name_keepers(county: Organization, *, first, second, by) -> ConcernKeepers:
    """Name the two who read concerns of a county from now on. Raises ``PermissionDenied``, ``NamesMissing``."""
    policies.may_name_keepers(by, county).insist()
    if first is None or second is None or first.pk == second.pk:
        raise errors.NamesMissing()
    made, _created = ConcernKeepers.objects.update_or_create(county=county, defaults={"first": first, "second": second})
    return made


@transaction.atomic
def note_concern(
    child: Child, *, category: str, words: str, observed_at: datetime, by, now: datetime
) -> ProtectionConcern:
    """Write down what was seen and start the clock: it is reported the same day.

    Where nobody is named yet, whoever notes it and an officer of the county read it: a duty to report waits for no
    setting. Nothing of it goes into the log. Raises ``PermissionDenied``, ``ReasonNeeded``, ``DayOdd``.
    """
    policies.may_note_concern(by, child).insist()
    if not words.strip():
        raise errors.ReasonNeeded()
    if observed_at > now:
        raise errors.DayOdd()
    named = ConcernKeepers.objects.filter(county=child.home.county).select_related("first", "second").first()
    first, second = (named.first, named.second) if named else (by, _somebody(child, by))
    return ProtectionConcern.objects.create(
        child=child,
        category=category,
        words=words.strip(),
        observed_at=observed_at,
        noted_at=now,
        noted_by=by,
        report_due=report_by(localtime(now)),
        first_reader=first,
        second_reader=second,
    )


def _somebody(child: Child, by):
    post = leaders_of(child, but=by).first()
    return post.user if post else None


@transaction.atomic
def report(concern: ProtectionConcern, *, to: str, at: datetime, receipt: str, by, now: datetime) -> ProtectionConcern:
    """It has been reported to police, civil affairs or education, with their receipt.

    Raises ``PermissionDenied``, ``NotReportedYet``, ``DayOdd``.
    """
    concern = ProtectionConcern.objects.select_for_update(of=("self",)).get(pk=concern.pk)
    policies.may_read_concern(by, concern).insist()
    if not to:
        raise errors.NotReportedYet()
    if at > now or at < concern.observed_at:
        raise errors.DayOdd()
    concern.reported_to, concern.reported_at, concern.receipt = to, at, receipt.strip()
    concern.save(update_fields=["reported_to", "reported_at", "receipt"])
    return concern
