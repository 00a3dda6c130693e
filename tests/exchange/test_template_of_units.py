"""The roster's template offers the unions that whoever downloads it may import for (D7)."""

import io

import pytest
from django.urls import reverse
from openpyxl import load_workbook

from services.organizations.actions import sync_groups
from services.organizations.enums import Role
from tests.factories.organizations import AssignmentFactory, small_tree

pytestmark = pytest.mark.django_db


@pytest.fixture
def tree():
    return small_tree()


@pytest.fixture
def officer(tree):
    user = AssignmentFactory(organization=tree["unit_a"], role=Role.GRASSROOTS_OFFICER).user
    sync_groups(user)
    return user


def units_offered(answer) -> tuple[list[str], list[str]]:
    """What the column of the union offers, and what the notes say."""
    book = load_workbook(io.BytesIO(answer.content))
    page, notes = book["女职工花名册"], book["填写说明"]
    offered = [cell.value for (cell,) in book["可选工会"].iter_rows()] if "可选工会" in book.sheetnames else []
    rules = [rule.formula1 for rule in page.data_validations.dataValidation if "可选工会" in (rule.formula1 or "")]
    assert rules == ([f"'可选工会'!$A$1:$A${len(offered)}"] if offered else [])
    return offered, [cell.value for (cell,) in notes.iter_rows()]


def test_the_template_offers_the_unions_its_reader_imports_for(client, officer, tree):
    client.force_login(officer)
    offered, notes = units_offered(client.get(reverse("imports:template", args=["workers"])))
    assert offered == []
    assert any(tree["unit_a"].name in str(line) for line in notes)
    above = AssignmentFactory(organization=tree["county_a"], role=Role.FEDERATION_OFFICER).user
    sync_groups(above)
    client.force_login(above)
    offered, _notes = units_offered(client.get(reverse("imports:template", args=["workers"])))
    assert tree["unit_a"].name in offered
    assert not {tree["county_b"].name, tree["unit_c"].name} & set(offered)
