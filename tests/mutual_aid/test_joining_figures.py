"""Figures of joining equal the lists behind them; what waits for an officer; the workbook of covers."""

from datetime import timedelta
from decimal import Decimal
from math import ceil

import pytest
from django.http import QueryDict
from django.urls import reverse
from django.utils import timezone

from services.figures.registry import statistics
from services.mutual_aid.actions import batch_decisions
from services.mutual_aid.actions.covers import declare_void
from services.mutual_aid.exporters import COLUMNS, cover_lines, covers_found
from services.mutual_aid.models import Cover, EnrolmentBatch, SchemeTerms
from services.mutual_aid.todos import todos_for
from services.organizations.enums import Kind
from tests.factories.enrolment import Unit
from tests.factories.mutual_aid import scheme_in_force
from tests.factories.organizations import UnionFactory
from tests.factories.workers import WorkerFactory
from tests.screening.people import at_desk

pytestmark = pytest.mark.django_db


def report(client, statistic, organization, **given):
    address = reverse("figures:at", args=[statistic, organization.code])
    return client.get(address, {"period": str(timezone.localdate().year)} | given)


def joined() -> Unit:
    """Two units of a city: four women of five, and three of three, of whom one cover is void."""
    unit = Unit()
    other = Unit(city=unit.city, version=unit.version)
    unit.covered(unit.women(4), headcount=5)
    other.covered(other.women(3))
    declare_void(Cover.objects.unscoped().latest("pk"), reason="重复", by=None, now=unit.now + timedelta(minutes=1))
    return unit


@pytest.mark.parametrize("code", ["mutual-aid-covers", "mutual-aid-joining", "mutual-aid-fees"])
def test_every_figure_of_joining_is_what_the_list_behind_it_adds_up_to(code):
    unit = joined()
    client = at_desk(unit.city)
    page = report(client, code, unit.city)
    summed = {
        "covers": lambda rows: len(rows),
        "joined": lambda rows: sum(row.persons + row.covered_before for row in rows),
        "headcount": lambda rows: sum(row.headcount_women for row in rows),
        "needed": lambda rows: sum(ceil(row.headcount_women * row.terms.threshold_percent / 100) for row in rows),
        "fees": lambda rows: sum(row.fee_total for row in rows),
        "upper": lambda rows: sum(row.fee_upper for row in rows),
        "unit": lambda rows: sum(row.fee_unit for row in rows),
        "herself": lambda rows: sum(row.fee_herself for row in rows),
    }
    checked = 0
    for row in [*page.context["children"], page.context["total"]]:
        for column, cell in zip(statistics[code].columns, row["cells"], strict=False):
            if cell["url"]:
                rows = client.get(cell["url"]).context["object_list"]
                assert float(cell["text"].replace(",", "").split()[0]) == float(summed[column.code](rows)), column.code
                checked += 1
    assert checked >= 3


def _figure(unit, code: str):
    page = report(at_desk(unit.city), "mutual-aid-joining", unit.city)
    cells = zip(statistics["mutual-aid-joining"].columns, page.context["total"]["cells"], strict=False)
    return next(cell["text"] for column, cell in cells if column.code == code)


@pytest.mark.parametrize(
    ("terms", "headcount", "needed"),
    [
        ({"threshold_base": "women", "threshold_percent": Decimal(80)}, "5", "4"),
        ({"threshold_base": "staff", "threshold_percent": Decimal("55.5")}, "6", "4"),
        ({"threshold_base": "women", "threshold_percent": Decimal(80), "full_join_below": 6}, "5", "5"),
        ({"threshold_base": "none", "threshold_percent": None}, "5", "0"),
    ],
)
def test_the_rate_is_taken_of_whom_the_terms_say_beside_how_many_must_join(terms, headcount, needed):
    unit = Unit()
    batch = unit.covered(unit.women(5), headcount=5)
    SchemeTerms.objects.filter(pk=batch.terms_id).update(**terms)
    EnrolmentBatch.objects.unscoped().filter(pk=batch.pk).update(headcount_staff=6)
    assert (_figure(unit, "headcount"), _figure(unit, "needed")) == (headcount, needed)


def test_the_list_of_batches_names_the_share_that_must_join():
    unit = Unit({"threshold_base": "women", "threshold_percent": Decimal(80)})
    unit.covered(unit.women(4), headcount=5)
    page = at_desk(unit.city).get(reverse("mutual_aid_joining:batches")).content.decode()
    assert "80.0" in page and ">80<" in "".join(page.split())


def test_units_that_have_not_joined_stand_in_a_list_until_a_period_runs():
    unit = Unit()
    idle = Unit(city=unit.city, version=unit.version)
    idle.women(3)
    unit.covered(unit.women(2))
    client, address = at_desk(unit.city), reverse("mutual_aid_joining:units")
    rows = {one.pk: one for one in client.get(address).context["object_list"]}
    assert set(rows) == {idle.organization.pk} and rows[idle.organization.pk].women == 3
    other = scheme_in_force(unit.city)
    everybody = client.get(address, {"scheme": other.scheme.code}).context["object_list"]
    assert {one.pk for one in everybody} == {unit.organization.pk, idle.organization.pk}
    EnrolmentBatch.objects.unscoped().update(
        state="expired", effective_from=unit.today - timedelta(days=300), last_day=unit.today - timedelta(days=1)
    )
    rows = {one.pk: one for one in client.get(address).context["object_list"]}
    assert rows[unit.organization.pk].ended == unit.today - timedelta(days=1)


def test_a_unit_whose_women_joined_by_the_roster_of_the_union_above_has_joined():
    unit = Unit()
    together = UnionFactory(parent=unit.city, kind=Kind.TOWNSHIP_UNION)
    small, idle = (UnionFactory(parent=together) for _ in range(2))
    her = WorkerFactory(organization=small)
    WorkerFactory(organization=idle)
    above = Unit(city=unit.city, version=unit.version)
    above.organization = together
    above.covered([her])
    shown = at_desk(unit.city).get(reverse("mutual_aid_joining:units")).context["object_list"]
    names = {one.pk for one in shown}
    assert idle.pk in names and small.pk not in names


def test_what_waits_is_told_to_whoever_has_to_do_it():
    unit = Unit()
    batch = unit.handed_in(unit.women(2))
    assert [todo.url for todo in todos_for(unit.decider)] == [
        f"{reverse('mutual_aid_joining:batches')}?state=submitted"
    ]
    assert todos_for(unit.officer) == []
    batch_decisions.return_batch(batch, reason="凭证看不清", by=unit.decider, now=unit.now)
    assert [todo.url for todo in todos_for(unit.officer)] == [f"{reverse('mutual_aid_joining:batches')}?state=returned"]
    assert todos_for(unit.decider) == []


def test_a_period_that_ends_is_on_the_desk_of_its_unit_until_it_is_renewed():
    unit = Unit()
    unit.covered(unit.women(2))
    EnrolmentBatch.objects.unscoped().update(state="effective", last_day=unit.today + timedelta(days=30))
    (todo,) = todos_for(unit.officer)
    assert (todo.url, todo.overdue) == (reverse("mutual_aid_joining:renewals"), False)
    unit.begun(kind="renewal")
    assert todos_for(unit.officer) == []


def test_the_workbook_of_covers_masks_names_and_numbers_unless_it_was_asked_for_in_clear():
    unit = Unit()
    (woman,) = unit.women(1)
    unit.covered([woman])
    masked = list(cover_lines(covers_found(unit.decider, QueryDict(""), False).rows, False))
    clear = list(cover_lines(covers_found(unit.decider, QueryDict(""), True).rows, True))
    assert len(masked[0]) == len(COLUMNS)
    assert woman.id_number not in str(masked)
    assert woman.name not in str(masked)
    assert (woman.name in str(clear), woman.id_number in str(clear)) == (True, True)
    assert list(covers_found(Unit().decider, QueryDict(""), False).rows) == []
