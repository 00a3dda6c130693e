"""Three kinds of programme that are never merged, and one woman who isn't screened twice by accident."""

import re
from datetime import date, timedelta

import pytest
from django.conf import settings
from django.utils import timezone
from hypothesis import given
from hypothesis import settings as examples
from hypothesis import strategies as st

from services.bookings.models import Offering
from services.foundation.months import add_months
from services.foundation.verdict import Outcome
from services.screening import actions, errors
from services.screening.enums import HistorySource, ProgrammeKind
from services.screening.models import PastScreening, Programme, ProgrammeTerms
from services.screening.queries import current_terms, facts_of
from services.screening.rules import KINDS, Facts, Past, Standing, deciding, duty_months, eligibility
from services.screening.rules.kinds import months_after
from tests.factories.bookings import AllocationFactory, SessionFactory
from tests.factories.organizations import small_tree
from tests.factories.screening import ProgrammeFactory, TermsFactory
from tests.screening.her_world import booked, her_world, signed_in, text, url
from tests.screening.people import at_desk, post
from tests.screening.test_eligibility import ON, only, terms

db = pytest.mark.django_db
OWN = date(ON.year - 1, 12, 1)  # a year ago


@pytest.mark.parametrize(
    ("own", "counted", "past", "outcome"),
    [
        ("charity", "all", "charity", Outcome.FAILED),
        ("charity", "all", "employer_duty", Outcome.FAILED),
        ("charity", "same", "employer_duty", Outcome.PASSED),
        ("charity", "same", "charity", Outcome.FAILED),
        ("charity", "same", "", Outcome.UNKNOWN),
        ("employer_duty", "same", "public_health", Outcome.PASSED),
        ("public_health", "all", "employer_duty", Outcome.FAILED),  # whom her employer screened, the city doesn't
        ("public_health", "all", "", Outcome.FAILED),
    ],
)
def test_a_screening_of_one_kind_counts_for_another_as_the_programme_says(own, counted, past, outcome):
    said = terms(interval_months=24, interval_counts=counted)
    last = deciding([Past(OWN, past)], said, own=own)
    facts = Facts(last_screening=last.on, last_kind=last.kind) if last else Facts(never_screened=True)
    finding = only(facts, interval_months=24, interval_counts=counted)
    assert (finding.outcome, finding.source) == (outcome, "《方案》第三条")


@pytest.mark.parametrize(
    ("method", "years", "outcome"),
    [
        ("cytology", 3, Outcome.PASSED),
        ("cytology", 2, Outcome.FAILED),
        ("hpv", 3, Outcome.FAILED),
        ("hpv", 5, Outcome.PASSED),
        ("", 3, Outcome.PASSED),
    ],
)
def test_after_an_hpv_test_she_waits_longer_than_after_cytology(method, years, outcome):
    last = date(ON.year - years, ON.month, ON.day)
    facts = Facts(last_screening=last, last_method=method)
    assert only(facts, interval_months=36, interval_months_hpv=60).outcome is outcome


pasts = st.builds(
    Past,
    on=st.dates(date(2015, 1, 1), ON),
    kind=st.sampled_from(["", *ProgrammeKind.values]),
    method=st.sampled_from(["", "cytology", "hpv"]),
)


@examples(max_examples=300, deadline=None)
@given(st.lists(pasts, max_size=6), st.sampled_from(ProgrammeKind.values), st.sampled_from(["all", "same"]))
def test_nothing_that_counts_is_overlooked_and_nothing_else_bars_her(past, own, counted):
    said = terms(interval_months=36, interval_months_hpv=60, interval_counts=counted)
    last = deciding(past, said, own=own)
    facts = Facts(
        last_screening=last.on if last else None,
        last_kind=last.kind if last else "",
        last_method=last.method if last else "",
        never_screened=None if last else True,
    )
    outcome = eligibility(facts, said, on=ON).findings[0].outcome
    within = [one for one in past if add_months(one.on, months_after(one.method, said)) > ON]
    may_count = [one for one in within if counted == "all" or one.kind in ("", own)]
    assert (outcome is Outcome.PASSED) == (not may_count)
    if outcome is Outcome.FAILED and counted == "same":
        assert any(one.kind == own for one in may_count)


@pytest.mark.parametrize(("elsewhere", "outcome"), [("block", Outcome.FAILED), ("warn", Outcome.NOTE)])
def test_a_booking_elsewhere_bars_or_warns_by_the_terms(elsewhere, outcome):
    facts = Facts(never_screened=True, other_booking=ON - timedelta(days=30), other_kind="employer_duty")
    assessment = eligibility(facts, terms(interval_months=24, elsewhere=elsewhere), on=ON)
    assert assessment.findings[1].outcome is outcome
    assert assessment.eligible == (elsewhere == "warn")


@pytest.mark.parametrize(("fact", "rule"), [("on_roster", "roster_only"), ("resident", "residence_required")])
@pytest.mark.parametrize(
    ("value", "outcome"), [(True, Outcome.PASSED), (False, Outcome.FAILED), (None, Outcome.UNKNOWN)]
)
def test_roster_and_residence(fact, rule, value, outcome):
    assert only(Facts(**{fact: value}), **{rule: True}).outcome is outcome


def test_added_items_are_told_and_bar_nobody():
    said = {"added_from_age": 35, "added_items": ["breast", "tct"]}
    assert only(Facts(age=30), **said).outcome is Outcome.NOTE
    assert eligibility(Facts(age=30), terms(**said), on=ON).verdict is Standing.ELIGIBLE


@pytest.mark.parametrize(
    ("region", "given_months", "months"),
    [("fujian", None, 24), ("shanxi", None, 12), ("shanxi", 12, 12), ("other", 18, 18), ("other", None, None)],
)
def test_the_employers_interval_follows_from_the_region(region, given_months, months):
    assert duty_months(region, given_months) == months


@pytest.mark.parametrize(("region", "months"), [("fujian", 12), ("other", 11), ("other", 25), ("shanxi", 24)])
def test_no_other_interval_is_an_employers(region, months):
    with pytest.raises(ValueError, match="months"):
        duty_months(region, months)


def test_every_field_of_the_terms_belongs_to_a_kind_or_is_fixed_by_it():
    said_by_all = {"source", "change_note"}
    managed = {"id", "programme", "version", "published_at", "published_by"}
    fields = {field.name for field in ProgrammeTerms._meta.get_fields() if field.concrete} - managed - said_by_all
    for rules in KINDS.values():
        assert set(rules.terms) | set(rules.fixed) == fields
        assert not set(rules.terms) & set(rules.fixed)
        assert set(rules.usual) <= set(rules.terms)
        assert rules.source


def made(kind: str, by, organization, **said) -> Programme:
    now = timezone.now()
    window = {"title": "体检", "opens_at": now - timedelta(days=1), "closes_at": now + timedelta(days=60)}
    return actions.create_programme(
        organization=organization,
        basics={"title": "示例", "year": 2026, "kind": kind, "items": ["hpv"]},
        window=window,
        terms=dict(KINDS[kind].usual) | {"source": "《示例》"} | said,
        by=by,
    )


@db
def test_rules_of_one_kind_never_get_into_another():
    city = small_tree()["city"]
    officer = post(city)
    foreign = {"membership_required": True, "age_min": 40, "residence_required": True, "roster_only": False}
    duty = made("employer_duty", officer, city, **foreign).terms.get()
    assert (duty.membership_required, duty.age_min, duty.residence_required, duty.roster_only) == (
        False,
        None,
        False,
        True,
    )
    health = made("public_health", officer, city, **foreign).terms.get()
    assert (health.membership_required, health.age_min, health.roster_only) == (False, 40, False)
    assert not Offering.objects.get(pk=duty.programme.offering_id).remainder_open
    with pytest.raises(errors.DutyInterval):
        made("employer_duty", officer, city, interval_months=36)


@db
def test_the_employers_checkup_is_for_the_women_of_units_that_take_part():
    world = her_world()
    duty = ProgrammeFactory(kind="employer_duty", offering__remainder_open=False)
    said = TermsFactory(programme=duty, roster_only=True, age_min=None, age_max=None, interval_counts="same")
    assert facts_of(world.worker, duty, said).on_roster is False
    AllocationFactory(offering=duty.offering, organization=world.worker.organization, slots=5)
    assert facts_of(world.worker, duty, said).on_roster is True


@db
def test_what_her_employer_did_counts_for_the_public_programme_and_says_of_which_kind(django_assert_num_queries):
    world = her_world()
    PastScreening.objects.own(worker=world.worker).delete()
    PastScreening.objects.unscoped().create(
        worker=world.worker,
        screened_on=timezone.localdate() - timedelta(days=100),
        source=HistorySource.ATTENDED,
        kind="employer_duty",
    )
    Programme.objects.filter(pk=world.programme.pk).update(kind="public_health")
    world.programme.refresh_from_db()
    said = current_terms(world.programme)
    with django_assert_num_queries(1):
        facts = facts_of(world.worker, world.programme, said)
    assert (facts.last_kind, facts.origins["interval"]) == ("employer_duty", "history")
    page = text(signed_in(world.user).get(url("eligibility")))
    assert "用人单位" in page and "各类筛查都计入" in page and "公共卫生项目" in page
    ProgrammeTerms.objects.update(interval_counts="same")
    facts = facts_of(world.worker, world.programme, current_terms(world.programme))
    assert (facts.last_screening, facts.never_screened) == (None, None)


@db
@pytest.mark.parametrize(("kind", "active"), [("charity", False), ("employer_duty", False), ("public_health", None)])
def test_the_public_programme_doesnt_ask_whether_she_works(kind, active):
    world = her_world()
    world.worker.state = "left"
    world.programme.kind = kind
    assert facts_of(world.worker, world.programme, current_terms(world.programme)).active is active


@db
def test_attendance_is_remembered_with_its_kind_and_method():
    from services.screening.actions.watching import ScreeningWatcher

    world = her_world()
    booking = booked(world)
    ScreeningWatcher().attended(booking, now=timezone.now())
    kept = PastScreening.objects.own(worker=world.worker, booking=booking).get()
    assert (kept.kind, kept.method) == ("charity", "hpv")


@db
def test_she_says_where_she_lives_and_who_arranged_her_last_screening():
    world = her_world()
    PastScreening.objects.own(worker=world.worker).update(
        kind="", screened_on=timezone.localdate() - timedelta(days=90)
    )
    ProgrammeTerms.objects.update(residence_required=True, interval_counts="same")
    hers = signed_in(world.user)
    assert hers.get(url("book"))["Location"] == url("history")
    asked = hers.get(url("history")).context["form"].fields
    assert {"resident", "screened", "arranged_by"} <= set(asked)
    day = f"{timezone.localdate() - timedelta(days=90):%Y-%m-%d}"
    answers = {"screened": "day", "screened_on": day, "arranged_by": "employer_duty", "resident": "yes"}
    assert hers.post(url("history"), answers)["Location"] == url("book")
    assert hers.get(url("book")).status_code == 200
    assert PastScreening.objects.own(worker=world.worker).get().kind == "employer_duty"


@db
@pytest.mark.parametrize(
    ("kind", "shown", "hidden"),
    [
        ("charity", ["terms-membership_required", "terms-priority_employment_types"], ["terms-region"]),
        ("employer_duty", ["terms-region", "terms-added_items"], ["terms-age_min", "window-remainder_open"]),
        ("public_health", ["terms-residence_required", "terms-interval_months_hpv"], ["terms-membership_required"]),
    ],
)
def test_the_desk_asks_only_what_belongs_to_the_kind(kind, shown, hidden):
    page = at_desk(small_tree()["city"]).get("/admin/screening/add/", {"kind": kind}).content.decode()
    assert [f'name="{name}"' in page for name in shown] == [True] * len(shown)
    assert [f'name="{name}"' in page for name in hidden] == [False] * len(hidden)


@db
def test_a_live_booking_of_another_kind_is_seen():
    world = her_world()
    other = ProgrammeFactory(kind="employer_duty", offering__organization=world.tree["city"])
    session = SessionFactory(offering=other.offering)
    allocation = AllocationFactory(offering=other.offering, organization=world.tree["city"])
    booking = booked(world)
    type(booking).objects.unscoped().filter(pk=booking.pk).update(
        offering=other.offering, session=session, allocation=allocation
    )
    said = current_terms(world.programme)
    facts = facts_of(world.worker, world.programme, said)
    assert (facts.other_kind, facts.other_booking) == ("employer_duty", timezone.localdate(session.starts_at))
    ProgrammeTerms.objects.update(interval_counts="same")
    facts = facts_of(world.worker, world.programme, current_terms(world.programme))
    assert facts.other_booking is None


@db
@pytest.mark.parametrize(
    ("kind", "payer"),
    [("charity", "the union"), ("employer_duty", "your employer"), ("public_health", "public funds")],
)
def test_she_reads_who_pays_before_she_confirms(kind, payer):
    world = her_world()
    held = actions.book(
        world.programme, session=world.sessions[0], worker=world.worker, by=world.user, now=timezone.now()
    )
    Programme.objects.update(kind=kind)
    client = signed_in(world.user)
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = "en"
    assert re.findall(r"Free: ([a-z ]+) pays?", text(client.get(url("check_answers", held.token)))) == [payer]
