"""Two inspectors, two officers, one moment: one answer stands, one draw is drawn."""

from decimal import Decimal

import pytest

from services.home_inspections.actions import draws
from services.home_inspections.actions.answers import save_answers
from services.home_inspections.enums import DrawPurpose, PreschoolRule
from services.home_inspections.models import Answer, DrawItem, HomeDraw, Seal
from services.home_inspections.rules.merging import Change
from services.organizations.enums import Role
from tests.factories.home_inspections import InspectionWorld, officer
from tests.races.scene import at_once

pytestmark = [pytest.mark.race, pytest.mark.django_db(transaction=True, serialized_rollback=True)]


def test_two_phones_at_one_moment_leave_one_answer_and_tell_the_other():
    world = InspectionWorld()
    one = world.in_field()

    def send(number):
        person = world.inspectors[number % 2]
        change = Change("4.1", Decimal(number) / 2, key=f"k{number}")
        return lambda: save_answers(one, [change], by=person, now=world.now)[0].outcome

    outcomes = at_once([send(number) for number in range(1, 7)])
    assert sorted(outcomes) == ["conflict"] * 5 + ["saved"]
    assert Answer.objects.get().version == 1


def test_eight_freezings_and_eight_draws_at_one_moment_are_one():
    world = InspectionWorld()
    world.all_inspected()
    for _number in range(3):
        officer(world.tree["city"], Role.HOME_INSPECTOR)

    def freeze():
        return draws.freeze_frame(
            world.programme,
            purpose=DrawPurpose.ACCEPTANCE,
            ratio=Decimal("0.5"),
            preschool=PreschoolRule.STRATUM,
            must_visit={},
            exclusions={},
            by=world.city_officer,
            now=world.now,
        )

    assert at_once([freeze] * 8).count("draw_there") == 7
    draw = HomeDraw.objects.unscoped().get()
    draws.commit_seed(
        draw,
        seed="2026-10-11|示例",
        source="示例",
        happened_at=world.later(minutes=1),
        witnesses="示例",
        minutes="示例",
        by=world.city_officer,
        now=world.later(minutes=2),
    )

    def run():
        return draws.run_draw(draw, by=world.city_officer, now=world.later(minutes=3))

    assert at_once([run] * 8).count("step_taken") == 7
    assert DrawItem.objects.filter(draw=draw).count() == 4
    assert list(Seal.objects.filter(draw=draw).values_list("number", flat=True)) == [1, 2, 3]
