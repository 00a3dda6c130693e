"""The lists in versions: taken from the plan with their words, changed by the city, never backwards."""

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction

from services.childrens_homes.registry import facts_of
from services.home_equipment import errors
from services.home_equipment.actions import standards
from services.home_equipment.enums import StandardState
from services.home_equipment.forms.standards import rows_of
from services.home_equipment.models import EquipmentStandard
from services.home_equipment.queries.standards import standards_for
from tests.factories.home_equipment import SOURCE, Store, thing

pytestmark = pytest.mark.django_db


@pytest.fixture
def store():
    return Store()


def _lists(profile="school"):
    return EquipmentStandard.objects.unscoped().filter(profile=profile).order_by("version")


def _written(store, **changes):
    """The next draft of the school list with one line changed."""
    rows = rows_of(_lists().last())
    rows[0] |= changes
    fields = {"source": "示例修订", "idle_days": 60}
    return standards.write_standard(store.programme, "school", fields=fields, lines=rows, by=store.boss)


def test_both_lists_come_with_their_source_and_every_phrase(store):
    school, small = _lists().get(), _lists("preschool").get()
    assert {school.state, small.state} == {StandardState.IN_FORCE} and school.source == SOURCE
    assert school.lines.count() == small.lines.count() == 14
    assert not school.lines.filter(applicable=True, phrase="").exists()
    assert school.lines.get(code="E06").reading.startswith("「左右」")


def test_they_are_taken_once(store):
    with pytest.raises(errors.ListsThere):
        standards.load_lists(store.programme, source=SOURCE, by=store.boss, today=store.today)


def test_only_the_city_writes_them(store):
    with pytest.raises(PermissionDenied):
        standards.write_standard(store.programme, "school", fields={}, lines=[], by=store.keeper)
    with pytest.raises(PermissionDenied):
        standards.put_in_force(_lists().get(), by=store.keeper, today=store.today)


def test_a_draft_binds_nobody_and_in_force_it_replaces_the_one_before(store):
    store.in_use(thing("E01"))
    draft = _written(store, minimum=1)
    assert draft.version == 2 and draft.state == StandardState.DRAFT
    assert facts_of([store.home], store.today)[store.home.pk]["equipment_E01"].value is False
    standards.put_in_force(draft, by=store.boss, today=store.today)
    assert facts_of([store.home], store.today)[store.home.pk]["equipment_E01"].value is True
    assert [one.state for one in _lists()] == [StandardState.SUPERSEDED, StandardState.IN_FORCE]
    assert _lists().first().lines.get(code="E01").minimum == 2


def test_one_in_force_never_changes_and_an_empty_one_never_counts(store):
    with pytest.raises(errors.VersionCounts):
        standards.put_in_force(_lists().get(), by=store.boss, today=store.today)
    empty = standards.write_standard(
        store.programme, "school", fields={"source": "示例", "idle_days": 90}, lines=[], by=store.boss
    )
    with pytest.raises(errors.ListEmpty):
        standards.put_in_force(empty, by=store.boss, today=store.today)


def test_written_again_the_draft_is_the_same_one(store):
    first = _written(store, minimum=3)
    second = _written(store, minimum=4)
    assert first.pk == second.pk and second.lines.get(code="E01").minimum == 4


def test_the_database_keeps_one_in_force_a_profile(store):
    with pytest.raises(IntegrityError), transaction.atomic():
        EquipmentStandard.objects.create(
            programme=store.programme, profile="school", version=9, state="in_force", in_force_on=store.today
        )


def test_a_teacher_reads_the_lists_of_her_city(store):
    assert standards_for(store.teacher).count() == 2
    assert standards_for(None).count() == 0
