"""What can I get? Six plain questions without signing in: every programme's answer with its reasons, nothing kept."""

from datetime import timedelta
from decimal import Decimal
from html import unescape

import pytest
from django.contrib.sessions.models import Session
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from services.foundation import clock
from services.organizations.enums import Kind
from services.relief.demo_standards import samples
from services.relief.models import Application, Household
from services.workers.models import Worker
from tests.factories.organizations import UnionFactory
from tests.factories.relief import IncomeTestFactory, LivingLineFactory, ProgrammeFactory

pytestmark = pytest.mark.django_db
POOR = {
    "you": {"member": "yes"},
    "home": {"persons": "3", "fits": ["alone", "college"]},
    "money": {"monthly": "4,000", "rigid": "24000"},
    "event": {"event": "nothing"},
}


@pytest.fixture
def city():
    city = UnionFactory(kind=Kind.CITY_UNION)
    LivingLineFactory(organization=city)
    IncomeTestFactory(organization=city)
    for kind, fields in samples(timezone.localdate()).items():
        usual = {"amount_kind": "", "amount": {}, "caps": {}, "documents": [], "once_a_year": False}
        code = kind.replace("_", "-")
        ProgrammeFactory(organization=city, kind=kind, code=code, route_code="relief", **usual | fields)
    return city


def address(step: str) -> str:
    return reverse("relief:ask", args=[step])


def answered(client: Client, **changes) -> dict:
    """The whole way; returns the answers by code of the programme."""
    for step, answers in POOR.items():
        response = client.post(address(step), answers | changes.get(step, {}))
        assert response.status_code == 302, unescape(response.content.decode())
    found = client.get(response["Location"]).context["found"]
    return {one.code: one for one in (*found.possible, *found.open, *found.not_now)} | {"": found}


def test_at_most_six_questions_on_four_pages(city, client):
    pages = [client.get(address(step)).context["form"] for step in POOR]
    # The cost belongs to the question about the event.
    assert sum(len(form.fields) for form in pages) - 1 == 6


def test_a_poor_household_learns_its_category_and_what_opens_what(city, client):
    found = answered(client)
    assert found[""].hardship
    assert found["filing"].standing == "needs_facts"  # whether she is a migrant or retired isn't asked
    assert (found["festival-care"].file_first, found["festival-care"].amount) == (True, "3,000.00")
    assert found["study-aid"].amount == "4,000.00 – 5,000.00"  # nobody knows whether she is on file
    assert found["emergency"].standing == "not_eligible"


def test_better_off_she_reads_why_not_and_what_would_change_it(city, client):
    found = answered(client, money={"monthly": "30000", "rigid": "0"}, home={"persons": "2", "fits": []})
    assert found["filing"].standing == "not_eligible"
    refused = [row for row in found["filing"].rows if row.outcome == "failed"]
    assert refused and all(row.remedy for row in refused)
    assert not found[""].hardship


def test_what_she_does_not_know_is_no_refusal(city, client):
    found = answered(client, you={"member": "unsure"}, money={"monthly": "", "rigid": ""})
    assert found["filing"].standing == "needs_facts"
    assert not found[""].hardship


def test_serious_illness_with_its_cost(city, client):
    found = answered(client, event={"event": "serious_illness", "cost": "35000"})
    assert (found["emergency"].standing, found["emergency"].amount) == ("eligible", "5,000.00")
    # She was asked about the last 12 months and for no day: none is made up.
    assert not any(str(timezone.localdate().year) in row.value for row in found["emergency"].rows)
    found = answered(client, event={"event": "serious_illness", "cost": "10000"})
    assert (found["emergency"].standing, found["emergency"].amount) == ("not_eligible", "")
    found = answered(client, event={"event": "serious_illness", "cost": ""})
    assert found["emergency"].standing == "needs_facts"


def test_a_cost_typed_for_nothing_that_happened_does_not_count(city, client):
    found = answered(client, money={"monthly": "5500", "rigid": "0"}, event={"event": "nothing", "cost": "60000"})
    assert not found[""].hardship


@pytest.mark.parametrize(
    ("step", "answers", "field"),
    [
        ("you", {}, "member"),
        ("you", {"member": "perhaps"}, "member"),
        ("home", {"persons": "0"}, "persons"),
        ("home", {"persons": "-3"}, "persons"),
        ("home", {"persons": "21"}, "persons"),
        ("home", {"persons": "three"}, "persons"),
        ("home", {"persons": "3", "fits": ["rich"]}, "fits"),
        ("money", {"monthly": "-1"}, "monthly"),
        ("money", {"monthly": "9" * 15}, "monthly"),
        ("money", {"monthly": "200000"}, "monthly"),
        ("money", {"rigid": "abc"}, "rigid"),
        ("event", {}, "event"),
        ("event", {"event": "accident", "cost": "-5"}, "cost"),
    ],
)
def test_bad_answers_are_named_beside_their_field_and_stay(city, client, step, answers, field):
    response = client.post(address(step), answers)
    assert response.status_code == 200
    assert field in response.context["form"].errors
    for name, typed in answers.items():
        if isinstance(typed, str) and name in ("persons", "monthly", "rigid", "cost"):
            assert f'value="{typed}"' in response.content.decode()


def test_nothing_is_stored_and_nothing_stands_in_an_address(city, client):
    before = [model._base_manager.count() for model in (Worker, Household, Application)]
    for step, answers in POOR.items():
        location = client.post(address(step), answers)["Location"]
        assert "?" not in location
        assert "4000" not in location
    client.get(reverse("relief:answer"))
    assert [model._base_manager.count() for model in (Worker, Household, Application)] == before


def test_reading_alone_makes_no_session(city, client):
    for page in (reverse("relief:start"), address("you"), reverse("relief:answer")):
        client.get(page)
    assert "sessionid" not in client.cookies
    assert not Session.objects.exists()


def test_answers_are_forgotten_after_half_an_hour_and_when_she_says_so(city, client, monkeypatch):
    answered(client)
    assert client.get(address("home")).context["form"].initial["persons"] == 3
    client.post(reverse("relief:again"))
    assert client.get(address("home")).context["form"].initial == {}
    answered(client)
    later = timezone.now() + timedelta(minutes=31)
    monkeypatch.setattr(clock, "now", lambda: later)
    assert client.get(reverse("relief:answer")).url == address("you")


def test_an_unanswered_page_leads_back_to_it(city, client):
    client.post(address("you"), POOR["you"])
    assert client.get(reverse("relief:answer")).url == address("home")
    assert client.get(address("nothing")).status_code == 404


def test_without_any_standards_she_is_not_told_no(client):
    found = answered(client)
    assert found[""].possible == found[""].not_now == []
    assert [row.outcome for row in found[""].rows] == ["unknown"]


def test_a_draft_and_a_retired_programme_are_not_offered(city, client):
    ProgrammeFactory(organization=city, code="draft", state="draft")
    ProgrammeFactory(organization=city, code="old", state="retired")
    assert not {"draft", "old"} & set(answered(client))


def test_the_line_of_the_day_counts(city, client):
    LivingLineFactory(organization=city, valid_from=timezone.localdate() + timedelta(days=1), monthly=Decimal(9_000))
    better_off = {"money": {"monthly": "6000", "rigid": "0"}}
    assert not answered(client, **better_off)[""].hardship
    LivingLineFactory(organization=city, valid_from=timezone.localdate(), monthly=Decimal(9_000))
    assert answered(client, **better_off)[""].hardship


def test_programmes_cost_the_same_queries_whatever_their_number(city, client, django_assert_num_queries):
    answered(client)

    def queries() -> int:
        from django.db import connection
        from django.test.utils import CaptureQueriesContext

        with CaptureQueriesContext(connection) as asked:
            client.get(reverse("relief:answer"))
        return len(asked)

    few = queries()
    for number in range(20):
        ProgrammeFactory(organization=city, code=f"more-{number}")
    assert queries() == few
