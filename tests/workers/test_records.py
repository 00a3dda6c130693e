"""Keeping a record: who may, what is logged, and that no value ever lands in the history."""

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied
from wagtail.models import ModelLogEntry

from services.foundation import clock
from services.organizations.enums import Role
from services.privacy.errors import ReasonMissing, TooManyLooks
from services.privacy.models import AccessRecord
from services.workers import errors, queries
from services.workers.actions import records as actions
from services.workers.enums import WorkerState
from services.workers.models import Worker
from tests.factories.organizations import AssignmentFactory, UnionFactory, small_tree
from tests.factories.workers import WorkerFactory, identity_number

pytestmark = pytest.mark.django_db


def officer(place, role=Role.GRASSROOTS_OFFICER):
    return AssignmentFactory(organization=place, role=role).user


def history(worker):
    return [(entry.action, entry.data) for entry in ModelLogEntry.objects.filter(object_id=str(worker.pk))]


def edit(worker, by, **changes):
    return actions.edit_worker(worker, by=by, today=clock.today(), **changes)


def test_an_edit_changes_the_fields_and_logs_their_names_alone():
    tree = small_tree()
    worker, by = WorkerFactory(organization=tree["unit_a"]), officer(tree["unit_a"])
    edit(worker, by, name="示例改名", phone="19900009999", position="教师")
    edit(worker, by, name="示例改名", phone="19900009999", position="教师")
    worker = Worker.objects.own(pk=worker.pk).get()
    assert (worker.name, worker.phone, worker.phone_last4) == ("示例改名", "19900009999", "9999")
    assert queries.found_by_number(by, "199-0000-9999", today=clock.today()) == [worker]
    assert history(worker) == [("workers.edit", {"fields": ["name", "phone", "position"], "reason": ""})]


def test_a_new_identity_number_needs_a_reason_and_brings_the_date_of_birth():
    tree = small_tree()
    worker, by = WorkerFactory(organization=tree["unit_a"]), officer(tree["unit_a"])
    number = identity_number(date(1988, 3, 8), 77)
    with pytest.raises(errors.WhyTheNumber):
        edit(worker, by, id_number=number)
    edit(worker, by, id_number=number, reason=f"证件更正 {number}")
    worker = Worker.objects.own(pk=worker.pk).get()
    assert (worker.id_number, worker.birth_date, worker.id_last4) == (number, date(1988, 3, 8), number[-4:])
    assert history(worker) == [("workers.edit", {"fields": ["id_number"], "reason": "证件更正 [id]"})]


@pytest.mark.parametrize(
    "number", ["", "123", identity_number(date(1988, 3, 8), 77, female=False), "99000019880308001X"]
)
def test_a_number_that_is_no_womans_is_refused(number):
    tree = small_tree()
    worker = WorkerFactory(organization=tree["unit_a"])
    with pytest.raises(errors.NumberInvalid):
        edit(worker, officer(tree["unit_a"]), id_number=number, reason="更正")
    assert Worker.objects.own(pk=worker.pk).get().id_number == worker.id_number


def test_a_number_that_another_record_carries_is_refused_even_out_of_her_sight():
    tree = small_tree()
    worker, other = WorkerFactory(organization=tree["unit_a"]), WorkerFactory(organization=tree["unit_c"])
    with pytest.raises(errors.NumberTaken):
        edit(worker, officer(tree["unit_a"]), id_number=other.id_number, reason="更正")


def test_moving_her_to_another_union_needs_the_post_at_both():
    tree = small_tree()
    worker = WorkerFactory(organization=tree["unit_a"])
    with pytest.raises(PermissionDenied):
        edit(worker, officer(tree["unit_a"]), organization=tree["unit_b"])
    closed = UnionFactory(parent=tree["town_a"], closed_on=date(2026, 1, 1))
    with pytest.raises(errors.UnionClosed):
        edit(worker, officer(tree["town_a"]), organization=closed)
    assert edit(worker, officer(tree["town_a"]), organization=tree["unit_b"]).organization == tree["unit_b"]


@pytest.mark.parametrize(
    "role", [Role.AUDITOR, Role.PLATFORM_ADMINISTRATOR, Role.COMMUNICATIONS_EDITOR, Role.CLINIC_OPERATOR]
)
def test_other_roles_write_nothing_and_see_no_number(role):
    tree = small_tree()
    worker, by = WorkerFactory(organization=tree["unit_a"]), officer(tree["city"], role)
    for act in (
        lambda: edit(worker, by, name="示例"),
        lambda: actions.mark_left(worker, by=by, reason="x"),
        lambda: actions.take_back(worker, by=by, reason="x"),
        lambda: actions.reveal_field(worker, field="phone", by=by, reason="核对材料"),
    ):
        with pytest.raises(PermissionDenied):
            act()
    assert history(worker) == []
    assert not AccessRecord.objects.exists()


def test_a_look_is_written_down_before_the_value_is_given():
    tree = small_tree()
    worker, by = WorkerFactory(organization=tree["unit_a"]), officer(tree["county_a"])
    assert actions.reveal_field(worker, field="id_number", by=by, reason="核对证件") == worker.id_number
    look = AccessRecord.objects.get()
    assert (look.viewer, look.subject_type, look.subject_id) == (by, "workers.worker", worker.pk)
    assert (look.fields, look.reason, look.organization_path) == ("id_number", "核对证件", tree["unit_a"].path)


def test_without_a_reason_or_past_the_limit_nothing_is_given(settings):
    tree = small_tree()
    worker, by = WorkerFactory(organization=tree["unit_a"]), officer(tree["unit_a"])
    with pytest.raises(ReasonMissing):
        actions.reveal_field(worker, field="phone", by=by, reason="  ")
    for _look in range(settings.LOOKS_PER_HOUR):
        actions.reveal_field(worker, field="phone", by=by, reason="电话联系")
    with pytest.raises(TooManyLooks):
        actions.reveal_field(worker, field="phone", by=by, reason="电话联系")
    assert AccessRecord.objects.count() == settings.LOOKS_PER_HOUR


def test_only_the_two_numbers_can_be_revealed():
    worker = WorkerFactory(organization=small_tree()["unit_a"])
    with pytest.raises(TypeError):
        actions.reveal_field(worker, field="note", by=officer(worker.organization), reason="核对证件")


def test_leaving_and_coming_back_are_logged_once_each():
    tree = small_tree()
    worker, by = WorkerFactory(organization=tree["unit_a"]), officer(tree["unit_a"])
    for _twice in range(2):
        assert actions.mark_left(worker, by=by, reason="退休").state == WorkerState.LEFT
    for _twice in range(2):
        assert actions.take_back(worker, by=by, reason="返聘").state == WorkerState.ACTIVE
    assert [action for action, _data in history(worker)] == ["workers.take_back", "workers.leave"]


def test_a_number_finds_nobody_outside_her_scope():
    tree = small_tree()
    mine = WorkerFactory(organization=tree["unit_a"], phone="19900001111")
    foreign = WorkerFactory(organization=tree["unit_c"], phone="19900001111")
    by, today = officer(tree["county_a"]), clock.today()
    assert queries.found_by_number(by, "19900001111", today=today) == [mine]
    assert queries.found_by_number(by, foreign.id_number, today=today) == []
    assert queries.found_by_number(by, mine.id_number.lower(), today=today) == [mine]
    assert queries.found_by_number(by, "示例", today=today) == []


def test_women_are_counted_where_they_work_and_only_while_they_do():
    tree = small_tree()
    WorkerFactory.create_batch(2, organization=tree["unit_a"])
    WorkerFactory(organization=tree["unit_a"], state=WorkerState.LEFT)
    WorkerFactory(organization=tree["unit_c"])
    assert queries.at_work_by_union([tree["county_a"].path]) == {tree["unit_a"].path: 2}
    assert queries.at_work_by_union([]) == {}
