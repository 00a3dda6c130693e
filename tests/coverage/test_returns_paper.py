"""The return on paper and as a workbook: small numbers of hardship and illness tell on nobody there."""

from io import BytesIO

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from openpyxl import load_workbook

from services.coverage.desk.returns.shown import shown
from services.coverage.models import AnnualReturn
from services.foundation import clock
from tests.factories.organizations import small_tree
from tests.factories.returns import NOW, YEAR, accepted, filled, officer_at, opened, return_of, signed

pytestmark = pytest.mark.django_db
WORD = "只有示例女工一人"


@pytest.fixture
def tree(monkeypatch):
    monkeypatch.setattr(clock, "now", lambda: NOW)
    monkeypatch.setattr(clock, "today", lambda: timezone.localdate(NOW))
    found = small_tree()
    opened(found["city"])
    return found


def rows_of(union, user, *, on_paper: bool = True) -> dict:
    found = shown(return_of(union), user=user, today=timezone.localdate(NOW), on_paper=on_paper)
    return {row.field.code: row for _group, rows in found.groups for row in rows}


def test_money_of_few_claims_and_the_words_beside_them_are_on_no_paper_and_in_no_file(tree):
    unit, officer = tree["unit_a"], officer_at(tree["unit_a"])
    filled(unit, by=officer, aid_claims=1, aid_paid=13579, hardship_women=7)
    known = {"aid_paid": [{"value": 13579, "provider": "mutual_aid", "on": "2026-10-12"}]}
    reasons = return_of(unit).reasons | {"aid_claims": WORD, "aid_paid": WORD}
    AnnualReturn.objects.unscoped().filter(organization=unit).update(known=known, reasons=reasons)
    client = Client()
    client.cookies["language"] = "en"
    client.force_login(officer, backend="services.accounts.backends.StaffPassword")
    paper = client.get(reverse("coverage_returns:print", args=[YEAR, unit.code])).text
    book = load_workbook(
        BytesIO(client.get(reverse("coverage_returns:workbook", args=[YEAR, unit.code])).content), read_only=True
    )
    cells = " ".join(str(cell) for sheet in book for row in sheet.iter_rows(values_only=True) for cell in row)
    for said in (paper, cells):
        assert "left out" in said.replace("left out of files", "")
        assert "fewer than 5" in said
        assert "示例说明" in said
        assert not [told for told in ("13579", "13,579", WORD) if told in said]
    screen = client.get(reverse("coverage_returns:one", args=[YEAR, unit.code])).text
    assert "13,579" in screen
    assert WORD in screen
    assert rows_of(unit, officer)["hardship_women"].own == "7"


def test_of_an_upper_return_the_money_stands_as_a_whole_once_the_claims_are_many(tree):
    accepted(tree["unit_a"], aid_claims=3, aid_paid=30000)
    accepted(tree["unit_b"], aid_claims=0, aid_paid=0)
    town, officer = tree["town_a"], officer_at(tree["town_a"])
    signed(town, by=officer, aid_claims=1, aid_paid=10000)
    few = rows_of(town, officer)["aid_paid"]
    assert (few.own, few.below) == ("", "")
    assert "40,000" not in few.total
    AnnualReturn.objects.unscoped().filter(organization=town).update(figures={"aid_claims": 9, "aid_paid": 90000})
    many = rows_of(town, officer)["aid_paid"]
    assert (many.own, many.below, many.total, many.reason) == ("", "", "120,000", "")
    assert rows_of(town, officer, on_paper=False)["aid_paid"].below == "30,000"


def test_what_the_system_knows_to_be_few_hushes_what_is_typed(tree):
    unit, officer = tree["unit_a"], officer_at(tree["unit_a"])
    filled(unit, by=officer, aid_claims=8, aid_paid=80000)
    known = {"aid_claims": [{"value": 2, "provider": "mutual_aid", "on": "2026-10-12"}]}
    AnnualReturn.objects.unscoped().filter(organization=unit).update(known=known)
    found = rows_of(unit, officer)
    for code in ("aid_claims", "aid_paid"):
        assert not {"8", "80,000"} & {found[code].own, found[code].total}
        assert (found[code].known, found[code].reason) == ("", "")
