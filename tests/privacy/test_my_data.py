"""The page of her own data: consents, looks, kinds of data."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from services.foundation import clock
from services.organizations.enums import Role
from services.organizations.models import StaffAssignment
from services.privacy import actions, queries
from services.privacy.enums import Purpose
from services.privacy.models import Consent
from tests.factories.accounts import StaffFactory, WorkerUserFactory
from tests.factories.workers import WorkerFactory

pytestmark = pytest.mark.django_db
MINE = reverse("privacy:my_data")


@pytest.fixture
def worker():
    return WorkerFactory(user=WorkerUserFactory(phone="19900000001"))


@pytest.fixture
def hers(client, worker):
    client.force_login(worker.user, backend="services.accounts.backends.WorkerCode")
    client.get(MINE)
    return client


def look(worker, number=1):
    officer = StaffFactory(first_name="示例不可见", username=f"officer-hidden-{number}")
    StaffAssignment.objects.create(
        user=officer, organization=worker.organization, role=Role.CASE_OFFICER, valid_from=clock.today()
    )
    actions.record_look(
        viewer=officer,
        subject=worker,
        fields=["id_number"],
        reason="核对名单",
        organization_path=worker.organization.path,
    )


def agree(hers, purpose=Purpose.SCREENING):
    digest = queries.current_notice(purpose).digest
    return hers.post(reverse("privacy:agree", args=[purpose]), {"notice": digest})


def test_she_reads_role_place_time_and_reason_of_a_look_but_no_name(hers, worker):
    look(worker)
    body = hers.get(MINE).content.decode()
    for words in (str(Role.CASE_OFFICER.label), worker.organization.name, "核对名单"):
        assert words in body
    for secret in ("示例不可见", "officer-hidden", worker.id_number, "19900000001"):
        assert secret not in body


def test_looks_at_others_stay_with_others(hers, worker):
    other = WorkerFactory(user=WorkerUserFactory(), organization=worker.organization)
    look(other)
    assert hers.get(MINE).context["looks"] == []


def test_one_look_or_twenty_cost_the_same_queries(hers, worker):
    look(worker)
    with CaptureQueriesContext(connection) as one:
        hers.get(MINE)
    for number in range(2, 21):
        look(worker, number)
    with CaptureQueriesContext(connection) as twenty:
        hers.get(MINE)
    assert len(twenty) == len(one)


def test_agreeing_takes_the_very_words_shown(hers, worker):
    hers.post(reverse("privacy:agree", args=["screening"]), {"notice": "0" * 64})
    assert Consent.objects.count() == 0
    agree(hers)
    assert queries.standing_consent(worker.user, Purpose.SCREENING) is not None


def test_withdrawing_takes_three_clicks_and_says_what_follows(hers, worker):
    agree(hers)
    mine = hers.get(MINE).content.decode()
    withdraw = reverse("privacy:withdraw", args=["screening"])
    assert f'href="{withdraw}"' in mine
    assert hers.get(withdraw).status_code == 200
    assert queries.standing_consent(worker.user, Purpose.SCREENING) is not None
    assert hers.post(withdraw).url == MINE
    assert queries.standing_consent(worker.user, Purpose.SCREENING) is None


def test_withdrawing_twice_is_harmless(hers):
    agree(hers)
    withdraw = reverse("privacy:withdraw", args=["screening"])
    hers.post(withdraw)
    assert hers.post(withdraw, follow=True).status_code == 200


def test_she_withdraws_only_her_own(hers, worker):
    stranger = WorkerUserFactory()
    notice = queries.current_notice(Purpose.SCREENING)
    theirs = actions.give_consent(
        stranger, purpose=Purpose.SCREENING, notice=notice, language="zh-hans", now=clock.now()
    )
    hers.post(reverse("privacy:withdraw", args=["screening"]))
    theirs.refresh_from_db()
    assert theirs.withdrawn_at is None


def test_anybody_may_read_a_notice(client):
    page = client.get(reverse("privacy:notice", args=["screening"]))
    assert page.status_code == 200
    assert "agree/" not in page.content.decode()
    assert client.get(reverse("privacy:notice", args=["marketing"])).status_code == 404


def test_visitors_are_led_to_sign_in_and_staff_are_refused(client):
    assert client.get(MINE).status_code == 302
    client.force_login(StaffFactory(), backend="services.accounts.backends.StaffPassword")
    assert client.get(MINE).status_code == 403
