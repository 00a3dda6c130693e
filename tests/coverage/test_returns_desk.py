"""Annual returns at the desk: filled in on one page, nothing typed lost, decided above, printed, exported."""

from datetime import timedelta
from io import BytesIO

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from openpyxl import load_workbook

from services.coverage import return_exporters
from services.coverage.actions import returns as actions
from services.coverage.models import AnnualReturn, ReturnStep
from services.coverage.queries import returns as queries
from services.coverage.todos import todos_for
from services.foundation import clock
from services.organizations.enums import Role
from tests.factories.organizations import UnionFactory, small_tree
from tests.factories.returns import (
    NOW,
    YEAR,
    accepted,
    filled,
    locked,
    officer_at,
    opened,
    return_of,
    signed,
    submitted,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def today(monkeypatch):
    monkeypatch.setattr(clock, "now", lambda: NOW)
    monkeypatch.setattr(clock, "today", lambda: timezone.localdate(NOW))


@pytest.fixture
def tree(today):
    found = small_tree()
    opened(found["city"])
    return found


def client_of(user, language: str = "zh-hans") -> Client:
    client = Client()
    client.cookies["language"] = language
    client.force_login(user, backend="services.accounts.backends.StaffPassword")
    return client


def page(name: str, union) -> str:
    return reverse(f"coverage_returns:{name}", args=[YEAR, union.code])


def typed(client, union, **changes) -> dict:
    """What the browser would send back from the page as it stands, with these changes."""
    form = client.get(page("edit", union)).context["form"]
    sent = {name: form[name].value() for name in form.fields}
    return {name: value for name, value in (sent | changes).items() if value is not None}


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_the_page_shows_what_is_known_beside_what_is_asked_and_prefills_it(tree, language):
    unit = tree["unit_a"]
    unit.staff_count = 63
    unit.save()
    client = client_of(officer_at(unit), language)
    answer = client.get(page("edit", unit))
    assert answer.context["form"]["staff"].value() == 63
    assert "63（工会组织登记，2026年10月12日）" in answer.text or "63 (Register of unions, " in answer.text
    assert not AnnualReturn.objects.unscoped().exclude(figures={}).exists()


def test_saving_says_what_is_still_open_and_keeps_an_empty_field_empty(tree):
    unit = tree["unit_a"]
    client = client_of(officer_at(unit), "en")
    answer = client.post(page("edit", unit), typed(client, unit, staff="1,060", staff_women="４０"), follow=True)
    assert "Open points before it can be signed" in answer.text
    assert return_of(unit).figures == {"staff": 1060, "staff_women": 40}
    assert "Nothing is stated" in answer.text


@pytest.mark.parametrize(
    ("field", "text", "words"),
    [
        ("staff_women", "61", "61 is more than “Staff” (60)"),
        ("staff", "-3", "can&#x27;t be below nought"),
        ("staff", "sechzig", "whole number in digits"),
        ("staff", "123456789012", "too large"),
        ("staff", "60.5", "without decimals"),
        ("term_ends_on", "2068-99-01", "valid date"),
        ("term_ends_on", "1066-01-01", "This day can&#x27;t be right"),
        ("women_form", "queen", "Select a valid choice"),
        ("contract_women", "5", "can&#x27;t be while “Special contracts in force” is nought"),
    ],
)
def test_what_cannot_be_is_said_beside_the_field_and_nothing_typed_is_lost(tree, field, text, words):
    unit = tree["unit_a"]
    client = client_of(officer_at(unit), "en")
    given = {"staff": "60", "staff_women": "40", "contracts": "0", "nursing_rooms": "7"}
    answer = client.post(page("edit", unit), typed(client, unit, **(given | {field: text})))
    assert answer.status_code == 200
    assert words in answer.text
    assert answer.context["form"]["nursing_rooms"].value() == "7"
    assert str(answer.context["form"][field].value()) == text
    assert return_of(unit).figures == {}


def test_who_saves_second_reads_what_the_first_saved_before_it_is_written_over(tree):
    unit = tree["unit_a"]
    first, second = client_of(officer_at(unit), "en"), client_of(officer_at(unit), "en")
    hers, theirs = typed(first, unit, staff="50"), typed(second, unit, staff="70")
    first.post(page("edit", unit), hers)
    answer = second.post(page("edit", unit), theirs)
    assert "It says now: Staff: 50" in answer.text
    assert return_of(unit).figures["staff"] == 50
    again = {name: answer.context["form"][name].value() for name in answer.context["form"].fields}
    second.post(page("edit", unit), {name: value for name, value in again.items() if value is not None})
    assert return_of(unit).figures["staff"] == 70


def test_signing_submitting_sending_back_and_accepting_on_their_pages(tree):
    unit, town = tree["unit_a"], tree["town_a"]
    officer = officer_at(unit)
    hers, above = client_of(officer, "en"), client_of(officer_at(town), "en")
    filled(unit, by=officer)
    refused = hers.post(page("sign", unit), {"name": ""})
    assert "Write the name of the head" in refused.text
    assert "isn&#x27;t signed yet" in hers.post(page("submit", unit), {}).text
    hers.post(page("sign", unit), {"name": "示例主席"})
    hers.post(page("submit", unit), {})
    assert "in a few words" in above.post(page("send_back", unit), {"words": ""}).text
    above.post(page("send_back", unit), {"words": "请核对职工数"})
    assert "请核对职工数" in hers.get(page("one", unit)).text
    actions.sign(return_of(unit), name="示例主席", by=officer, now=NOW)
    actions.submit(return_of(unit), by=officer, now=NOW)
    stale = return_of(unit).changes - 1
    assert "Somebody else has changed" in above.post(page("accept", unit), {"seen": stale}).text
    above.post(page("accept", unit), {"seen": return_of(unit).changes})
    assert return_of(unit).state == "accepted"
    assert above.post(page("accept", unit), {}, follow=True).redirect_chain


def test_signing_isnt_offered_while_points_are_open_and_its_page_leads_to_them(tree):
    unit = tree["unit_a"]
    officer = officer_at(unit)
    client = client_of(officer, "en")
    assert page("sign", unit) not in client.get(page("one", unit)).text
    filled(unit, by=officer)
    assert page("sign", unit) in client.get(page("one", unit)).text
    assert client.get(page("sign", unit)).status_code == 200
    actions.save_figures(return_of(unit), figures={"staff": 60}, reasons={}, by=officer, now=NOW)
    assert page("sign", unit) not in client.get(page("one", unit)).text
    led = client.get(page("sign", unit), follow=True)
    assert led.redirect_chain[0][0] == page("edit", unit)
    assert "Points are still open" in led.text


def test_a_year_is_locked_under_a_signature_and_the_top_is_told_so(tree):
    city = tree["city"]
    officer = officer_at(city, Role.FEDERATION_OFFICER)
    client = client_of(officer, "en")
    assert "your own return has to be signed first" in client.post(page("lock", city), {}).text.replace("&#x27;", "'")
    signed(city, by=officer, because="示例")
    assert "Signed, to be locked" in client.get(page("one", city)).text


def test_a_return_that_came_in_time_stays_so_while_it_is_corrected(tree):
    unit = tree["unit_a"]
    locked(tree)
    first = return_of(unit)
    actions.amend(first, reason="漏报", by=officer_at(unit), now=NOW)
    assert return_of(unit).first_submitted_on == first.first_submitted_on is not None
    later = timezone.localdate(NOW) + timedelta(days=300)
    whole, _branches = queries.progress(unit, year=YEAR, today=later)
    assert (whole.in_time, whole.late, whole.missing) == (1, 0, 0)


def test_a_word_that_is_missing_keeps_an_upper_return_from_being_signed(tree):
    town = tree["town_a"]
    officer = officer_at(town)
    client = client_of(officer, "en")
    accepted(tree["unit_a"])
    filled(town, by=officer)
    answer = client.get(page("one", town))
    assert "1 of 2 returns directly below are counted" in answer.text
    assert tree["unit_b"].name in answer.text
    assert "Say why before you sign" in client.post(page("sign", town), {"name": "示例主席"}).text
    client.post(page("sign", town), {"name": "示例主席", "because": "正在换届"})
    assert return_of(town).incomplete_because == "正在换届"


def test_a_signed_return_says_when_what_it_counts_has_moved_on(tree):
    locked(tree)
    officer, client = officer_at(tree["unit_a"]), client_of(officer_at(tree["town_a"]), "en")
    assert "A new version takes them in" not in client.get(page("one", tree["town_a"])).text
    actions.amend(return_of(tree["unit_a"]), reason="漏报", by=officer, now=NOW)
    submitted(tree["unit_a"], by=officer, staff=80)
    actions.accept(return_of(tree["unit_a"]), by=officer_at(tree["town_a"]), now=NOW)
    assert "A new version takes them in" in client.get(page("one", tree["town_a"])).text


@pytest.mark.parametrize("name", ["one", "edit", "print", "workbook", "sign", "submit", "accept", "send_back", "amend"])
def test_a_union_elsewhere_does_not_exist_for_her(tree, name):
    assert client_of(officer_at(tree["unit_a"])).get(page(name, tree["unit_c"])).status_code == 404


def test_a_unit_decides_on_nothing_and_the_level_above_writes_what_it_may(tree):
    hers = client_of(officer_at(tree["unit_a"]))
    assert hers.get(page("accept", tree["unit_a"])).status_code == 403
    assert hers.get(reverse("coverage_returns:open")).status_code == 403
    auditor = client_of(officer_at(tree["city"], Role.AUDITOR))
    assert auditor.get(page("one", tree["unit_a"])).status_code == 200
    assert auditor.get(page("edit", tree["unit_a"])).status_code == 403


def test_hardship_and_illness_stay_hidden_from_who_reads_no_roster(tree):
    submitted(tree["unit_a"], hardship_women=3, aid_claims=2)
    administrator = client_of(officer_at(tree["city"], Role.PLATFORM_ADMINISTRATOR), "en")
    seen = administrator.get(page("one", tree["unit_a"])).context["shown"]
    rows = {row.field.code: row for _group, some in seen.groups for row in some}
    assert rows["staff"].own == "60"
    assert "not shown here" in rows["hardship_women"].own
    assert rows["hardship_women"].reason == ""
    assert administrator.get(reverse("exports:ask", args=["annual-returns"])).status_code == 403


def test_on_paper_a_small_number_and_what_it_could_be_reckoned_from_are_left_out(tree):
    accepted(tree["unit_a"], hardship_women=3, single_parents=0)
    accepted(tree["unit_b"], hardship_women=4, single_parents=0)
    town = signed(tree["town_a"], hardship_women=0, single_parents=0)
    client = client_of(officer_at(tree["town_a"]), "en")
    row = _row(client.get(page("print", tree["unit_a"])), "hardship_women")
    assert (row.own, row.total) == ("fewer than 5", "fewer than 5")
    assert town.totals["hardship_women"] == 7
    together = _row(client.get(page("print", tree["town_a"])), "hardship_women")
    assert (together.own, together.below, together.total) == ("0", "7", "7")


def _row(answer, code: str):
    return next(row for _group, rows in answer.context["shown"].groups for row in rows if row.field.code == code)


def test_the_workbook_of_one_return_has_a_line_for_each_field_and_says_what_empty_means(tree):
    submitted(tree["unit_a"], nursing_rooms=None)
    answer = client_of(officer_at(tree["unit_a"]), "en").get(page("workbook", tree["unit_a"]))
    book = load_workbook(BytesIO(answer.content))
    lines = {line[1]: line for line in book.worksheets[1].iter_rows(values_only=True)}
    assert lines["Staff"][2] == 60
    assert lines["Nursing rooms"][2] == "—"
    assert any("Missing is never nought" in str(cell) for row in book.worksheets[0].values for cell in row)


def test_the_export_is_exactly_the_filtered_list_a_row_a_union(tree):
    from django.http import QueryDict

    submitted(tree["unit_a"])
    officer = officer_at(tree["town_a"])
    found = return_exporters.returns_found(officer, QueryDict("state=submitted"), False)
    (line,) = return_exporters.return_lines(found.rows, False)
    assert line[0] == tree["unit_a"].code
    assert len(line) == len(return_exporters.COLUMNS)
    assert len({str(column.heading) for column in return_exporters.COLUMNS}) == len(return_exporters.COLUMNS)
    assert not return_exporters.returns_found(officer, QueryDict("state=nonsense"), False).rows.exists()


def test_several_are_accepted_at_once_after_a_preview_row_by_row(tree):
    town = officer_at(tree["town_a"])
    one, other = submitted(tree["unit_a"]), signed(tree["unit_b"])
    client = client_of(town, "en")
    address = reverse("coverage_returns:many_accept")
    preview = client.post(address, {"return": [one.pk, other.pk, "1 OR 1", "9" * 40], "within": ""})
    assert "1 return will be accepted" in preview.text
    assert "Signed, not yet submitted" in preview.text
    sealed = preview.context["sealed"]
    assert "1 return was accepted" in client.post(address, {"sealed": sealed}).text
    assert "Nothing: it was accepted before" in client.post(address, {"sealed": sealed}).text
    assert return_of(tree["unit_a"]).state == "accepted"


def test_those_who_are_late_are_reminded_with_one_click_and_it_goes_on_record(tree):
    client = client_of(officer_at(tree["town_a"]), "en")
    address = reverse("coverage_returns:many_remind")
    officer_at(tree["unit_a"])
    preview = client.post(address, {"which": "all", "within": "time=missing&kind=grassroots_union"})
    assert "1 unit will be reminded" in preview.text
    assert "Nobody holds an officer" in preview.text
    officer_at(tree["unit_b"])
    preview = client.post(address, {"which": "all", "within": "time=missing&kind=grassroots_union"})
    assert "2 units will be reminded" in preview.text
    client.post(address, {"sealed": preview.context["sealed"]})
    assert ReturnStep.objects.filter(verb="remind").count() == 2
    again = client.post(address, {"which": "all", "within": "time=missing&kind=grassroots_union"})
    done = client.post(address, {"sealed": again.context["sealed"]})
    assert "reminded today already" in done.text


def test_every_figure_of_the_progress_is_its_list(tree):
    submitted(tree["unit_a"])
    submitted(tree["unit_b"], now=NOW + timedelta(days=30))
    actions.send_back(return_of(tree["unit_b"]), words="请核对", by=officer_at(tree["town_a"]), now=NOW)
    later = timezone.localdate(NOW + timedelta(days=40))
    whole, branches = queries.progress(tree["city"], year=YEAR, today=later)
    assert (whole.expected, whole.handed_in, whole.in_time, whole.missing) == (7, 2, 1, 5)
    assert sum(one.expected for one in branches.values()) == 6
    listed = queries.returns_listed(officer_at(tree["city"], Role.FEDERATION_OFFICER)).filter(year=YEAR)
    for name in ("missing", "handed_in", "in_time", "late"):
        assert listed.filter(queries.by_time(later)[name]).count() == getattr(whole, name), name


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_list_progress_paper_and_history_read_in_both_languages(tree, language):
    opened(tree["city"], 2025)
    locked(tree, year=2025)
    locked(tree)
    officer = officer_at(tree["unit_a"])
    actions.amend(return_of(tree["unit_a"]), reason="漏报一个车间", by=officer, now=NOW)
    filled(tree["unit_a"], by=officer, staff=80)
    client = client_of(officer_at(tree["city"], Role.FEDERATION_OFFICER), language)
    for address in (
        reverse("coverage_returns:list"),
        reverse("coverage_returns:list") + "?year=2025&time=late&kind=grassroots_union",
        reverse("coverage_returns:progress", args=[YEAR]),
        reverse("coverage_returns:progress", args=[YEAR]) + "?at=" + tree["county_a"].code,
        page("one", tree["unit_a"]),
        page("one", tree["city"]),
        page("print", tree["city"]),
        page("amend", tree["unit_b"]),
        reverse("coverage_returns:open"),
    ):
        assert client.get(address).status_code == 200, address
    story = client.get(page("one", tree["unit_a"])).text
    assert "漏报一个车间" in story
    assert "60 → 80" in story


def test_odd_addresses_show_nothing_and_never_fail(tree):
    client = client_of(officer_at(tree["city"], Role.FEDERATION_OFFICER))
    for query in ("year=abc", "time=never", "kind=\x00", "above=" + "x" * 400, "union=%00", "p=zzz"):
        assert client.get(f"{reverse('coverage_returns:list')}?{query}").status_code == 200
    assert client.get(reverse("coverage_returns:progress", args=[99999])).status_code == 200
    assert client.get(reverse("coverage_returns:progress", args=[YEAR]) + "?at=nowhere").status_code == 404
    assert client.get(f"/admin/coverage/returns/{10**20}/T/").status_code == 404
    for year in ("", "abc", "1", "99999999999"):
        answer = client.post(reverse("coverage_returns:open"), {"year": year})
        assert answer.status_code == 200
        assert answer.context["form"].errors


def test_the_lists_cost_the_same_at_one_row_and_at_thirty(tree):
    officer = officer_at(tree["city"], Role.FEDERATION_OFFICER)
    client = client_of(officer)
    for address in (reverse("coverage_returns:list"), reverse("coverage_returns:progress", args=[YEAR])):
        client.get(address)
        with CaptureQueriesContext(connection) as few:
            client.get(address)
        for _number in range(30):
            UnionFactory(parent=tree["county_b"])
        opened(tree["city"])
        with CaptureQueriesContext(connection) as many:
            client.get(address)
        assert len(few) == len(many), address


def test_what_waits_stands_on_the_desk_of_whoever_it_waits_for(tree):
    unit, town = officer_at(tree["unit_a"]), officer_at(tree["town_a"])
    (hers,) = todos_for(unit)
    assert tree["unit_a"].name in hers.text
    assert not hers.overdue
    submitted(tree["unit_a"], by=unit)
    assert todos_for(unit) == []
    assert any("state=submitted" in todo.url for todo in todos_for(town))
    actions.send_back(return_of(tree["unit_a"]), words="请核对", by=town, now=NOW)
    (back,) = todos_for(unit)
    assert back.url == page("one", tree["unit_a"])


def test_nobody_without_a_post_with_returns_finds_the_menu(tree):
    editor = officer_at(tree["city"], Role.COMMUNICATIONS_EDITOR)
    assert todos_for(editor) == []
    assert client_of(editor).get(reverse("coverage_returns:list")).status_code == 403
