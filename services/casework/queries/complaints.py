"""Complaints about how applications were handled: who had a hand in one, who answers, who may find it."""

from django.db.models import QuerySet

from services.casework.enums import CASE_HANDLERS, ComplaintState
from services.casework.models import Case, Complaint
from services.casework.queries.desks import holders_at, places_above
from services.casework.queries.people import kept_from
from services.casework.rules.desks import Place, desk_for
from services.foundation import clock


def complaints_for(user) -> QuerySet[Complaint]:
    """Those that lie at or below her posts with cases; none about what she had a hand in, none of a woman from whom
    she keeps away, none of her own."""
    found = Complaint.objects.visible_to(user, roles=CASE_HANDLERS).exclude(concerned=user)
    found = found.exclude(case__worker__recusals__user=user).exclude(case__worker__user=user)
    return found.select_related("case", "desk")


def complaints_of(case: Case) -> list[Complaint]:
    """Hers about this application, the newest first. One query."""
    return list(Complaint.objects.own(case=case).order_by("-pk"))


def hands_in(case: Case) -> set[int]:
    """Keys of the accounts of all staff who took a step of the case, have it in hand, filed it, or answered a complaint
    about it before; and of those who never handle it."""
    acted = set(case.events.filter(by_staff=True, by__isnull=False).values_list("by", flat=True))
    answered = set(Complaint.objects.own(case=case, answered_by__isnull=False).values_list("answered_by", flat=True))
    return (acted | answered | kept_from(case) | {case.handler_id}) - {None}


def desk_above(case: Case, concerned: set[int]) -> Place:
    """The nearest open organisation above all that have handled the case at which somebody else holds a post with
    cases; the top where there is none."""
    places = places_above(case.path)
    levels = [step.level for step in case.route.steps.all() if step.position <= (case.position or step.position)]
    handled = [desk_for(level, places)[0].path for level in levels] + [case.desk_path or case.path]
    handled += list(Complaint.objects.own(case=case).values_list("desk__path", flat=True))
    highest = min(handled, key=len)
    on, above = clock.today(), [place for place in places if len(place.path) < len(highest) and place.open]
    able = [place for place in above if holders_at(place, on=on) - concerned]
    top = [place for place in places if place.open][-1]
    return able[0] if able else top


def open_complaints(user) -> QuerySet[Complaint]:
    return complaints_for(user).filter(state=ComplaintState.OPEN)
