"""Setting up and running a programme: creating, editing, its terms in versions, opening and closing."""

from datetime import datetime

from django.db import transaction
from wagtail.log_actions import log

from services.bookings.actions import close_offering, open_offering
from services.bookings.actions.pools import general_pool
from services.bookings.models import Offering
from services.foundation.locks import hold
from services.screening import errors
from services.screening.enums import ProgrammeKind
from services.screening.models import Programme, ProgrammeTerms
from services.screening.policies import may_create_programme, may_manage
from services.screening.queries import current_terms, draft_terms
from services.screening.rules import KINDS, duty_months
from services.screening.rules.kinds import LONGEST_DUTY, SHORTEST_DUTY

BASICS = (
    *("title", "year", "kind", "items", "unit_price", "budget", "summary", "instructions", "contact"),
    *("reminder_hours", "unread_days", "next_round_days", "attempts_needed"),
)
WINDOW = (
    "title",
    "opens_at",
    "closes_at",
    "change_cutoff_hours",
    "hold_minutes",
    "offer_hours",
    "remainder_open",
    "waiting_list",
    "late_cancel_hours",
    "consequence",
    "missed_limit",
    "missed_months",
    "pause_days",
    "correction_days",
    "conduct_source",
)
TERMS = (
    "age_min",
    "age_max",
    "interval_months",
    "membership_required",
    "marital_rule",
    "employment_types",
    "priority_employment_types",
    "paper_consent",
    "interval_months_hpv",
    "interval_counts",
    "elsewhere",
    "residence_required",
    "roster_only",
    "region",
    "added_from_age",
    "added_items",
    "source",
)


def _only(fields: dict, names: tuple[str, ...]) -> dict:
    return {name: fields[name] for name in names if name in fields}


@transaction.atomic
def create_programme(*, organization, basics: dict, window: dict, terms: dict, by) -> Programme:
    """A programme in preparation with its offering and version 1 of its terms as a draft.

    The code is ``screening-<year>``, numbered when taken. Raises ``LateWithinCutoff``, ``DutyInterval``. Lock: the name
    space of codes.
    """
    may_create_programme(by, organization).insist()
    hold("screening.programme_code")
    kind = KINDS[basics.get("kind", ProgrammeKind.CHARITY)]
    offering = Offering(organization=organization, **_only(window, WINDOW) | kind.booking)
    _insist_late_is_possible(offering)
    offering.save()
    general_pool(offering)
    programme = Programme.objects.create(
        code=_free_code(basics["year"]), organization=organization, offering=offering, **_only(basics, BASICS)
    )
    ProgrammeTerms.objects.create(programme=programme, version=1, **_terms_of(programme.kind, terms))
    log(programme, "wagtail.create", user=by)
    return programme


def _terms_of(kind: str, fields: dict) -> dict:
    """The fields of the terms that belong to the kind; the others are what the kind fixes, whatever was sent.

    Raises ``DutyInterval`` when an employer's check-up isn't due in the region's interval.
    """
    rules = KINDS[kind]
    said = _only(fields, (*rules.terms, "source")) | rules.fixed
    if "region" in rules.terms:
        try:
            said["interval_months"] = duty_months(said.get("region", ""), said.get("interval_months"))
        except ValueError as wrong:
            raise errors.DutyInterval(shortest=SHORTEST_DUTY, longest=LONGEST_DUTY) from wrong
        if said["interval_months"] is None:
            raise errors.DutyInterval(shortest=SHORTEST_DUTY, longest=LONGEST_DUTY)
    return said


def _insist_late_is_possible(offering: Offering) -> None:
    late, hours = offering.late_cancel_hours, offering.change_cutoff_hours
    if late is not None and late <= hours:
        raise errors.LateWithinCutoff(hours=hours)


def _free_code(year: int) -> str:
    stem = f"screening-{year}"
    taken = set(Programme.objects.filter(code__startswith=stem).values_list("code", flat=True))
    number, code = 1, stem
    while code in taken:
        number += 1
        code = f"{stem}-{number}"
    return code


@transaction.atomic
def edit_programme(programme: Programme, *, basics: dict, window: dict, by) -> Programme:
    """Change what the programme is and how booking works; its organisation, kind, code and terms stay.

    The log keeps each changed value, old and new: women may have booked by the old one. Raises ``LateWithinCutoff``.
    Lock: its row.
    """
    may_manage(by, programme).insist()
    programme = Programme.objects.select_for_update().get(pk=programme.pk)
    offering = Offering.objects.select_for_update().get(pk=programme.offering_id)
    basics = {name: value for name, value in _only(basics, BASICS).items() if name != "kind"}
    window = _only(window, WINDOW) | KINDS[programme.kind].booking
    changes = {}
    for row, fields in ((programme, basics), (offering, window)):
        for name, value in fields.items():
            if getattr(row, name) != value:
                changes[name] = [getattr(row, name), value]
            setattr(row, name, value)
    _insist_late_is_possible(offering)
    programme.save(update_fields=list(basics))
    offering.save(update_fields=list(window))
    log(programme, "wagtail.edit", user=by, data={"changes": changes})
    return programme


@transaction.atomic
def write_terms(programme: Programme, *, fields: dict, by) -> ProgrammeTerms:
    """Write the draft version: the one there is, or the next after the published ones. Lock: the programme.

    From version 2 on a change note is required: raises ``ChangeNoteMissing``. Raises ``DutyInterval``.
    """
    may_manage(by, programme).insist()
    Programme.objects.select_for_update().get(pk=programme.pk)
    terms = draft_terms(programme)
    if terms is None:
        latest = programme.terms.first()
        terms = ProgrammeTerms(programme=programme, version=latest.version + 1 if latest else 1)
    if terms.version > 1 and not fields.get("change_note", "").strip():
        raise errors.ChangeNoteMissing()
    for name, value in (_terms_of(programme.kind, fields) | _only(fields, ("change_note",))).items():
        setattr(terms, name, value)
    terms.save()
    return terms


@transaction.atomic
def publish_terms(terms: ProgrammeTerms, *, by, now: datetime) -> ProgrammeTerms:
    """Put a version in force from now on; it can't change any more. Repeating it changes nothing. Lock: the version."""
    may_manage(by, terms.programme).insist()
    terms = ProgrammeTerms.objects.select_for_update().select_related("programme").get(pk=terms.pk)
    if terms.published_at:
        return terms
    terms.published_at, terms.published_by = now, by
    terms.save(update_fields=["published_at", "published_by"])
    log(terms.programme, "screening.publish_terms", user=by, data={"version": terms.version})
    return terms


@transaction.atomic
def open_programme(programme: Programme, *, by, now: datetime) -> Programme:
    """Let women see it and book. Raises ``TermsNotPublished`` and what ``open_offering`` raises."""
    may_manage(by, programme).insist()
    if current_terms(programme) is None:
        raise errors.TermsNotPublished()
    open_offering(programme.offering, by=by, now=now)
    log(programme, "screening.open", user=by)
    return programme


@transaction.atomic
def close_programme(programme: Programme, *, by, now: datetime) -> Programme:
    """End sign-up; bookings stay valid."""
    may_manage(by, programme).insist()
    close_offering(programme.offering, by=by, now=now)
    log(programme, "screening.close", user=by)
    return programme
