"""Two records of one woman become one: everything goes over, nothing alive collides, nothing is counted twice."""

from datetime import date, timedelta

import pytest
from django.apps import apps
from django.core.exceptions import PermissionDenied
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone
from wagtail.models import ModelLogEntry

from services.bookings.models import Booking, DrawEntry
from services.casework.models import Case, Recusal
from services.foundation import clock
from services.mutual_aid.models import Benefit, CoverVersion
from services.organizations.enums import Role
from services.payments.models import Account
from services.privacy import queries as privacy
from services.privacy.actions import record_paper_consent
from services.privacy.enums import Purpose
from services.privacy.models import Consent
from services.relief.models import Household
from services.screening.models import PastScreening
from services.signups.actions import issue_certificates
from services.signups.models import Answers, Certificate
from services.signups.queries.hours import transcript_of
from services.workers import errors
from services.workers.actions.duplicates import TAKEN_ALONG, merge_records
from services.workers.actions.hiring import hire
from services.workers.forms.duplicates import SHOWN
from services.workers.models import MergedRecord, RecordClaim, Worker
from services.workers.queries.duplicates import in_the_way
from services.workers.registry import record_followers
from tests.factories.accounts import WorkerUserFactory
from tests.factories.mutual_aid import cover_of, decided_claim, paid_benefit, scheme_in_force
from tests.factories.notices import case_with_notice
from tests.factories.organizations import small_tree
from tests.factories.payments import AccountFactory, fund_of, owed
from tests.factories.signups import SignupWorld
from tests.factories.workers import WorkerFactory
from tests.screening.people import at_desk, booked, post, programme_at

pytestmark = pytest.mark.django_db


@pytest.fixture
def pair():
    """Two records of one woman, at two unions of one township whose rosters one officer keeps."""
    tree = small_tree()
    into = WorkerFactory(organization=tree["unit_a"], name="示例梅", position="")
    twin = WorkerFactory(organization=tree["unit_b"], name="示例梅", position="教师")
    return tree, into, twin, post(tree["town_a"], Role.CASE_OFFICER)


def merge(twin, into, by, taken=(), reason="看过身份证"):
    return merge_records(twin, into=into, taken=taken, by=by, reason=reason, now=clock.now())


def test_every_column_that_names_a_record_is_followed_by_somebody():
    columns = {
        f"{field.model._meta.label}.{field.name}"
        for model in apps.get_models()
        for field in model._meta.get_fields()
        if field.concrete and field.is_relation and field.related_model is Worker
    }
    followed = {rows.column for follower in record_followers for rows in follower.rows}
    assert columns == followed | {"workers.MergedRecord.into"}
    assert TAKEN_ALONG.keys() == SHOWN.keys()


def test_everything_goes_over_and_the_second_record_ends(pair):
    tree, into, twin, by = pair
    twin.user = WorkerUserFactory()
    twin.save()
    _programme, session, root = programme_at(tree["city"])
    booking = booked(session, tree["unit_b"], root)
    Booking.objects.own(pk=booking.pk).update(worker=twin)
    case = case_with_notice(twin, tree["unit_b"])
    terms = scheme_in_force(tree["city"])
    cover = cover_of(twin, terms)
    payable = owed(fund_of(tree["city"]), worker=twin)
    claim = RecordClaim.objects.create(
        user=WorkerUserFactory(), organization=tree["unit_b"], stated_name="示例梅", worker=twin, state="confirmed"
    )
    PastScreening.objects.create(worker=twin, screened_on=date(2024, 5, 6), source="import")
    number, token, was = twin.id_number, twin.token, twin.pk
    kept = merge(twin, into, by, taken=["id_number", "position", "organization"])
    assert not Worker.objects.unscoped().filter(token=token).exists()
    for thing in (booking, case, cover, payable, claim):
        thing.refresh_from_db()
        assert thing.worker_id == into.pk, thing
    assert set(CoverVersion.objects.own(cover=cover).values_list("worker", flat=True)) == {into.pk}
    assert PastScreening.objects.own(worker=into).count() == 1
    kept = Worker.objects.own(pk=kept.pk).get()
    assert (kept.id_number, kept.position, kept.organization, kept.user) == (number, "教师", tree["unit_b"], twin.user)
    merged = MergedRecord.objects.own(into=into).get()
    assert (merged.was, merged.token, merged.dropped_number) == (was, token, into.id_number)
    entry = ModelLogEntry.objects.get(action="workers.merge")
    assert entry.data == {"fields": ["account", "id_number", "organization", "position"], "reason": "看过身份证"}
    call_command("check_figures")


def test_twice_is_once_and_a_third_record_is_another_matter(pair):
    tree, into, twin, by = pair
    merge(twin, into, by)
    assert merge(twin, into, by) == into
    assert MergedRecord.objects.own(into=into).count() == 1
    third = WorkerFactory(organization=tree["unit_a"])
    with pytest.raises(errors.MergedElsewhere):
        merge(twin, third, by)
    merge(into, third, by)
    assert MergedRecord.objects.own(into=third).count() == 2


def test_who_keeps_one_roster_alone_may_not_and_reason_and_two_records_are_needed(pair):
    tree, into, twin, by = pair
    with pytest.raises(PermissionDenied):
        merge(twin, into, post(tree["unit_a"], Role.GRASSROOTS_OFFICER))
    with pytest.raises(errors.WhyMerged):
        merge(twin, into, by, reason="  ")
    with pytest.raises(errors.SameRecord):
        merge(into, into, by)
    assert Worker.objects.unscoped().filter(pk=twin.pk).exists()


def test_what_is_alive_under_both_blocks_it_and_is_said_in_words(pair):
    tree, into, twin, by = pair
    programme, session, root = programme_at(tree["city"])
    terms = scheme_in_force(tree["city"])
    for one in (into, twin):
        booking = booked(session, tree["unit_a"], root)
        Booking.objects.own(pk=booking.pk).update(worker=one)
        case_with_notice(one, one.organization, stage="in_review", number=f"HZ-{one.pk}")
        cover_of(one, terms)
        now = timezone.now()
        Household.objects.create(
            worker=one, organization=one.organization, path=one.organization.path, number=f"DA-{one.pk}",
            created_at=now, changed_at=now,
        )  # fmt: skip
    with pytest.raises(errors.RecordsCollide) as refused:
        merge(twin, into, by)
    said = refused.value.obstacles
    assert len(said) == 4 and said == in_the_way(twin, into=into)
    assert programme.offering.title in said[0] and f"HZ-{into.pk}" in said[1]
    assert f"DA-{twin.pk}" in said[2] and terms.scheme.name in said[3]
    assert Case.objects.own(worker=twin).count() == 1


def test_history_that_would_stand_there_twice_stands_there_once(pair):
    tree, into, twin, by = pair
    programme, _session, _root = programme_at(tree["city"])
    now = timezone.now()
    entries = [
        DrawEntry.objects.create(offering=programme.offering, worker=one, state=state, entered_at=now, changed_at=now)
        for one, state in ((into, "left"), (twin, "entered"))
    ]
    PastScreening.objects.create(worker=into, screened_on=date(2024, 5, 6), source="import")
    PastScreening.objects.create(worker=twin, screened_on=date(2024, 5, 6), source="import")
    mine, hers = AccountFactory(worker=into), AccountFactory(worker=twin)
    case = case_with_notice(into, tree["unit_a"])
    for one in (into, twin):
        Recusal.objects.create(user=by, worker=one, tie="friend", case=case, declared_at=now)
    merge(twin, into, by)
    marked = dict(DrawEntry.objects.own(worker=into).values_list("pk", "doubled"))
    assert marked == {entries[0].pk: True, entries[1].pk: False}
    assert PastScreening.objects.own(worker=into).count() == 1
    assert dict(Account.objects.filter(worker=into).values_list("pk", "current")) == {mine.pk: True, hers.pk: False}
    assert Recusal.objects.filter(worker=into).count() == 1


def test_certificates_go_over_and_of_two_answers_those_of_her_place_stay():
    world = SignupWorld()
    into, twin = world.woman("unit_a"), world.woman("unit_b", account=False)
    came = world.came(twin)
    issue_certificates(world.activity, by=world.officer, now=world.after())
    hers = Answers.objects.own(worker=twin).get()
    later = hers.at + timedelta(hours=1)
    Answers.objects.create(activity=world.activity, worker=into, values={"x": "y"}, at=later)
    merge(twin, into, post(world.tree["town_a"], Role.CASE_OFFICER))
    assert Answers.objects.own(worker=into).get() == hers
    assert came.certificate.pk == Certificate.objects.own(worker=into).get().pk
    assert [year.hours for year in transcript_of(into)] == [world.activity.hours]


def test_the_same_disease_isnt_paid_again_after_the_merge(pair):
    tree, into, twin, by = pair
    terms = scheme_in_force(tree["city"])
    fund = fund_of(tree["city"])
    benefit = paid_benefit(twin, terms, fund=fund)
    Benefit.objects.own(pk=benefit.pk).update(
        disease_index=Benefit.index_of_disease(twin.pk, terms.scheme_id, "breast")
    )
    merge(twin, into, by)
    benefit.refresh_from_db()
    assert benefit.worker_id == into.pk
    assert benefit.disease_index == Benefit.index_of_disease(into.pk, terms.scheme_id, "breast")
    third = WorkerFactory(organization=tree["unit_b"])
    again = cover_of(third, terms, first=date(2025, 1, 1), last=date(2025, 12, 31))
    claim = decided_claim(again)
    Benefit.objects.create(
        claim=claim, cover=again, scheme=terms.scheme, worker=third, organization=third.organization,
        path=third.organization.path, amount=claim.amount, ends_cover=True, fund=fund, year=2025, state="paid",
        disease_index=Benefit.index_of_disease(third.pk, terms.scheme_id, "breast"), grade_index="",
        submitted_at=timezone.now(), decided_at=timezone.now(), paid_at=timezone.now(),
    )  # fmt: skip
    assert len(in_the_way(third, into=into)) == 1


def test_a_roster_with_the_old_slip_of_the_pen_doesnt_make_her_two_again(pair):
    tree, into, twin, by = pair
    wrong = twin.id_number
    merge(twin, into, by)
    cells = {"id_number": wrong, "phone": ""}
    with pytest.raises(errors.LineRefused) as refused:
        hire(cells | {"name": "示例梅"}, union=tree["unit_a"], by=by, today=clock.today(), now=clock.now())
    assert [fault.code for fault in refused.value.faults] == ["number_given_up"]
    another = hire(cells | {"name": "示例兰"}, union=tree["unit_a"], by=by, today=clock.today(), now=clock.now())
    assert another.id_number == wrong  # it may be somebody's real number


def test_what_she_signed_on_paper_counts_for_her_one_record(pair):
    _tree, into, twin, by = pair
    now = clock.now()
    for one in (into, twin):
        record_paper_consent(
            record=one.token, purpose=Purpose.SCREENING, signed_on=timezone.localdate(now), by=by, now=now
        )
    merge(twin, into, by)
    assert Consent.objects.filter(record=into.token).count() == 2
    assert privacy.paper_consents(into.token, Purpose.SCREENING, now=now).count() == 1


def test_the_page_shows_both_and_says_what_goes_over(pair):
    tree, into, twin, _by = pair
    case_with_notice(twin, tree["unit_b"])
    client = at_desk(tree["town_a"], Role.CASE_OFFICER)
    twins = client.get(reverse("workers_desk:twins", args=[into.token]))
    url = reverse("workers_desk:merge", args=[into.token, twin.token])
    assert url in twins.text  # her name and date of birth
    found = client.post(reverse("workers_desk:twins", args=[into.token]), {"number": twin.id_number})
    assert url in found.text and twin.id_number not in found.text
    page = client.get(url)
    assert twin.masked_id_number in page.text and twin.id_number not in page.text
    sent = dict.fromkeys(page.context["form"].choosing, "stays") | {"position": "goes"}
    refused = client.post(url, sent)
    assert refused.status_code == 200 and Worker.objects.unscoped().filter(pk=twin.pk).exists()
    old = reverse("workers_desk:one", args=[twin.token])
    done = client.post(url, sent | {"reason": "看过身份证", "compared": "on"})
    assert done.url == reverse("workers_desk:one", args=[into.token])
    assert client.post(url, sent | {"reason": "看过身份证", "compared": "on"}).url == done.url
    assert client.get(old).url == done.url
    assert "甲县东河镇第2环卫所工会" in client.get(done.url).text
