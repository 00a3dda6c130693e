"""Unions to call, and reminding them: one, or several that are shown first; never twice without saying so."""

from datetime import datetime, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.formats import date_format

from services.coverage import errors
from services.coverage.actions.calling import remind
from services.coverage.enums import Subject
from services.coverage.models import Reminder, Standing
from services.messaging.models import Message
from services.organizations.enums import Role
from tests.coverage.standings import AS_IT_SHOULD_BE, LACKING, UNSTATED, union_under
from tests.factories.organizations import small_tree
from tests.screening.people import at_desk, post

pytestmark = pytest.mark.django_db

NOW = timezone.make_aware(datetime(2026, 11, 20, 10))
UNIONS = reverse("coverage_view:unions")
MANY = reverse("coverage_view:remind_many")


@pytest.fixture
def tree():
    return small_tree()


@pytest.fixture
def lacking(tree):
    return union_under(tree["town_a"], **LACKING).organization


def sent(about: str = "") -> int:
    return Message.objects.filter(key="coverage-reminder", channel="in_site").count()


def test_its_officers_are_written_to_and_it_stands_on_record(tree, lacking):
    hers, by = post(lacking, Role.GRASSROOTS_OFFICER), post(tree["county_a"])
    made = remind(lacking, about=Subject.COMMITTEE, by=by, now=NOW)
    assert (made.told, made.by, made.at) == (1, by, NOW)
    letter = Message.objects.get(recipient=hers, channel="in_site")
    assert lacking.name in letter.body and "甲县总工会" in letter.body
    with translation.override(hers.language or "zh-hans"):
        assert str(Subject.COMMITTEE.label) in letter.body


@pytest.mark.parametrize("language", ["en", "zh-hans"])
def test_the_record_tells_who_reminded_of_what_and_leads_to_the_statistics(tree, lacking, language):
    hers, by = post(lacking, Role.GRASSROOTS_OFFICER), post(tree["county_a"])
    record = reverse("coverage_records:one", args=[lacking.code])
    client = at_desk(tree["county_a"])
    client.cookies["language"] = language
    assert client.get(record).context["reminders"] == []
    remind(lacking, about=Subject.COMMITTEE, by=by, now=NOW)
    page = client.get(record).content.decode()
    with translation.override(language):
        assert str(Subject.COMMITTEE.label) in page
        told = date_format(timezone.localtime(NOW), "DATETIME_FORMAT")
    assert by.full_name in page and told in page
    assert reverse("coverage_view:at", args=[tree["town_a"].code]) in page
    own = Client()
    own.force_login(hers, backend="services.accounts.backends.StaffPassword")
    at = own.get(record).context["at_a_glance"]
    assert at == reverse("coverage_view:at", args=[lacking.code]) and own.get(at).status_code == 200


def test_not_again_within_days_unless_she_says_so(tree, lacking, settings):
    settings.COVERAGE_REMIND_AGAIN_AFTER_DAYS = 14
    post(lacking, Role.GRASSROOTS_OFFICER)
    by = post(tree["county_a"])
    remind(lacking, about=Subject.COMMITTEE, by=by, now=NOW)
    with pytest.raises(errors.RemindedAlready) as refused:
        remind(lacking, about=Subject.COMMITTEE, by=by, now=NOW + timedelta(days=13))
    assert "2026-11-20" in refused.value.message(staff=True) and by.full_name in refused.value.message(staff=True)
    assert sent() == 1
    remind(lacking, about=Subject.COMMITTEE, by=by, now=NOW + timedelta(days=13), again=True)
    remind(lacking, about=Subject.COMMITTEE, by=by, now=NOW + timedelta(days=27))
    assert sent() == 3


def test_nobody_is_reminded_of_what_is_not_true_or_where_nobody_would_read_it(tree, lacking):
    by = post(tree["county_a"])
    with pytest.raises(errors.NothingToRemindOf):
        remind(lacking, about=Subject.TERM_OVERDUE, by=by, now=NOW)
    with pytest.raises(errors.NobodyToRemind):
        remind(lacking, about=Subject.COMMITTEE, by=by, now=NOW)
    assert not Reminder.objects.unscoped().exists()


@pytest.mark.parametrize(
    ("place", "role"),
    [("unit_a", Role.GRASSROOTS_OFFICER), ("county_b", Role.FEDERATION_OFFICER), ("county_a", Role.AUDITOR)],
)
def test_only_an_officer_above_reminds(tree, lacking, place, role):
    post(lacking, Role.GRASSROOTS_OFFICER)
    with pytest.raises(PermissionDenied):
        remind(lacking, about=Subject.COMMITTEE, by=post(tree[place], role), now=NOW)


@pytest.mark.parametrize("language", ["en", "zh-hans"])
def test_each_subject_has_its_list_and_each_is_as_its_rule(tree, language):
    town = tree["town_a"]
    expected = {
        "committee": union_under(town, **LACKING),
        "term_overdue": union_under(town, term="overdue"),
        "term_ending": union_under(town, term="ending"),
        "not_stated": union_under(town, **UNSTATED),
        "head": union_under(town, chair_qualified="no"),
    }
    union_under(town)
    client = at_desk(tree["city"])
    client.cookies["language"] = language
    assert client.get(UNIONS).context["counted"].rows == 6
    for subject, row in expected.items():
        page = client.get(UNIONS, {"about": subject, "union": tree["county_a"].code})
        assert list(page.context["object_list"]) == [row], subject
        assert reverse("coverage_view:remind", args=[row.organization.code]) in page.content.decode()


def test_one_click_reminds_and_the_second_says_that_it_was_done(tree, lacking):
    post(lacking, Role.GRASSROOTS_OFFICER)
    client = at_desk(tree["county_a"])
    client.cookies["language"] = "en"
    within = {"within": "about=committee", "about": "committee"}
    address = reverse("coverage_view:remind", args=[lacking.code])
    first = client.post(address, within, follow=True)
    assert first.redirect_chain[0][0] == f"{UNIONS}?about=committee"
    assert "1 officer was reminded" in first.content.decode()
    assert f"{timezone.localdate():%Y-%m-%d}" in first.content.decode()
    assert "It was reminded of this on" in client.post(address, within, follow=True).content.decode()
    assert sent() == 1
    assert client.post(address, {"about": "nonsense"}).status_code == 404


def test_several_are_shown_first_each_with_what_will_happen_to_it(tree, lacking):
    post(lacking, Role.GRASSROOTS_OFFICER)
    nobody = union_under(tree["town_a"], **LACKING).organization
    lately = union_under(tree["town_a"], **LACKING).organization
    post(lately, Role.GRASSROOTS_OFFICER)
    client = at_desk(tree["county_a"])
    client.cookies["language"] = "en"
    remind(lately, about=Subject.COMMITTEE, by=client.user, now=timezone.now() - timedelta(days=2))
    within = {"within": "about=committee"}
    preview = client.post(MANY, within | {"which": "all"})
    said = {line.row.organization: line for line in preview.context["lines"]}
    assert (said[lacking].good, said[nobody].good, said[lately].good) == (True, False, True)
    assert "only if you tick" in said[lately].words
    assert sent() == 1
    done = client.post(MANY, within | {"sealed": preview.context["sealed"]})
    said = {line.row.organization: line for line in done.context["lines"]}
    assert (said[lacking].good, said[lately].good) == (True, False)
    assert sent() == 2
    twice = client.post(MANY, within | {"sealed": preview.context["sealed"], "again": "on"})
    assert {line.row.organization: line.good for line in twice.context["lines"]} == {lacking: False, lately: True}
    assert sent() == 3


def test_a_preview_that_names_foreign_unions_or_no_subject_does_nothing(tree, lacking):
    post(lacking, Role.GRASSROOTS_OFFICER)
    foreign = at_desk(tree["county_b"])
    ticked = {"within": "about=committee", "union": lacking.code}
    assert foreign.post(MANY, ticked).status_code == 302
    assert foreign.post(MANY, {"union": lacking.code}).status_code == 404
    assert foreign.post(reverse("coverage_view:remind", args=[lacking.code]), {"about": "committee"}).status_code == 404
    assert sent() == 0


@pytest.mark.parametrize(
    "query",
    [
        "about=nonsense",
        "union=nowhere",
        "size=huge",
        "built=maybe",
        "above=nothing",
        "leaves=1",
        "leaves=1&union=nowhere",
        "reminded=never",
        "industry=-&p=nonsense",
    ],
)
def test_odd_addresses_show_nothing_wrong(tree, query):
    union_under(tree["town_a"])
    client = at_desk(tree["city"])
    assert client.get(f"{UNIONS}?{query}").status_code == 200
    assert client.get(f"{reverse('coverage_view:changes')}?{query}&month=2026-13&field=nothing").status_code == 200


@pytest.mark.parametrize("month", ["2026-13", "0000-01", "0001-01", "99999-1", "9999-12", "２０２６-11", "2026-11-0"])
def test_what_is_no_month_leaves_the_list_of_changes_empty_and_says_so(tree, month):
    union_under(tree["town_a"])
    page = at_desk(tree["city"]).get(reverse("coverage_view:changes"), {"month": month})
    assert (page.status_code, list(page.context["object_list"])) == (200, [])
    assert len(page.context["broken_filters"]) == 1
    assert page.context["view"].filters.form.errors["month"]


@pytest.mark.parametrize("name", ["unions", "changes"])
def test_the_lists_cost_the_same_at_one_row_and_at_thirty(tree, name):
    from services.coverage.models import StandingChange

    def add():
        union = union_under(tree["town_a"], **LACKING).organization
        StandingChange.objects.create(organization=union, field="built", was="yes", now="no", cause="day", at=NOW)

    client = at_desk(tree["city"])
    address = reverse(f"coverage_view:{name}") + ("?about=committee" if name == "unions" else "")

    def queries() -> int:
        with CaptureQueriesContext(connection) as asked:
            assert client.get(address).status_code == 200
        return len(asked)

    add()
    queries()
    alone = queries()
    for _number in range(29):
        add()
    assert queries() == alone


def test_she_sees_the_unions_within_her_reach_alone(tree):
    union_under(tree["town_a"])
    union_under(tree["county_b"], **AS_IT_SHOULD_BE)
    rows = at_desk(tree["county_b"]).get(UNIONS).context["object_list"]
    assert [row.organization.get_parent() for row in rows] == [tree["county_b"]]
    assert Standing.objects.unscoped().count() == 2
    assert at_desk(tree["city"], Role.COMMUNICATIONS_EDITOR).get(UNIONS).status_code == 403
