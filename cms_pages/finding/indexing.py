"""Writing the index: with what publishes a page, in its transaction, so that a page is found as soon as it is there."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from django.core.exceptions import SuspiciousOperation
from django.db import transaction
from django.utils import timezone
from wagtail.models import Page, get_page_models
from wagtail.search import index

from cms_pages import terms
from cms_pages.finding import sounds
from cms_pages.models.finding import Posting, SearchEntry
from cms_pages.models.public_page import ReadingPage
from cms_pages.plain import plain
from services.foundation.rows import store_rows

TITLE, SUMMARY, BODY, SOUND = 12, 4, 1, 9
AGAIN = 1  # in another part as well
# The fields that weigh as title and as summary, of whatever kind of page has them; all others are its body.
_TITLES = ("title", "title_en")
_SUMMARIES = ("intro", "intro_en", "plain_words", "search_description")
# Days by which a kind of page is dated, the first it has; else the day it was first published.
_DATES = ("date", "starts_on", "issued_on")
# Characters of a body that are indexed; a book has its first chapters found.
LONGEST_BODY = 20_000
_KEPT = ("kind", "title", "summary", "body", "organization_id", "topics", "shown_on")
_BATCH = 200


@dataclass(frozen=True, slots=True)
class Content:
    """Everything the index holds of a page."""

    kind: str
    title: str
    summary: str
    body: str
    organization_id: int | None
    topics: str
    shown_on: date | None
    weights: dict[int, int]


def findable() -> list[type[Page]]:
    """Every kind of page that is there to be read; lists and the home page lead to these."""
    return [model for model in get_page_models() if issubclass(model, ReadingPage)]


def content_of(page: ReadingPage) -> Content:
    title = " ".join(filter(None, (getattr(page, name, "") for name in _TITLES)))
    summary = " ".join(filter(None, (getattr(page, name, "") for name in _SUMMARIES)))
    body = " ".join(_rest(page))[:LONGEST_BODY]
    weights = dict.fromkeys(sounds.of_title(page.title), SOUND)
    for text, weight in ((title, TITLE), (summary, SUMMARY), (body, BODY)):
        for term in terms.of_text(text):
            weights[term] = weights[term] + AGAIN if term in weights else weight
    return Content(
        kind=page._meta.model_name,
        title=page.title,
        summary=page.intro,
        body=body,
        organization_id=page.organization_id,
        topics=_topics(page),
        shown_on=_day(page),
        weights=weights,
    )


def _rest(page) -> Iterator[str]:
    done = {*_TITLES, *_SUMMARIES}
    for field in page.get_search_fields():
        if isinstance(field, index.SearchField) and field.field_name not in done:
            done.add(field.field_name)
            value = _value(field, page)
            for part in value if isinstance(value, list | tuple) else [value]:
                yield plain(part)


def _value(field: index.SearchField, page):
    """Wagtail takes tags out by itself: what Django refuses to strip isn't found, and is published all the same."""
    try:
        return field.get_value(page)
    except SuspiciousOperation:
        return ""


def _topics(page) -> str:
    """``|health|rights|``, or nothing."""
    slugs = sorted(topic.slug for topic in page.topics.all())
    return f"|{'|'.join(slugs)}|"[:400] if slugs else ""


def _day(page) -> date | None:
    given = next((value for name in _DATES if (value := getattr(page, name, None))), None)
    if given is None and page.first_published_at:
        return timezone.localdate(page.first_published_at)
    return given


def index_pages(keys: Iterable[int]) -> None:
    """Bring the entries of these pages in line with them. Safe to run again, and beside itself: locks each entry."""
    kinds = tuple(findable())
    for page in Page.objects.filter(pk__in=list(keys), live=True).type(kinds).specific(defer=False).order_by("pk"):
        with transaction.atomic():
            _write(page)


def _write(page) -> None:
    content = content_of(page)
    shown = {name: getattr(content, name) for name in _KEPT}
    shown["published_at"] = page.last_published_at
    SearchEntry.objects.update_or_create(page_id=page.pk, defaults=shown)
    written = dict(Posting.objects.filter(entry=page.pk).values_list("term", "weight"))
    gone = [term for term, weight in written.items() if content.weights.get(term) != weight]
    if 2 * len(gone) > len(written):  # another text: quicker all at once than each by its name
        Posting.objects.filter(entry=page.pk)._raw_delete("default")
        written = {}
    else:
        for start in range(0, len(gone), _BATCH):
            Posting.objects.filter(entry=page.pk, term__in=gone[start : start + _BATCH])._raw_delete("default")
    new = [(term, weight, page.pk) for term, weight in content.weights.items() if written.get(term) != weight]
    if new:
        store_rows(Posting, [Posting._meta.get_field(name) for name in ("term", "weight", "entry")], new)


def forget_pages(keys: Iterable[int]) -> None:
    """These pages aren't found any more."""
    keys = list(keys)
    with transaction.atomic():
        SearchEntry.objects.filter(pk__in=keys).delete()
        Posting.objects.filter(entry__in=keys)._raw_delete("default")


def lagging() -> tuple[list[int], list[int]]:
    """Keys of live pages that were published since they were indexed, and of entries whose page isn't live any more:
    what changed a page without any signal."""
    live = dict(Page.objects.live().type(tuple(findable())).values_list("pk", "last_published_at"))
    entries = dict(SearchEntry.objects.values_list("pk", "published_at"))
    behind = [key for key, published in live.items() if key not in entries or entries[key] != published]
    return sorted(behind), sorted(entries.keys() - live.keys())


def follow() -> int:
    """Mend what lags; returns how many pages that were."""
    behind, gone = lagging()
    for start in range(0, len(behind), _BATCH):
        index_pages(behind[start : start + _BATCH])
    if gone:
        forget_pages(gone)
    return len(behind) + len(gone)


def rebuild() -> int:
    """Every entry written anew; returns how many. Each batch is a transaction: search goes on meanwhile."""
    forget_pages(SearchEntry.objects.values_list("pk", flat=True))
    Posting.objects.all()._raw_delete("default")
    return follow()


def differing() -> Iterator[int]:
    """Keys of pages whose entry isn't what indexing them anew would write. Reads everything: minutes for 20,000."""
    behind, gone = lagging()
    yield from (*behind, *gone)
    known = {*behind, *gone}
    for page in Page.objects.live().type(tuple(findable())).specific(defer=False).order_by("pk").iterator(_BATCH):
        if page.pk not in known and not _as_written(page):
            yield page.pk


def _as_written(page) -> bool:
    content, entry = content_of(page), SearchEntry.objects.get(pk=page.pk)
    if any(getattr(content, name) != getattr(entry, name) for name in _KEPT):
        return False
    return content.weights == dict(Posting.objects.filter(entry=page.pk).values_list("term", "weight"))


# Receivers of what happens to pages.


def published(instance, **_signal) -> None:
    index_pages([instance.pk])


def unpublished(instance, **_signal) -> None:
    forget_pages([instance.pk])
