"""The one writer of a cover's history: what we know is never overwritten, it is followed by what we know since."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db import IntegrityError, transaction

from services.mutual_aid import errors
from services.mutual_aid.actions.flagging import flag_touched
from services.mutual_aid.enums import CoverChange, CoverState
from services.mutual_aid.models import Cover, CoverVersion, EnrolmentRow, Scheme, SchemeTerms
from services.mutual_aid.rules.parts import Part, fitted, most_at_once, read
from services.organizations.models import Organization
from services.workers.models import Worker

_TICK = timedelta(microseconds=1)
_COPIED = (
    *("scheme_id", "worker_id", "terms_id", "first_day", "last_day", "shares", "most_shares", "renewal", "parts"),
    "state",
)


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
    batch: int | None = None
    change: str = CoverChange.ENROLLED

    @property
    def part(self) -> Part:
        return Part(self.first_day, self.last_day, self.shares, self.renewal, self.batch)


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
    flag_touched(covers)
    return covers


@transaction.atomic
def rewrite(cover: Cover, *, change: str, by, now: datetime, reason: str = "", **what) -> CoverVersion:
    """Write what is known of a cover from now on; ``what``: any of ``first_day``, ``last_day``, ``shares``,
    ``renewal``, ``parts``, ``state``. What was known before stays as it was known. Saying the same again writes
    nothing. Parts follow what is said of the whole.

    For actions that have asked their policy. Raises ``CoverOver`` for a void one, ``DaysCross``, ``CoveredAlready``.
    Lock: the cover (after the case, before fund and payable).
    """
    cover = Cover.objects.unscoped().select_for_update().get(pk=cover.pk)
    present = CoverVersion.objects.own(cover=cover).get(known_until=None)
    if all(getattr(present, name) == value for name, value in what.items()):
        return present
    if present.state == CoverState.VOID:
        raise errors.CoverOver()
    kept = _fitting({name: getattr(present, name) for name in _COPIED}, what)
    if kept["last_day"] < kept["first_day"]:
        raise errors.DaysCross()
    moment = max(now, present.known_from + _TICK)
    try:
        with transaction.atomic():
            present.known_until = moment
            present.save(update_fields=["known_until"])
            version = CoverVersion.objects.create(
                cover=cover, change=change, reason=reason, by=by, known_from=moment, **kept
            )
    except IntegrityError as error:
        if "mutual_aid_covered_once" not in str(error):
            raise
        raise errors.CoveredAlready() from None
    flag_touched([cover])
    return version


def _fitting(stood: dict, what: dict) -> dict:
    """What is said of the whole holds for its parts: other days cut them, other shares are of one roster again."""
    kept = stood | what
    if not kept["parts"] or "parts" in what:
        return kept
    if any(kept[name] != stood[name] for name in ("shares", "renewal")):
        return kept | {"parts": []}
    parts = fitted(read(kept["parts"]), kept["first_day"], kept["last_day"])
    return kept | {"parts": [one.as_json() for one in parts]}


@transaction.atomic
def add_shares(cover: Cover, adding: Opening, *, by, now: datetime) -> CoverVersion:
    """Where shares add up (§1.4), those of another roster of the period are added to the cover she has; each part
    keeps its own days, and so its own waiting. Adding those of one batch again changes nothing.

    For actions that have asked their policy and hold their batch. Raises ``SharesOverLimit``, and as ``rewrite``.
    Lock: the cover.
    """
    cover = Cover.objects.unscoped().select_for_update().get(pk=cover.pk)
    present = CoverVersion.objects.own(cover=cover).get(known_until=None)
    held = present.held_parts or (_whole(cover, present),)
    if any(one.batch == adding.batch for one in held):
        return present
    return _of_parts(cover, present, (*held, adding.part), CoverChange.SHARES_ADDED, by=by, now=now)


@transaction.atomic
def take_out(cover: Cover, *, batch: int, reason: str, by, now: datetime) -> CoverVersion:
    """A batch was given up: its shares leave the cover, which is void where none are left. Raises and locks as
    ``rewrite``."""
    cover = Cover.objects.unscoped().select_for_update().get(pk=cover.pk)
    present = CoverVersion.objects.own(cover=cover).get(known_until=None)
    if not present.parts:
        return declare_void(cover, reason=reason, by=by, now=now)
    left = tuple(one for one in present.held_parts if one.batch != batch)
    if len(left) == len(present.parts):
        return present
    if not left:
        return declare_void(cover, reason=reason, by=by, now=now)
    return _of_parts(cover, present, left, CoverChange.SHARES_TAKEN_OUT, reason=reason, by=by, now=now)


def _whole(cover: Cover, present: CoverVersion) -> Part:
    row = EnrolmentRow.objects.own(cover=cover).only("batch_id").first()
    days = (present.first_day, present.last_day)
    return Part(*days, present.shares, present.renewal, row.batch_id if row else None)


def _of_parts(
    cover: Cover, present: CoverVersion, parts: tuple[Part, ...], change: str, *, by, now: datetime, reason: str = ""
) -> CoverVersion:
    parts = tuple(sorted(parts, key=lambda one: (one.first, one.last)))
    shares = most_at_once(parts)
    if shares > present.most_shares:
        raise errors.SharesOverLimit(most=present.most_shares)
    first, last = min(one.first for one in parts), max(one.last for one in parts)
    renewal = parts[0].renewal
    kept = [one.as_json() for one in parts] if len(parts) > 1 else []
    said = {"first_day": first, "last_day": last, "shares": shares, "renewal": renewal, "parts": kept}
    return rewrite(cover, change=change, by=by, now=now, reason=reason, **said)


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
