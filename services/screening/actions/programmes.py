"""Setting up and running a programme: creating, editing, its terms in versions, opening and closing."""

from datetime import datetime

from django.db import transaction
from wagtail.log_actions import log

from services.bookings.actions import close_offering, open_offering
from services.bookings.models import Offering
from services.foundation.locks import hold
from services.screening import errors
from services.screening.models import Programme, ProgrammeTerms
from services.screening.policies import may_create_programme, may_manage
from services.screening.queries import current_terms, draft_terms

BASICS = ("title", "year", "kind", "items", "unit_price", "budget", "summary", "instructions", "contact")
WINDOW = (
    "title",
    "opens_at",
    "closes_at",
    "change_cutoff_hours",
    "hold_minutes",
    "offer_hours",
    "remainder_open",
    "waiting_list",
)
TERMS = (
    "age_min",
    "age_max",
    "interval_months",
    "membership_required",
    "marital_rule",
    "employment_types",
    "priority_employment_types",
    "source",
)


def _only(fields: dict, names: tuple[str, ...]) -> dict:
    return {name: fields[name] for name in names if name in fields}


@transaction.atomic
def create_programme(*, organization, basics: dict, window: dict, terms: dict, by) -> Programme:
    """A programme in preparation with its offering and version 1 of its terms as a draft.

    The code is ``screening-<year>``, numbered when taken. Lock: the name space of codes.
    """
    may_create_programme(by, organization).insist()
    hold("screening.programme_code")
    offering = Offering.objects.create(organization=organization, **_only(window, WINDOW))
    programme = Programme.objects.create(
        code=_free_code(basics["year"]), organization=organization, offering=offering, **_only(basics, BASICS)
    )
    ProgrammeTerms.objects.create(programme=programme, version=1, **_only(terms, TERMS))
    log(programme, "wagtail.create", user=by)
    return programme


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
    """Change what the programme is and how booking works; its organisation, code and terms stay. Lock: its row."""
    may_manage(by, programme).insist()
    programme = Programme.objects.select_for_update().get(pk=programme.pk)
    offering = Offering.objects.select_for_update().get(pk=programme.offering_id)
    basics, window = _only(basics, BASICS), _only(window, WINDOW)
    for row, fields in ((programme, basics), (offering, window)):
        for name, value in fields.items():
            setattr(row, name, value)
        row.save(update_fields=list(fields))
    log(programme, "wagtail.edit", user=by)
    return programme


@transaction.atomic
def write_terms(programme: Programme, *, fields: dict, by) -> ProgrammeTerms:
    """Write the draft version: the one there is, or the next after the published ones. Lock: the programme.

    From version 2 on a change note is required: raises ``ChangeNoteMissing``.
    """
    may_manage(by, programme).insist()
    Programme.objects.select_for_update().get(pk=programme.pk)
    terms = draft_terms(programme)
    if terms is None:
        latest = programme.terms.first()
        terms = ProgrammeTerms(programme=programme, version=latest.version + 1 if latest else 1)
    if terms.version > 1 and not fields.get("change_note", "").strip():
        raise errors.ChangeNoteMissing()
    for name, value in _only(fields, (*TERMS, "change_note")).items():
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
