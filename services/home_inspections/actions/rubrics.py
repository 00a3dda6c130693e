"""A city's rubric in versions: written as a draft, put in force, replaced by the next one."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal

from django.db import transaction
from wagtail.log_actions import log

from services.foundation.locks import hold
from services.home_inspections import errors, wordings
from services.home_inspections.enums import Asked, RubricState, Unit
from services.home_inspections.models import Criterion, Rubric, RubricItem
from services.home_inspections.policies import may_lead_city
from services.home_inspections.queries.rubrics import CRITERION_FIELDS, FIELDS, criteria_of, tree_of, why_unfit
from services.home_inspections.rules import standard
from services.organizations.models import Organization

LOCK = "home_inspections.rubrics"


@transaction.atomic
def begin_draft(city: Organization, *, by) -> Rubric:
    """The draft of a city: the one there is; else a copy of the newest version, else the plan's own tree without
    weights and marks. Lock: the name space of rubrics."""
    may_lead_city(by, city).insist()
    hold(LOCK)
    latest = Rubric.objects.unscoped().filter(city=city).order_by("-version").first()
    if latest and latest.state == RubricState.DRAFT:
        return tree_of(latest)
    draft = Rubric(city=city, version=latest.version + 1 if latest else 1, made_by=by)
    if latest:
        for name in FIELDS:
            setattr(draft, name, getattr(latest, name))
    draft.save()
    _copy(tree_of(latest), draft) if latest else _plant(draft)
    log(draft, "home_inspections.rubric_draft", user=by, data={"version": draft.version})
    return tree_of(draft)


def _plant(rubric: Rubric) -> None:
    """The tree of the plan: nine items, their criteria, no weights."""
    items = RubricItem.objects.bulk_create(
        RubricItem(rubric=rubric, code=one.code, words=one.title, words_en=one.title_en, points=one.points, place=place)
        for place, one in enumerate(standard.ITEMS)
    )
    Criterion.objects.bulk_create(
        Criterion(
            item=item,
            code=one.code,
            words=one.words,
            words_en=one.words_en,
            unit=Unit.COUNTY if one.county else Unit.HOME,
            asked_of=Asked.BOTH if len(one.profiles) == 2 else one.profiles[0],
            fact=one.fact,
            place=place,
        )
        for item, planned in zip(items, standard.ITEMS, strict=True)
        for place, one in enumerate(planned.criteria)
    )


def _copy(source: Rubric, target: Rubric) -> None:
    for item in source.items.all():
        criteria = list(item.criteria.all())
        item.pk, item.rubric = None, target
        item._state.adding = True
        item.save()
        for one in criteria:
            one.pk, one.item = None, item
        Criterion.objects.bulk_create(criteria)


@transaction.atomic
def write_draft(rubric: Rubric, *, fields: Mapping, criteria: Mapping[str, Mapping], by) -> Rubric:
    """Keep marks and weights of a draft; what isn't named stays. Raises ``PermissionDenied``, ``RubricCounts``.

    Lock: the rubric.
    """
    may_lead_city(by, rubric.city).insist()
    rubric = Rubric.objects.unscoped().select_for_update(of=("self",)).select_related("city").get(pk=rubric.pk)
    if rubric.state != RubricState.DRAFT:
        raise errors.RubricCounts()
    for name in FIELDS:
        if name in fields:
            setattr(rubric, name, fields[name])
    rubric.save()
    rubric = tree_of(rubric)
    known = criteria_of(rubric)
    changed = []
    for code, values in criteria.items():
        if one := known.get(code):
            for name in CRITERION_FIELDS:
                if name in values:
                    setattr(one, name, values[name])
            changed.append(one)
    Criterion.objects.bulk_update(changed, CRITERION_FIELDS)
    log(rubric, "home_inspections.rubric_written", user=by, data={"version": rubric.version})
    return rubric


@transaction.atomic
def put_in_force(rubric: Rubric, *, by, today: date) -> Rubric:
    """Let a draft count from today in place of the version before it; inspections that were begun keep theirs.

    Repeating it changes nothing. Raises ``PermissionDenied``, ``RubricUnfit`` (weights that don't add up to their
    item, no pass mark …), ``RubricCounts``. Lock: the name space of rubrics.
    """
    may_lead_city(by, rubric.city).insist()
    hold(LOCK)
    rubric = Rubric.objects.unscoped().select_for_update(of=("self",)).select_related("city").get(pk=rubric.pk)
    if rubric.state == RubricState.IN_FORCE:
        return rubric
    if rubric.state != RubricState.DRAFT:
        raise errors.RubricCounts()
    if why := why_unfit(tree_of(rubric)):
        raise errors.RubricUnfit(why=wordings.unfit(why))
    Rubric.objects.unscoped().filter(city=rubric.city_id, state=RubricState.IN_FORCE).update(state=RubricState.RETIRED)
    rubric.state, rubric.valid_from = RubricState.IN_FORCE, today
    rubric.save(update_fields=["state", "valid_from"])
    log(rubric, "home_inspections.rubric_in_force", user=by, data={"version": rubric.version})
    return rubric


def even_weights(rubric: Rubric) -> dict[str, int]:
    """Half points shared out evenly within each item, the rest to the first ones: a proposal for a demo or a test,
    never applied by itself."""
    found = {}
    for item in rubric.items.all():
        codes = [one.code for one in item.criteria.all()]
        each, rest = divmod(int(Decimal(item.points) * 2), len(codes))
        found |= {code: each + (place < rest) for place, code in enumerate(codes)}
    return found
