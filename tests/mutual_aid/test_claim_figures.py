"""Figures of benefits, days until payment and the loss ratio: each equals a recount and the list that it leads to."""

from collections import Counter
from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.db import connection
from django.urls import reverse
from django.utils import timezone

from services.casework.models import Case, ReviewRoute
from services.figures.actions import fold
from services.figures.models import Cell
from services.figures.queries import differences
from services.figures.registry import Where, statistics
from services.mutual_aid.figures.claims import grade_key
from services.mutual_aid.models import Benefit, Claim, EnrolmentBatch
from tests.factories.accounts import StaffFactory
from tests.factories.claims import ROUTE, claims_world
from tests.factories.workers import WorkerFactory
from tests.screening.people import at_desk

pytestmark = pytest.mark.django_db

TOOK = (4, 6, 8, 10, 12, 12, 14, 20, 95, 30, 45)


def granted(world, unit, place: int, *, grade: str, state: str, took: int | None) -> Benefit:
    """A benefit as the actions leave it, written straight into the tables."""
    her, now = WorkerFactory(organization=unit), timezone.now()
    cover = world.covers(her)
    case = Case.objects.create(
        number=f"LP-{place}", service="mutual_aid", subject_code=world.terms.scheme.code, organization=unit,
        path=unit.path, worker=her, route=world.route, stage="closed", created_at=now, submitted_at=now,
        stage_since=now,
    )  # fmt: skip
    claim = Claim.objects.create(case=case, scheme=world.terms.scheme, terms=world.terms, cover=cover, live=False)
    return Benefit.objects.create(
        claim=claim, cover=cover, scheme=claim.scheme, worker=her, organization=unit, path=unit.path,
        amount=Decimal(10000 + place), ends_cover=True, grade_index=Benefit.index_of_grade(grade),
        disease_index=Benefit.index_of_disease(her.pk, claim.scheme_id, "breast"), fund=world.fund, year=2026,
        state=state, submitted_at=now - timedelta(days=took or 0), decided_at=now, took=took,
        paid_at=now if state == "paid" else None,
    )  # fmt: skip


@pytest.fixture
def counted():
    """Eleven benefits, nine of them paid, two grades; fees of 40,000 yuan."""
    world = claims_world()
    world.route = ReviewRoute.objects.get(code=ROUTE)
    units = [world.tree[name] for name in ("unit_a", "unit_a", "unit_b", "unit_c")]
    for place, took in enumerate(TOOK):
        paid = place < 9
        granted(
            world,
            units[place % 4],
            place,
            grade="in_situ" if place < 3 else "invasive_primary",
            state="paid" if paid else "due",
            took=took if paid else None,
        )
    hand, seen = StaffFactory(), StaffFactory()
    EnrolmentBatch.objects.create(
        number="PC-1", scheme=world.terms.scheme, terms=world.terms, organization=units[0], path=units[0].path,
        state="confirmed", fee_total=Decimal(40000), fee_unit=Decimal(40000), paid_on=date(2026, 2, 1), made_by=hand,
        made_at=timezone.now(), submitted_by=hand, submitted_at=timezone.now(), decided_by=seen,
    )  # fmt: skip
    fold()
    return world


def cells(code: str, column: str, dimension: str, organization) -> dict:
    chosen = next(one for one in statistics[code].columns if one.code == column)
    found = Counter()
    for key, total in Cell.objects.filter(
        count__in=chosen.counts, dimension=dimension, path=organization.path
    ).values_list("key", "total"):
        found[key] += total
    return dict(found)


def test_every_cell_equals_its_recount(counted):
    assert differences() == []


def test_benefits_by_grade_are_counted_by_a_key_that_names_no_grade(counted):
    found = cells("mutual-aid-benefits", "benefits", "grade", counted.tree["city"])
    assert found == {grade_key("in_situ"): 3, grade_key("invasive_primary"): 8}
    with connection.cursor() as cursor:
        cursor.execute("SELECT key FROM figures_cell")
        assert not {row[0] for row in cursor.fetchall()} & {"in_situ", "invasive_primary"}


def test_small_numbers_of_a_grade_are_hidden_and_no_list_stands_behind_one(counted):
    client = at_desk(counted.tree["city"])
    client.cookies["language"] = "en"
    address = reverse("figures:at", args=["mutual-aid-benefits", counted.tree["city"].code])
    page = client.get(address, {"period": "2026", "by": "grade"})
    assert page.status_code == 200
    column = statistics["mutual-aid-benefits"].numerator
    assert column.listing(Where(counted.tree["city"], "2026", "grade", grade_key("in_situ"))) == ""


@pytest.mark.parametrize("code", ["mutual-aid-benefits", "mutual-aid-took"])
def test_every_figure_is_as_long_as_the_list_it_leads_to(counted, code):
    statistic, client = statistics[code], at_desk(counted.tree["city"])
    splits = (*statistic.dimensions, *([statistic.median_of] if statistic.median_of else []))
    seen = 0
    for column in statistic.columns:
        for cell in Cell.objects.filter(count__in=column.counts, dimension__in=["", *(s.code for s in splits)]):
            place = next((one for one in counted.tree.values() if one.path == cell.path), None)
            url = column.listing(Where(place, cell.period, cell.dimension, cell.key))
            if not url:
                assert cell.dimension == "grade"
                continue
            same = Cell.objects.filter(
                count__in=column.counts, period=cell.period, dimension=cell.dimension, key=cell.key, path=cell.path
            )
            rows = list(client.get(url).context["object_list"])
            figure = sum(same.values_list("total", flat=True))
            assert (sum(int(row.amount * 100) for row in rows) if column.money else len(rows)) == figure, url
            seen += 1
    assert seen


def test_the_loss_ratio_is_what_was_paid_of_the_fees(counted):
    city = counted.tree["city"]
    paid = sum(10000 + place for place in range(9)) * 100
    assert cells("mutual-aid-loss", "paid_sum", "", city) == {"": paid}
    assert cells("mutual-aid-loss", "fees", "", city) == {"": 4_000_000}
    client = at_desk(city)
    client.cookies["language"] = "en"
    page = client.get(reverse("figures:at", args=["mutual-aid-loss", city.code]), {"period": "2026"})
    assert page.status_code == 200


def test_the_middle_payment_is_told_in_days(counted):
    client = at_desk(counted.tree["city"])
    client.cookies["language"] = "en"
    year = str(timezone.localdate().year)
    page = client.get(reverse("figures:at", args=["mutual-aid-took", counted.tree["city"].code]), {"period": year})
    assert page.context["figure"] == "12 days"
    assert "half of 9 payments came within 12 days" in str(page.context["finding"])
