"""Reads of years, places, reports and values."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import F, QuerySet

from services.foundation.scope import scope_of
from services.indicators.enums import COUNTED, READERS, Severity
from services.indicators.models import Element, Place, Report, Round, ValidationRule, Value
from services.indicators.models.dictionary import during
from services.indicators.rules import checks
from services.indicators.rules.values import MISSING, SILENT, Stated
from services.organizations.models import Organization

Key = tuple[int, str]


def top_path(path: str) -> str:
    return path[: Organization.steplen]


def top_paths(user) -> list[str]:
    """The trees in which she reads: what the top sets is no secret to those below."""
    return sorted({top_path(path) for path in scope_of(user).paths(roles=READERS)})


def rounds_for(user) -> QuerySet[Round]:
    rows = Round.objects.unscoped().filter(owner__path__in=top_paths(user))
    return rows.select_related("owner", "opened_by", "locked_by").order_by("-year", "owner__path")


def reports_for(user) -> QuerySet[Report]:
    """The latest version of each report within her reach."""
    rows = Report.objects.visible_to(user).filter(latest=True)
    return rows.select_related("place__organization", "place__round", "signed_by")


def with_all(rows: QuerySet[Report]) -> QuerySet[Report]:
    return rows.select_related(
        "place__organization", "place__round__owner", "place__above__organization", "signed_by", "accepted_by"
    )


def versions_of(report: Report) -> list[Report]:
    rows = Report.objects.unscoped().filter(place=report.place_id)
    return list(rows.select_related("signed_by", "accepted_by").order_by("-version"))


def elements_of(owner_id: int, *, year: int | None = None) -> QuerySet[Element]:
    """Every element there is, or those that are stated for a year."""
    rows = Element.objects.unscoped().filter(owner=owner_id)
    if year is not None:
        rows = rows.filter(during(year))
    return rows.prefetch_related("splits").order_by("place", "pk")


def asked_of(place: Place) -> list[Element]:
    """What this place states itself. Two queries."""
    asked = elements_of(place.round.owner_id, year=place.round.year)
    return [one for one in asked if one.asked_at(place.level)]


def stated(report: Report) -> dict[Key, Stated]:
    """Every value of a report by element and cut. One query."""
    rows = Value.objects.filter(report=report).values_list("element_id", "cut", "amount", "status", "note")
    return {(element, cut): Stated(amount, status, note) for element, cut, amount, status, note in rows}


def counted_before(place: Place) -> dict[Key, Stated]:
    """What counted of the same place a year earlier; nothing where there is none."""
    rows = Report.objects.unscoped().filter(
        place__organization=place.organization_id,
        place__round__owner=place.round.owner_id,
        place__round__year=place.round.year - 1,
        state__in=COUNTED,
    )
    report = rows.first()
    return stated(report) if report else {}


@dataclass(frozen=True, slots=True)
class Point:
    """Something open before the report can be signed. ``codes``: the elements concerned; ``cut`` where one is."""

    code: str
    codes: tuple[str, ...]
    cut: str = ""
    left: Decimal | None = None
    right: Decimal | None = None
    rule: str = ""
    refuses: bool = True


def rules_of(owner_id: int, *, year: int) -> list[ValidationRule]:
    """Those that hold for a year."""
    return list(ValidationRule.objects.unscoped().filter(during(year), owner=owner_id).order_by("code"))


def points_of(report: Report) -> list[Point]:
    """What is open: nothing said, a cause not told, a rule broken without a word. A rule that can't be read, as it was
    written past the desk, isn't asked, and is told without holding anything up. Five queries."""
    place = report.place
    asked, found = asked_of(place), stated(report)
    points = [point for element in asked for point in _unsaid(element, found)]
    now, before = _amounts(asked, found), _amounts(asked, counted_before(place))
    for rule in rules_of(place.round.owner_id, year=place.round.year):
        try:
            points += _broken(rule, asked, found, now, before)
        except checks.Unreadable:
            points.append(Point("unreadable", (), rule=rule.name, refuses=False))
    return points


def _broken(rule: ValidationRule, asked: list[Element], found: dict[Key, Stated], now, before) -> list[Point]:
    """Raises ``Unreadable``."""
    check = rule.as_check
    concerned = checks.codes(check)
    here = [element for element in asked if element.code in concerned]
    wrong = checks.broken(check, now, before) if len(here) == len(concerned) else None
    if wrong is None:
        return []
    explained = any(found.get((element.pk, ""), SILENT).note for element in here)
    refuses = rule.severity == Severity.REFUSE or not explained
    codes = tuple(element.code for element in here)
    return [Point("rule", codes, "", wrong.left, wrong.right, rule.name, refuses)]


def _amounts(asked: Iterable[Element], found: dict[Key, Stated]) -> dict[str, Decimal | None]:
    return {element.code: found.get((element.pk, ""), SILENT).amount for element in asked}


def _unsaid(element: Element, found: dict[Key, Stated]) -> list[Point]:
    whole = found.get((element.pk, ""), SILENT)
    if not whole.says:
        return [Point("unsaid", (element.code,))]
    points = []
    if whole.status in MISSING and whole.status != "missing_not_applicable" and not whole.note:
        points.append(Point("no_cause", (element.code,)))
    for split in element.splits.all():
        keys = [f"{split.code}:{key}" for key, _zh, _en in split.keys]
        parts = [found.get((element.pk, cut), SILENT) for cut in keys]
        if not any(part.says for part in parts):
            continue  # a split may be left out as a whole
        if whole.told and element.summed and all(part.told for part in parts):
            total = sum(part.amount for part in parts)
            if total != whole.amount:
                points.append(Point("parts_differ", (element.code,), keys[0], total, whole.amount))
        elif any(not part.says for part in parts):
            points.append(
                Point("part_unsaid", (element.code,), next(k for k, p in zip(keys, parts, strict=True) if not p.says))
            )
    return points


def open_points(report: Report) -> list[Point]:
    return [point for point in points_of(report) if point.refuses]


def below(place: Place) -> list[Report]:
    """The latest reports of the places directly below."""
    rows = Report.objects.unscoped().filter(place__above=place, latest=True)
    return list(rows.select_related("place__organization", "place__round").order_by("place__organization__path"))


def missing_below(place: Place) -> list[Report]:
    """Directly below, and no version of it counts yet."""
    counted = Report.objects.unscoped().filter(place__above=place, state__in=COUNTED)
    rows = Report.objects.unscoped().filter(place__above=place, latest=True)
    left = rows.exclude(place__in=counted.values("place"))
    return list(left.select_related("place__organization", "place__round").order_by("place__organization__path"))


def completeness(user) -> QuerySet[Place]:
    """Places within her reach; completeness is counted over them."""
    return Place.objects.visible_to(user).annotate(path=F("organization__path"))
