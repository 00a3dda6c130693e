"""Reads of workers' records and of the requests to be tied to one."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date

from django.conf import settings
from django.db.models import Count, Min, Q, QuerySet
from django.db.models.functions import Left
from django.utils.translation import gettext as _

from services.accounts.models import User
from services.foundation.identifiers import InvalidIdentityNumber, parse_identity_number, parse_mobile
from services.foundation.scope import path_filter
from services.organizations.enums import Branch
from services.organizations.models import Organization
from services.organizations.queries import ancestor_paths
from services.workers.enums import ClaimState, WorkerState
from services.workers.models import RecordClaim, Worker
from services.workers.queries.duplicates import keys_of

UNIONS_SHOWN = 20
SHORTEST_SEARCH = 2


def worker_of(user) -> Worker | None:
    """The record tied to a signed-in woman, with her union; ``None`` for staff, strangers and the untied."""
    if not user.is_authenticated or not user.is_worker:
        return None
    return Worker.objects.own(user=user).select_related("organization").first()


def records_with_phone(phone_index: str):
    """Records that carry a phone number, by its blind index; an empty index finds none."""
    found = Worker.objects.unscoped().filter(phone_index=phone_index)
    return found if phone_index else found.none()


def latest_claim(user: User) -> RecordClaim | None:
    """Her newest request to an officer, whatever became of it."""
    return RecordClaim.objects.own(user=user).select_related("organization").order_by("-created_at", "-pk").first()


@dataclass(frozen=True, slots=True)
class FoundUnion:
    """A union as a search shows it: ``above`` names the federations over it, from the top down."""

    union: Organization
    above: str


def unions_named(text: str) -> tuple[list[FoundUnion], bool]:
    """Open trade unions whose name holds every word of ``text``, and whether more were left out.

    Two queries. Shorter than ``SHORTEST_SEARCH`` characters finds nothing: the tree is not for leafing through.
    """
    if len(text.strip()) < SHORTEST_SEARCH:
        return [], False
    unions = Organization.objects.filter(branch=Branch.TRADE_UNION, closed_on__isnull=True)
    for word in text.split():
        unions = unions.filter(name__icontains=word)
    found = list(unions.order_by("name", "path")[: UNIONS_SHOWN + 1])
    paths = {path for union in found for path in ancestor_paths(union.path)[:-1]}
    names = dict(Organization.objects.filter(path__in=paths).values_list("path", "name"))
    shown = [
        FoundUnion(union, " › ".join(names[path] for path in ancestor_paths(union.path)[:-1] if path in names))
        for union in found[:UNIONS_SHOWN]
    ]
    return shown, len(found) > UNIONS_SHOWN


def at_work_by_union(paths: Sequence[str]) -> dict[str, int]:
    """Women at work in each union at or below the tree paths: ``{union's own path: women}``, in one query."""
    at_work = Worker.objects.unscoped().filter(
        path_filter("organization__path", tuple(paths)), state=WorkerState.ACTIVE
    )
    counted = at_work.order_by().values_list("organization__path").annotate(women=Count("pk"))
    return dict(counted)


def women_named_like(path: str, beginnings: Collection[str]) -> QuerySet:
    """Name and union's path of the women at work at or below ``path`` whose names begin with one of these characters.

    Names in clear, for counting how many a mask may stand for; nobody is shown one. One query.
    """
    women = Worker.objects.below(path).filter(state=WorkerState.ACTIVE).alias(beginning=Left("name", 1))
    return women.filter(beginning__in=beginnings).order_by().values_list("name", "organization__path")


def found_by_number(user, text: str, *, today: date) -> list[Worker]:
    """Records in her scope that carry exactly this identity or phone number, at most 20; none for anything else."""
    allow = settings.ALLOW_INVENTED_IDENTITIES
    try:
        condition = Q(id_index=Worker.index_of(parse_identity_number(text, today=today, allow_invented=allow).number))
    except InvalidIdentityNumber:
        try:
            condition = Q(phone_index=Worker.index_of(parse_mobile(text)))
        except ValueError:
            return []
    return list(Worker.objects.visible_to(user).filter(condition).select_related("organization")[:20])


def records_like(claim: RecordClaim) -> list[Worker]:
    """Records of the asked union and below that carry the stated number or name; those with the number first."""
    like = Q(name=claim.stated_name)
    if claim.stated_id_index:
        like |= Q(id_index=claim.stated_id_index)
    found = Worker.objects.below(claim.organization.path).filter(like).select_related("organization")[:20]
    return sorted(found, key=lambda worker: worker.id_index != claim.stated_id_index)


def waiting_claims(user):
    """Requests that wait for her, oldest first."""
    waiting = RecordClaim.objects.visible_to(user).filter(state=ClaimState.WAITING)
    return waiting.select_related("organization").order_by("created_at", "pk")


def waiting_by_union(user) -> list[dict]:
    """For each union with waiting requests: its name, how many, since when; oldest first, in one query."""
    waiting = RecordClaim.objects.visible_to(user).filter(state=ClaimState.WAITING).order_by()
    by_union = waiting.values("organization__code", "organization__name")
    return list(by_union.annotate(waiting=Count("pk"), since=Min("created_at")).order_by("since")[:20])


def kinds_held(user) -> list[str]:
    """What the roster holds about a signed-in woman, in words; nothing when no record is tied to her."""
    if worker_of(user) is None:
        return []
    return [_("Name, date of birth, identity number and mobile number"), _("Union, post and form of employment")]


def subjects_held(user) -> list[tuple[str, int]]:
    """The records about her that a look can be recorded on."""
    worker = worker_of(user)
    return [(Worker._meta.label_lower, key) for key in keys_of(worker)] if worker else []
