"""Figures of relief, its applications and its money: each equals a recount in SQL and the list that it leads to."""

from collections import Counter
from datetime import date

import pytest
from django.db import connection
from django.urls import reverse

from services.casework.models import Case, CaseEvent, ReviewRoute
from services.figures.actions import fold
from services.figures.models import Cell
from services.figures.queries import differences
from services.figures.registry import Where, statistics
from services.organizations.actions import move_branch
from services.organizations.enums import Role
from services.payments.models import Payable
from services.relief.models import Award, Household
from tests.factories.households import relief_world
from tests.factories.measured import awarded, decided, file_of, handed_in
from tests.screening.people import at_desk, post

pytestmark = pytest.mark.django_db

TOOK = (4, 6, 8, 10, 12, 12, 14, 20, 21, 30, 45, 120)
MARCH, APRIL = date(2026, 3, 2), date(2026, 4, 20)
RELIEF = ("relief-households", "relief-awards", "relief-awarded")
CASEWORK = ("casework-applications", "casework-in-time", "casework-days", "casework-answer", "casework-rounds")
MONEY = ("payments-used", "payments-paid", "payments-months")


@pytest.fixture
def world():
    return relief_world(budget="100000")


@pytest.fixture
def counted(world):
    """Sixteen applications, twelve of them decided, eleven awarded, six paid; nine files, eight of them in force."""
    route = ReviewRoute.objects.get(code="relief-aid")
    units = [world.tree[name] for name in ("unit_a", "unit_a", "unit_b", "unit_c")]
    for place, (unit, took) in enumerate(zip(units * 3, TOOK, strict=True)):
        decided_on = MARCH if place % 2 else APRIL
        code = "emergency" if place < 5 else "festival"
        case = decided(
            unit, route, on=MARCH, took=took, decided_on=decided_on, contact=place, rounds=place % 3, subject=code
        )
        if place < 11:
            state = "paid" if place < 6 else "due"
            awarded(case, world.programmes[code], amount=f"{1000 + place}.29", on=decided_on, state=state)
    for unit in units[:3]:
        handed_in(unit, route, on=APRIL)
    handed_in(units[0], route, on=APRIL, stage="withdrawn", due_on=None)
    for place in range(9):
        file_of(
            units[place % 4],
            category=("deep", "relative", "sudden")[place % 3],
            cause=("serious_illness", "schooling")[place % 2],
            state=("on_file", "suspended", "on_file", "on_file", "draft")[place % 5],
            single_parent=place < 2,
        )
    fold()
    return world


FEN = "SUM(CAST(ROUND(amount * 100) AS bigint))"


def sql(text: str, *parameters, by: str = "") -> dict:
    """Key and number of a recount; ``KEY`` stands for what is grouped by, ``FEN`` for a sum in fen."""
    with connection.cursor() as cursor:
        cursor.execute(text.replace("KEY", by).replace("FEN", FEN), parameters)
        return {str(row[0]): row[1] for row in cursor.fetchall()}


def cells(statistic: str, column: str, dimension: str, organization) -> dict:
    """What the figure's cells say at an organisation, by key."""
    chosen = next(one for one in statistics[statistic].columns if one.code == column)
    found = Counter()
    rows = Cell.objects.filter(count__in=chosen.counts, dimension=dimension, path=organization.path)
    for key, total in rows.values_list("key", "total"):
        found[key] += total
    return dict(found)


def test_every_cell_equals_its_recount(counted):
    assert differences() == []


@pytest.mark.parametrize("dimension", ["category", "cause"])
def test_households_by_category_and_by_cause(counted, dimension):
    recount = sql(
        "SELECT KEY, COUNT(*) FROM relief_household WHERE state IN ('on_file', 'suspended') GROUP BY 1",
        by=dimension,
    )
    assert cells("relief-households", "households", dimension, counted.tree["city"]) == recount
    assert sum(recount.values()) == 8


@pytest.mark.parametrize(
    ("dimension", "column"),
    [
        ("programme", "programme_code"),
        ("kind", "kind"),
        ("fund", "fund_id"),
        ("month", "substr(CAST(decided_at AS text), 1, 7) || '-01'"),
    ],
)
def test_awards_and_their_sums(counted, dimension, column):
    city = counted.tree["city"]
    number = sql("SELECT KEY, COUNT(*) FROM relief_award WHERE state <> 'cancelled' GROUP BY 1", by=column)
    money = sql("SELECT KEY, FEN FROM relief_award WHERE state <> 'cancelled' GROUP BY 1", by=column)
    paid = sql("SELECT KEY, FEN FROM relief_award WHERE state = 'paid' GROUP BY 1", by=column)
    assert cells("relief-awards", "awards", dimension, city) == number
    assert cells("relief-awards", "awarded", dimension, city) == money
    assert cells("relief-awards", "paid_sum", dimension, city) == paid


def test_awards_by_organisation(counted):
    for name in ("county_a", "county_b", "unit_a", "unit_c"):
        place = counted.tree[name]
        recount = sql("SELECT 'all', COUNT(*) FROM relief_award WHERE path LIKE %s", f"{place.path}%")
        assert cells("relief-awards", "awards", "", place) == {"": recount["all"]}, name


def test_applications_and_those_decided_in_time(counted):
    city = counted.tree["city"]
    assert cells("casework-applications", "applications", "subject", city) == sql(
        "SELECT subject_code, COUNT(*) FROM casework_case WHERE submitted_at IS NOT NULL GROUP BY 1"
    )
    decided_with = "SELECT subject_code, COUNT(*) FROM casework_case c JOIN casework_reviewroute r ON r.id = c.route_id"
    for column, condition in (
        ("in_time", " WHERE decision_took <= r.decision_days"),
        ("late", " WHERE decision_took > r.decision_days"),
    ):
        assert cells("casework-in-time", column, "subject", city) == sql(decided_with + condition + " GROUP BY 1")


def test_median_and_ninetieth_percentile_are_those_of_the_frozen_days(counted):
    page = _in_english(counted).get(_address("casework-days", counted.tree["city"]), {"period": "2026"})
    with connection.cursor() as cursor:
        cursor.execute("SELECT decision_took FROM casework_case WHERE decision_took IS NOT NULL ORDER BY 1")
        took = [row[0] for row in cursor.fetchall()]
    assert (took, took[5], took[10]) == (list(TOOK), 12, 45)
    assert page.context["figure"] == "12 working days"
    assert page.context["remarks"] == ["90% of them: at most 41 to 60 working days."]


def _in_english(world, role: str = Role.FEDERATION_OFFICER):
    client = at_desk(world.tree["city"], role)
    client.cookies["language"] = "en"
    return client


def _address(statistic: str, organization) -> str:
    return reverse("figures:at", args=[statistic, organization.code])


def test_money_promised_paid_and_budgeted(counted):
    city = counted.tree["city"]
    paid = "SELECT KEY, FEN FROM payments_payable WHERE state = 'paid' GROUP BY 1"
    assert cells("payments-used", "paid", "fund", city) == sql(paid, by="fund_id")
    assert cells("payments-paid", "paid", "subject", city) == sql(paid, by="subject_code")
    owed = "SELECT KEY, FEN FROM payments_payable WHERE state <> 'cancelled' GROUP BY 1"
    assert cells("payments-used", "committed", "fund", city) == sql(owed, by="fund_id")
    assert cells("payments-used", "budget", "fund", city) == sql(
        "SELECT id, CAST(ROUND(budget * 100) AS bigint) FROM payments_fundsource"
    )


def _listed(client, url: str) -> list:
    answer = client.get(url)
    assert answer.status_code == 200, url
    return list(answer.context["object_list"])


@pytest.mark.parametrize("code", [*RELIEF, *CASEWORK, *MONEY])
def test_every_figure_is_as_long_as_the_list_it_leads_to(counted, code):
    """At the top, at a county, at a union itself, and for every key of every split."""
    statistic, client = statistics[code], at_desk(counted.tree["city"])
    splits = (*statistic.dimensions, *([statistic.median_of] if statistic.median_of else []))
    seen = set()  # several counts of a column lead to one list
    for column in statistic.columns:
        for cell in Cell.objects.filter(count__in=column.counts, dimension__in=["", *(s.code for s in splits)]):
            place = next((one for one in counted.tree.values() if one.path == cell.path), None)
            where = Where(place, cell.period, cell.dimension, cell.key)
            url = column.listing(where)
            if column.code == "budget" or (column.code, url) in seen:
                continue
            same = Cell.objects.filter(
                count__in=column.counts, period=cell.period, dimension=cell.dimension, key=cell.key, path=cell.path
            )
            figure = sum(same.values_list("total", flat=True))
            rows = _listed(client, url)
            assert (sum(int(row.amount * 100) for row in rows) if column.money else len(rows)) == figure, url
            seen.add((column.code, url))
    assert seen


def test_a_unions_own_part_is_the_list_of_it_alone(counted):
    client, county = at_desk(counted.tree["city"]), counted.tree["county_a"]
    for code in ("relief-households", "relief-awards", "casework-applications"):
        column = statistics[code].numerator
        period = Cell.objects.filter(count__in=column.counts).first().period
        assert _listed(client, column.listing(Where(county, period, direct=True))) == []


def test_small_numbers_and_the_sums_over_them_are_hidden(counted):
    page = _in_english(counted).get(_address("relief-awards", counted.tree["city"]), {"period": "2026"})
    assert page.context["total"]["cells"][0]["text"] == "11"
    assert page.context["total"]["cells"][1]["text"] == "11,058.19 yuan"
    county = next(row for row in page.context["children"] if row["name"] == counted.tree["county_b"].name)
    assert {cell["text"] for cell in county["cells"]} == {"✱"}


def test_a_sum_is_shown_in_yuan_on_the_page_and_in_the_workbook(counted):
    client = _in_english(counted, Role.FINANCE_OFFICER)
    page = client.get(_address("payments-paid", counted.tree["city"]), {"period": str(counted.now.year)})
    assert page.context["total"]["cells"][1]["text"] == "6,016.74 yuan"
    assert client.get(page.context["asked"].address("export")).status_code == 200


def test_a_case_that_moves_is_counted_anew(counted):
    case = Case.objects.unscoped().filter(decision_took__isnull=True, stage="in_review").first()
    CaseEvent.objects.create(case=case, verb="approve", source="in_review", target="approved", at=counted.now)
    Case.objects.unscoped().filter(pk=case.pk).update(decision_took=3, contact_took=1)
    fold()
    assert differences() == []


def test_files_awards_and_money_go_along_when_a_branch_is_moved(counted):
    tree = counted.tree
    for place in tree.values():
        place.refresh_from_db()
    before = {name: cells("relief-awards", "awards", "", tree[name]) for name in ("county_a", "county_b", "unit_a")}
    move_branch(tree["unit_a"], to=tree["county_b"], by=post(tree["city"]), reason="区划调整")
    for place in tree.values():
        place.refresh_from_db()
    fold()
    assert differences() == []
    moved = before["unit_a"][""]
    assert cells("relief-awards", "awards", "", tree["county_b"])[""] == before["county_b"][""] + moved
    for model in (Household, Award, Payable):
        paths = dict(model.objects.unscoped().values_list("worker__organization__path", "path"))
        assert all(organization == path for organization, path in paths.items()), model
