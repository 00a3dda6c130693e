"""Two sign at one moment: one signature stands, the other is told so; what is changed meanwhile isn't signed."""

from datetime import date

import pytest
from django.utils import timezone

from services.organizations.actions.posts import assign_staff
from services.organizations.enums import Role
from services.publishing.actions import guard
from services.publishing.models import Hold, Signature
from tests.factories.accounts import StaffFactory
from tests.factories.organizations import small_tree
from tests.factories.pages import article
from tests.races.scene import at_once

pytestmark = [pytest.mark.race, pytest.mark.django_db(transaction=True, serialized_rollback=True)]


def _officer(city):
    user = StaffFactory()
    assign_staff(user, organization=city, role=Role.FEDERATION_OFFICER, by=None, valid_from=date(2020, 1, 1))
    return user


def _held(city) -> Hold:
    writer = _officer(city)
    page = article("值班安排", live=False, owner=writer, intro="电话 19900000001")
    revision = page.save_revision(user=writer)
    content = revision.as_object()
    return guard.hold_back(content, guard.review(content), through="publish", by=writer, revision_id=revision.pk)


def test_of_two_who_sign_at_one_moment_one_does():
    city = small_tree()["city"]
    hold, people = _held(city), [_officer(city) for _ in range(4)]

    def sign(user):
        return lambda: guard.sign(hold, by=user, reason="办公室值班电话，可以公开", now=timezone.now()).signed_by_id

    results = at_once([sign(user) for user in people])
    assert results.count("signed_already") == 3
    assert Signature.objects.get().signed_by_id in results


def test_a_page_held_back_twice_at_one_moment_is_held_once():
    city = small_tree()["city"]
    hold = _held(city)
    Hold.objects.all().delete()
    from wagtail.models import Page

    def hold_again():
        content = Page.objects.get(pk=hold.subject_id).specific.get_latest_revision_as_object()
        return guard.hold_back(content, guard.review(content), through="publish", revision_id=hold.revision_id).digest

    assert at_once([hold_again] * 4) == [hold.digest] * 4
    assert Hold.objects.count() == 1
