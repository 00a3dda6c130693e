"""The demo's claims stand at every stage, made by the actions alone."""

from collections import Counter
from datetime import timedelta

import pytest

from services.foundation.demo import DemoContext
from services.mutual_aid.demo_claims import STORIES, Scene, plan
from services.mutual_aid.models import Claim
from services.privacy.models import Notice
from tests.factories.claims import claims_world

pytestmark = pytest.mark.django_db


def test_the_demos_claims_come_to_every_stage():
    world = claims_world(budget="1000000")
    Notice.objects.update(in_force_from=world.now - timedelta(days=400))
    covers = []
    for _ in STORIES:
        her = world.woman(covered=False)
        covers.append(world.covers(her, days_ago=300))
    officers = {
        world.tree["unit_a"].code: [world.officers["union"], world.officers["union_two"]],
        world.tree["county_a"].code: [world.officers["county"], world.officers["county_two"]],
    }
    context = DemoContext(now=world.now)
    plan(Scene(context, officers), lambda: covers)
    context.catch_up(world.now)
    stages = Counter(Claim.objects.unscoped().values_list("case__stage", flat=True))
    assert sum(stages.values()) == len(STORIES)
    assert set(stages) == {"draft", "in_review", "returned", "being_paid", "refused", "appealed", "withdrawn"}
    assert stages["being_paid"] == 13
