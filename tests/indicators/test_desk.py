"""The desk of the monitoring: clerk, reviewer, top; what is refused stays typed, what is foreign isn't there."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from services.foundation import clock
from services.indicators.actions import climbing, dictionary, rounds
from services.indicators.desk.lists import in_time
from services.indicators.models import Element, Indicator, Report, Split, ValidationRule, Value
from services.organizations.enums import Role
from tests.factories.indicators import NOW, YEAR, MonitoringWorld, element, indicator, officer

pytestmark = pytest.mark.django_db


@pytest.fixture
def world():
    return MonitoringWorld()


def at(user) -> Client:
    client = Client()
    client.force_login(user, backend="services.accounts.backends.StaffPassword")
    return client


def url(name: str, organization, *more) -> str:
    return reverse(f"indicators_desk:{name}", args=[YEAR, organization.code, *more])


def test_a_clerk_fills_signs_and_the_reviewer_accepts(world):
    clerk, reviewer = at(world.clerk_a), at(world.city_officer)
    keys = world.births.pk, world.managed.pk
    typed = {f"amount-{keys[0]}": "2,000", f"amount-{keys[1]}": "一千", f"note-{keys[1]}": "示例说明", "seen": "0"}
    page = clerk.post(url("edit", world.county_a, "health"), typed)
    assert page.status_code == 200 and "2,000" in page.content.decode() and Value.objects.count() == 0
    typed[f"amount-{keys[1]}"] = "-5"
    page = clerk.post(url("edit", world.county_a, "health"), typed).content.decode()
    assert 'value="-5"' in page and "示例说明" in page and "error-message" in page
    typed[f"amount-{keys[1]}"] = "1,900"
    assert clerk.post(url("edit", world.county_a, "health"), typed).status_code == 302
    assert clerk.get(url("one", world.county_a)).status_code == 200
    assert clerk.get(url("sign", world.county_a)).status_code == 200
    assert clerk.post(url("sign", world.county_a), {"name": ""}).status_code == 200
    assert clerk.post(url("sign", world.county_a), {"name": "示例负责人"}).status_code == 302
    assert clerk.post(url("accept", world.county_a)).status_code == 403
    assert reviewer.post(url("accept", world.county_a)).status_code == 302
    assert world.report(world.county_a).state == "accepted"


def test_who_signs_over_a_gap_reads_whose_report_it_is_and_says_why():
    world = MonitoringWorld(opened=False)
    Element.objects.unscoped().filter(owner=world.city).update(level=3)
    element(world.city, "teams")
    world.open()
    world.fill(world.county_a, teams=5)
    clerk, sign = at(world.clerk_a), url("sign", world.county_a)
    assert world.tree["town_a"].name in clerk.get(sign).content.decode()
    refused = clerk.post(sign, {"name": "示例负责人", "gap_words": ""})
    assert refused.status_code == 200 and refused.context["form"].errors.keys() == {"gap_words"}
    assert "示例负责人" in refused.content.decode()
    assert clerk.post(sign, {"name": "示例负责人", "gap_words": "镇里晚报"}).status_code == 302
    assert world.report(world.county_a).gap_words == "镇里晚报"


def test_who_was_overtaken_is_told_and_nothing_is_lost(world):
    clerk, keys = at(world.clerk_a), world.births.pk
    world.fill(world.county_a, births=5)
    page = clerk.post(url("edit", world.county_a, "health"), {f"amount-{keys}": "7", "seen": "0"})
    assert page.status_code == 200 and 'value="7"' in page.content.decode()
    assert Value.objects.get().amount == 5


def test_the_list_says_when_a_report_is_due_and_whether_it_came_in_time(world):
    clerk, page = at(world.clerk_a), reverse("indicators_desk:list")
    report = Report.objects.unscoped().get(place__organization=world.county_a, latest=True)
    due = report.place.round.due_on
    assert f"{due:%Y-%m-%d}" in clerk.get(page).content.decode()
    said = {}
    for name, first_signed, until in (
        ("overdue", None, clock.today() - timedelta(days=1)),
        ("open", None, clock.today()),
        ("late", clock.today(), clock.today() - timedelta(days=1)),
        ("in time", clock.today(), clock.today()),
    ):
        report.first_signed_on, report.place.round.due_on = first_signed, until
        said[name] = in_time(report)
    assert said["open"] == "" and len(set(said.values())) == 4


def test_a_foreign_county_isnt_there_and_an_auditor_reads_only(world):
    stranger, auditor = at(world.clerk_b), at(officer(world.city, Role.AUDITOR))
    assert stranger.get(url("one", world.county_a)).status_code == 404
    assert auditor.get(url("one", world.county_a)).status_code == 200
    assert auditor.get(url("edit", world.county_a, "health")).status_code == 403
    assert at(world.clerk_a).get(url("edit", world.county_a, "nowhere")).status_code == 404


def test_the_top_opens_loads_and_locks(world):
    top, clerk = at(world.city_officer), at(world.clerk_a)
    opened = top.post(reverse("indicators_desk:round_open"), {"year": YEAR - 1, "due_on": f"{YEAR}-03-31"})
    assert opened.status_code == 302 and Report.objects.unscoped().count() == 4
    assert clerk.get(reverse("indicators_desk:round_open")).status_code == 403
    beside = top.post(reverse("indicators_desk:round_open"), {"year": 2099, "due_on": "2100-03-31"})
    assert beside.status_code == 200
    assert top.post(reverse("indicators_desk:samples")).status_code == 302
    first = Indicator.objects.unscoped().filter(sample=True).first()
    for reader in (top, clerk):
        assert reader.get(reverse("indicators_desk:indicator", args=[world.city.code, first.code])).status_code == 200
        assert reader.get(reverse("indicators_desk:rounds")).status_code == 200
    lock = reverse("indicators_desk:round_lock", args=[YEAR, world.city.code])
    assert (clerk.post(lock).status_code, top.post(lock).status_code) == (403, 302)


def test_versions_and_words_of_a_report_are_read(world):
    world.accepted(world.county_a, births=5, managed=4)
    report = world.report(world.county_a)
    climbing.amend(report, because="补报一家医院", by=world.clerk_a, now=NOW)
    page = at(world.clerk_a).get(url("one", world.county_a)).content.decode()
    assert "补报一家医院" in page
    assert at(world.clerk_a).get(f"{url('one', world.county_a)}?version=1").status_code == 200


def queries(client, address: str) -> int:
    client.get(address)
    with CaptureQueriesContext(connection) as asked:
        assert client.get(address).status_code == 200
    return len(asked)


def test_the_lists_cost_the_same_at_one_row_and_at_thirty(world):
    top = at(world.city_officer)
    addresses = [reverse(f"indicators_desk:{name}") for name in ("list", "dictionary", "elements", "rules")]
    rule = {"owner": world.city, "title": "示例", "left": "managed", "right": "births"}
    ValidationRule.objects.create(code="first", **rule)
    alone = [queries(top, address) for address in addresses]
    for number in range(30):
        indicator(world.city, f"more-{number}", element(world.city, f"e_{number}"), world.births)
        ValidationRule.objects.create(code=f"r-{number}", **rule)
    for year in range(2000, 2015):
        rounds.open_round(world.city, year=year, due_on=NOW.date(), by=world.city_officer, now=NOW)
    assert [queries(top, address) for address in addresses] == alone


def test_a_report_costs_the_same_with_seventy_elements_and_with_a_hundred(world):
    clerk = at(world.clerk_a)
    dictionary.load_samples(world.city, by=world.city_officer, now=NOW)
    split = Split.objects.unscoped().get(owner=world.city, code="sex")
    alone = queries(clerk, url("one", world.county_a))
    for number in range(30):
        element(world.city, f"more-{number}").splits.add(split)
    assert queries(clerk, url("one", world.county_a)) == alone
