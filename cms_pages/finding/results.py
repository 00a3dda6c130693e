"""One page of results as it is shown: services first, then pages, their words marked."""

from dataclasses import dataclass
from datetime import date, datetime

from django.core.paginator import Paginator
from django.utils.translation import get_language
from wagtail.models import Site

from cms_pages import freshness, terms
from cms_pages.finding import asking, filters, searching, sounds
from cms_pages.finding.excerpts import around, marked
from cms_pages.models.finding import SearchEntry
from services.foundation.openings import Opening
from services.overview.queries.openings import all_openings

PER_PAGE = 20
OPENINGS_SECONDS = 5


@dataclass(frozen=True, slots=True)
class Hit:
    """One page found; title, intro and excerpt with the words marked and all else escaped."""

    title: str
    intro: str
    excerpt: str
    url: str
    kind: str
    shown_on: date | None


@dataclass(frozen=True, slots=True)
class Results:
    """``page`` is one page of hits; ``how`` as of ``searching.Found``; ``said`` the words to mark."""

    page: object
    services: list[Opening]
    how: str
    said: tuple[str, ...]

    @property
    def total(self) -> int:
        return self.page.paginator.count + len(self.services)


def results_of(
    typed: str, narrowed: filters.SearchFilters, number: str | None, *, now: datetime, today: date
) -> Results:
    among = narrowed.qs if narrowed.given() else None
    with freshness.held():
        return _results(typed, among, number, now=now, today=today)


def _results(typed: str, among, number: str | None, *, now: datetime, today: date) -> Results:
    if typed:
        found = searching.find(typed, today=today, among=among)
    else:
        entries = searching.newest(among) if among is not None else []
        found = searching.Found(entries, "all", ())
    page = Paginator(found.entries, PER_PAGE).get_page(number)
    page.object_list = _hits(list(page.object_list), found.said)
    services = services_with(typed, now=now) if typed and among is None and page.number == 1 else []
    return Results(page, services, found.how, found.said)


def _hits(entries: list[SearchEntry], said: tuple[str, ...]) -> list[Hit]:
    """In one query: the bodies of what is shown, and where the pages stand."""
    shown = SearchEntry.objects.filter(pk__in=[entry.pk for entry in entries]).select_related("page")
    held = {one.pk: one for one in shown.only("body", "page__url_path")} if entries else {}
    kinds, roots = dict(filters.kinds()), Site.get_site_root_paths()
    for one in held.values():
        one.page._wagtail_cached_site_root_paths = roots  # else each page asks for them anew
    return [
        Hit(
            title=marked(entry.title, said),
            intro=marked(entry.summary, said),
            excerpt=marked(around(held[entry.pk].body, said), said),
            url=held[entry.pk].page.url or "",
            kind=kinds.get(entry.kind, ""),
            shown_on=entry.shown_on,
        )
        for entry in entries
        if entry.pk in held
    ]


def services_with(typed: str, *, now: datetime) -> list[Opening]:
    """Services whose title or summary has every concept that was typed, those that are open first."""
    concepts = asking.concepts_of(typed, searching.synonyms())
    heard = any(letter.isascii() and letter.isalpha() for letter in typed)
    return [one for one in _openings(now) if concepts and _says(one, concepts, heard=heard)]


def _openings(now: datetime) -> list[Opening]:
    """As they stood at most ``OPENINGS_SECONDS`` ago: gathering them takes longer than all the rest of a search."""
    name = ("openings", get_language(), int(now.timestamp()) // OPENINGS_SECONDS)
    return freshness.remembered(name, lambda: all_openings(now=now))


def _says(one: Opening, concepts: list[asking.Concept], *, heard: bool) -> bool:
    text = f"{one.title} {one.summary}"
    held, plain = terms.of_text(text), terms.normal(text)
    if heard:
        held |= sounds.of_title(one.title)
    return all(
        any(said.said in plain if said.within else bool(said.terms) and said.terms <= held for said in concept)
        for concept in concepts
    )
