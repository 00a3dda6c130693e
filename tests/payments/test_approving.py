"""The second pair of eyes: once, told by whom, and never on money of her own."""

import pytest
from django.utils import timezone

from services.organizations.enums import Role
from services.payments import actions
from services.payments.enums import BatchState
from tests.factories.payments import Office, owed
from tests.payments.test_desk import approval, desk, fresh
from tests.screening.people import at_desk

pytestmark = pytest.mark.django_db


@pytest.fixture
def office():
    return Office()


@pytest.fixture
def second(office):
    return at_desk(office.organization, Role.FINANCE_OFFICER)


def test_an_approval_sent_again_after_the_file_was_written_reads_when_it_was_approved(office, second):
    batch = office.frozen(owed(office.fund))
    sent = approval(batch)
    second.post(desk("batch_approve", batch.token), sent)
    actions.write_file(fresh(batch), by=office.first, now=timezone.now())
    actions.mark_sent(fresh(batch), by=office.first, now=timezone.now())
    before = fresh(batch).approved_at
    response = second.post(desk("batch_approve", batch.token), sent, follow=True)
    assert response.redirect_chain == [(desk("batch", batch.token), 302)]
    said = [str(message) for message in response.context["messages"]][-1]
    assert str(BatchState.SENT.label) in said and second.user.full_name in said
    assert (fresh(batch).state, fresh(batch).approved_at) == (BatchState.SENT, before)
