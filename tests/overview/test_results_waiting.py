"""Her page says that a result waits for her, until she has opened it."""

import pytest
from django.urls import reverse

from services.screening.models import Result
from tests.screening.clinic_world import clinic_world
from tests.screening.her_world import signed_in

pytestmark = pytest.mark.django_db


def test_an_unread_result_needs_her_and_a_read_one_does_not(monkeypatch):
    world = clinic_world(monkeypatch)
    link = reverse("screening:result", args=[world.booking.token])
    assert link not in signed_in(world.hers.user).get("/my/").content.decode()
    result = Result.objects.create(booking=world.booking, entered_at=world.booking.changed_at)
    page = signed_in(world.hers.user).get("/my/").content.decode()
    assert link in page and "结果已到" in page
    Result.objects.unscoped().filter(pk=result.pk).update(read_at=world.booking.changed_at)
    assert link not in signed_in(world.hers.user).get("/my/").content.decode()
