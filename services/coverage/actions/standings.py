"""Standings follow whatever they are derived from, in the transaction that changed it.

The standings are locked before the facts are read: of two who change the same union at once, the second waits and then
reads what the first has written.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from decimal import Decimal

from django.db import IntegrityError, transaction
from django.db.models import Q, QuerySet
from django.utils.timezone import localdate

from services.coverage.enums import Answer, TermStanding
from services.coverage.models import Requirements, Standing, StandingChange
from services.coverage.queries.facts import facts_of
from services.coverage.queries.requirements import Book, book_on
from services.coverage.rules import standing as rules
from services.foundation import clock
from services.foundation.background import after_commit
from services.foundation.rows import store_objects
from services.foundation.verdict import Finding
from services.organizations.enums import Branch, Kind
from services.organizations.models import Organization

BATCH = 1000
# A list that brings more unions than this is written first; what is new in it gets its standings right afterwards.
AT_ONCE = 2000
# What a change is recorded of; findings say why and move with them.
VALUES = ("required", "form", "built", "simultaneous", "term", "in_step", "chair_qualified", "standard", "size")
_DERIVED = (
    "required",
    "form",
    "built",
    "simultaneous",
    "term",
    "term_ends_on",
    "in_step",
    "chair_qualified",
    "size",
    "industry",
    "findings",
)
_STORED = (*_DERIVED, "derived_on")
# Of a union that appears or goes only this is recorded: whether it counts among those that are built.
_OF_COMING_AND_GOING = "built"


def stands(organization: Organization) -> bool:
    """Whether a union has a standing: grassroots unions of the trade-union branch that are open."""
    return (
        organization.branch == Branch.TRADE_UNION
        and organization.kind == Kind.GRASSROOTS_UNION
        and organization.closed_on is None
    )


def derive(
    organizations: QuerySet[Organization] | Iterable[int], *, cause: str, by=None, now: datetime | None = None
) -> int:
    """Derive the standings of these organisations (a queryset or keys); returns how many rows were written or dropped.

    Writes only what became another; appends a ``StandingChange`` for each value. Unions that have none yet get one,
    those closed since lose theirs. One transaction a thousand unless the caller has one; locks standings by the key of
    the union. Six queries a thousand unions, and up to five more where something changed.
    """
    now = now or clock.now()
    keys = _keys(organizations)
    if not keys:
        return 0
    book = book_on(localdate(now))
    batches = [keys[start : start + BATCH] for start in range(0, len(keys), BATCH)]
    return sum(_derive_batch(batch, book, cause=cause, by=by, now=now) for batch in batches)


def restate(organizations, *, cause: str, by) -> None:
    """Registered with ``organizations.registry.restated``: in this transaction, but for the new ones of a long list.

    Those have no standing until the background has derived it, and are taken up by ``derive_due`` should that fail.
    """
    keys = _keys(organizations)
    if len(keys) > AT_ONCE:
        known = Standing.objects.unscoped().filter(organization__in=keys)
        keys = _keys(known.values_list("organization_id", flat=True))
        after_commit("services.coverage.tasks.derive_missing")
    derive(keys, cause=cause, by=by)


def derive_missing(*, cause: str, now: datetime) -> int:
    """Give a standing to the open unions that have none. Safe to repeat, and beside itself."""
    open_unions = Organization.objects.open().filter(branch=Branch.TRADE_UNION, kind=Kind.GRASSROOTS_UNION)
    return derive(open_unions.filter(standing__isnull=True), cause=cause, now=now)


def derive_due(*, now: datetime) -> int:
    """What the day alone changes: versions of requirements that have begun, terms that end soon or are over since. And
    unions that have no standing yet, as after an upgrade.

    Safe to repeat and to miss: what was left out yesterday is made up for. Returns how many rows were written.
    """
    today = localdate(now)
    written = 0
    for version in Requirements.objects.filter(valid_from__lte=today, applied_at__isnull=True).select_related(
        "organization"
    ):
        written += derive(Organization.objects.below(version.organization.path), cause="requirements", now=now)
        Requirements.objects.filter(pk=version.pk).update(applied_at=now)
    soon = today + timedelta(days=book_on(today).earliest_reminder)
    running = Q(term=TermStanding.RUNNING, term_ends_on__lte=soon)
    turned = Standing.objects.unscoped().filter(running | Q(term=TermStanding.ENDING, term_ends_on__lt=today))
    written += derive(turned.values_list("organization_id", flat=True), cause="day", now=now)
    return written + derive_missing(cause="begun", now=now)


def _keys(organizations) -> list[int]:
    if isinstance(organizations, QuerySet) and organizations.model is Organization:
        organizations = organizations.order_by().values_list("pk", flat=True)
    return sorted(set(organizations))


@transaction.atomic
def _derive_batch(keys: Sequence[int], book: Book, *, cause: str, by, now: datetime) -> int:
    held = Standing.objects.unscoped().select_for_update().filter(organization__in=keys).order_by("organization_id")
    before = {row.organization_id: row for row in held}
    everything = Organization.objects.filter(pk__in=keys).order_by()
    open_unions = [one for one in everything if stands(one)]
    facts = facts_of(open_unions)
    changes = _Changes(cause, by, now)
    fresh, changed = [], []
    for one in open_unions:
        new = _standing(one, facts[one.pk], book)
        old = before.pop(one.pk, None)
        if old is None:
            changes.came(new)
            fresh.append(new)
        else:
            new.standard, new.score = old.standard, old.score
            if all(getattr(old, name) == getattr(new, name) for name in _DERIVED):
                continue
            changes.between(old, new)
            changed.append(new)
    _store(fresh, changed)
    if before:
        changes.went(before.values())
        Standing.objects.unscoped().filter(organization__in=before).delete()
    changes.store()
    return len(fresh) + len(changed) + len(before)


def _store(fresh: list[Standing], rows: list[Standing]) -> None:
    if fresh:
        try:
            with transaction.atomic():
                store_objects(Standing, fresh)
        except IntegrityError:  # somebody derived one of them meanwhile
            rows = [*fresh, *rows]
    if rows:
        Standing.objects.bulk_create(
            rows, update_conflicts=True, unique_fields=["organization"], update_fields=list(_STORED)
        )


def _standing(one: Organization, facts: rules.Facts, book: Book) -> Standing:
    found = rules.standing(facts, book.asked(one.path), book.on)
    return Standing(
        organization_id=one.pk,
        required=str(found.required),
        form=str(facts.form),
        built=str(found.built),
        simultaneous=str(found.simultaneous),
        term=str(found.term),
        term_ends_on=facts.ends_on if facts.in_office else None,
        in_step=str(found.in_step),
        chair_qualified=str(found.chair_qualified),
        standard=str(Answer.UNKNOWN),
        size=str(found.size),
        industry=one.industry,
        findings=[_stored(why) for why in found.findings],
        derived_on=book.on,
    )


def _stored(why: Finding) -> dict:
    """As ``Finding.as_json``, which copies every figure and costs more than the rules themselves."""
    return {
        "code": why.code,
        "outcome": str(why.outcome),
        "figures": why.figures,
        "origin": why.origin,
        "source": why.source,
    }


@transaction.atomic
def put_standard(
    reached: Mapping[int, tuple[str, Decimal | None]], *, by=None, now: datetime, cause: str = "standard"
) -> int:
    """Write whether unions reach the standard, and with how many points: ``{key of the union: (answer, points)}``.

    What a self-assessment came to is decided by those who call. Locks the standings; returns how many changed.
    """
    rows = Standing.objects.unscoped().select_for_update().filter(organization__in=reached).order_by("organization_id")
    changes, written = _Changes(cause, by, now), []
    for row in rows:
        answer, score = reached[row.organization_id]
        if (row.standard, row.score) == (answer, score):
            continue
        changes.add(row.organization_id, "standard", row.standard, str(answer))
        row.standard, row.score = str(answer), score
        written.append(row)
    Standing.objects.unscoped().bulk_update(written, ["standard", "score"], batch_size=500)
    changes.store()
    return len(written)


class _Changes:
    """What moved, collected and appended in one statement."""

    def __init__(self, cause: str, by, now: datetime):
        self.said = {"cause": cause, "by": by, "at": now}
        self.rows: list[StandingChange] = []

    def add(self, organization: int, field: str, was: str, now: str) -> None:
        if was != now:
            self.rows.append(StandingChange(organization_id=organization, field=field, was=was, now=now, **self.said))

    def between(self, old: Standing, new: Standing) -> None:
        for field in VALUES:
            self.add(new.organization_id, field, getattr(old, field), getattr(new, field))

    def came(self, new: Standing) -> None:
        self.add(new.organization_id, _OF_COMING_AND_GOING, "", new.built)

    def went(self, rows: Iterable[Standing]) -> None:
        for old in rows:
            self.add(old.organization_id, _OF_COMING_AND_GOING, old.built, "")

    def store(self) -> None:
        store_objects(StandingChange, self.rows)
