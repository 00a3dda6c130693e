"""Addresses nobody meant: null characters, and addresses the server is asked to fetch."""

import pytest
from django.urls import reverse
from wagtail.embeds.finders.oembed import OEmbedFinder

from services.organizations.actions import sync_groups
from services.organizations.enums import Role
from tests.factories.organizations import AssignmentFactory

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("address", ["/screening/a%00b/", "/admin/organizations/a%00b/", "/no-such-page/%00"])
def test_an_address_with_a_null_character_is_refused_before_any_database_sees_it(client, address):
    assert client.get(address).status_code == 400


def test_the_server_fetches_no_address_that_staff_type(client, monkeypatch):
    def fetched(*args, **kwargs):
        raise AssertionError("fetched")

    monkeypatch.setattr(OEmbedFinder, "find_embed", fetched)
    user = AssignmentFactory(role=Role.COMMUNICATIONS_EDITOR).user
    sync_groups(user)
    client.force_login(user, backend="services.accounts.backends.StaffPassword")
    video = {"embed-chooser-url": "https://www.youtube.com/watch?v=aaaaaaaaaaa"}
    answer = client.post(reverse("wagtailembeds:chooser_upload"), video)
    assert (answer.status_code, answer.json()["step"]) == (200, "chooser")
