"""When unions merge: the organisation of one that closes goes over where the other has none; else its term ends."""

from datetime import date

from django.db.models import Exists, OuterRef, Q
from wagtail.log_actions import log

from services.coverage.actions.terms import end
from services.coverage.enums import UNDER_WAY, Form, TermState
from services.coverage.models import Paper, Term, WomenCommittee
from services.organizations.models import Organization

_FOUNDING = ("form", "prepared_on", "elected_on", "approved_on")
_OFFICE = ("office_full_time", "office_part_time")


def absorb(organization: Organization, *, into: Organization, by, on: date, reason: str) -> None:
    """Registered with ``organizations.registry.absorbers``; the merging derives both standings afterwards. What became
    of it stands in the story of both records.

    Locks both records, that of the older union first, then their terms.
    """
    held = WomenCommittee.objects.unscoped().select_for_update(of=("self",))
    records = {one.organization_id: one for one in held.filter(organization__in=[organization, into]).order_by("pk")}
    ours = records.get(organization.pk)
    if ours is None:
        return
    theirs = records.get(into.pk)
    if _is_something(ours) and not _is_something(theirs):
        theirs = theirs or WomenCommittee.objects.create(organization=into, form=Form.NONE)
        _go_over(ours, theirs)
        _tell(ours, theirs, "went_over", by=by, reason=reason)
        return
    if _is_something(ours):
        _tell(ours, theirs, "ended", by=by, reason=reason)
    for term in Term.objects.unscoped().select_for_update(of=("self",)).filter(committee=ours).order_by("pk"):
        if term.state == TermState.IN_OFFICE:
            end(term, on)
        elif term.state in UNDER_WAY:
            term.state, term.called_off_because = TermState.CALLED_OFF, reason[:300]
            term.save(update_fields=["state", "called_off_because"])


def _tell(ours: WomenCommittee, theirs: WomenCommittee, outcome: str, *, by, reason: str) -> None:
    said = {"outcome": outcome, "from": ours.organization.name, "into": theirs.organization.name, "reason": reason}
    for one in (ours, theirs):
        log(instance=one, action="coverage.merge", user=by, data=said)


def _is_something(record: WomenCommittee | None) -> bool:
    """A list may state the form alone, and a first term may be under way where nothing is in office yet."""
    if record is None:
        return False
    return record.form not in ("", Form.NONE) or Term.objects.unscoped().filter(committee=record).exists()


def _go_over(ours: WomenCommittee, theirs: WomenCommittee) -> None:
    """Terms with their seats and papers, and the founding steps, which stay written at the closed union too."""
    _papers_go_over(ours, theirs)
    Term.objects.unscoped().filter(committee=ours).update(committee=theirs)
    for name in _FOUNDING:
        setattr(theirs, name, getattr(ours, name))
    for name in _OFFICE:
        if (said := getattr(ours, name)) is not None:
            setattr(theirs, name, said)
    theirs.save(update_fields=[*_FOUNDING, *_OFFICE])


def _papers_go_over(ours: WomenCommittee, theirs: WomenCommittee) -> None:
    """What the other union has on record already stays where it is: a paper is on record once a union."""
    there = Paper.objects.unscoped().filter(
        organization=theirs.organization_id, kind=OuterRef("kind"), digest=OuterRef("digest"), removed_at__isnull=True
    )
    papers = Paper.objects.unscoped().filter(organization=ours.organization_id, term__committee=ours)
    moving = papers.filter(Q(removed_at__isnull=False) | ~Exists(there)).values_list("pk", flat=True)
    Paper.objects.unscoped().filter(pk__in=list(moving)).update(organization=theirs.organization_id)
