"""When unions merge: the organisation of one that closes goes over where the other has none; else its term ends."""

from datetime import date

from services.coverage.actions.terms import end
from services.coverage.enums import UNDER_WAY, Form, TermState
from services.coverage.models import Term, WomenCommittee
from services.organizations.models import Organization

_FOUNDING = ("form", "prepared_on", "elected_on", "approved_on", "office_full_time", "office_part_time")


def absorb(organization: Organization, *, into: Organization, on: date, reason: str, **_more) -> None:
    """Registered with ``organizations.registry.absorbers``; the merging derives both standings afterwards.

    Locks both records, that of the older union first, then their terms.
    """
    held = WomenCommittee.objects.unscoped().select_for_update(of=("self",))
    records = {one.organization_id: one for one in held.filter(organization__in=[organization, into]).order_by("pk")}
    ours = records.get(organization.pk)
    if ours is None:
        return
    theirs = records.get(into.pk)
    if theirs is None or not Term.objects.unscoped().filter(committee=theirs).exists():
        _go_over(ours, theirs or WomenCommittee.objects.create(organization=into, form=Form.NONE))
        return
    for term in Term.objects.unscoped().select_for_update(of=("self",)).filter(committee=ours).order_by("pk"):
        if term.state == TermState.IN_OFFICE:
            end(term, on)
        elif term.state in UNDER_WAY:
            term.state, term.called_off_because = TermState.CALLED_OFF, reason[:300]
            term.save(update_fields=["state", "called_off_because"])


def _go_over(ours: WomenCommittee, theirs: WomenCommittee) -> None:
    """Terms with their seats, and the founding steps, which stay written at the closed union too."""
    Term.objects.unscoped().filter(committee=ours).update(committee=theirs)
    for name in _FOUNDING:
        setattr(theirs, name, getattr(ours, name))
    theirs.save(update_fields=list(_FOUNDING))
