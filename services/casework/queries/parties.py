"""Who of staff has a part in a case herself: it is hers, of her household, or she declared that she keeps away.

An applicant's own staff account, and those of her household, are known by mobile numbers: the account's is the one of
a record with the same identity number.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.contrib.auth import get_user_model

from services.accounts.enums import UserKind
from services.casework.models import Case, Recusal
from services.casework.registry import services
from services.workers.models import Worker


@dataclass(frozen=True, slots=True)
class Parties:
    """Keys of staff accounts: the applicant's ``own``, of her ``household``, of those that ``recused`` themselves."""

    own: frozenset[int]
    household: frozenset[int]
    recused: frozenset[int]

    @property
    def all(self) -> frozenset[int]:
        return self.own | self.household | self.recused


def parties_of(case: Case) -> Parties:
    """Read once for each case as it was fetched."""
    if case.parties is None:
        read_parties([case])
    return case.parties


def read_parties(cases: Sequence[Case]) -> None:
    """For many cases at once: two queries, two more where households are known, and those of the services."""
    recused = defaultdict(set)
    workers = {case.worker_id for case in cases}
    for worker, user in Recusal.objects.filter(worker__in=workers).values_list("worker", "user"):
        recused[worker].add(user)
    households = _households(cases)
    numbers = _numbers({index for found in households.values() for index in found})
    phones = {case.pk: _phones(case.worker) for case in cases}
    theirs = {key: {phone for index in found for phone in numbers[index]} for key, found in households.items()}
    accounts = _accounts({phone for found in [*phones.values(), *theirs.values()] for phone in found})
    for case in cases:
        own = {user for phone in phones[case.pk] for user in accounts[phone]}
        household = {user for phone in theirs.get(case.pk, ()) for user in accounts[phone]}
        case.parties = Parties(frozenset(own), frozenset(household - own), frozenset(recused[case.worker_id]))


def has_recused(user, workers) -> bool:
    """Whether she declared that she keeps away from what one of these women (keys, or a query of them) applies for. One
    query."""
    return Recusal.objects.filter(user=user, worker__in=workers).exists()


def _phones(worker: Worker) -> set[str]:
    """Of the record, and of the account with which she signs in."""
    return {worker.phone_index, worker.user.phone_index if worker.user_id else ""} - {""}


def _households(cases: Sequence[Case]) -> dict[int, set[str]]:
    """Digests of identity numbers by key of the case, as the services know them."""
    found: dict[int, set[str]] = {}
    by_service = defaultdict(list)
    for case in cases:
        by_service[case.service].append(case)
    for code, theirs in by_service.items():
        if code in services:
            found |= services[code].household_of(theirs)
    return found


def _numbers(identities: set[str]) -> dict[str, set[str]]:
    """Digests of mobile numbers by those of the identity numbers that they belong to."""
    numbers: dict[str, set[str]] = defaultdict(set)
    if identities:
        rows = Worker.objects.unscoped().filter(id_index__in=identities).order_by()
        for index, *phones in rows.values_list("id_index", "phone_index", "user__phone_index"):
            numbers[index] = {phone for phone in phones if phone}
    return numbers


def _accounts(phones: Iterable[str]) -> dict[str, set[int]]:
    """Keys of staff accounts by the digest of their mobile number."""
    accounts: dict[str, set[int]] = defaultdict(set)
    phones = set(phones)
    if phones:
        rows = get_user_model().objects.filter(kind=UserKind.STAFF, phone_index__in=phones).order_by()
        for key, phone in rows.values_list("pk", "phone_index"):
            accounts[phone].add(key)
    return accounts
