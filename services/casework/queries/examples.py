"""Example pictures of papers: which one a woman is shown, which ones staff keep."""

from django.db.models import QuerySet

from services.casework.enums import REASON_KEEPERS
from services.casework.models import Case, ExamplePicture
from services.foundation.scope import path_filter, scope_of
from services.organizations.queries import ancestor_paths


def examples_for(case: Case) -> dict[str, ExamplePicture]:
    """By paper, the example that fits this application best: of its own programme rather than of all, of the union
    nearest to her rather than of one above. One query."""
    rows = ExamplePicture.objects.filter(
        service=case.service,
        subject_code__in=["", case.subject_code],
        organization__path__in=ancestor_paths(case.path),
    ).select_related("organization")
    fitting = sorted(rows, key=lambda one: (one.subject_code != "", len(one.organization.path)))
    return {one.item: one for one in fitting}


def examples_kept(user) -> QuerySet[ExamplePicture]:
    """Those that organisations of hers keep, where her post lets her keep them."""
    hers = path_filter("organization__path", scope_of(user).paths(roles=REASON_KEEPERS))
    return ExamplePicture.objects.filter(hers).select_related("organization")
