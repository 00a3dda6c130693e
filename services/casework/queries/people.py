"""Who is who in a case: authorisations in force, deputies, who acted before, who is the applicant."""

from collections.abc import Iterable
from datetime import date

from django.contrib.auth import get_user_model
from django.db.models import Exists, OuterRef, Q, QuerySet

from services.casework.enums import CASE_HANDLERS, CLOSED_REOPENING, DECIDING, TAKING, Verb
from services.casework.models import Authorisation, CannedReason, Case, Deputy
from services.casework.queries.parties import parties_of
from services.casework.queries.timeline import past_of
from services.organizations.models import StaffAssignment
from services.organizations.queries import ancestor_paths
from services.organizations.queries import in_force as in_post

_FILING = frozenset({Verb.SUBMIT, Verb.RESUBMIT, Verb.APPEAL})


def in_force(on: date, lookup: str = "") -> Q:
    """Authorisations that count on a day (both ends included): ``lookup`` leads to them from another table."""
    return Q(
        **{
            f"{lookup}signed_on__lte": on,
            f"{lookup}valid_until__gte": on,
            f"{lookup}revoked_at__isnull": True,
        }
    )


def counts(authorisation: Authorisation, *, on: date) -> bool:
    """The same of one row that was read already."""
    return authorisation.revoked_at is None and authorisation.signed_on <= on <= authorisation.valid_until


def authorisation_for(user, worker, *, service: str, subject_code: str, on: date) -> Authorisation | None:
    """The authorisation by which ``user`` may apply for her for exactly this; the one that lasts longest."""
    rows = Authorisation.objects.own(representative=user, worker=worker, service=service, subject_code=subject_code)
    return rows.filter(in_force(on)).order_by("-valid_until", "-pk").first()


def absent_for(user, *, on: date) -> list[int]:
    """The keys of those whose deputy she is on a day."""
    rows = Deputy.objects.filter(deputy=user, valid_from__lte=on, valid_until__gte=on)
    return list(rows.values_list("absent", flat=True))


def deputies_of(user, *, on: date) -> list:
    """Who stands in for her on a day, the one named last first."""
    rows = Deputy.objects.filter(absent=user, valid_from__lte=on, valid_until__gte=on, deputy__is_active=True)
    return [row.deputy for row in rows.select_related("deputy").order_by("-pk")]


def acted_before(case: Case, *, whole: bool = False) -> set[int]:
    """Who took an earlier step of the case, or decided about it, since it was last reopened from its end.

    Keys of accounts. What was done at the present step doesn't count, so that whoever asks for more may go on with
    it; ``whole`` counts that as well (an objection or an appeal looks at all that went before), but for a request.
    """
    counting = TAKING - {Verb.RETURN} if whole else TAKING
    acted: set[int] = set()
    for event in past_of(case):
        if not event.by_staff or event.by is None:
            continue
        if (event.verb, event.source) == CLOSED_REOPENING:
            acted.clear()
        elif event.verb in DECIDING or (event.verb in counting and (whole or event.position != case.position)):
            acted.add(event.by)
    return acted


def decided_before(case: Case) -> set[int]:
    """Who decided about the case since it was last reopened from its end: after an appeal, all of it is for others.

    Keys of accounts.
    """
    decided: set[int] = set()
    for event in past_of(case):
        if (event.verb, event.source) == CLOSED_REOPENING:
            decided.clear()
        elif event.verb in DECIDING and event.by_staff and event.by is not None:
            decided.add(event.by)
    return decided


def filers_of(case: Case) -> set[int]:
    """Whoever filed the case or supplied material in her name. Keys of accounts."""
    filing = {event.by for event in past_of(case) if event.by_staff and event.verb in _FILING}
    return (filing | {case.representative_id}) - {None}


def kept_from(case: Case) -> set[int]:
    """Whoever never handles it, whatever her posts. Keys of accounts."""
    return filers_of(case) | parties_of(case).all


def is_same_person(user, worker) -> bool:
    """Whether the account is the applicant's: her own, or a staff account with the mobile number of her record or of
    the account with which she signs in."""
    if worker.user_id and worker.user_id == user.pk:
        return True
    phones = {worker.phone_index, worker.user.phone_index if worker.user_id else ""}
    return bool(user.phone_index) and user.phone_index in phones


def canned_reasons(case: Case, verb: str) -> QuerySet[CannedReason]:
    """Words to choose from for a verb: of the case's service or of any, kept at its desk or above it."""
    kept = Q(organization__path__in=ancestor_paths(case.desk_path or case.path))
    return CannedReason.objects.filter(kept, service__in=["", case.service], verb=verb)


def colleagues(paths: Iterable[str], *, but: Iterable[int], on: date) -> QuerySet:
    """Working staff who hold a post with cases at or above one of these desks, without the accounts in ``but``."""
    above = {place for path in paths for place in ancestor_paths(path)}
    posts = StaffAssignment.objects.filter(
        in_post(on), organization__path__in=above, role__in=CASE_HANDLERS, user=OuterRef("pk")
    )
    return get_user_model().objects.filter(Exists(posts), is_active=True).exclude(pk__in=but).order_by("pk")
