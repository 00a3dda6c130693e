"""What a locked year's evaluation finds is worked on in the county and closed by a second person of the city."""

import pytest
from django.urls import reverse

from services.foundation import clock
from services.plan_reviews.models import Issue
from tests.factories.indicators import NOW, YEAR
from tests.plan_reviews.world import ReviewWorld

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def world(monkeypatch):
    monkeypatch.setattr(clock, "now", lambda: NOW)
    monkeypatch.setattr(clock, "today", lambda: NOW.date())
    made = ReviewWorld()
    made.aim(made.care, "ge", 90, due_year=YEAR)
    made.told(a={"births": 100, "managed": 50}, b={"births": 100, "managed": 95})
    return made


def test_a_problem_from_the_lock_to_its_closing(walker, world):
    page, issue = walker.page, world.issues(world.county_a)[0]

    def at(name: str) -> str:
        return reverse(f"plan_reviews_desk:{name}", args=[issue.token])

    def send(**fields) -> None:
        for name, value in fields.items():
            page.fill(f"[name={name}]", value)
        walker.go(page.locator("main form[method=post] button.button").last)

    walker.sign_in(world.clerk_a)
    walker.open(reverse("plan_reviews_desk:issues"))
    walker.look("plan-problems")
    walker.open(at("issue"))
    walker.look("plan-problem")
    walker.open(at("issue_assign"))
    send(cause="口径不一", owner_name="示例科长", measure="统一口径", due_on="2026-06-30")
    walker.open(at("issue_hand_in"))
    send(done="已补报并附说明")
    walker.sign_out()
    walker.sign_in(world.second)
    walker.open(at("issue_visit"))
    send(finding="已查看台账")
    walker.open(at("issue_close"))
    send(words="已核对，数据齐全")
    walker.look("plan-problem-closed")
    assert Issue.objects.unscoped().get(pk=issue.pk).state == "closed"
    walker.open(reverse("plan_reviews_desk:work"))
    walker.look("plan-work")
