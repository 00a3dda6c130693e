"""Providers, sites and the clinic staff who stand at their doors."""

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from wagtail.log_actions import log

from services.bookings.models import Provider, Venue, VenueOperator
from services.organizations.enums import Role
from services.screening.actions import assign_operators
from tests.factories.bookings import ProviderFactory, SessionFactory, VenueFactory
from tests.factories.organizations import small_tree
from tests.screening.people import at_desk, post

pytestmark = pytest.mark.django_db


@pytest.fixture
def tree():
    return small_tree()


def site(provider, organization, **changes) -> dict:
    return {
        "organization": organization.pk,
        "provider": provider.pk,
        "name": "示例体检点",
        "address": "示例路1号",
        "phone": "",
        "directions": "",
    } | changes


def test_a_federation_officer_adds_a_site_and_names_its_clinic_staff(tree):
    nurse, officer = post(tree["city"], Role.CLINIC_OPERATOR), at_desk(tree["city"])
    data = site(ProviderFactory(organization=tree["city"]), tree["city"], operators=[nurse.pk])
    assert officer.post(reverse("screening_sites:add"), data).status_code == 302
    venue = Venue.objects.get()
    assert [operator.user for operator in venue.operators.all()] == [nurse]
    officer.post(reverse("screening_sites:edit", args=[venue.pk]), data | {"operators": []})
    assert venue.operators.count() == 0


def test_only_those_who_hold_the_post_of_clinic_staff_can_be_named(tree):
    other, officer = post(tree["city"], Role.COMMUNICATIONS_EDITOR), at_desk(tree["city"])
    response = officer.post(
        reverse("screening_sites:add"),
        site(ProviderFactory(organization=tree["city"]), tree["city"], operators=[other.pk]),
    )
    assert list(response.context["form"].errors) == ["operators"]
    assert Venue.objects.count() == 0


@pytest.mark.parametrize("role", [Role.GRASSROOTS_OFFICER, Role.AUDITOR, Role.CLINIC_OPERATOR])
def test_nobody_else_changes_a_site_or_a_provider(tree, role):
    venue, client = VenueFactory(organization=tree["city"]), at_desk(tree["city"], role)
    for path in (reverse("screening_sites:edit", args=[venue.pk]), reverse("screening_providers:add")):
        client.post(path, site(venue.provider, tree["city"], name="改名"))
    client.post(reverse("screening_sites:delete", args=[venue.pk]))
    assert (Venue.objects.get().name, Provider.objects.count()) == (venue.name, 1)


def test_a_site_with_sessions_is_not_deleted(tree):
    session = SessionFactory(offering__organization=tree["city"])
    at_desk(tree["city"]).post(reverse("screening_sites:delete", args=[session.venue_id]))
    assert Venue.objects.filter(pk=session.venue_id).exists()


def addresses(thing, kind: str) -> list[str]:
    pages = ("edit", "delete", "usage", "history", "history_results")
    return [reverse(f"screening_{kind}:{page}", args=[thing.pk]) for page in pages]


def test_what_another_county_keeps_is_unknown_to_her(tree):
    venue, officer = VenueFactory(organization=tree["county_b"]), at_desk(tree["county_a"])
    for address in (*addresses(venue, "sites"), *addresses(venue.provider, "providers")):
        assert (officer.get(address).status_code, officer.post(address).status_code) == (404, 404)
    for kind in ("sites", "providers"):
        shown = officer.get(reverse(f"screening_{kind}:index"))
        assert list(shown.context["object_list"]) == []


def test_what_the_city_keeps_a_county_uses_but_does_not_change(tree):
    venue, officer = VenueFactory(organization=tree["city"]), at_desk(tree["county_a"])
    for address in (*addresses(venue, "sites"), *addresses(venue.provider, "providers")):
        refused = officer.post(address)
        assert (refused.status_code, "desk/refused.html" in refused.template_name) == (403, True)
    listed = officer.get(reverse("screening_sites:index"))
    assert list(listed.context["object_list"]) == [venue]
    assert addresses(venue, "sites")[0] not in listed.content.decode()
    offered = officer.get(reverse("screening_sites:add")).context["form"].fields["provider"].queryset
    assert list(offered) == [venue.provider]


def test_a_site_belongs_to_an_organisation_of_her_own_posts(tree):
    provider, officer = ProviderFactory(organization=tree["city"]), at_desk(tree["county_a"])
    for organization in (tree["city"], tree["county_b"], tree["town_a"]):
        refused = officer.post(reverse("screening_sites:add"), site(provider, organization))
        assert list(refused.context["form"].errors) == ["organization"]
    officer.post(reverse("screening_sites:add"), site(provider, tree["county_a"]))
    assert Venue.objects.get().organization == tree["county_a"]


def test_neither_providers_nor_clinic_staff_of_another_county_are_offered(tree):
    provider = ProviderFactory(organization=tree["county_b"])
    nurse, officer = post(tree["county_b"], Role.CLINIC_OPERATOR), at_desk(tree["county_a"])
    response = officer.post(reverse("screening_sites:add"), site(provider, tree["county_a"], operators=[nurse.pk]))
    assert sorted(response.context["form"].errors) == ["operators", "provider"]


def test_clinic_staff_named_from_above_stay_when_a_county_edits_its_site(tree):
    venue, officer = VenueFactory(organization=tree["county_a"]), at_desk(tree["county_a"])
    nurse = post(tree["county_b"], Role.CLINIC_OPERATOR)
    VenueOperator.objects.create(venue=venue, user=nurse)
    data = site(venue.provider, tree["county_a"], name="新名", operators=[nurse.pk])
    assert officer.post(reverse("screening_sites:edit", args=[venue.pk]), data).status_code == 302
    assert (Venue.objects.get().name, venue.operators.get().user) == ("新名", nurse)


def test_the_staff_of_a_site_are_set_only_by_those_who_keep_it(tree):
    venue, officer = VenueFactory(organization=tree["city"]), post(tree["county_a"])
    with pytest.raises(PermissionDenied):
        assign_operators(venue, users=[], by=officer)


def test_two_counties_may_each_know_a_provider_of_the_same_name(tree):
    known = ProviderFactory(organization=tree["county_b"])
    officer, add = at_desk(tree["county_a"]), reverse("screening_providers:add")
    data = {"name": known.name, "organization": tree["county_a"].pk}
    assert officer.post(add, data).status_code == 302
    again = officer.post(add, data)
    assert again.context["form"].non_field_errors()
    assert Provider.objects.filter(name=known.name).count() == 2


@pytest.mark.parametrize("view", ["usage", "history"])
def test_usage_and_history_cost_the_same_at_one_row_and_at_thirty(tree, view):
    provider, officer = ProviderFactory(organization=tree["city"]), at_desk(tree["city"])
    address = reverse(f"screening_providers:{view}", args=[provider.pk])

    def one_more():
        VenueFactory(organization=tree["city"], provider=provider)
        log(provider, "wagtail.edit", user=officer.user)

    one_more()
    officer.get(address)
    alone = cost(officer, address)
    for _ in range(29):
        one_more()
    assert cost(officer, address) == alone


def cost(client, address: str) -> int:
    with CaptureQueriesContext(connection) as asked:
        assert client.get(address).status_code == 200
    return len(asked)
