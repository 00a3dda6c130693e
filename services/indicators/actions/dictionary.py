"""Samples enter a dictionary once; what a city has changed since is never written over."""

from datetime import datetime
from decimal import Decimal

from django.db import transaction
from wagtail.log_actions import log

from services.foundation.locks import hold
from services.indicators import policies, samples
from services.indicators.enums import Extent, Level
from services.indicators.models import Element, Indicator, Reference, Split, ValidationRule
from services.organizations.models import Organization


@transaction.atomic
def load_samples(owner: Organization, *, by, now: datetime) -> int:
    """The thirty indicators with elements, rules and national numbers, all marked as samples. Gives how many indicators
    came in. Repeating it adds what is missing and changes nothing. ``by`` None: from the command line."""
    if by is not None:
        policies.may_keep(by, owner).insist()
    hold(f"indicators.dictionary:{owner.pk}")
    splits = _splits(owner)
    elements = _elements(owner, splits)
    made = _indicators(owner, elements)
    _rules(owner)
    if made:
        log(owner, "indicators.load_samples", user=by, data={"indicators": made}, timestamp=now)
    return made


def _missing(model, owner: Organization, codes) -> set[str]:
    return set(codes) - set(model.objects.unscoped().filter(owner=owner).values_list("code", flat=True))


def _splits(owner: Organization) -> dict[str, Split]:
    wanted = _missing(Split, owner, [code for code, *_rest in samples.SPLITS])
    Split.objects.bulk_create(
        Split(owner=owner, code=code, title=zh, title_en=en, keys=[list(key) for key in keys], sample=True)
        for code, zh, en, keys in samples.SPLITS
        if code in wanted
    )
    return {split.code: split for split in Split.objects.unscoped().filter(owner=owner)}


def _elements(owner: Organization, splits: dict[str, Split]) -> dict[str, Element]:
    domains = {}
    for one in samples.INDICATORS:
        for code in (one.numerator, one.denominator):
            domains.setdefault(code, one.domain)
    wanted = _missing(Element, owner, [element.code for element in samples.ELEMENTS])
    made = Element.objects.bulk_create(
        Element(
            owner=owner,
            code=one.code,
            title=one.title,
            title_en=one.title_en,
            sample=True,
            level=Level.CITY if one.code in samples.CITY_LEVEL else Level.COUNTY,
            domain=domains[one.code],
            unit=one.unit,
            decimals=one.decimals,
            lowest=Decimal(0) if one.summed or one.code in samples.CITY_LEVEL else None,
            summed=one.summed,
            protected=one.protected,
            fed_by=one.fed_by,
            place=place,
        )
        for place, one in enumerate(samples.ELEMENTS)
        if one.code in wanted
    )
    named = {one.code: one for one in samples.ELEMENTS}
    through = Element.splits.through
    through.objects.bulk_create(
        through(element_id=element.pk, split_id=splits[code].pk)
        for element in made
        for code in named[element.code].splits
    )
    return {element.code: element for element in Element.objects.unscoped().filter(owner=owner)}


def _indicators(owner: Organization, elements: dict[str, Element]) -> int:
    wanted = _missing(Indicator, owner, [one.code for one in samples.INDICATORS])
    made = Indicator.objects.bulk_create(
        Indicator(
            owner=owner,
            code=one.code,
            title=one.title,
            title_en=one.title_en,
            sample=True,
            audience=one.audience,
            domain=one.domain,
            kind=one.kind,
            numerator=elements[one.numerator],
            denominator=elements[one.denominator] if one.denominator else None,
            factor=one.factor,
            unit=one.unit,
            decimals=one.decimals,
            direction=one.direction,
            definition=one.definition,
            definition_en=one.definition_en,
            source=one.sources[0],
            source_priority=list(one.sources),
            number=one.number,
            place=place,
        )
        for place, one in enumerate(samples.INDICATORS)
        if one.code in wanted
    )
    refs = {one.code: one.refs for one in samples.INDICATORS}
    Reference.objects.bulk_create(
        Reference(
            indicator=indicator,
            extent=Extent.NATIONAL,
            year=year,
            cut=cut,
            value=Decimal(value),
            source=source,
            sample=True,
        )
        for indicator in made
        for year, cut, value, source in refs[indicator.code]
    )
    return len(made)


def _rules(owner: Organization) -> None:
    wanted = _missing(ValidationRule, owner, [code for code, *_rest in samples.RULES])
    ValidationRule.objects.bulk_create(
        ValidationRule(
            owner=owner,
            code=code,
            title=zh,
            title_en=en,
            left=left,
            operator=operator,
            right=right,
            limit=limit,
            strategy=strategy,
            severity=severity,
            kind=kind,
            sample=True,
        )
        for code, zh, en, left, operator, right, limit, strategy, severity, kind in samples.RULES
        if code in wanted
    )
