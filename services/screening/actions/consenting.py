"""What follows when she withdraws her consent to screening."""

from collections.abc import Iterator
from datetime import datetime

from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from services.bookings.actions import give_up_all
from services.bookings.enums import LIVE, BookingState, EntryState, WaitingState
from services.bookings.models import Booking, DrawEntry, Offering, WaitingEntry
from services.foundation import clock
from services.screening.enums import OPEN_FOLLOW_UPS
from services.screening.models import FollowUp, Result
from services.workers.models import Worker


def consequences(user) -> Iterator[str]:
    """What she loses, in sentences: each booking ahead and each waiting list."""
    hers = {"worker__user": user, "offering__screening_programme__isnull": False}
    ahead = Booking.objects.own(state__in=LIVE, session__starts_at__gt=clock.now(), **hers)
    for booking in ahead.exclude(state=BookingState.ATTENDED).select_related("session").order_by("session__starts_at"):
        when = date_format(localtime(booking.session.starts_at), "DATETIME_FORMAT")
        yield _("Your booking %(number)s for %(when)s is cancelled and its place passes on.") % {
            "number": booking.number,
            "when": when,
        }
    for entry in WaitingEntry.objects.own(state=WaitingState.WAITING, **hers).select_related("offering").order_by("pk"):
        yield _("You leave the waiting list of “%(title)s”.") % {"title": entry.offering.title}
    in_draws = DrawEntry.objects.own(state=EntryState.ENTERED, offering__drawn_at__isnull=True, **hers)
    for entry in in_draws.select_related("offering").order_by("pk"):
        yield _("You leave the draw of “%(title)s”.") % {"title": entry.offering.title}
    yield _("You can't book a screening until you agree again.")


def end_bookings(consent, *, by, now: datetime) -> None:
    """Her screening bookings ahead are cancelled, their places pass on, and she leaves the waiting lists."""
    screenings = Offering.objects.filter(screening_programme__isnull=False)
    hers = {"user": consent.giver_id} if consent.giver_id else {"token": consent.record}
    for worker in Worker.objects.own(**hers):
        give_up_all(worker, offerings=screenings, by=by, now=now, reason="consent_withdrawn")


def consequences_for_results(user) -> Iterator[str]:
    """What ends for her results: nobody but she reads them, nobody asks after her."""
    if Result.objects.own(booking__worker__user=user).exists():
        yield _("Your results stay readable for you alone; the site and the officers can't open them any more.")
    if FollowUp.objects.own(result__booking__worker__user=user, state__in=OPEN_FOLLOW_UPS).exists():
        yield _("Nobody reminds you of a further examination any more.")


def consequences_for_help(user) -> Iterator[str]:
    yield _("Officers of the federation can't see your follow-up any more, from this moment on.")


def nothing_to_undo(consent, *, by, now: datetime) -> None:
    """Access hangs on the consent itself: with it, it is gone."""
