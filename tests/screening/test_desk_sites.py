"""Providers, sites and the clinic staff who stand at their doors."""

import pytest
from django.urls import reverse

from services.bookings.models import Provider, Venue
from services.organizations.enums import Role
from tests.factories.bookings import ProviderFactory, SessionFactory, VenueFactory
from tests.factories.organizations import small_tree
from tests.screening.people import at_desk, post

pytestmark = pytest.mark.django_db


@pytest.fixture
def tree():
    return small_tree()


def site(provider, **changes) -> dict:
    return {
        "provider": provider.pk,
        "name": "示例体检点",
        "address": "示例路1号",
        "phone": "",
        "directions": "",
    } | changes


def test_a_federation_officer_adds_a_site_and_names_its_clinic_staff(tree):
    nurse, officer = post(tree["city"], Role.CLINIC_OPERATOR), at_desk(tree["city"])
    data = site(ProviderFactory(), operators=[nurse.pk])
    assert officer.post(reverse("screening_sites:add"), data).status_code == 302
    venue = Venue.objects.get()
    assert [operator.user for operator in venue.operators.all()] == [nurse]
    officer.post(reverse("screening_sites:edit", args=[venue.pk]), data | {"operators": []})
    assert venue.operators.count() == 0


def test_only_those_who_hold_the_post_of_clinic_staff_can_be_named(tree):
    other, officer = post(tree["city"], Role.COMMUNICATIONS_EDITOR), at_desk(tree["city"])
    response = officer.post(reverse("screening_sites:add"), site(ProviderFactory(), operators=[other.pk]))
    assert list(response.context["form"].errors) == ["operators"]
    assert Venue.objects.count() == 0


@pytest.mark.parametrize("role", [Role.GRASSROOTS_OFFICER, Role.AUDITOR, Role.CLINIC_OPERATOR])
def test_nobody_else_changes_a_site_or_a_provider(tree, role):
    venue, client = VenueFactory(), at_desk(tree["city"], role)
    for path in (reverse("screening_sites:edit", args=[venue.pk]), reverse("screening_providers:add")):
        client.post(path, site(venue.provider, name="改名"))
    client.post(reverse("screening_sites:delete", args=[venue.pk]))
    assert (Venue.objects.get().name, Provider.objects.count()) == (venue.name, 1)


def test_a_site_with_sessions_is_not_deleted(tree):
    session = SessionFactory()
    at_desk(tree["city"]).post(reverse("screening_sites:delete", args=[session.venue_id]))
    assert Venue.objects.filter(pk=session.venue_id).exists()
