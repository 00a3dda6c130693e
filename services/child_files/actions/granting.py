"""Approvals to read one file, and emergencies (E2.13, E2.14)."""

from datetime import datetime, timedelta

from django.contrib.auth import get_user_model
from django.db import transaction
from django.utils.timezone import localtime
from wagtail.log_actions import log

from services.child_files import errors, notifications, policies
from services.child_files.enums import CURRENT, FileState, GrantState
from services.child_files.models import AccessGrant, BreakGlass, Child
from services.child_files.queries.files import locked, rules_of
from services.child_files.queries.guarding import leaders_of
from services.child_files.rules.clocks import REVIEW_WITHIN, glass_until
from services.foundation import clock
from services.organizations.enums import Role
from services.organizations.models import StaffAssignment
from services.organizations.queries import ancestor_paths, in_force


@transaction.atomic
def ask(child: Child, *, of, purpose: str, reason: str, by, now: datetime) -> AccessGrant:
    """Ask a named leader of the same county for this one file. Locks the file.

    Raises ``PermissionDenied``, ``ReasonNeeded``, ``NobodyToApprove``, ``NoSuchStep``, ``AskedTwice``.
    """
    policies.may_ask(by, child).insist()
    if not reason.strip():
        raise errors.ReasonNeeded()
    if of is None or of.pk not in {post.user_id for post in leaders_of(child, but=by)}:
        raise errors.NobodyToApprove()
    child = _in_use(child)
    if AccessGrant.objects.unscoped().filter(child=child, asked_by=by, state=GrantState.ASKED).exists():
        raise errors.AskedTwice()
    made = AccessGrant.objects.create(
        child=child, asked_by=by, asked_of=of, asked_at=now, purpose=purpose, reason=reason.strip()[:200]
    )
    log(instance=child, action="child_files.ask", user=by, data={"purpose": purpose}, timestamp=now)
    notifications.tell(
        notifications.ASKED,
        of,
        {"file": child.code},
        about=made.token,
        page="child_files_desk:approval",
        argument=made.token,
    )
    return made


def _in_use(child: Child) -> Child:
    """Under its lock: a file that was withdrawn at this moment opens for nobody."""
    child = locked(child)
    if child.state not in CURRENT:
        raise errors.NoSuchStep(state=FileState(child.state).label)
    return child


@transaction.atomic
def decide(grant: AccessGrant, *, yes: bool, note: str = "", by, now: datetime) -> AccessGrant:
    """Approve for the programme's hours, or refuse with words. Never by whoever asked.

    Raises ``PermissionDenied``, ``DecidedAlready``, ``ReasonNeeded``.
    """
    rows = AccessGrant.objects.unscoped().select_for_update(of=("self",))
    grant = rows.select_related("child__home__host", "child__home__programme", "asked_by").get(pk=grant.pk)
    policies.may_decide(by, grant).insist()
    if grant.state != GrantState.ASKED:
        raise errors.DecidedAlready()
    if not yes and not note.strip():
        raise errors.ReasonNeeded()
    grant.state, grant.decided_at = (GrantState.APPROVED if yes else GrantState.REFUSED), now
    grant.decision_note = note.strip()[:200]
    if yes:
        grant.expires_at = now + timedelta(hours=rules_of(grant.child.home.programme).grant_hours)
    grant.save()
    verb = "approve" if yes else "refuse"
    log(instance=grant.child, action=f"child_files.{verb}", user=by, timestamp=now)
    notifications.tell(
        notifications.DECIDED,
        grant.asked_by,
        {"file": grant.child.code, "answer": GrantState(grant.state).label},
        about=grant.token,
        page="child_files_desk:file",
        argument=grant.child.token,
    )
    return grant


@transaction.atomic
def break_glass(child: Child, *, reason: str, hours: int, by, now: datetime) -> BreakGlass:
    """Open a file at once for at most three hours; the officer for personal data is told in the same moment. While an
    emergency of hers is in force a second press changes nothing. Locks the file.

    Raises ``PermissionDenied``, ``ReasonNeeded``, ``NoSuchStep`` for a file that isn't in use.
    """
    policies.may_break_glass(by, child).insist()
    if len(reason.strip()) < 4:
        raise errors.ReasonNeeded()
    child = _in_use(child)
    if open_one := BreakGlass.objects.unscoped().filter(child=child, user=by, expires_at__gt=now).first():
        return open_one
    made = BreakGlass.objects.create(
        child=child,
        user=by,
        reason=reason.strip()[:200],
        opened_at=now,
        expires_at=glass_until(now, hours),
        review_due=now + REVIEW_WITHIN,
    )
    log(instance=child, action="child_files.break_glass", user=by, timestamp=now)
    for officer in privacy_officers(child.home.host):
        notifications.tell(
            notifications.EMERGENCY,
            officer,
            {"file": child.code, "day": localtime(made.review_due).date()},
            about=made.token,
            page="child_files_desk:emergency",
            argument=made.token,
        )
    return made


@transaction.atomic
def review_emergency(emergency: BreakGlass, *, judged: str, note: str, by, now: datetime) -> BreakGlass:
    """Look at it afterwards, once, never by whoever opened it.

    Raises ``PermissionDenied``, ``DecidedAlready``, ``ReasonNeeded``.
    """
    rows = BreakGlass.objects.unscoped().select_for_update(of=("self",)).select_related("child__home__host")
    emergency = rows.get(pk=emergency.pk)
    policies.may_review(by, emergency).insist()
    if emergency.reviewed_at:
        raise errors.DecidedAlready()
    if not note.strip():
        raise errors.ReasonNeeded()
    emergency.reviewed_by, emergency.reviewed_at = by, now
    emergency.judged, emergency.review_note = judged, note.strip()[:300]
    emergency.save()
    log(
        instance=emergency.child, action="child_files.review_emergency", user=by, data={"judged": judged}, timestamp=now
    )
    return emergency


def privacy_officers(organization):
    """The officers for personal data above this place."""
    posts = StaffAssignment.objects.filter(
        in_force(clock.today()), role=Role.PRIVACY_OFFICER, organization__path__in=ancestor_paths(organization.path)
    )
    return get_user_model().objects.filter(pk__in=posts.values("user"), is_active=True).order_by("pk")
