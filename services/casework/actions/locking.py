"""The locks of casework. Order: the tree (shared) → case → what the service locks (file → fund → payable)."""

from services.casework.models import Case
from services.foundation.locks import hold_shared
from services.organizations.actions.tree import TREE_LOCK

_WITH = ("worker__user", "route", "desk", "organization", "authorisation")


def lock_case(case: Case) -> Case:
    """The case as it stands now that it is ours, with applicant, route, desk and union. One query and the locks."""
    hold_shared(TREE_LOCK)
    rows = Case.objects.unscoped().select_for_update(no_key=True, of=("self",)).select_related(*_WITH)
    return rows.prefetch_related("route__steps").get(pk=case.pk)
