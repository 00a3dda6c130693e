"""The words that all editors choose from: kept at the top of the union, chosen everywhere."""

import pytest
from django.contrib.auth.models import Group, Permission
from django.urls import reverse

from cms_pages.models import Topic, TrainingForm
from cms_pages.snippets import ensure_word_rights
from services.organizations.enums import Role
from tests.cms_pages.test_editing import section_of
from tests.cms_pages.test_rights import enter, staff
from tests.factories.organizations import small_tree

pytestmark = pytest.mark.django_db
KEEPERS = (Role.PLATFORM_ADMINISTRATOR, Role.FEDERATION_OFFICER, Role.COMMUNICATIONS_EDITOR)
KINDS = (Topic, TrainingForm)


def address(model, name: str, *args) -> str:
    return reverse(f"wagtailsnippets_cms_pages_{model._meta.model_name}:{name}", args=args)


def renamed(client, word) -> int:
    sent = {"name": "改过的名", "name_en": "", "slug": word.slug, "position": "0"}
    return client.post(address(type(word), "edit", word.pk), sent).status_code


@pytest.mark.parametrize("model", KINDS)
@pytest.mark.parametrize("role", KEEPERS)
def test_editors_of_the_city_and_the_administrator_rename_a_word(client, role, model):
    enter(client, staff(role))
    word = model.objects.first()
    assert client.get(address(model, "list")).status_code == 200
    assert renamed(client, word) == 302
    word.refresh_from_db()
    assert word.name == "改过的名"
    assert client.post(address(model, "delete", word.pk)).status_code == 302  # refused: Wagtail leads home
    assert model.objects.filter(pk=word.pk).exists()


@pytest.mark.parametrize("model", KINDS)
@pytest.mark.parametrize("role", [Role.FEDERATION_OFFICER, Role.COMMUNICATIONS_EDITOR])
def test_below_the_city_nobody_renames_or_adds_one(client, role, model):
    user = staff(role, small_tree()["county_a"])
    enter(client, user)
    word = model.objects.first()
    name, count = word.name, model.objects.count()
    renamed(client, word)
    client.post(address(model, "add"), {"name": "新词", "name_en": "", "slug": "new-word", "position": "0"})
    word.refresh_from_db()
    assert (word.name, model.objects.count()) == (name, count)
    assert not user.has_perm(f"cms_pages.change_{model._meta.model_name}")
    assert address(model, "list") not in client.get(reverse("wagtailadmin_home")).content.decode()


def test_below_the_city_an_editor_still_chooses_from_the_words(client):
    county = small_tree()["county_a"]
    enter(client, staff(Role.FEDERATION_OFFICER, county))
    section = section_of(county)
    page = client.get(reverse("wagtailadmin_pages:add", args=["cms_pages", "trainingpage", section.pk]))
    assert page.status_code == 200
    assert Topic.objects.first().name in page.content.decode()


def test_rights_that_role_groups_once_had_are_taken_away():
    right = Permission.objects.get(codename="change_topic", content_type__app_label="cms_pages")
    former = Group.objects.get_or_create(name=Role.FEDERATION_OFFICER)[0]
    former.permissions.add(right)
    ensure_word_rights()
    assert not former.permissions.filter(pk=right.pk).exists()
