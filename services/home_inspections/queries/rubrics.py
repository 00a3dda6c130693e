"""Reads of rubrics and of what counties score by them."""

from django.db.models import Prefetch, QuerySet

from services.childrens_homes.enums import Profile, ProgrammeState
from services.childrens_homes.models import Programme
from services.foundation.scope import scope_of
from services.home_inspections.enums import READERS, RubricState, SheetState
from services.home_inspections.models import CountySheet, Criterion, Rubric, RubricItem
from services.home_inspections.rules import scoring
from services.organizations.models import Organization

# What a city sets of a rubric and of each criterion.
FIELDS = ("pass_mark", "fails_below", "difference_limit", "blind_limit", "rectify_days", "source")
CRITERION_FIELDS = ("weight", "asked_of", "na_allowed", "veto", "needs_photo", "needs_document", "needs_count")


def city_path(path: str) -> str:
    return path[: Organization.steplen]


def county_path(path: str) -> str:
    return path[: 2 * Organization.steplen]


def city_paths(user) -> list[str]:
    """The cities in whose tree she holds a post: what binds her is never hidden from her."""
    return sorted({city_path(path) for path in scope_of(user).paths(roles=READERS)})


def rubrics_for(user) -> QuerySet[Rubric]:
    return with_tree(
        Rubric.objects.unscoped().filter(city__path__in=city_paths(user)).select_related("city", "made_by")
    )


def with_tree(rubrics: QuerySet[Rubric]) -> QuerySet[Rubric]:
    items = RubricItem.objects.prefetch_related(Prefetch("criteria", Criterion.objects.order_by("place", "pk")))
    return rubrics.prefetch_related(Prefetch("items", items.order_by("place", "pk")))


def tree_of(rubric: Rubric) -> Rubric:
    """The same with items and criteria at hand. Three queries."""
    return with_tree(Rubric.objects.unscoped().select_related("city")).get(pk=rubric.pk)


def rubric_in_force(path: str) -> Rubric | None:
    found = Rubric.objects.unscoped().filter(city__path=city_path(path), state=RubricState.IN_FORCE)
    return with_tree(found.select_related("city")).first()


def rules_items(rubric: Rubric) -> list[scoring.Item]:
    """The tree as the rules read it; a weight that isn't set counts nought (a draft can't be scored)."""
    return [
        scoring.Item(
            item.code,
            item.points,
            tuple(
                scoring.Criterion(one.code, one.weight or 0, one.profiles, one.of_county, one.veto)
                for one in item.criteria.all()
            ),
        )
        for item in rubric.items.all()
    ]


def criteria_of(rubric: Rubric) -> dict[str, Criterion]:
    return {one.code: one for item in rubric.items.all() for one in item.criteria.all()}


def asked_of_home(rubric: Rubric, profile: str) -> dict[str, Criterion]:
    """What inspectors answer in a home of this profile."""
    found = criteria_of(rubric).items()
    return {code: one for code, one in found if not one.of_county and profile in one.profiles}


def county_criteria(rubric: Rubric) -> list[Criterion]:
    return [one for one in criteria_of(rubric).values() if one.of_county]


def weights_of(rubric: Rubric) -> dict[str, int | None]:
    return {code: one.weight for code, one in criteria_of(rubric).items()}


def why_unfit(rubric: Rubric) -> list[tuple[str, str]]:
    others = {name: getattr(rubric, name) for name in ("fails_below", "difference_limit", "rectify_days")}
    found = scoring.unfit(
        rules_items(rubric),
        pass_mark=rubric.pass_mark,
        weights=weights_of(rubric),
        profiles=Profile.values,
        others=others,
    )
    return found if rubric.source.strip() else [*found, ("no_source", "")]


def programmes_for(user) -> QuerySet[Programme]:
    """The programmes of her cities, the newest first."""
    found = Programme.objects.unscoped().filter(city__path__in=city_paths(user))
    return found.select_related("city").order_by("-year", "pk")


def current_programme(user) -> Programme | None:
    """The one that runs; else the newest."""
    found = list(programmes_for(user)[:20])
    return next((one for one in found if one.state == ProgrammeState.ACTIVE), found[0] if found else None)


def sheet_of(rubric: Rubric, programme: Programme, county) -> CountySheet | None:
    found = CountySheet.objects.unscoped().filter(rubric=rubric, programme=programme, county=county)
    return found.prefetch_related("answers__criterion").select_related("scored_by", "settled_by").first()


def county_given(sheet: CountySheet | None) -> dict[str, scoring.Given]:
    """What homes of a county inherit; nothing before the sheet is settled."""
    if sheet is None or sheet.state != SheetState.SETTLED:
        return {}
    return {one.criterion.code: scoring.Given(one.half_points) for one in sheet.answers.all()}
