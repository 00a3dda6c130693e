"""Setting up a programme at the desk: one flow, bad answers named beside their fields, terms in versions."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from wagtail.log_actions import log

from services.bookings.enums import OfferingState
from services.bookings.models import Draw
from services.screening.models import Programme, ProgrammeTerms
from tests.factories.bookings import SessionFactory
from tests.factories.organizations import small_tree
from tests.factories.screening import TermsFactory
from tests.screening.people import at_desk, programme_at

pytestmark = pytest.mark.django_db


@pytest.fixture
def tree():
    return small_tree()


@pytest.fixture
def city(tree):
    return at_desk(tree["city"])


def url(name, *args):
    return reverse(f"screening_desk:{name}", args=args)


def answers(organization, **changes) -> dict:
    now = timezone.localtime()
    data = {
        "basics-title": "示例筛查",
        "basics-year": now.year,
        "basics-kind": "charity",
        "basics-organization": organization.pk,
        "basics-items": ["tct", "hpv"],
        "basics-unit_price": "520.00",
        "basics-budget": "",
        "window-title": "女职工免费体检",
        "window-opens_at": f"{now:%Y-%m-%d %H:%M}",
        "window-closes_at": f"{now + timedelta(days=30):%Y-%m-%d %H:%M}",
        "window-change_cutoff_hours": 48,
        "window-hold_minutes": 10,
        "window-offer_hours": 24,
        "window-remainder_open": "on",
        "window-waiting_list": "on",
        "terms-age_min": 35,
        "terms-age_max": 64,
        "terms-interval_months": 24,
        "terms-membership_required": "on",
        "terms-marital_rule": "any",
        "terms-source": "《示例方案》第三条",
    }
    return data | changes


def test_one_form_makes_the_programme_its_offering_and_a_draft_of_its_terms(city, tree):
    response = city.post(url("programme_add"), answers(tree["city"]))
    programme = Programme.objects.get()
    assert response["Location"] == url("programme", programme.code)
    assert programme.code == f"screening-{programme.year}"
    assert (programme.items, str(programme.unit_price), programme.budget) == (["tct", "hpv"], "520.00", None)
    assert (programme.offering.state, programme.offering.title) == (OfferingState.DRAFT, "女职工免费体检")
    terms = programme.terms.get()
    assert (terms.version, terms.published_at, terms.age_min, terms.age_max) == (1, None, 35, 64)


def test_a_second_programme_of_the_year_gets_a_code_of_its_own(city, tree):
    city.post(url("programme_add"), answers(tree["city"]))
    city.post(url("programme_add"), answers(tree["city"]))
    year = timezone.localdate().year
    assert set(Programme.objects.values_list("code", flat=True)) == {f"screening-{year}", f"screening-{year}-2"}


@pytest.mark.parametrize(
    ("change", "form", "field"),
    [
        ({"basics-title": ""}, "basics", "title"),
        ({"basics-year": "1999"}, "basics", "year"),
        ({"basics-year": "x"}, "basics", "year"),
        ({"basics-items": []}, "basics", "items"),
        ({"basics-items": ["mri"]}, "basics", "items"),
        ({"basics-unit_price": "-1"}, "basics", "unit_price"),
        ({"basics-budget": "-5"}, "basics", "budget"),
        ({"window-closes_at": "2020-01-01 00:00"}, "window", "closes_at"),
        ({"window-opens_at": ""}, "window", "opens_at"),
        ({"window-hold_minutes": "0"}, "window", "hold_minutes"),
        ({"terms-age_min": "70"}, "terms", "age_max"),
        ({"terms-source": ""}, "terms", "source"),
        (
            {"terms-employment_types": ["contract"], "terms-priority_employment_types": ["dispatch"]},
            "terms",
            "priority_employment_types",
        ),
    ],
)
def test_a_bad_answer_is_named_beside_its_field_and_nothing_is_lost(city, tree, change, form, field):
    response = city.post(url("programme_add"), answers(tree["city"], **change))
    assert list(response.context[form].errors) == [field]
    assert response.context["terms"]["source"].value() == change.get("terms-source", "《示例方案》第三条")
    assert (Programme.objects.count(), ProgrammeTerms.objects.count()) == (0, 0)


def test_she_can_not_set_one_up_for_an_organisation_she_does_not_lead(tree):
    response = at_desk(tree["county_a"]).post(url("programme_add"), answers(tree["city"]))
    assert list(response.context["basics"].errors) == ["organization"]
    assert Programme.objects.count() == 0


def test_extra_keys_are_ignored(city, tree):
    city.post(url("programme_add"), answers(tree["city"], **{"window-state": "open", "basics-code": "mine"}))
    programme = Programme.objects.get()
    assert (programme.offering.state, programme.code) == ("draft", f"screening-{programme.year}")


def test_editing_changes_everything_but_organisation_code_and_terms(city, tree):
    programme, *_ = programme_at(tree["city"])
    data = answers(tree["county_b"], **{"basics-title": "改名后的筛查", "window-hold_minutes": 15})
    assert city.post(url("programme_edit", programme.code), data).status_code == 302
    programme.refresh_from_db()
    assert (programme.title, programme.organization, programme.offering.hold_minutes) == (
        "改名后的筛查",
        tree["city"],
        15,
    )
    assert programme.terms.get().source == "《2026 年筛查方案》第三条"


def test_the_page_shows_what_was_changed_while_it_was_open_old_and_new(city, tree):
    programme, *_ = programme_at(tree["city"], unit_price="480.00", instructions="旧须知")
    data = answers(tree["city"], **{"basics-title": programme.title, "basics-instructions": "新须知"})
    assert city.post(url("programme_edit", programme.code), data).status_code == 302
    newest = city.get(url("programme", programme.code)).context["history"][0]
    said = "\n".join(newest.changes)
    assert newest.user == city.user
    for old_and_new in ("480.00 → 520.00", "旧须知 → 新须知"):
        assert old_and_new in said
    assert programme.title not in said
    # Times are told as the form takes them, not as the log stores them.
    assert f"→ {data['window-closes_at']}" in said


def test_the_page_tells_of_publishing_opening_and_draws_in_one_history(city, tree):
    programme, *_ = programme_at(tree["city"])
    now = timezone.now()
    announced = {"source": "示例公告", "where": "示例", "number_on": now.date(), "digits": 6}
    draw = Draw.objects.create(
        offering=programme.offering, number=1, freezes_at=now, announced_at=now, announced_by=city.user, **announced
    )
    log(instance=programme, action="screening.publish_terms", user=city.user, data={"version": 2})
    log(instance=draw, action="bookings.draw_numbered", user=city.user, data={"number": "123456", "reason": "更正"})
    shown = city.get(url("programme", programme.code))
    assert [entry.action for entry in shown.context["history"]] == ["bookings.draw_numbered", "screening.publish_terms"]
    assert "更正" in shown.content.decode()
    assert ["2" in line for line in shown.context["history"][1].changes] == [True]


def test_a_published_version_stays_and_a_new_one_begins_as_its_copy(city, tree):
    programme, *_ = programme_at(tree["city"])
    form = city.get(url("terms_new", programme.code)).context["form"]
    assert (form["age_min"].value(), form["age_max"].value(), form["source"].value()) == (
        35,
        64,
        "《2026 年筛查方案》第三条",
    )
    data = {"age_min": 30, "age_max": 64, "marital_rule": "any", "source": "第四条"}
    refused = city.post(url("terms_new", programme.code), data)
    assert list(refused.context["form"].errors) == ["change_note"]
    assert city.post(url("terms_new", programme.code), data | {"change_note": "放宽"}).status_code == 302
    assert list(programme.terms.values_list("version", "age_min", "change_note")) == [(2, 30, "放宽"), (1, 35, "")]


def test_publishing_shows_what_changes_first_and_repeating_it_changes_nothing(city, tree):
    programme, *_ = programme_at(tree["city"])
    draft = TermsFactory(programme=programme, version=2, age_min=30, published_at=None, change_note="放宽")
    lines = city.get(url("terms_publish", programme.code)).context["lines"]
    assert [label for label, old, new, changed in lines if changed] == [lines[0][0]]
    assert ("35" in lines[0][1], "30" in lines[0][2]) == (True, True)
    city.post(url("terms_publish", programme.code))
    draft.refresh_from_db()
    assert (draft.published_by, programme.terms.filter(published_at=None).count()) == (city.user, 0)
    assert city.post(url("terms_publish", programme.code)).status_code == 404


def test_sign_up_does_not_open_before_terms_and_sessions_are_there(city, tree):
    city.post(url("programme_add"), answers(tree["city"]))
    programme = Programme.objects.get()
    codes = []
    for prepare in (
        lambda: city.post(url("terms_publish", programme.code)),
        lambda: SessionFactory(offering=programme.offering),
        lambda: None,
    ):
        response = city.post(url("programme_open", programme.code))
        codes.append(response.status_code if response.status_code == 302 else bool(response.context["form"].errors))
        prepare()
    programme.offering.refresh_from_db()
    assert (codes, programme.offering.state) == ([True, True, 302], OfferingState.OPEN)


def test_the_screen_names_the_next_thing_to_do(city, tree):
    city.post(url("programme_add"), answers(tree["city"]))
    programme = Programme.objects.get()
    targets = []

    def look():
        targets.append(city.get(url("programme", programme.code)).context["step"].url)

    look()
    city.post(url("terms_publish", programme.code))
    look()
    SessionFactory(offering=programme.offering, capacity=20)
    look()
    city.post(url("places_open", programme.code), {"slots": 20, "reason": "方案"})
    look()
    assert targets == [url(name, programme.code) for name in ("terms", "series", "places", "programme_open")]


def test_readers_see_no_drafts_and_no_buttons(tree):
    programme, *_ = programme_at(tree["city"])
    TermsFactory(programme=programme, version=2, published_at=None, change_note="放宽")
    reader = at_desk(tree["county_a"])
    assert [terms.version for terms, *_ in reader.get(url("terms", programme.code)).context["versions"]] == [1]
    screen = reader.get(url("programme", programme.code))
    assert screen.context["step"] is None
    assert url("programme_edit", programme.code) not in screen.content.decode()
