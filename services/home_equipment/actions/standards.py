"""The standard lists in versions: taken from the plan, rewritten as a draft, put in force."""

from collections.abc import Sequence
from datetime import date

from django.db import transaction
from wagtail.log_actions import log

from services.childrens_homes.models import Programme
from services.home_equipment import errors, policies
from services.home_equipment.enums import StandardState
from services.home_equipment.models import EquipmentStandard, StandardLine
from services.home_equipment.queries.standards import last_version
from services.home_equipment.rules.standard_lists import LISTS

FIELDS = ("source", "idle_days")
LINE_FIELDS = (
    *("code", "name", "category", "applicable", "minimum", "tolerance", "each_kind", "kinds", "unit"),
    *("supplier", "by_lot", "phrase", "reading"),
)


@transaction.atomic
def load_lists(programme: Programme, *, source: str, by, today: date) -> list[EquipmentStandard]:
    """Both lists of the plan as first versions, in force at once. Lock: the programme. Raises ``ListsThere``."""
    if by is not None:
        policies.may_keep_standards(by, programme.city).insist()
    programme = Programme.objects.unscoped().select_for_update(of=("self",)).get(pk=programme.pk)
    if EquipmentStandard.objects.unscoped().filter(programme=programme).exists():
        raise errors.ListsThere()
    made = []
    for profile, lines in LISTS.items():
        standard = EquipmentStandard.objects.create(
            programme=programme,
            profile=profile,
            version=1,
            state=StandardState.IN_FORCE,
            source=source,
            in_force_on=today,
            put_in_force_by=by,
        )
        rows = [{name: getattr(line, name) for name in LINE_FIELDS} for line in lines]
        _store(standard, [row | {"kinds": list(row["kinds"])} for row in rows])
        log(standard, "home_equipment.load_list", user=by)
        made.append(standard)
    return made


@transaction.atomic
def write_standard(programme: Programme, profile: str, *, fields: dict, lines: Sequence[dict], by) -> EquipmentStandard:
    """The draft of the next version, as it is written now; the one in force stays. Lock: the programme."""
    policies.may_keep_standards(by, programme.city).insist()
    Programme.objects.unscoped().select_for_update(of=("self",)).get(pk=programme.pk)
    rows = EquipmentStandard.objects.unscoped().filter(programme=programme, profile=profile)
    standard = rows.filter(state=StandardState.DRAFT).first()
    if standard is None:
        version = last_version(programme, profile) + 1
        standard = EquipmentStandard(programme=programme, profile=profile, version=version)
    for name in FIELDS:
        setattr(standard, name, fields[name])
    standard.save()
    standard.lines.all().delete()
    _store(standard, lines)
    log(standard, "home_equipment.write_list", user=by, data={"version": standard.version})
    return standard


@transaction.atomic
def put_in_force(standard: EquipmentStandard, *, by, today: date) -> EquipmentStandard:
    """From today on homes are measured by it; the version before is superseded and stays as it was.

    Raises ``VersionCounts``, ``ListEmpty``.
    """
    policies.may_keep_standards(by, standard.programme.city).insist()
    Programme.objects.unscoped().select_for_update(of=("self",)).get(pk=standard.programme_id)
    standard = EquipmentStandard.objects.unscoped().select_for_update(of=("self",)).get(pk=standard.pk)
    if standard.state != StandardState.DRAFT:
        raise errors.VersionCounts()
    if not standard.lines.filter(applicable=True).exists():
        raise errors.ListEmpty()
    before = EquipmentStandard.objects.unscoped().filter(
        programme=standard.programme_id, profile=standard.profile, state=StandardState.IN_FORCE
    )
    before.update(state=StandardState.SUPERSEDED, superseded_on=today)
    standard.state, standard.in_force_on, standard.put_in_force_by = StandardState.IN_FORCE, today, by
    standard.save(update_fields=["state", "in_force_on", "put_in_force_by"])
    log(standard, "home_equipment.list_in_force", user=by, data={"version": standard.version})
    return standard


def _store(standard: EquipmentStandard, lines: Sequence[dict]) -> None:
    StandardLine.objects.bulk_create(
        StandardLine(standard=standard, order=place, **line) for place, line in enumerate(lines)
    )
