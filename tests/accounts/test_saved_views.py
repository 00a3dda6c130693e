"""Views of lists: kept under a name, hers alone, harmless when the list changes."""

import re

import pytest
from django.conf import settings
from django.urls import reverse

from services.accounts import errors
from services.accounts.actions.saved_views import MOST, drop_view, keep_view, rename_view, stated
from services.accounts.models import SavedView
from tests.factories.accounts import StaffFactory
from tests.factories.organizations import small_tree
from tests.screening.people import at_desk

pytestmark = pytest.mark.django_db

UNIONS = "coverage_view:unions"
KEEP = reverse("saved_views:keep")


def kept(user, name="催办", query="about=committee", listing=UNIONS) -> SavedView:
    return keep_view(user, listing=listing, name=name, query=query)


def test_what_the_list_is_filtered_by_is_kept_and_where_one_was_is_not():
    assert stated("about=committee&p=after~x&size=&built=no&built=unknown&count=all") == (
        "about=committee&built=no&built=unknown"
    )


def test_what_was_looked_for_names_somebody_and_is_not_kept():
    assert stated("q=示例&person=abc&union=甲") == "union=%E7%94%B2"


def test_the_same_name_again_takes_its_place_and_others_are_not_touched():
    user, other = StaffFactory(), StaffFactory()
    kept(user), kept(other), kept(user, query="about=head"), kept(user, listing="coverage_view:changes")
    assert list(SavedView.objects.filter(user=user, listing=UNIONS).values_list("query", flat=True)) == ["about=head"]
    assert SavedView.objects.count() == 3


def test_refusals_are_in_words():
    user = StaffFactory()
    with pytest.raises(errors.NoSuchList):
        kept(user, listing="wagtailadmin_home")
    with pytest.raises(errors.NameMissing):
        kept(user, name="  ")
    first, _second = kept(user), kept(user, name="another")
    with pytest.raises(errors.NameTaken):
        rename_view(first, name=" another ")
    for number in range(MOST - 2):
        kept(user, name=f"{number}")
    with pytest.raises(errors.TooManyViews):
        kept(user, name="one more")
    kept(user, query="about=head")
    drop_view(first)
    drop_view(first)
    kept(user, name="one more")


@pytest.mark.parametrize("language", ["en", "zh-hans"])
def test_at_the_desk_she_keeps_one_finds_it_above_the_list_renames_and_drops_it(language):
    client = at_desk(small_tree()["city"])
    client.cookies["language"] = language
    posted = {"listing": UNIONS, "query": "about=committee&p=x", "name": "示例视图"}
    answer = client.post(KEEP, posted, follow=True)
    assert answer.redirect_chain[0][0] == f"{reverse(UNIONS)}?about=committee"
    assert [(name, current) for name, _url, current, _page in answer.context["saved_views"]] == [("示例视图", True)]
    view = SavedView.objects.get()
    page = reverse("saved_views:edit", args=[view.pk])
    assert client.get(page).status_code == 200
    assert client.post(page, {"name": ""}).context["form"].errors["name"]
    assert client.post(page, {"name": "示例新名"}, follow=True).context["saved_views"][0][0] == "示例新名"
    client.post(reverse("saved_views:drop", args=[view.pk]))
    assert not SavedView.objects.exists()


def test_somebody_else_s_view_does_not_exist_for_her():
    tree = small_tree()
    theirs, client = kept(StaffFactory()), at_desk(tree["city"])
    assert client.get(reverse("saved_views:edit", args=[theirs.pk])).status_code == 404
    assert client.post(reverse("saved_views:drop", args=[theirs.pk])).status_code == 404
    assert client.get(reverse(UNIONS)).context["saved_views"] == []
    assert client.post(KEEP, {"listing": "nonsense", "name": "x"}).status_code == 404
    assert SavedView.objects.count() == 1


def test_a_view_whose_filters_or_list_are_gone_leads_somewhere_harmless():
    client = at_desk(small_tree()["city"])
    view = kept(client.user, query="about=gone&vanished=1")
    ((_name, address, _current, _page),) = client.get(reverse(UNIONS)).context["saved_views"]
    assert client.get(address).status_code == 200
    SavedView.objects.filter(pk=view.pk).update(listing="gone:list")
    assert client.get(reverse("saved_views:edit", args=[view.pk])).status_code == 200


def test_an_address_that_is_too_long_is_refused_and_never_cut():
    """Chinese conditions grow when they are encoded; cut, they would keep another list."""
    user = StaffFactory()
    with pytest.raises(errors.ViewTooLong):
        kept(user, query="union=" + "女" * 300)
    assert kept(user, query="union=" + "女" * 90).query == stated("union=" + "女" * 90)


def test_the_pencil_beside_a_view_is_as_small_as_its_name():
    """Without a size of its own the icon fills the page above the list."""
    client = at_desk(small_tree()["city"])
    view = kept(client.user)
    page = client.get(f"{reverse(UNIONS)}?{view.query}").text
    assert "icon-edit" in page and "desk-saved" in page
    rules = (settings.BASE_DIR / "static" / "css" / "desk.css").read_text(encoding="utf-8")
    assert re.search(r"\.desk-saved \.icon[^{}]*\{[^}]*width: 1em", rules)
