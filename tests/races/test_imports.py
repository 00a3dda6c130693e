"""Imports at one moment: one roster open for a unit, one effect of a job whoever works on it."""

import time

import pytest

from services.exchange import actions
from services.exchange.actions import jobs
from services.exchange.enums import JobState
from services.exchange.models import Job
from services.foundation import clock
from services.foundation.sheets import sheets
from services.organizations.enums import Role
from services.workers.models import Worker
from tests.exchange.workbooks import workbook
from tests.factories.organizations import AssignmentFactory, small_tree
from tests.factories.workers import identity_number
from tests.races.scene import at_once

pytestmark = [pytest.mark.race, pytest.mark.django_db(transaction=True, serialized_rollback=True)]
HEAD = ("姓名", "身份证号", "手机号码")
BORN = clock.today().replace(year=1990, month=1, day=1)


@pytest.fixture
def tree():
    return small_tree()


@pytest.fixture
def officer(tree):
    return AssignmentFactory(organization=tree["city"], role=Role.FEDERATION_OFFICER).user


@pytest.fixture(autouse=True)
def _no_worker(monkeypatch):
    """Jobs wait until the test runs them."""
    monkeypatch.setattr(jobs, "_enqueue", lambda job: None)


def roster(*numbers):
    return workbook([HEAD, *(("示例乙", identity_number(BORN, n), f"199000000{n:02d}") for n in numbers)])


def upload(officer, unit, *numbers) -> Job:
    return actions.upload_sheet(
        spec=sheets["workers"],
        organization=unit,
        by=officer,
        upload=roster(*numbers),
        file_name="名册.xlsx",
        now=clock.now(),
    )


def ready_to_write(officer, unit, *numbers) -> Job:
    job = actions.run_job(upload(officer, unit, *numbers), now=clock.now())
    return actions.apply_job(job, by=officer, only_clean_rows=False, now=clock.now())


def people() -> int:
    return Worker.objects.unscoped().count()


def fresh(job) -> Job:
    return Job.objects.unscoped().get(pk=job.pk)


def slowly(read):
    """Both workers are inside the reading before either can finish."""

    def reading(*args, **kwargs):
        done = read(*args, **kwargs)
        time.sleep(0.3)
        return done

    return reading


def test_of_uploads_for_one_unit_at_one_moment_one_is_open_and_the_others_are_told(tree, officer):
    results = at_once([lambda: upload(officer, tree["unit_a"], 1, 2)] * 6)
    opened = [result for result in results if isinstance(result, Job)]
    assert len(opened) == 1
    assert results.count("job_open") == 5
    assert [job.pk for job in Job.objects.unscoped()] == [opened[0].pk]


def test_uploads_for_different_units_do_not_hinder_each_other(tree, officer):
    units = [tree[name] for name in ("unit_a", "unit_b", "unit_c")]
    results = at_once([lambda unit=unit: upload(officer, unit, 1) for unit in units])
    assert {result.organization_id for result in results} == {unit.pk for unit in units}


def test_two_workers_on_one_job_write_it_once(tree, officer, monkeypatch):
    job = ready_to_write(officer, tree["unit_a"], *range(1, 21))
    monkeypatch.setattr(jobs, "read_through", slowly(jobs.read_through))
    at_once([lambda: actions.run_job(fresh(job), now=clock.now())] * 4)
    job = fresh(job)
    assert (job.state, job.new, job.same, people()) == (JobState.DONE, 20, 0, 20)


def test_the_button_pressed_twice_at_one_moment_is_pressed_once(tree, officer):
    job = actions.run_job(upload(officer, tree["unit_a"], 1, 2), now=clock.now())
    press = [lambda: actions.apply_job(fresh(job), by=officer, only_clean_rows=False, now=clock.now()).state] * 4
    assert at_once(press) == [JobState.APPLYING] * 4
    actions.run_job(fresh(job), now=clock.now())
    assert (fresh(job).state, people()) == (JobState.DONE, 2)


def test_writing_and_discarding_at_one_moment_end_in_one_of_the_two(tree, officer):
    for number in range(1, 5):
        job = actions.run_job(upload(officer, tree["unit_a"], number), now=clock.now())
        before = people()
        at_once(
            [
                lambda job=job: actions.discard_job(fresh(job), by=officer, now=clock.now()),
                lambda job=job: actions.apply_job(fresh(job), by=officer, only_clean_rows=False, now=clock.now()),
            ]
        )
        actions.run_job(fresh(job), now=clock.now())
        ended = fresh(job).state
        assert ended in (JobState.DISCARDED, JobState.DONE)
        assert people() - before == (ended == JobState.DONE)


def test_one_woman_in_two_rosters_written_at_one_moment_is_recorded_once(tree, officer, monkeypatch):
    first = ready_to_write(officer, tree["unit_a"], *range(1, 11))
    second = ready_to_write(officer, tree["unit_b"], *range(6, 16))
    monkeypatch.setattr(jobs, "read_through", slowly(jobs.read_through))
    at_once([lambda job=job: actions.run_job(fresh(job), now=clock.now()) for job in (first, second)])
    states = {fresh(job).state for job in (first, second)}
    numbers = list(Worker.objects.unscoped().values_list("id_index", flat=True))
    assert len(numbers) == len(set(numbers))
    assert JobState.DONE in states
    assert JobState.FAILED not in states
    assert states <= {JobState.DONE, JobState.FAULTY}
