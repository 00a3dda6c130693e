"""Somebody may apply in her name only while she lets her (D21)."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from services.casework import actions, errors, policies, queries
from services.casework.enums import ConsentWay, FiledBy, Stage, Verb
from services.casework.todos import todos_for
from services.messaging.models import Message
from tests.casework.notice_world import signed_in
from tests.factories.casework import MONDAY, AuthorisationFactory

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


@pytest.fixture(autouse=True)
def on_monday(today_is):
    return today_is


def opened(world, by, **changes):
    asked = {"service": "allowance", "subject_code": "spring", "worker": world.her, "route_code": world.route.code}
    return actions.open_case(**(asked | changes), by=by, now=world.now)


@pytest.fixture
def filer(world):
    return world.officers["union"]


def test_nobody_begins_anything_in_her_name_without_leave(world, filer):
    with pytest.raises(errors.ConsentMissing):
        opened(world, filer)
    AuthorisationFactory(worker=world.her, representative=filer)
    for changes in ({"subject_code": "study"}, {"by": world.officers["union_two"]}):
        with pytest.raises(errors.ConsentMissing):
            opened(world, **({"by": filer} | changes))
    with pytest.raises(PermissionDenied):
        opened(world, world.officer("unit_b"))


@pytest.mark.parametrize(
    "changes",
    [
        {"valid_until": MONDAY.date() - DAY},
        {"signed_on": MONDAY.date() + DAY},
        {"revoked_at": MONDAY},
    ],
    ids=["ended", "not begun", "revoked"],
)
def test_leave_that_does_not_count_today_is_none(world, filer, changes):
    given = AuthorisationFactory(worker=world.her, representative=filer, **changes)
    with pytest.raises(errors.ConsentMissing):
        actions.open_case(
            service="allowance",
            subject_code="spring",
            worker=world.her,
            route_code=world.route.code,
            by=filer,
            now=world.now,
            authorisation=given,
        )


def test_she_is_told_and_everything_done_for_her_is_marked(world, filer):
    AuthorisationFactory(worker=world.her, representative=filer)
    case = opened(world, filer)
    assert (case.filed_by, case.representative) == (FiledBy.REPRESENTATIVE, filer)
    assert Message.objects.filter(key="casework-begun-for-you", recipient=world.her.user).exists()
    case = actions.submit(case, by=filer, now=world.now)
    event = case.events.get(verb="submit")
    assert (event.by, event.for_whom, event.details) == (filer, world.her.user, {"represented": True})


def test_after_the_last_day_the_draft_is_out_of_her_sight(world, filer, on_monday):
    AuthorisationFactory(worker=world.her, representative=filer, valid_until=MONDAY.date() + DAY)
    case = opened(world, filer)
    assert policies.may_see(filer, case)
    assert list(queries.cases_represented_by(filer, on=MONDAY.date())) == [case]
    on_monday(MONDAY + 2 * DAY)
    assert not policies.may_see(filer, case)
    assert not policies.may_move(filer, case, Verb.SUBMIT)
    assert list(queries.cases_represented_by(filer, on=MONDAY.date() + 2 * DAY)) == []
    assert policies.may_move(world.her.user, case, Verb.SUBMIT)


def test_she_revokes_and_goes_on_with_what_was_begun(world, filer):
    given = AuthorisationFactory(worker=world.her, representative=filer)
    case = opened(world, filer)
    with pytest.raises(PermissionDenied):
        actions.revoke_authorisation(given, by=world.officers["union_two"], now=world.now)
    actions.revoke_authorisation(given, by=world.her.user, now=world.now)
    actions.revoke_authorisation(given, by=world.her.user, now=world.now)
    case.refresh_from_db()
    assert (case.filed_by, case.events.filter(verb="hers_again").count()) == (FiledBy.HERSELF, 1)
    assert not policies.may_see(filer, case)
    assert Message.objects.get(key="casework-consent-ended").recipient == filer
    assert actions.submit(case, by=world.her.user, now=world.now).stage == Stage.IN_REVIEW


def test_a_representative_does_not_withdraw_what_was_handed_in(world, filer):
    AuthorisationFactory(worker=world.her, representative=filer)
    draft, sent = opened(world, filer), actions.submit(opened(world, filer), by=filer, now=world.now)
    assert actions.withdraw(draft, by=filer, now=world.now).stage == Stage.WITHDRAWN
    with pytest.raises(PermissionDenied):
        actions.withdraw(sent, by=filer, now=world.now)


def test_a_representative_who_files_unusually_much_is_pointed_out(world, filer, settings):
    settings.CASE_REPRESENTED_A_MONTH = 2
    AuthorisationFactory(worker=world.her, representative=filer)
    actions.submit(opened(world, filer), by=filer, now=world.now)
    assert queries.busy_representatives(world.officers["city"], now=world.now) == []
    actions.submit(opened(world, filer), by=filer, now=world.now)
    assert queries.busy_representatives(world.officers["city"], now=world.now) == [(filer.pk, 2)]
    assert queries.busy_representatives(world.officer("county_b"), now=world.now) == []
    assert queries.busy_representatives(world.officers["city"], now=world.now + 31 * DAY) == []


def test_the_volume_waits_on_the_desk_of_those_above_and_stands_beside_the_case(world, filer, settings):
    settings.CASE_REPRESENTED_A_MONTH, settings.LANGUAGE_CODE = 2, "en"
    AuthorisationFactory(worker=world.her, representative=filer)
    now, city = MONDAY, world.officers["city"]
    first = actions.submit(opened(world, filer), by=filer, now=now)
    assert not [one for one in todos_for(city) if "women's names" in one.text]
    second = actions.submit(opened(world, filer), by=filer, now=now)
    (line,) = [one for one in todos_for(city) if "women's names" in one.text]
    assert filer.full_name in line.text and "2 applications" in line.text
    listed = signed_in(city).get(line.url).context["object_list"]
    assert {one.pk for one in listed} == {first.pk, second.pk}
    assert not [one for one in todos_for(world.officers["county"]) if "women's names" in one.text]
    page = signed_in(city).get(reverse("casework_desk:case", args=[second.token])).content.decode()
    assert "handed in 2 applications in women&#x27;s names" in page or "handed in 2 applications in women's" in page


class TestRecording:
    def record(self, world, representative, **changes):
        asked = {
            "service": "allowance",
            "subject_code": "spring",
            "way": ConsentWay.PAPER,
            "signed_on": MONDAY.date(),
            "valid_until": MONDAY.date() + 30 * DAY,
            "by": representative,
        }
        return actions.record_authorisation(
            world.her, representative=representative, now=world.now, **(asked | changes)
        )

    def test_it_opens_exactly_what_it_names_and_is_kept_once(self, world, filer):
        assert self.record(world, filer) == self.record(world, filer)
        assert opened(world, filer).authorisation.representative == filer

    @pytest.mark.parametrize(
        ("changes", "refusal"),
        [
            ({"service": "other"}, errors.UnknownService),
            ({"valid_until": MONDAY.date() - DAY}, errors.EndsBeforeItBegins),
            ({"valid_until": MONDAY.date() + 400 * DAY}, errors.ConsentTooLong),
            ({"signed_on": MONDAY.date() + DAY}, errors.ConsentTooLong),
        ],
    )
    def test_what_is_wrong_with_it_is_said(self, world, filer, changes, refusal):
        with pytest.raises(refusal):
            self.record(world, filer, **changes)

    def test_nobody_of_another_union_becomes_her_representative(self, world):
        with pytest.raises(errors.CantReceive):
            self.record(world, world.officer("unit_b"), by=world.her.user)


def test_two_forms_at_once_wait_for_one_another(world, filer, monkeypatch):
    held = []
    monkeypatch.setattr("services.casework.actions.authorising.hold", held.append)
    asked = {"representative": filer, "service": "allowance", "subject_code": "spring", "way": ConsentWay.SCREEN}
    days = {"signed_on": MONDAY.date(), "valid_until": MONDAY.date() + DAY}
    for _ in range(2):
        given = actions.record_authorisation(world.her, **asked, **days, by=world.her.user, now=world.now)
    assert held == [f"casework.authorise:{world.her.pk}:{filer.pk}:allowance"] * 2
    assert type(given).objects.unscoped().count() == 1
