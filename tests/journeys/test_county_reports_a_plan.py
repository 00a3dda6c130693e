"""County clerks state values by form and by workbook, the city accepts and locks, the leader reads the evaluation."""

import pytest
from django.urls import reverse
from openpyxl import load_workbook

from services.foundation import clock
from services.plan_reviews.models import Issue
from tests.factories.indicators import NOW, YEAR
from tests.plan_reviews.world import ReviewWorld

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def world(monkeypatch):
    monkeypatch.setattr(clock, "now", lambda: NOW)
    monkeypatch.setattr(clock, "today", lambda: NOW.date())
    return ReviewWorld()


def report(name: str, organization, *more) -> str:
    return reverse(f"indicators_desk:{name}", args=[YEAR, organization.code, *more])


def by_form(walker, world) -> None:
    page, births, managed = walker.page, world.births.pk, world.managed.pk
    walker.sign_in(world.clerk_a)
    walker.open(report("one", world.county_a))
    walker.look("monitoring-report-empty")
    walker.open(report("edit", world.county_a, "health"))
    page.fill(f"[name=amount-{births}]", "2,000")
    page.fill(f"[name=amount-{managed}]", "很多")
    walker.go(page.locator("main form[method=post] button.button").last)
    assert page.input_value(f"[name=amount-{births}]") == "2,000"
    walker.look("monitoring-values-refused")
    page.fill(f"[name=amount-{managed}]", "1,900")
    walker.go(page.locator("main form[method=post] button.button").last)
    walker.look("monitoring-report-filled")
    walker.open(report("sign", world.county_a))
    page.fill("[name=name]", "示例负责人")
    walker.look("monitoring-sign")
    walker.go(page.locator("main form[method=post] button.button").last)
    assert world.report(world.county_a).state == "signed"
    walker.sign_out()


def by_workbook(walker, world, folder) -> None:
    page = walker.page
    walker.sign_in(world.clerk_b)
    walker.open(reverse("imports:correction", args=["indicator-values"]))
    with page.expect_download() as caught:
        page.locator("main form[method=post] button.button").last.click()
    mine = folder / "values.xlsx"
    caught.value.save_as(mine)
    book = load_workbook(mine)
    rows = book.worksheets[0]
    assert [row[2].value for row in rows.iter_rows(min_row=2)] == ["births", "managed"]
    rows["F2"], rows["F3"] = 3000, "许多"
    book.save(mine)
    walker.open(f"{reverse('imports:upload')}?sheet=indicator-values")
    page.set_input_files("[name=file]", mine)
    walker.press("上传并检查", "Upload and check")
    page.get_by_text(walker.in_language("不是数字", "This isn't a number")).first.wait_for()
    walker.look("monitoring-workbook-refused")
    walker.go(page.locator("form[action$='/discard/'] button"))
    rows["F3"] = 2520
    book.save(mine)
    walker.open(f"{reverse('imports:upload')}?sheet=indicator-values")
    page.set_input_files("[name=file]", mine)
    walker.press("上传并检查", "Upload and check")
    walker.go(page.locator("form[action$='/apply/'] button"))
    page.get_by_text(walker.in_language("已完成", "Finished"), exact=True).wait_for()
    walker.open(report("sign", world.county_b))
    page.fill("[name=name]", "示例负责人")
    walker.go(page.locator("main form[method=post] button.button").last)
    walker.sign_out()


def test_from_values_to_the_evaluation(walker, world, tmp_path):
    page = walker.page
    by_form(walker, world)
    by_workbook(walker, world, tmp_path)
    walker.sign_in(world.city_officer)
    walker.open(reverse("indicators_desk:list"))
    walker.look("monitoring-reports")
    for county in (world.county_a, world.county_b):
        walker.open(report("one", county))
        walker.go(page.locator("form[action$='/accept/'] button"))
        assert world.report(county).state == "accepted"
    walker.open(reverse("indicators_desk:rounds"))
    walker.look("monitoring-years")
    walker.go(page.locator("form[action$='/lock/'] button"))
    evaluation = reverse("plan_reviews_desk:evaluation", args=[world.plan.pk])
    walker.open(evaluation)
    page.get_by_text("88.4%").first.wait_for()
    walker.look("plan-evaluation")
    walker.go(page.locator(f"a[href*='/indicators/{world.care.code}/']").first)
    page.get_by_text("84.0%").first.wait_for()
    walker.look("plan-indicator")
    walker.open(reverse("plan_reviews_desk:evaluation_print", args=[world.plan.pk]))
    walker.look("plan-evaluation-on-paper")
    walker.open(reverse("plan_reviews_desk:goals", args=[world.plan.pk]))
    walker.look("plan-goals")
    assert Issue.objects.unscoped().count() == 0
