"""Her first page, her applications and her payments cost the same with one of each and with thirty."""

import pytest
from django.urls import reverse

from services.payments.models import Payable
from tests.factories.accounts import WorkerUserFactory
from tests.factories.casework import Stage, allowance_service, case_at, casework_world
from tests.factories.households import drafted, relief_world
from tests.factories.payments import fund_of, owed
from tests.factories.workers import WorkerFactory
from tests.house.test_lists import _queries
from tests.screening.her_world import signed_in

pytestmark = pytest.mark.django_db
PAGES = ("overview:home", "casework:list", "payments:list")
# Those that she sees on her first page, in the turn in which they are made.
STAGES = (Stage.IN_REVIEW, Stage.DRAFT, Stage.RETURNED, Stage.APPROVED)


@pytest.fixture(autouse=True)
def allowance():
    with allowance_service() as service:
        yield service


def counted(client) -> dict[str, int]:
    for page in PAGES:
        _queries(client, reverse(page))  # what a first visit notes about her session isn't the page's
    return {page: _queries(client, reverse(page)) for page in PAGES}


def test_thirty_applications_and_payments_cost_the_queries_of_one():
    world = casework_world()
    fund = fund_of(world.tree["city"])
    client = signed_in(world.her.user)

    def one_more(number: int) -> None:
        case_at(world, STAGES[number % len(STAGES)])
        payable = owed(fund, worker=world.her, amount="10.00")
        if number % 3 == 0:
            Payable.objects.unscoped().filter(pk=payable.pk).update(state="failed")

    one_more(0)
    few = counted(client)
    shown = client.get(reverse("overview:home")).context["hers"]
    assert (len(shown.cases), len(shown.payments)) == (1, 1)
    for number in range(1, 30):
        one_more(number)
    shown = client.get(reverse("overview:home")).context["hers"]
    assert len(shown.cases) > 10 and len(shown.payments) > 10 and shown.returned and shown.failed
    assert counted(client) == few


def test_applications_of_two_services_cost_one_query_for_each_service():
    """Relief among them: its titles come from its own tables."""
    world = relief_world()
    client = signed_in(world.her.user)
    drafted(world, code="emergency")
    few = counted(client)
    for code in ("festival", "study", "filing"):
        drafted(world, code=code)
    assert counted(client) == few


def test_nobody_else_s_are_among_them():
    world = casework_world()
    other = WorkerFactory(organization=world.tree["unit_a"], user=WorkerUserFactory())
    theirs = case_at(world, Stage.IN_REVIEW, other)
    payable = owed(fund_of(world.tree["city"]), worker=other)
    client = signed_in(world.her.user)
    for page in PAGES:
        body = client.get(reverse(page)).content.decode()
        assert theirs.number not in body and theirs.token not in body and payable.token not in body


def test_what_needs_her_is_never_cut_off_by_what_is_newer(monkeypatch):
    from services.overview import queries

    monkeypatch.setattr(queries, "CASES_SHOWN", 2)
    world = casework_world()
    asked = case_at(world, Stage.RETURNED)
    came_back = owed(fund_of(world.tree["city"]), worker=world.her)
    Payable.objects.unscoped().filter(pk=came_back.pk).update(state="failed")
    for _ in range(3):
        case_at(world, Stage.IN_REVIEW)
        owed(fund_of(world.tree["city"]), worker=world.her)
    hers = signed_in(world.her.user).get(reverse("overview:home")).context["hers"]
    assert [one.case.pk for one in hers.returned] == [asked.pk]
    assert [one.pk for one in hers.failed] == [came_back.pk]
