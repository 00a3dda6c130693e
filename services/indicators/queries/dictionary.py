"""Reads of the dictionary: entries a person may look up, what an indicator was defined by in a year, what is in use."""

from collections.abc import Collection
from copy import copy

from django.db.models import Model, Q, QuerySet

from services.indicators.enums import RoundState
from services.indicators.models import EarlierDefinition, Element, Indicator, Round, Split, ValidationRule, Value
from services.indicators.models.dictionary import Definition
from services.indicators.queries.reports import top_paths
from services.indicators.registry import relied_on
from services.indicators.rules import spans

Earlier = dict[int, list[EarlierDefinition]]
DEFINING = ("title", "title_en", *(field.name for field in Definition._meta.get_fields()))


def entries_for(model: type[Model], user) -> QuerySet:
    """What the top sets is no secret to those below."""
    return model.objects.unscoped().filter(owner__path__in=top_paths(user)).select_related("owner")


def earlier_of(indicators: Collection[Indicator]) -> Earlier:
    """What they were defined by before, the earliest first. One query."""
    rows = EarlierDefinition.objects.unscoped().filter(indicator__in=[one.pk for one in indicators])
    found: Earlier = {}
    for one in rows.select_related("numerator", "denominator").order_by("last_year"):
        found.setdefault(one.indicator_id, []).append(one)
    return found


def defined_in(indicator: Indicator, year: int, earlier: Earlier) -> Indicator:
    """The indicator as it was defined for a year."""
    before = earlier.get(indicator.pk)
    if not before:
        return indicator
    place = spans.definition_in([one.last_year for one in before], year)
    if place is None:
        return indicator
    then = copy(indicator)
    for name in DEFINING:
        setattr(then, name, getattr(before[place], name))
    then.version = before[place].version
    return then


def elements_for(owner_id: int) -> QuerySet[Element]:
    """What can be a part of something new."""
    rows = Element.objects.unscoped().filter(owner=owner_id, last_year__isnull=True)
    return rows.order_by("place", "pk")


def splits_of(owner_id: int) -> QuerySet[Split]:
    return Split.objects.unscoped().filter(owner=owner_id).order_by("code")


def is_stated(element: Element) -> bool:
    """Whether anybody has said anything of it."""
    return Value.objects.filter(element=element).exists()


def is_in_use(indicator: Indicator) -> bool:
    """Whether anybody may have read a value by the present definition: something is stated of a part of it in a year
    for which it counts, or something above rests on the entry as it was first written."""
    begins = max(indicator.defined_from or 0, indicator.first_year or 0)
    stated = Value.objects.filter(element__in=indicator.elements, report__place__round__year__gte=begins)
    return stated.exists() or (indicator.version == 1 and any(ask(indicator) for ask in relied_on))


def locked_years(owner_id: int) -> list[int]:
    rows = Round.objects.unscoped().filter(owner=owner_id, state=RoundState.LOCKED)
    return list(rows.order_by("year").values_list("year", flat=True))


def resting_on(element: Element, *, after: int) -> list[str]:
    """Names of indicators and rules that need the element in years after one."""
    on = Q(numerator=element) | Q(denominator=element)
    later = Q(last_year__isnull=True) | Q(last_year__gt=after)
    names = [one.name for one in Indicator.objects.unscoped().filter(on & later).order_by("place", "pk")]
    before = EarlierDefinition.objects.unscoped().filter(on, last_year__gt=after).select_related("indicator")
    names += [one.indicator.name for one in before.order_by("indicator__place", "pk")]
    rules = ValidationRule.objects.unscoped().filter(later, owner=element.owner_id).order_by("code")
    names += [rule.name for rule in rules if element.code in rule.asks_for]
    return list(dict.fromkeys(names))


def rules_about(indicator: Indicator) -> list[ValidationRule]:
    """Rules in force that ask about a part of it."""
    codes = {part.code for part in (indicator.numerator, indicator.denominator) if part is not None}
    rules = ValidationRule.objects.unscoped().filter(owner=indicator.owner_id, last_year__isnull=True).order_by("code")
    return [rule for rule in rules if codes & rule.asks_for]


def indicators_with(element: Element) -> list[Indicator]:
    rows = Indicator.objects.unscoped().filter(Q(numerator=element) | Q(denominator=element))
    return list(rows.select_related("owner").order_by("place", "pk"))
