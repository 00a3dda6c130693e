"""What goes on in a home: rules and plans written, activities held."""

from collections.abc import Sequence
from datetime import date, datetime
from decimal import Decimal

from django.db import transaction
from wagtail.log_actions import log

from services.childrens_homes import errors, policies
from services.childrens_homes.actions.holding import changed, checked, hold
from services.childrens_homes.actions.volunteers import OPEN, insist_vetted
from services.childrens_homes.models import CareActivity, Home, HomeStaff, RegulationDoc, Volunteer


@transaction.atomic
def add_regulation(home: Home, *, kind: str, year: int, title: str, on_wall: bool, by, now: datetime) -> RegulationDoc:
    """A later one of the same kind and year takes the place of the earlier, which stays in the record.

    Raises ``PermissionDenied``, ``Invalid``. Lock: the home.
    """
    home = hold(home, "host")
    policies.may_run(by, home).insist()
    standing = (
        RegulationDoc.objects.unscoped().filter(home=home, kind=kind, year=year, replaced_at__isnull=True).first()
    )
    if standing:
        changed(standing, {"replaced_at": now})
    document = checked(
        RegulationDoc(home=home, kind=kind, year=year, title=title, on_wall=on_wall, added_by=by, added_at=now)
    )
    log(instance=home, action="childrens_homes.add_regulation", user=by, data={"kind": kind, "year": year})
    return document


@transaction.atomic
def hang_up(document: RegulationDoc, *, on_wall: bool, by) -> RegulationDoc:
    """Say whether it hangs on the wall. Raises ``PermissionDenied``."""
    document = hold(document, "home__host")
    policies.may_run(by, document.home).insist()
    if document.on_wall != on_wall:
        document = changed(document, {"on_wall": on_wall})
        log(instance=document.home, action="childrens_homes.hang_up", user=by, data={"kind": document.kind})
    return document


@transaction.atomic
def record_activity(
    home: Home,
    *,
    on: date,
    kind: str,
    theme: str,
    hours: Decimal,
    children: int,
    carers: int,
    teachers: Sequence[HomeStaff],
    volunteers: Sequence[Volunteer],
    by,
    today: date,
    by_plan: RegulationDoc | None = None,
) -> CareActivity:
    """An activity that took place. Every volunteer of it was cleared on that day (V7).

    Raises ``PermissionDenied``, ``HomeNotRunning``, ``DayAhead``, ``NotOfThisHome``, ``NotVetted``, ``Gone``,
    ``Invalid``. Locks: home, volunteers.
    """
    home = hold(home, "host")
    policies.may_run(by, home).insist()
    if home.state not in OPEN:
        raise errors.HomeNotRunning(state=home.get_state_display())
    if on > today:
        raise errors.DayAhead(field="on")
    if any(one.home_id != home.pk for one in teachers):
        raise errors.NotOfThisHome(field="teachers")
    for one in _held(volunteers):
        if not home.host.path.startswith(one.organization.path):
            raise errors.NotOfThisHome(field="volunteers")
        _insist_cleared(one, on)
    activity = checked(
        CareActivity(
            home=home,
            on=on,
            kind=kind,
            theme=theme,
            hours=hours,
            children=children,
            carers=carers,
            by_plan=by_plan,
            recorded_by=by,
        )
    )
    activity.teachers.set(teachers)
    activity.volunteers.set(volunteers)
    log(instance=home, action="childrens_homes.record_activity", user=by, data={"on": on.isoformat()})
    return activity


@transaction.atomic
def correct_activity(activity: CareActivity, *, because: str, by, **stated) -> CareActivity:
    """What was written down wrong: kind, theme, hours, who came. Day, teachers and volunteers stand, as their checks
    were asked of that day. The history keeps what stood there, and why it was changed.

    Raises ``PermissionDenied``, ``ReasonMissing``, ``Invalid``. Lock: the activity.
    """
    activity = hold(activity, "home__host")
    policies.may_run(by, activity.home).insist()
    if not because.strip():
        raise errors.ReasonMissing(field="reason")
    before = {name: str(getattr(activity, name)) for name, value in stated.items() if getattr(activity, name) != value}
    if not before:
        return activity
    activity = changed(activity, stated)
    data = {"on": activity.on.isoformat(), "reason": because.strip()[:300], "before": before}
    log(instance=activity.home, action="childrens_homes.correct_activity", user=by, data=data)
    return activity


def _held(volunteers: Sequence[Volunteer]) -> list[Volunteer]:
    rows = Volunteer.objects.unscoped().select_for_update(of=("self",)).select_related("organization")
    return list(rows.filter(pk__in=[one.pk for one in volunteers]).order_by("pk"))


def _insist_cleared(volunteer: Volunteer, day: date) -> None:
    try:
        insist_vetted(volunteer, day)
    except (errors.NotVetted, errors.Gone) as refusal:
        raise type(refusal)(**(refusal.context | {"field": "volunteers"})) from None
