"""Remind a union: its officers are written to, and it stands on record."""

from datetime import datetime

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from wagtail.log_actions import log

from services.coverage import errors, notifications, policies
from services.coverage.enums import Subject
from services.coverage.models import Reminder, Standing
from services.coverage.queries.reminders import last_reminder, officers_of
from services.coverage.rules.subjects import applies, may_be_reminded_from
from services.foundation.scope import scope_of
from services.messaging.actions import Letter, notify_many
from services.organizations.models import Organization


@transaction.atomic
def remind(organization: Organization, *, about: Subject, by, now: datetime, again: bool = False) -> Reminder:
    """Write to the union's officers; ``again``: also within the days in which that is a repetition.

    Locks the union's standing. Raises ``PermissionDenied``, ``StandingNotThere``, ``NothingToRemindOf``,
    ``RemindedAlready``, ``NobodyToRemind``.
    """
    policies.may_remind(by, organization).insist()
    standing = Standing.objects.own(organization=organization).select_for_update().first()
    if standing is None or organization.closed_on:
        raise errors.StandingNotThere()
    if not applies(about, standing):
        raise errors.NothingToRemindOf(about=Subject(about).label)
    _refuse_repetition(organization, about, now=now, again=again)
    officers = officers_of([organization.pk], on=timezone.localdate(now)).get(organization.pk, [])
    if not officers:
        raise errors.NobodyToRemind(contact=organization.officer_contact or "–")
    made = Reminder.objects.create(organization=organization, about=about, by=by, at=now, told=len(officers))
    words = {"union": organization.name, "about": Subject(about).label, "sender": _sender(by, organization)}
    link = notifications.record_url(organization)
    letters = [Letter(to=user, context=words, dedupe_key=f"{made.pk}", link=link) for user in officers]
    notify_many(notifications.REMINDER, letters)
    log(instance=organization, action="coverage.remind", user=by, data={"about": str(about)})
    return made


def _refuse_repetition(organization: Organization, about: Subject, *, now: datetime, again: bool) -> None:
    last, days = last_reminder(organization, about), settings.COVERAGE_REMIND_AGAIN_AFTER_DAYS
    day = last and timezone.localdate(last.at)
    if last and not again and timezone.localdate(now) < may_be_reminded_from(day, days=days):
        raise errors.RemindedAlready(day=f"{day:%Y-%m-%d}", who=last.by.full_name, days=days)


def _sender(by, organization: Organization) -> str:
    """The nearest federation above the union at which she holds a post that reminds."""
    grants = scope_of(by).grants.items()
    held = [path for path, roles in grants if roles & policies.REMINDERS and organization.path.startswith(path)]
    nearest = Organization.objects.filter(path__in=held).order_by("-depth").first()
    return nearest.name if nearest else by.full_name
