"""Setting up and running an activity: creating, editing, opening and closing its sign-up."""

from datetime import datetime

from django.db import transaction
from wagtail.log_actions import log

from services.bookings.actions import close_offering, open_offering
from services.bookings.actions.pools import general_pool
from services.bookings.models import Offering
from services.foundation.locks import hold
from services.signups import errors
from services.signups.enums import ActivityKind
from services.signups.models import Activity
from services.signups.policies import may_create, may_manage

LETTERS = "HD"
BASICS = (
    *("title", "year", "kind", "form", "summary", "about", "speakers", "for_whom", "hours", "contact"),
    *("certificates", "evaluation_days", "reminder_hours"),
)
WINDOW = (
    *("opens_at", "closes_at", "change_cutoff_hours", "offer_hours", "remainder_open", "waiting_list"),
    *("late_cancel_hours", "consequence", "missed_limit", "missed_months", "pause_days"),
)


def _only(fields: dict, names: tuple[str, ...]) -> dict:
    return {name: fields[name] for name in names if name in fields}


@transaction.atomic
def create_activity(*, organization, basics: dict, window: dict, by) -> Activity:
    """An activity in preparation with its offering. The code is ``<year>-<number>``.

    Raises ``FormMismatch``, ``HoursMissing``. Lock: the name space of codes.
    """
    may_create(by, organization).insist()
    hold("signups.activity_code")
    activity = Activity(organization=organization, **_only(basics, BASICS))
    _insist_sound(activity)
    offering = Offering(organization=organization, title=activity.title, letters=LETTERS, **_only(window, WINDOW))
    offering.save()
    general_pool(offering)
    activity.offering, activity.code = offering, _free_code(activity.year)
    activity.save()
    log(activity, "wagtail.create", user=by)
    return activity


def _free_code(year: int) -> str:
    number = Activity.objects.filter(code__startswith=f"{year}-").count() + 1
    while Activity.objects.filter(code=f"{year}-{number}").exists():
        number += 1
    return f"{year}-{number}"


def edit_activity(activity: Activity, *, basics: dict, window: dict, by) -> Activity:
    """Change what is given; certificates issued keep their title and hours. Lock: the activity.

    Raises ``FormMismatch``, ``HoursMissing``.
    """
    may_manage(by, activity).insist()
    with transaction.atomic():
        rows = Activity.objects.select_for_update(of=("self",)).select_related("offering", "organization")
        activity = rows.get(pk=activity.pk)
        before = {name: getattr(activity, name) for name in BASICS}
        for name, value in _only(basics, BASICS).items():
            setattr(activity, name, value)
        _insist_sound(activity)
        activity.save()
        offering = activity.offering
        offering.title = activity.title
        for name, value in _only(window, WINDOW).items():
            setattr(offering, name, value)
        offering.save(update_fields=["title", *_only(window, WINDOW)])
        changed = [name for name in BASICS if getattr(activity, name) != before[name]]
        log(activity, "wagtail.edit", user=by, data={"fields": changed})
        return activity


def _insist_sound(activity: Activity) -> None:
    training = activity.kind == ActivityKind.TRAINING
    if training != bool(activity.form) or (not training and activity.hours):
        raise errors.FormMismatch()
    if training and not activity.hours:
        raise errors.HoursMissing()


def open_activity(activity: Activity, *, by, now: datetime) -> Activity:
    """Open sign-up: the activity stands on the public site from now on. Raises ``NotReady``, ``WindowClosed``."""
    return _turned(activity, open_offering, "signups.open", by=by, now=now)


def close_activity(activity: Activity, *, by, now: datetime) -> Activity:
    """Stop sign-up and promotion; what was taken stands. Repeating it changes nothing."""
    return _turned(activity, close_offering, "signups.close", by=by, now=now)


def _turned(activity: Activity, turn, action: str, *, by, now: datetime) -> Activity:
    may_manage(by, activity).insist()
    with transaction.atomic():
        before = activity.offering.state
        activity.offering = turn(activity.offering, by=by, now=now)
        if activity.offering.state != before:
            log(activity, action, user=by)
        return activity
