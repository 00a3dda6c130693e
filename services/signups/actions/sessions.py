"""Sessions of an activity. The number of its places follows what they hold, so that there is one number to keep."""

from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from services.bookings import actions as bookings
from services.bookings.actions.locking import lock_sessions, places_transaction
from services.bookings.enums import ProviderKind
from services.bookings.models import Provider, Session, Venue
from services.signups import errors
from services.signups.models import Activity
from services.signups.policies import may_manage

PLACES = gettext_lazy("The sessions hold more or fewer women")  # what the ledger of places says


def add_session(
    activity: Activity, *, place: dict, starts_at: datetime, ends_at: datetime, capacity: int, by, now: datetime
) -> Session:
    """Add a session at a place (``name``, ``address``, ``directions``) and open as many places at the top.

    Raises ``SessionInThePast``, ``SessionWindow``, ``SessionExists``, ``PlaceElsewhere``. Locks as in bookings.
    """
    may_manage(by, activity).insist()
    if starts_at <= now:
        raise errors.SessionInThePast()
    with places_transaction():
        _lock(activity)
        venue = _place(activity, place)
        session = bookings.add_session(
            activity.offering, venue=venue, starts_at=starts_at, ends_at=ends_at, capacity=capacity, by=by, now=now
        )
        bookings.open_places(activity.offering, slots=capacity, by=by, reason=str(PLACES), now=now)
        return session


def edit_session(
    session: Session,
    *,
    activity: Activity,
    place: dict,
    starts_at: datetime,
    ends_at: datetime,
    capacity: int,
    by,
    now: datetime,
) -> Session:
    """Change time, place or capacity; women who signed up are told. The places at the top follow the capacity.

    Raises ``CapacityBelowTaken``, ``NotEnoughLeft`` (the places that would go are given on below), ``IntoThePast``,
    ``SessionGone``, ``SessionWindow``, ``SessionExists``, ``PlaceElsewhere``; then nothing is changed.
    """
    may_manage(by, activity).insist()
    with places_transaction():
        _lock(activity)
        before = Session.objects.get(pk=session.pk).capacity
        fewer = before - capacity
        changed = bookings.edit_session(
            session,
            venue=_place(activity, place),
            starts_at=starts_at,
            ends_at=ends_at,
            capacity=capacity,
            by=by,
            now=now,
        )
        if fewer:
            bookings.open_places(activity.offering, slots=-fewer, by=by, reason=str(PLACES), now=now)
        return changed


def remove_session(session: Session, *, activity: Activity, by, now: datetime) -> None:
    """Take a session away in which nobody has a place, with its places at the top. Repeating it changes nothing.

    Raises ``SessionInUse``, ``NotEnoughLeft``.
    """
    may_manage(by, activity).insist()
    with places_transaction():
        _lock(activity)
        row = Session.objects.filter(pk=session.pk, capacity__gt=0).first()
        if row is None:
            return
        bookings.remove_session(row, by=by, now=now)
        bookings.open_places(activity.offering, slots=-row.capacity, by=by, reason=str(PLACES), now=now)


def _lock(activity: Activity) -> None:
    """Every session first, by key: the steps below lock sessions and allocations by turns."""
    lock_sessions(activity.offering.sessions.values_list("pk", flat=True))


def _place(activity: Activity, place: dict) -> Venue:
    """The place of this name among those the organisation keeps, made when it is new. Raises ``PlaceElsewhere``."""
    name, address = place["name"].strip(), place["address"].strip()
    keeper = activity.organization
    provider = _rooms_of(keeper)
    found, made = Venue.objects.get_or_create(
        provider=provider,
        name=name,
        defaults={"organization": keeper, "address": address, "directions": place.get("directions", "").strip()},
    )
    if not made and found.address != address:
        raise errors.PlaceElsewhere(address=found.address)
    return found


def _rooms_of(organization) -> Provider:
    """What stands for the rooms of an organisation; a clinic may bear the organisation's name already."""
    found = Provider.objects.filter(organization=organization, kind=ProviderKind.OWN).first()
    if found:
        return found
    try:
        with transaction.atomic():
            return Provider.objects.create(organization=organization, name=organization.name, kind=ProviderKind.OWN)
    except IntegrityError:
        own = {"organization": organization, "kind": ProviderKind.OWN}
        named = {"name": _("%(name)s, rooms") % {"name": organization.name[:100]}}
        return Provider.objects.get_or_create(**own, defaults=named)[0]
