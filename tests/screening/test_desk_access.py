"""Who gets into which page of the screening desk, and what a refused request leaves behind."""

import pytest
from django.urls import reverse

from services.bookings.models import Allocation, Session
from services.organizations.enums import Role
from services.screening.models import Programme
from tests.factories.organizations import UnionFactory, small_tree
from tests.factories.screening import TermsFactory
from tests.screening.people import at_desk, programme_at

pytestmark = pytest.mark.django_db

READ = ["programme", "terms", "sessions", "places", "uptake"]
MANAGE = ["programme_edit", "programme_open", "programme_close", "terms_new", "session_add", "series", "places_open"]


@pytest.fixture
def tree():
    return small_tree()


@pytest.fixture
def programme(tree):
    return programme_at(tree["city"])[0]


def url(name, *args):
    return reverse(f"screening_desk:{name}", args=args)


@pytest.mark.parametrize("name", READ)
def test_officers_of_the_organisation_and_below_read_a_programme(tree, programme, name):
    for client in (at_desk(tree["city"]), at_desk(tree["county_a"]), at_desk(tree["unit_a"], Role.GRASSROOTS_OFFICER)):
        assert client.get(url(name, programme.code)).status_code == 200


@pytest.mark.parametrize("name", [*READ, *MANAGE])
def test_a_programme_of_another_branch_does_not_exist(programme, name):
    stranger = at_desk(UnionFactory(code="X", name="另一市总工会", kind="city_union"))
    assert stranger.get(url(name, programme.code)).status_code == 404


@pytest.mark.parametrize("name", [*READ, *MANAGE])
def test_a_programme_of_a_sibling_county_does_not_exist(tree, name):
    theirs = programme_at(tree["county_b"])[0]
    assert at_desk(tree["county_a"]).get(url(name, theirs.code)).status_code == 404


@pytest.mark.parametrize("name", MANAGE)
def test_only_officers_of_the_running_organisation_manage(tree, programme, name):
    assert at_desk(tree["city"]).get(url(name, programme.code)).status_code == 200
    assert at_desk(tree["county_a"]).get(url(name, programme.code)).status_code == 403
    assert at_desk(tree["city"], Role.AUDITOR).get(url(name, programme.code)).status_code == 403


@pytest.mark.parametrize("role", [Role.PLATFORM_ADMINISTRATOR, Role.COMMUNICATIONS_EDITOR, Role.CLINIC_OPERATOR])
def test_posts_without_women_see_nothing_of_screening(tree, programme, role):
    client = at_desk(tree["city"], role)
    assert client.get(reverse("screening_desk:programmes")).status_code == 403
    assert client.get(reverse("screening_desk:bookings")).status_code == 403
    assert client.get(reverse("exports:ask", args=["bookings"])).status_code == 403
    assert client.get(url("programme", programme.code)).status_code == 404


def test_a_visitor_is_sent_to_sign_in(client, programme):
    response = client.get(url("programme", programme.code))
    assert response.status_code == 302
    assert "login" in response["Location"]


def test_a_refused_post_changes_nothing(tree, programme):
    county = at_desk(tree["county_a"])
    draft = TermsFactory(programme=programme, version=2, published_at=None, change_note="示例")
    posts = {
        "programme_close": {},
        "terms_publish": {},
        "places_open": {"slots": 5, "reason": "方案"},
        "programme_edit": {"basics-title": "x"},
    }
    for name, data in posts.items():
        assert county.post(url(name, programme.code), data).status_code == 403
    programme.refresh_from_db()
    draft.refresh_from_db()
    assert (programme.offering.state, draft.published_at) == ("open", None)
    assert Allocation.objects.unscoped().get(offering=programme.offering).slots == 100
    assert Programme.objects.count() == 1


def test_a_session_of_another_programme_is_not_found_under_this_one(tree, programme):
    other = programme_at(tree["city"])[1]
    client = at_desk(tree["city"])
    assert client.get(url("session", programme.code, other.token)).status_code == 404
    assert client.post(url("session_remove", programme.code, other.token)).status_code == 404
    assert Session.objects.filter(pk=other.pk).exists()


def test_an_organisation_beyond_her_reach_is_not_found(tree, programme):
    client = at_desk(tree["county_a"])
    for name in ("places_of", "uptake_of", "give", "return", "reclaim"):
        assert client.get(url(name, programme.code, "T-B")).status_code == 404
        assert client.get(url(name, programme.code, "T")).status_code == 404


def test_the_list_shows_her_programmes_and_no_other(tree, programme):
    theirs = programme_at(tree["county_b"], title="乙县筛查")[0]
    page = at_desk(tree["county_a"]).get(reverse("screening_desk:programmes"))
    assert [p.pk for p in page.context["object_list"]] == [programme.pk]
    page = at_desk(tree["city"]).get(reverse("screening_desk:programmes"))
    assert {p.pk for p in page.context["object_list"]} == {programme.pk, theirs.pk}
