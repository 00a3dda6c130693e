"""The table of queries over the fixed corpus."""

from datetime import timedelta

import pytest
from django.utils import timezone
from wagtail.models import Page

from tests.cms_pages.relevance import CORPUS, QUERIES
from tests.factories import pages

pytestmark = pytest.mark.django_db


def test_every_query_finds_what_it_should(client):
    """One test, so that the corpus is made once: it names every query that is answered otherwise."""
    keys = {}
    for doc in CORPUS:
        page = _published(doc)
        keys[page.url] = doc.key
    wrong = [fault for query in QUERIES for fault in _faults(client, query, keys)]
    assert wrong == []


def test_the_table_is_as_long_as_promised():
    assert len({query.words for query in QUERIES}) == len(QUERIES) >= 40
    assert {query.first for query in QUERIES} - {None} <= {doc.key for doc in CORPUS}


def _published(doc):
    """Published so many days ago, as its index knows."""
    from cms_pages.finding import indexing

    day = timezone.now() - timedelta(days=doc.days)
    fields = {"intro": doc.intro, "body": [("paragraph", f"<p>{doc.body}</p>")] if doc.body else []}
    if doc.kind == "article":
        fields["date"] = timezone.localdate(day)
    page = getattr(pages, doc.kind)(doc.title, slug=doc.key, **fields)
    Page.objects.filter(pk=page.pk).update(first_published_at=day, last_published_at=day)
    indexing.index_pages([page.pk])
    return page


def _faults(client, query, keys) -> list[str]:
    response = client.get("/search/", {"q": query.words})
    found = [keys[hit.url] for hit in response.context["found"].page.object_list]
    faults = []
    if query.first != (found[0] if found else None):
        faults.append(f"{query.words}: {found[:5]} instead of {query.first}")
    if missed := query.also - set(found[:5]):
        faults.append(f"{query.words}: {sorted(missed)} not among {found[:5]}")
    if extra := query.absent & set(found):
        faults.append(f"{query.words}: {sorted(extra)} should not be found")
    return faults
