"""A union's officer prepares and files a re-election, a mistake is caught beside its field, the federation approves."""

import pytest
from django.urls import reverse

from services.coverage.enums import TermState
from services.coverage.models import Term
from tests.coverage.office import Office

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def office():
    office = Office()
    office.approved(ago=400)
    return office


def test_a_union_reelects(walker, office):
    record = reverse("coverage_records:one", args=[office.union.code])
    walker.sign_in(office.officer)
    walker.open(record)
    walker.look("coverage-record")
    walker.go(walker.page.locator(".coverage-next a.button").first)
    walker.page.fill("[name=on]", office.day(30).isoformat())
    _send(walker)
    walker.go(walker.page.locator(".coverage-next a.button").first)
    page = walker.page
    page.fill("[name=on]", office.day(60).isoformat())
    page.fill("[name=head]", "示例主任乙")
    page.select_option("[name=union_post]", "deputy")
    page.fill("[name$='-0-name']", "示例委员乙")
    _send(walker)
    walker.look("coverage-elected-before-prepared")
    assert page.input_value("[name=head]") == "示例主任乙"
    page.fill("[name=on]", office.day(10).isoformat())
    _send(walker)
    walker.look("coverage-elected")
    walker.sign_out()
    walker.sign_in(office.above)
    walker.open(record)
    walker.go(walker.page.locator(".coverage-next a.button").first)
    page.fill("[name=on]", office.day(1).isoformat())
    walker.look("coverage-approve")
    _send(walker)
    walker.look("coverage-approved")
    states = dict(Term.objects.unscoped().values_list("number", "state"))
    assert states == {1: TermState.ENDED, 2: TermState.IN_OFFICE}


def _send(walker) -> None:
    walker.go(
        walker.page.locator("main form[method=post] button[type=submit], main form[method=post] button.button").last
    )
