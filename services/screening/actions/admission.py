"""May she take part, and on what ground: asked by every action, kept with the booking."""

import hashlib
import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from functools import partial

from django.utils import timezone

from services.bookings.models import Booking, Session
from services.privacy.actions import hold_consent, hold_paper_consent
from services.privacy.enums import Purpose
from services.screening import errors
from services.screening.models import EligibilityRecord, Programme, ProgrammeTerms
from services.screening.queries.facts import Basis, basis_of
from services.screening.rules import Assessment, Facts, Standing, eligibility, fulfils


@dataclass(frozen=True, slots=True)
class Ground:
    """What a decision rests on."""

    terms: ProgrammeTerms
    facts: Facts
    on: date
    assessment: Assessment


def day_of(session: Session) -> date:
    return timezone.localdate(session.starts_at)


def assess(programme: Programme, worker, *, on: date, now: datetime) -> Ground:
    """Judge her as of a day by the terms in force, consent or not. One query. Raises ``TermsNotPublished``."""
    return _judge(_basis(programme, worker, now=now), on=on)


def _basis(programme: Programme, worker, *, now: datetime) -> Basis:
    basis = basis_of(worker, programme, now=now)
    if basis is None:
        raise errors.TermsNotPublished()
    return basis


def _judge(basis: Basis, *, on: date) -> Ground:
    return Ground(basis.terms, basis.facts, on, eligibility(basis.facts, basis.terms, on=on))


def fulfils_of(ground: Ground, worker) -> Callable[[dict], bool]:
    """Her answer to the conditions of pools, from facts that are known already."""
    return partial(fulfils, facts=ground.facts, post=worker.position, on=ground.on)


def admit(programme: Programme, worker, *, on: date, now: datetime) -> Ground:
    """The ground on which she is admitted, in one query.

    Raises ``TermsNotPublished``, ``ConsentMissing``, ``NotEligible`` or ``NeedsFacts``.
    """
    basis = _basis(programme, worker, now=now)
    if not basis.consents:
        raise errors.ConsentMissing()
    ground = _judge(basis, on=on)
    if ground.assessment.verdict is Standing.NEEDS_FACTS:
        raise errors.NeedsFacts(ground.assessment)
    if not ground.assessment.eligible:
        raise errors.NotEligible(ground.assessment)
    return ground


def admit_on_any(programme: Programme, worker, *, days: frozenset[date], now: datetime) -> frozenset[date]:
    """Those of the days on which she may take part, in one query.

    Raises ``TermsNotPublished``, ``ConsentMissing``, and ``NotEligible`` or ``NeedsFacts`` as of the first day when she
    may take part on none.
    """
    basis = _basis(programme, worker, now=now)
    if not basis.consents:
        raise errors.ConsentMissing()
    grounds = [_judge(basis, on=day) for day in sorted(days)]
    admitted = frozenset(ground.on for ground in grounds if ground.assessment.eligible)
    if grounds and not admitted:
        first = grounds[0].assessment
        raise (errors.NeedsFacts if first.verdict is Standing.NEEDS_FACTS else errors.NotEligible)(first)
    return admitted


def insist_consent(worker, *, now: datetime) -> None:
    """Lock her consent, before any place is locked; from here to the commit no withdrawal comes between.

    Raises ``ConsentMissing``, or ``Busy`` through the caller's ``places_transaction``.
    """
    held = (
        hold_consent(worker.user_id, Purpose.SCREENING, now=now)
        if worker.user_id
        else hold_paper_consent(worker.token, Purpose.SCREENING, now=now)
    )
    if not held:
        raise errors.ConsentMissing()


def keep(ground: Ground, booking: Booking, *, now: datetime) -> EligibilityRecord:
    """Store the ground with the booking, once; the digest pins terms, day and inputs."""
    record = record_of(ground, booking, now=now)
    record.save(force_insert=True)
    return record


def record_of(ground: Ground, booking: Booking, *, now: datetime) -> EligibilityRecord:
    """The record of a ground, not stored yet."""
    inputs = {"on": ground.on.isoformat(), "facts": ground.facts.as_json()}
    return EligibilityRecord(
        booking=booking,
        terms=ground.terms,
        inputs=inputs,
        inputs_digest=digest(ground.terms, inputs),
        findings=[finding.as_json() for finding in ground.assessment.findings],
        at=now,
    )


def digest(terms: ProgrammeTerms, inputs: dict) -> str:
    """SHA-256 over the version of the terms and the inputs, in canonical JSON."""
    said = {"programme": terms.programme_id, "version": terms.version, **inputs}
    return hashlib.sha256(json.dumps(said, sort_keys=True, separators=(",", ":")).encode()).hexdigest()
