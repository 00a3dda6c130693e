"""The evaluation on screen, on paper and as a workbook says the same; lists cost the same; the ledger is worked on."""

from datetime import date
from io import BytesIO

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from openpyxl import load_workbook
from wagtail.log_actions import registry

from services.indicators.models import Element
from services.organizations.enums import Role
from services.plan_reviews.models import Issue, PolicyInclusion, Publicity, Training
from tests.factories.indicators import NOW, YEAR, indicator, officer, sexes
from tests.plan_reviews.world import ReviewWorld

pytestmark = pytest.mark.django_db


@pytest.fixture
def world():
    return ReviewWorld()


def at(user) -> Client:
    client = Client()
    client.force_login(user, backend="services.accounts.backends.StaffPassword")
    return client


def url(name: str, *args) -> str:
    return reverse(f"plan_reviews_desk:{name}", args=args)


def test_screen_paper_and_workbook_say_the_same(world):
    world.told(a={"births": 100, "managed": 95}, b={"births": 300, "managed": 252})
    reader = at(world.city_officer)
    screen = reader.get(url("evaluation", world.plan.pk)).content.decode()
    paper = reader.get(url("evaluation_print", world.plan.pk)).content.decode()
    book = load_workbook(BytesIO(reader.get(url("evaluation_workbook", world.plan.pk)).content))
    rows = list(book.worksheets[1].iter_rows(min_row=2, values_only=True))
    for words in (screen, paper):
        assert "86.8%" in words and "≥ 90%" in words
        assert words.count('class="monitoring-big"') == 3  # always all three
    assert rows[0][4] == 86.8
    assert [row[1] for row in book.worksheets[2].iter_rows(min_row=2, values_only=True)] == ["0.0%", "0.0%", "0.0%"]


def test_what_is_hidden_is_hidden_in_every_form(world):
    Element.objects.unscoped().filter(pk=world.managed.pk).update(protected=True)
    world.managed.splits.add(split := sexes(world.city))
    world.births.splits.add(split)
    parts = {"births__sex_f": 40, "births__sex_m": 60, "managed__sex_f": 1, "managed__sex_m": 2}
    world.told(a={"births": 100, "managed": 3, **parts}, b={"births": 100, "managed": 30})
    reader = at(world.clerk_a)
    query = f"?at={world.county_a.code}&year={YEAR}"
    pages = [
        reader.get(url(name, world.plan.pk) + query).content.decode() for name in ("evaluation", "evaluation_print")
    ]
    drill = reader.get(url("drill", world.plan.pk, "care") + query).content.decode()
    book = load_workbook(BytesIO(reader.get(url("evaluation_workbook", world.plan.pk) + query).content))
    cells = [str(cell) for row in book.worksheets[1].iter_rows(values_only=True) for cell in row]
    assert all("✱" in words and "3.0%" not in words for words in (*pages, drill))
    assert "✱" in cells and "3" not in cells and "3.0" not in cells
    above = at(world.city_officer).get(url("drill", world.plan.pk, "care")).content.decode()
    assert "✱" in above and "16.5%" in above and ">30<" not in above


def test_down_and_up_again_and_no_further_than_her_reach(world):
    world.told(a={"births": 100, "managed": 95}, b={"births": 300, "managed": 252})
    clerk = at(world.clerk_a)
    own = clerk.get(url("evaluation", world.plan.pk)).content.decode()
    assert "95.0%" in own and "86.8%" not in own
    assert clerk.get(url("evaluation", world.plan.pk) + f"?at={world.city.code}").status_code == 404
    assert clerk.get(url("evaluation", world.plan.pk) + "?year=1999").status_code == 404
    assert clerk.get(url("drill", world.plan.pk, "nothing")).status_code == 404
    assert clerk.get(url("goals", world.plan.pk)).status_code == 200


def test_goals_targets_and_judgements_are_set_at_the_desk(world):
    top = at(world.city_officer)
    goal = {
        "domain": "law",
        "code": "2",
        "title": "示例",
        "lead": "司法局",
        "responsible": "妇联，总工会；教育局、民政局",
        "qualitative": "on",
    }
    assert top.post(url("goal_add", world.plan.pk), goal).status_code == 302
    made = world.plan.goals.get(code="2")
    assert {unit.name for unit in made.responsible.all()} == {"妇联", "总工会", "教育局", "民政局"}
    judged = top.post(url("goal_judge", world.plan.pk, made.pk), {"year": YEAR, "judgement": "met", "words": "示例"})
    assert judged.status_code == 302
    target = {"indicator": world.care.pk, "organization": world.city.code, "due_year": 2028, "comparator": "ge"}
    address = url("target_set", world.plan.pk, world.goal.pk)
    beside = top.post(address, target | {"source": "示例"})
    assert beside.status_code == 200 and "error-message" in beside.content.decode()
    assert top.post(address, target | {"source": "示例", "value": "88"}).status_code == 302


def test_a_problem_is_worked_on_and_closed_at_the_desk(world):
    world.aim(world.care, "ge", 90, due_year=YEAR)
    world.told(a={"births": 100, "managed": 50}, b={"births": 100, "managed": 95})
    issue = world.issues(world.county_a)[0]
    clerk, second = at(world.clerk_a), at(world.second)
    measure = {"measure": "统一口径", "owner_name": "示例科长", "due_on": "2099-01-01"}
    assert clerk.post(url("issue_assign", issue.token), measure | {"measure": ""}).status_code == 200
    assert clerk.post(url("issue_assign", issue.token), measure).status_code == 302
    assert clerk.post(url("issue_hand_in", issue.token), {"done": "已补报"}).status_code == 302
    assert clerk.post(url("issue_close", issue.token), {"words": "好"}).status_code == 403
    assert second.get(url("issue", issue.token)).status_code == 200
    assert second.post(url("issue_close", issue.token), {"words": "已核对"}).status_code == 302
    assert at(world.clerk_b).get(url("issue", issue.token)).status_code == 404


def test_logs_are_kept_and_counted_by_channel(world):
    clerk = at(world.clerk_a)
    line = {
        "organization": world.county_a.code,
        "day": "2026-01-05",
        "theme": "男女平等宣讲",
        "channel": "wechat",
        "reach": "500",
    }
    assert clerk.post(url("publicity_add"), line).status_code == 302
    assert clerk.post(url("publicity_add"), line | {"reach": ""}).status_code == 302
    assert clerk.post(url("publicity_add"), line | {"day": "2099-01-01"}).status_code == 200
    page = clerk.get(url("work") + "?year=2026").content.decode()
    assert "500" in page
    assert at(world.clerk_b).get(url("publicity")).content.decode().count("男女平等宣讲") == 0
    auditor = officer(world.county_a, Role.AUDITOR)
    wrong = Publicity.objects.unscoped().get(reach=500)
    strike = reverse("plan_reviews_desk:publicity_strike", args=[wrong.pk])
    assert strike in clerk.get(url("publicity")).content.decode()
    assert at(world.clerk_b).post(strike, {"words": "示例"}).status_code == 404
    assert at(auditor).post(strike, {"words": "示例"}).status_code == 403
    assert strike not in at(auditor).get(url("publicity")).content.decode()
    assert clerk.post(strike, {"words": " "}).status_code == 200
    assert clerk.post(strike, {"words": "人数写错了"}).status_code == 302
    assert Publicity.objects.unscoped().get().reach is None
    kept = registry.get_logs_for_instance(world.county_a).filter(action="plan_reviews.strike_publicity").get()
    assert kept.data["reason"] == "人数写错了" and "男女平等宣讲" in kept.data["line"] and "500" in kept.data["line"]


def queries(client, address: str) -> int:
    client.get(address)
    with CaptureQueriesContext(connection) as asked:
        assert client.get(address).status_code == 200
    return len(asked)


def _row(world, number: int) -> None:
    common = {"organization": world.county_a, "day": date(2026, 1, 1)}
    Training.objects.create(**common, title="示例", form="course", attendees=1, units=1, hours=1)
    Publicity.objects.create(**common, theme="示例", channel="site")
    PolicyInclusion.objects.create(**common, kind="agenda", evidence="示例")
    Issue.objects.create(
        plan=world.plan,
        indicator=indicator(world.city, f"i-{number}", world.births),
        organization=world.county_a,
        year=YEAR,
        kind="no_data",
        opened_at=NOW,
        due_on=date(2026, 9, 9),
        lead=world.goal.lead,
    )


def test_the_lists_cost_the_same_at_one_row_and_at_thirty(world):
    top = at(world.city_officer)
    addresses = [url(name) for name in ("issues", "trainings", "publicity", "inclusions")]
    _row(world, 1)
    alone = [queries(top, address) for address in addresses]
    for number in range(2, 31):
        _row(world, number)
    assert [queries(top, address) for address in addresses] == alone
