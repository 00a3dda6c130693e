"""When two records of one woman become one: her bookings, her places on waiting lists, her parts in draws."""

from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from services.bookings.enums import LIVE, EntryState, WaitingState
from services.bookings.models import Booking, DrawEntry, MissedPlace, Offering, WaitingEntry
from services.workers.models import Worker
from services.workers.registry import Follower, Rows

_WAITS = (WaitingState.WAITING, WaitingState.OFFERED)


def obstacles(worker: Worker, *, into: Worker) -> list[str]:
    """What is alive in one offering under both records. Seven queries at most."""
    booked, there = _booked(worker), _booked(into)
    waits, waits_there = _waiting(worker), _waiting(into)
    drawn = _in_draws(worker) & _in_draws(into)
    crossed = (booked & waits_there) | (there & waits)
    said = [
        (booked & there, _("She has a booking in “%(offering)s” under both records: cancel one of them.")),
        (waits & waits_there, _("She waits for “%(offering)s” under both records: take one of them off the list.")),
        (crossed, _("She has a booking in “%(offering)s” and waits for it as well: take her off the waiting list.")),
        (drawn, _("She takes part in the draw of “%(offering)s” under both records: let one of them leave it.")),
    ]
    titles = dict(
        Offering.objects.filter(pk__in=set().union(*(keys for keys, _words in said))).values_list("pk", "title")
    )
    return [words % {"offering": titles[key]} for keys, words in said for key in sorted(keys)]


def settle(worker: Worker, *, into: Worker, number: str, by, now: datetime) -> None:
    """Of two entries in one draw the one that stands is hers; the other stays on its published list and is marked."""
    both = _entries(worker) | _entries(into)
    entries: dict[int, list[DrawEntry]] = {}
    for entry in both.filter(doubled=False).order_by("pk"):
        entries.setdefault(entry.offering_id, []).append(entry)
    for pair in entries.values():
        if len(pair) > 1:
            pair.sort(key=lambda entry: (entry.state != EntryState.ENTERED, entry.worker_id != into.pk))
            DrawEntry.objects.unscoped().filter(pk=pair[1].pk).update(doubled=True)


def _booked(worker: Worker) -> set[int]:
    rows = Booking.objects.unscoped().filter(worker=worker, state__in=LIVE)
    return set(rows.values_list("offering", flat=True))


def _waiting(worker: Worker) -> set[int]:
    rows = WaitingEntry.objects.unscoped().filter(worker=worker, state__in=_WAITS)
    return set(rows.values_list("offering", flat=True))


def _entries(worker: Worker):
    return DrawEntry.objects.unscoped().filter(worker=worker)


def _in_draws(worker: Worker) -> set[int]:
    ahead = _entries(worker).filter(state=EntryState.ENTERED, offering__drawn_at__isnull=True)
    return set(ahead.values_list("offering", flat=True))


FOLLOWER = Follower(
    order=10,
    rows=(
        Rows(gettext_lazy("Bookings"), lambda keys: Booking.objects.unscoped().filter(worker__in=keys)),
        Rows(
            pgettext_lazy("what hangs on a record", "Places on waiting lists"),
            lambda keys: WaitingEntry.objects.unscoped().filter(worker__in=keys),
        ),
        Rows(gettext_lazy("Parts in draws"), lambda keys: DrawEntry.objects.unscoped().filter(worker__in=keys)),
        Rows(gettext_lazy("Missed places"), lambda keys: MissedPlace.objects.unscoped().filter(worker__in=keys)),
    ),
    obstacles=obstacles,
    settle=settle,
)
