"""The locks of casework. Order: the tree (shared) → notice → case → what the service locks (file → fund → payable)."""

from collections.abc import Iterable

from django.db.models import QuerySet

from services.casework.models import Case, PublicNotice
from services.foundation.locks import hold_shared
from services.organizations.actions.tree import TREE_LOCK

_WITH = ("worker__user", "route", "desk", "organization", "authorisation")


def lock_case(case: Case) -> Case:
    """The case as it stands now that it is ours, with applicant, route, desk and union. One query and the locks."""
    return _locked().get(pk=case.pk)


def lock_cases(cases: Iterable[Case]) -> list[Case]:
    """The same of many, by ascending key: the order in which everybody locks cases."""
    return list(_locked().filter(pk__in={case.pk for case in cases}).order_by("pk"))


def lock_notice(key: int) -> PublicNotice:
    """The notice as it stands now that it is ours: before its cases."""
    hold_shared(TREE_LOCK)
    return PublicNotice.objects.unscoped().select_for_update(no_key=True).get(pk=key)


def _locked() -> QuerySet[Case]:
    hold_shared(TREE_LOCK)
    rows = Case.objects.unscoped().select_for_update(no_key=True, of=("self",)).select_related(*_WITH)
    return rows.prefetch_related("route__steps")
