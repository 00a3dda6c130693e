"""The figures by county as they are now, and the same numbers counted on the tables themselves."""

from datetime import date

from django.db.models import Count, Q

from services.child_files.enums import CURRENT, LISTED, UNCONSENTED, AgeBand, Answer, FileState, Sex
from services.child_files.figures.by_county import Numbers, Report, numbers, report
from services.child_files.models import FILLED, Child, ChildConsent, ProtectionConcern
from services.childrens_homes.enums import ALIVE
from services.figures.actions import fold
from services.foundation.scope import path_filter
from services.organizations.models import Organization


def report_now(paths: tuple[str, ...], on: date) -> Report:
    fold()
    return report(paths, on)


def numbers_now(paths: tuple[str, ...], on: date) -> Numbers:
    fold()
    return numbers(paths, on)


def recounted(paths: tuple[str, ...], on: date) -> tuple[dict, dict, int]:
    """Every row looked at, grouped by the county that its home names: counts, consents, concerns."""
    current, inside = Q(state__in=CURRENT), path_filter("home__host__path", paths)
    counted = {
        "children": Count("pk", filter=current),
        "known": Count("pk"),
        "waiting": Count("pk", filter=Q(state__in=UNCONSENTED)),
        "overdue": Count("pk", filter=Q(state=FileState.REVIEW_DUE) | Q(state="active", review_due_on__lt=on)),
        **{f"sex_{sex}": Count("pk", filter=current & Q(sex=sex)) for sex in Sex.values},
        **{f"band_{band}": Count("pk", filter=current & Q(age_band=band)) for band in AgeBand.values},
        **{name: Count("pk", filter=current & Q(**{name: True})) for name in (*FILLED, "complete")},
    }
    rows = Child.objects.unscoped().filter(inside, state__in=LISTED).order_by().values("home__county")
    counts = {row.pop("home__county"): row for row in rows.annotate(**counted)}
    of_child = path_filter("child__home__host__path", paths)
    given = ChildConsent.objects.unscoped().filter(
        of_child, answer=Answer.GIVEN, ended_at__isnull=True, child__state__in=CURRENT
    )
    found = given.order_by().values_list("child__home__county", "purpose").annotate(n=Count("pk"))
    consents = {(county, purpose): n for county, purpose, n in found}
    return counts, consents, ProtectionConcern.objects.filter(of_child).count()


def enrolled_recounted(programme, paths: tuple[str, ...]) -> dict[int, int]:
    there = Q(home__programme=programme, home__state__in=ALIVE, state__in=CURRENT)
    rows = Child.objects.unscoped().filter(there, path_filter("home__host__path", paths)).order_by()
    return dict(rows.values_list("home__county").annotate(n=Count("pk")))


def every_place() -> list[tuple[str, ...]]:
    """Whose figures somebody may ask for: each place by itself, and all townships of the first county together."""
    paths = list(Organization.objects.order_by("path").values_list("path", flat=True))
    towns = tuple(path for path in paths if len(path) == 3 * Organization.steplen)
    return [*((path,) for path in paths), towns]
