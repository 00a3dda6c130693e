"""Figures at the desk: one report for every statistic, within the reach of whoever looks."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone, translation

from services.bookings.models import Booking, WaitingEntry
from services.figures.actions import fold
from services.figures.registry import statistics
from services.organizations.enums import Role
from services.screening.enums import ProgrammeKind
from tests.factories.organizations import UnionFactory
from tests.factories.workers import WorkerFactory
from tests.figures.reports import address, report, rows, workbook
from tests.screening.people import at_desk, booked, programme_at

pytestmark = pytest.mark.django_db

CODES = (
    *("screening-uptake", "screening-booked", "screening-attendance", "screening-waiting", "screening-days"),
    "screening-returns",
)


@pytest.mark.parametrize("language", ["en", "zh-hans"])
@pytest.mark.parametrize("code", CODES)
def test_every_statistic_has_a_page_with_its_definition_and_the_time_of_its_data(tree, running, code, language):
    client = at_desk(tree["city"])
    client.cookies["language"] = language
    page = report(client, code, tree["city"])
    with translation.override(language):
        definition = str(statistics[code].definition)
    assert definition in page.content.decode()
    assert f"{timezone.localtime():%Y-%m-%d}" in page.content.decode()


def test_uptake_is_a_sentence_a_figure_and_a_row_for_each_county(tree, running):
    client = at_desk(tree["city"])
    client.cookies["language"] = "en"
    page = report(client, "screening-uptake", tree["city"])
    assert page.context["finding"] == "示例市总工会, 2026: 6.0%. Booked: 6; Allocated: 100."
    assert page.context["figure"] == "6.0%"
    assert rows(page) == {
        tree["county_a"].name: ["40", "5", "2", "0", "12.5%"],
        tree["county_b"].name: ["0", "1", "0", "0", "–"],
    }


def test_a_figure_is_as_long_as_the_list_behind_it(tree, running):
    client = at_desk(tree["city"])
    page = report(client, "screening-uptake", tree["city"])
    for row in [*page.context["children"], page.context["kept"], page.context["total"]]:
        for column, cell in zip(statistics["screening-uptake"].columns, row["cells"], strict=True):
            if cell["url"]:
                assert len(client.get(cell["url"]).context["object_list"]) == int(cell["text"]), column.code
    by_week = report(client, "screening-attendance", tree["city"])
    cells = [cell for row in by_week.context["split"] for cell in row["cells"]]
    assert cells and all(len(client.get(c["url"]).context["object_list"]) == int(c["text"]) for c in cells)


@pytest.mark.parametrize("by", ["week", "site"])
def test_booked_women_by_week_and_site_are_as_many_as_their_lists(tree, running, by):
    client = at_desk(tree["city"])
    split = report(client, "screening-booked", tree["city"], by=by).context["split"]
    shown = [(int(cell["text"]), cell["url"]) for row in split for cell in row["cells"]]
    assert [row["cells"][0]["text"] for row in split] == ["6"]
    assert [number for number, _url in shown] == [len(client.get(url).context["object_list"]) for _number, url in shown]


def test_women_by_days_from_booking_to_examination_are_as_many_as_their_lists(tree, running):
    begins = running.offering.sessions.get().starts_at
    came = list(Booking.objects.unscoped().filter(worker__organization=tree["unit_a"])[:3])
    for one, ahead in zip(came, (timedelta(days=7), timedelta(days=14), timedelta(days=90)), strict=True):
        Booking.objects.unscoped().filter(pk=one.pk).update(created_at=begins - ahead, state="attended")
    client = at_desk(tree["city"])
    split = report(client, "screening-days", tree["city"]).context["split"]
    shown = [(cell["text"], cell["url"]) for row in split for cell in row["cells"]]
    counted = [(int(number), len(client.get(url).context["object_list"])) for number, url in shown if url]
    assert sum(number for number, _rows in counted) >= 3
    assert [number for number, _rows in counted] == [rows for _number, rows in counted]
    assert {number for number, _url in shown} - {str(number) for number, _rows in counted} <= {"0", "–"}


def test_waiting_women_by_site_are_as_many_as_their_lists(tree, running):
    client, now = at_desk(tree["city"]), timezone.now()
    session = running.offering.sessions.get()
    for wanted in (session, session, None):
        WaitingEntry.objects.create(
            offering=running.offering,
            worker=WorkerFactory(organization=tree["unit_a"]),
            session=wanted,
            created_at=now,
            changed_at=now,
        )
    split = report(client, "screening-waiting", tree["city"], by="site").context["split"]
    cells = [row["cells"][0] for row in split]
    assert sorted(cell["text"] for cell in cells) == ["1", "2"]
    for cell in cells:
        assert len(client.get(cell["url"]).context["object_list"]) == int(cell["text"])
    by_age = report(client, "screening-waiting", tree["city"], by="age").context["split"]
    assert {cell["text"] for row in by_age for cell in row["cells"]} == {"✱"}


def test_a_booking_is_seen_at_once(tree, running):
    client = at_desk(tree["city"])
    assert report(client, "screening-uptake", tree["city"]).context["figure"] == "6.0%"
    Booking.objects.unscoped().filter(state="confirmed").update(state="cancelled")
    assert report(client, "screening-uptake", tree["city"]).context["figure"] == "2.0%"


def test_one_key_of_a_split_narrows_the_whole_page(tree, running):
    page = report(at_desk(tree["city"]), "screening-uptake", tree["city"], part="programme", key="hers")
    assert rows(page)[tree["county_a"].name][:2] == ["40", "5"]
    empty = report(
        at_desk(tree["city"]), "screening-uptake", tree["county_b"], part="kind", key=ProgrammeKind.values[-1]
    )
    assert {text for row in rows(empty).values() for text in row} == {"0", "–"}


def test_what_occurs_within_her_reach_stays_narrowed_where_nothing_is(tree, running):
    given = {"part": "programme", "key": "hers"}
    page = report(at_desk(tree["city"]), "screening-returns", tree["unit_c"], **given)
    assert page.context["part"] == running.title


@pytest.mark.parametrize("name", ["at", "export"])
def test_the_name_of_a_programme_or_site_that_none_of_hers_uses_is_not_told(tree, running, name):
    elsewhere, session, root = programme_at(tree["county_a"], code="theirs", year=2026)
    booked(session, tree["unit_a"], root, state="attended")
    hers, stranger = at_desk(tree["county_a"]), at_desk(tree["county_b"])
    for part, key in (("programme", elsewhere.code), ("site", session.venue_id)):
        asked = address("screening-attendance", tree["county_a"], name, part=part, key=key)
        assert hers.get(asked).status_code == 200
        asked = address("screening-attendance", tree["county_b"], name, part=part, key=key)
        assert stranger.get(asked).status_code == 404


def test_a_workbook_of_figures_counts_against_the_hour_s(tree, running, settings):
    settings.EXPORTS_PER_HOUR = 1
    client, book = at_desk(tree["city"]), address("screening-uptake", tree["city"], "export")
    assert client.get(book).status_code == 200
    assert client.get(book).url == address("screening-uptake", tree["city"], period=2026)


def test_she_starts_at_her_own_level_and_goes_no_higher(tree, running):
    client = at_desk(tree["county_a"])
    top = client.get(reverse("figures:top", args=["screening-uptake"]))
    assert top.url == address("screening-uptake", tree["county_a"])
    assert client.get(address("screening-uptake", tree["unit_a"])).status_code == 200
    for place in ("city", "county_b", "unit_c"):
        for name in ("at", "export", "target"):
            assert client.get(address("screening-uptake", tree[place], name)).status_code == 404


@pytest.mark.parametrize(
    ("role", "index"),
    [(Role.FINANCE_OFFICER, 200), (Role.COMMUNICATIONS_EDITOR, 403), (Role.PLATFORM_ADMINISTRATOR, 403)],
)
def test_posts_that_do_not_deal_with_screening_read_nothing_of_it(tree, running, role, index):
    client = at_desk(tree["city"], role)
    page = client.get(reverse("figures:index"))
    assert page.status_code == index
    assert address("screening-uptake", tree["city"]) not in page.content.decode()
    assert client.get(address("screening-uptake", tree["city"])).status_code == 403


@pytest.mark.parametrize(
    "parameters",
    [
        *({"day": "2020-01-31"}, {"day": "x"}, {"period": "1999"}, {"part": "nothing"}, {"by": "nothing"}),
        *({"part": "week", "key": "x"}, {"part": "week"}, {"part": "site", "key": "x"}, {"part": "age", "key": "x"}),
    ],
)
def test_what_cannot_be_shown_does_not_exist(tree, running, parameters):
    assert at_desk(tree["city"]).get(address("screening-attendance", tree["city"], **parameters)).status_code == 404


def test_ages_of_a_few_women_are_hidden_everywhere(tree, running):
    client = at_desk(tree["city"])
    page = report(client, "screening-attendance", tree["city"], by="age")
    assert {cell["text"] for row in page.context["split"] for cell in row["cells"]} == {"✱"}
    assert not page.context["split_chart"]["bars"]
    book = workbook(client.get(address("screening-attendance", tree["city"], "export", by="age")))
    ages = list(book.worksheets[2].iter_rows(min_row=2, min_col=2, values_only=True))
    assert {value for row in ages for value in row} == {"✱"}
    narrowed = report(client, "screening-attendance", tree["city"], part="age", key="45-54")
    assert {text for row in rows(narrowed).values() for text in row} <= {"✱", "0", "–"}


def test_an_appointment_ahead_is_no_absence(tree, running):
    page = report(at_desk(tree["city"]), "screening-attendance", tree["city"])
    assert rows(page)[tree["county_a"].name] == ["2", "2", "3", "100.0%"]
    Booking.objects.unscoped().filter(state="confirmed").update(state="no_show")
    page = report(at_desk(tree["city"]), "screening-attendance", tree["city"])
    assert rows(page)[tree["county_a"].name] == ["5", "2", "0", "40.0%"]


def test_without_places_there_is_no_rate_and_no_zero(tree):
    client = at_desk(tree["city"])
    client.cookies["language"] = "en"
    page = report(client, "screening-uptake", tree["city"])
    assert (page.context["figure"], "no data" in page.context["finding"]) == ("–", True)


def test_the_workbook_says_what_it_holds_and_holds_what_the_page_shows(tree, running):
    client = at_desk(tree["city"])
    client.cookies["language"] = "en"
    book = workbook(client.get(address("screening-uptake", tree["city"], "export")))
    about = dict(book.worksheets[0].iter_rows(values_only=True))
    assert about["Content"] == "Screening: uptake of places"
    assert about["Scope"].startswith(tree["city"].name)
    assert {
        "Definition",
        "Period",
        "Data as of",
        "Made by",
        "Rows",
        "Digest of the rows",
        "Empty cells",
        "Column: Rate, %",
    } <= about.keys()
    assert "Asia/Shanghai" in about["Time zone"]
    lines = list(book.worksheets[1].iter_rows(min_row=2, values_only=True))
    assert lines[0] == (tree["county_a"].name, "T-A", 40, 5, 2, 0, 12.5)
    assert lines[-1][2:] == (100, 6, 2, 0, 6)
    assert int(about["Rows"]) == sum(sheet.max_row - 1 for sheet in book.worksheets[1:])


def test_an_organisation_named_like_a_formula_stays_text(tree, running):
    UnionFactory(parent=tree["city"], kind="county_union", code="T-F", name="=1+1")
    book = workbook(at_desk(tree["city"]).get(address("screening-uptake", tree["city"], "export")))
    (cell,) = [cell for (cell,) in book.worksheets[1].iter_rows(max_col=1) if cell.value == "=1+1"]
    assert (cell.data_type, cell.number_format) == ("s", "@")


def test_a_target_is_set_once_more_and_the_last_counts(tree, running):
    client = at_desk(tree["county_a"])
    client.cookies["language"] = "en"
    for value in ("90", "10"):
        form = {"value": value, "source": "Plan of 2026"}
        assert client.post(address("screening-uptake", tree["county_a"], "target"), form).status_code == 302
    (remark,) = report(client, "screening-uptake", tree["county_a"]).context["remarks"]
    assert remark == "Target 10.0%: reached. Source: Plan of 2026"
    refused = client.post(address("screening-uptake", tree["county_a"], "target"), {"value": "101", "source": "x"})
    assert refused.status_code == 200


def test_only_federation_officers_set_targets(tree, running):
    client = at_desk(tree["county_a"], Role.AUDITOR)
    assert client.get(address("screening-uptake", tree["county_a"], "target")).status_code == 403


def test_one_organisation_or_thirty_cost_the_same_queries(tree, running):
    client = at_desk(tree["city"])

    def count() -> int:
        with CaptureQueriesContext(connection) as queries:
            report(client, "screening-attendance", tree["city"], by="age")
        return len(queries)

    fold()
    count()
    one = count()
    for _ in range(30):
        UnionFactory(parent=tree["city"], kind="county_union")
    fold()
    assert count() == one


def test_the_note_about_hidden_numbers_stands_only_where_small_numbers_are_hidden(tree, running):
    """Beside a table that shows a 1 it would say what isn't so."""
    client = at_desk(tree["city"])
    plain = report(client, "screening-booked", tree["city"])
    assert plain.context["hidden_note"] == ""
    assert "✱" in report(client, "screening-booked", tree["city"], by="age").context["hidden_note"]
