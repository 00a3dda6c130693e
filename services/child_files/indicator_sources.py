"""What the files of children tell of a place and a year to whoever monitors a plan there: numbers alone."""

from collections.abc import Callable, Collection
from datetime import date

from django.db.models import Count, Q
from django.utils.translation import gettext_lazy as _

from services.child_files.enums import UNCONSENTED
from services.child_files.models import Enrolment
from services.childrens_homes.indicator_sources import added_up, paths_of
from services.figures.registry import Source, sources
from services.organizations.enums import Branch


def _counted(condition: Q) -> Callable[[Collection[int], int], dict[int, int]]:
    def tell(organizations: Collection[int], year: int) -> dict[int, int]:
        """Children who belonged to a home on the last day of the year. Two queries."""
        day = date(year, 12, 31)
        there = Q(to_on__isnull=True) | Q(to_on__gt=day)
        rows = Enrolment.objects.unscoped().filter(condition, there, from_on__lte=day)
        amounts = rows.order_by().values_list("home__host__path").annotate(n=Count("child", distinct=True))
        return added_up(paths_of(organizations), list(amounts))

    return tell


def register() -> None:
    branch, title = Branch.WOMENS_FEDERATION, _("Files of children in homes")
    enrolled = _("Children enrolled in a home on the last day of the year.")
    sources.register("homes.enrolled", Source(title, enrolled, branch, _counted(Q())))
    filed = _("Of them those whose guardian has agreed to the file.")
    sources.register("homes.with_file", Source(title, filed, branch, _counted(~Q(child__state__in=list(UNCONSENTED)))))
