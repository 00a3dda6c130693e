"""The lists of publishing: in as many queries for thirty rows as for one, each to those it concerns."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import Group
from django.db import connection
from django.http import QueryDict
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from cms_pages.models import HomePage, SectionPage
from services.organizations.enums import Role
from services.publishing.actions.sections import open_section
from services.publishing.exporters import FAULTS, HOLDS
from services.publishing.models import Hold, LinkFault, Section
from services.publishing.todos import todos_for
from tests.factories.organizations import UnionFactory, small_tree
from tests.factories.pages import article
from tests.publishing.test_guard import enter, staff

pytestmark = pytest.mark.django_db


def row(city, number: int) -> None:
    """One more line in each list."""
    page = article(f"第{number}篇", expire_at=timezone.now() + timedelta(days=3))
    Hold.objects.create(
        subject_type="page",
        subject_id=page.pk,
        title=page.title,
        digest=f"{number:064d}",
        rules_version=1,
        through="publish",
        created_at=timezone.now(),
    )
    place = {"code": "field", "figures": {"model": "cms_pages.articlepage", "path": ["title"]}, "inside": []}
    LinkFault.objects.create(page=page, kind="page_gone", target="1", place=place, since=timezone.now())
    section = HomePage.objects.get().add_child(instance=SectionPage(title=f"栏{number}", slug=f"s-{number}"))
    open_section(page=section, organization=UnionFactory(parent=city), by=None)


@pytest.mark.parametrize("page", ["holds", "links", "ending", "sections", "todos"])
def test_the_lists_cost_the_same_at_one_row_and_at_thirty(client, page):
    city = small_tree()["city"]
    officer = staff(Role.FEDERATION_OFFICER, city)
    enter(client, officer)
    row(city, 0)
    _asked(client, officer, page)  # what is the same for everybody is read once
    alone = _asked(client, officer, page)
    for number in range(1, 6):
        row(city, number)
    assert _asked(client, officer, page) == alone


def _asked(client, officer, page: str) -> int:
    """How many queries one list takes."""
    with CaptureQueriesContext(connection) as seen:
        if page == "todos":
            assert todos_for(type(officer).objects.get(pk=officer.pk))
        else:
            answer = client.get(reverse(f"publishing_desk:{page}"))
            assert answer.status_code == 200
            assert ("第0篇" if page != "sections" else "栏0") in answer.content.decode()
    return len(seen)


@pytest.mark.parametrize(("listing", "page", "narrowed"), [(HOLDS, "holds", "through"), (FAULTS, "links", "kind")])
def test_a_list_leaves_as_a_workbook_of_what_she_may_work_on(client, listing, page, narrowed):
    tree = small_tree()
    officer, stranger = staff(Role.FEDERATION_OFFICER, tree["city"]), staff(Role.FEDERATION_OFFICER, tree["county_a"])
    row(tree["city"], 1)
    Hold.objects.update(title="张三13912345678的公示", found=[{"masked": "1***"}])
    LinkFault.objects.update(target="tel:13912345678")
    enter(client, officer)
    shown = client.get(reverse(f"publishing_desk:{page}"))
    assert reverse("exports:ask", args=[listing.code]) in shown.content.decode()
    value = "publish" if narrowed == "through" else "page_gone"
    found = listing.find(officer, QueryDict(f"{narrowed}={value}"), False)
    (line,) = listing.lines(found.rows, False)
    assert len(line) == len(listing.columns) and len(found.filters) == 1
    assert "13912345678" not in str(line) and ("第1篇" in str(line) or listing is HOLDS)
    assert list(listing.find(stranger, QueryDict(""), False).rows) == []
    assert not listing.may(staff(Role.CASE_OFFICER, tree["county_a"]))
    assert listing.may_open is None and listing.protected == []


def test_sections_are_made_and_ended_at_the_top(client):
    tree = small_tree()
    officer = staff(Role.FEDERATION_OFFICER, tree["city"])
    page = HomePage.objects.get().add_child(instance=SectionPage(title="甲县", slug="a"))
    enter(client, officer)
    form = {"page": page.pk, "organization": tree["county_a"].pk}
    add = reverse("publishing_desk:section_add")
    assert client.post(add, form).status_code == 302
    again = client.post(add, form)
    assert (again.status_code, Section.objects.count()) == (200, 1)
    assert again.context["form"].non_field_errors()
    section = Section.objects.get()
    assert client.post(reverse("publishing_desk:section_end", args=[section.pk])).status_code == 302
    assert not Section.objects.exists()
    assert not Group.objects.filter(name__endswith=f":{section.pk}").exists()
