"""The one writer of a cover's history: what we know is never overwritten, it is followed by what we know since."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db import IntegrityError, transaction

from services.mutual_aid import errors
from services.mutual_aid.actions.flagging import flag_changed, flag_opened
from services.mutual_aid.enums import CoverChange, CoverState
from services.mutual_aid.models import Cover, CoverVersion, Scheme, SchemeTerms
from services.organizations.models import Organization
from services.workers.models import Worker

_TICK = timedelta(microseconds=1)
_COPIED = ("scheme_id", "worker_id", "terms_id", "first_day", "last_day", "shares", "most_shares", "renewal", "state")


@dataclass(frozen=True, slots=True)
class Opening:
    """A cover to be opened. ``number`` is the certificate's: that of the batch with the place in it."""

    scheme: Scheme
    terms: SchemeTerms
    worker: Worker
    organization: Organization
    number: str
    first_day: date
    last_day: date
    shares: int
    renewal: bool = False
    renews: Cover | None = None
    change: str = CoverChange.ENROLLED


@transaction.atomic
def open_covers(openings: list[Opening], *, by, now: datetime) -> list[Cover]:
    """Open many at once, in two statements; in the order given. All or none.

    For actions that have asked their policy and hold their batch. Raises ``CoveredAlready``, ``DaysCross``. Lock: none
    of its own, the database refuses a second cover of a woman on one day whoever is faster.
    """
    if any(one.last_day < one.first_day for one in openings):
        raise errors.DaysCross()
    covers = [
        Cover(
            number=one.number,
            scheme=one.scheme,
            worker=one.worker,
            organization=one.organization,
            path=one.organization.path,
            renews=one.renews,
            created_at=now,
        )
        for one in openings
    ]
    try:
        with transaction.atomic():
            Cover.objects.bulk_create(covers)
            CoverVersion.objects.bulk_create(
                CoverVersion(
                    cover=cover,
                    scheme=one.scheme,
                    worker=one.worker,
                    terms=one.terms,
                    first_day=one.first_day,
                    last_day=one.last_day,
                    shares=one.shares,
                    most_shares=one.terms.max_shares,
                    renewal=one.renewal,
                    change=one.change,
                    by=by,
                    known_from=now,
                )
                for cover, one in zip(covers, openings, strict=True)
            )
    except IntegrityError as error:
        if "mutual_aid_covered_once" not in str(error):
            raise
        raise errors.CoveredAlready() from None
    flag_opened(covers)
    return covers


@transaction.atomic
def rewrite(cover: Cover, *, change: str, by, now: datetime, reason: str = "", **what) -> CoverVersion:
    """Write what is known of a cover from now on; ``what``: any of ``first_day``, ``last_day``, ``shares``,
    ``renewal``, ``state``. What was known before stays as it was known. Saying the same again writes nothing.

    For actions that have asked their policy. Raises ``CoverOver`` for a void one, ``DaysCross``, ``CoveredAlready``.
    Lock: the cover (after the case, before fund and payable).
    """
    cover = Cover.objects.unscoped().select_for_update().get(pk=cover.pk)
    present = CoverVersion.objects.own(cover=cover).get(known_until=None)
    if all(getattr(present, name) == value for name, value in what.items()):
        return present
    if present.state == CoverState.VOID:
        raise errors.CoverOver()
    kept = {name: getattr(present, name) for name in _COPIED} | what
    if kept["last_day"] < kept["first_day"]:
        raise errors.DaysCross()
    moment = max(now, present.known_from + _TICK)
    try:
        with transaction.atomic():
            present.known_until = moment
            present.save(update_fields=["known_until"])
            flag_changed(cover, change)
            return CoverVersion.objects.create(
                cover=cover, change=change, reason=reason, by=by, known_from=moment, **kept
            )
    except IntegrityError as error:
        if "mutual_aid_covered_once" not in str(error):
            raise
        raise errors.CoveredAlready() from None


@transaction.atomic
def end_by_claim(cover: Cover, *, on: date, by, now: datetime) -> CoverVersion:
    """A claim was granted that ends the cover: the day of the diagnosis is its last (§1.5 S7m S17m). A cover that has
    ended by then stays as it is. Raises and locks as ``rewrite``."""
    cover = Cover.objects.unscoped().select_for_update().get(pk=cover.pk)
    present = CoverVersion.objects.own(cover=cover).get(known_until=None)
    last = max(min(on, present.last_day), present.first_day)
    return rewrite(cover, change=CoverChange.ENDED_BY_CLAIM, by=by, now=now, last_day=last)


def declare_void(cover: Cover, *, reason: str, by, now: datetime) -> CoverVersion:
    """It never counted (a second roster of one period, §1.4 S14). Raises and locks as ``rewrite``."""
    return rewrite(cover, change=CoverChange.VOIDED, by=by, now=now, reason=reason, state=CoverState.VOID)
