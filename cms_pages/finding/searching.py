"""Finding pages: one query that counts and weighs, then an order that looks at titles, days and what she can do."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Case, Count, F, FloatField, Q, QuerySet, Sum, Value, When
from django.db.models.functions import Greatest
from django.db.models.lookups import GreaterThanOrEqual
from wagtail.models import Page, PageViewRestriction

from cms_pages import freshness, terms
from cms_pages.finding.asking import Concept, by_sound, concepts_of
from cms_pages.models.finding import Posting, SearchEntry, Synonyms

MAX_RESULTS = 200
# A term on fewer pages than this is rare: only the pages that have it are weighed.
_RARE = 2000
# Shares of the terms that a page must have when none has all of them.
_ENOUGH = 0.3
# A guide says how to get something: it stands before an article that uses the word as often.
_KINDS = {"serviceguidepage": 1.3}
_NEW, _HALF_LIFE = 0.25, 180.0  # what being of today adds, and the days after which half of that is left
_BEGINS, _IS_TITLE = 0.5, 3.0
_SHOWN = ("page_id", "kind", "title", "summary", "shown_on", "organization_id", "topics")


@dataclass(frozen=True, slots=True)
class Found:
    """Entries in order. ``how``: they have ``all`` of what was typed, ``some`` of it, or ``sound`` alike; ``said``
    are the words to mark, hers first."""

    entries: list[SearchEntry]
    how: str
    said: tuple[str, ...]


def synonyms() -> dict[str, tuple[str, ...]]:
    """For each word the others of its groups, remembered until an editor changes them."""
    return freshness.remembered("synonyms", _read_synonyms)


def _read_synonyms() -> dict[str, tuple[str, ...]]:
    others: dict[str, list[str]] = {}
    for row in Synonyms.objects.all():
        for word in row.group:
            others.setdefault(word, []).extend(other for other in row.group if other != word)
    return {word: tuple(dict.fromkeys(found)) for word, found in others.items()}


def find(typed: str, *, today: date, among: QuerySet[SearchEntry] | None = None) -> Found:
    """At most ``MAX_RESULTS`` live public pages, the best first; ``among`` narrows which may be found."""
    concepts = concepts_of(typed, synonyms())
    if not concepts:
        return Found([], "all", ())
    said = tuple(dict.fromkeys(one.said for concept in concepts for one in concept))
    among = None if among is None else among.values("pk")
    if found := _ordered(_having_all(concepts, among), concepts, today):
        return Found(found, "all", said)
    if found := _ordered(_having_some(concepts, among), concepts, today):
        return Found(found, "some", (*said, *_parts(concepts)))
    heard = by_sound(typed)
    if heard and (found := _ordered(_having_all(heard, among), heard, today)):
        return Found(found, "sound", said)
    return Found([], "all", said)


def newest(among: QuerySet[SearchEntry]) -> list[SearchEntry]:
    """Without words: what the filters leave, the newest first."""
    return list(public_entries(among).only(*_SHOWN).order_by("-shown_on", "-pk")[:MAX_RESULTS])


def _condition(concept: Concept) -> Q:
    wanted = Q()
    for one in concept:
        wanted |= Q(term__gte=one.within[0], term__lt=one.within[1]) if one.within else Q(term__in=one.terms)
    return wanted


def _having_all(concepts: Sequence[Concept], among) -> dict[int, float]:
    """Score by key of the pages that have every concept."""
    among = _narrowed(concepts, among)
    if all(len(concept) == 1 and not concept[0].within for concept in concepts):
        every = set().union(*(concept[0].terms for concept in concepts))
        rows = _rows(Q(term__in=every), among).filter(found=len(every))
        return {key: score / len(every) for key, score in _best(rows)}
    rows = _rows(Q.create(list(map(_condition, concepts)), Q.OR), among)
    total = Value(0.0)
    for number, concept in enumerate(concepts):
        rows = rows.annotate(**{f"worth{number}": _worth(concept)}).filter(**{f"worth{number}__gt": 0})
        total += F(f"worth{number}")
    return {key: score / len(concepts) for key, score in _best(rows.annotate(score=total))}


def _narrowed(concepts: Sequence[Concept], among) -> QuerySet | None:
    """The entries that may have the rarest concept: one common word beside it would weigh half of all pages.

    Which one is rarest decides how long it takes, never what is found.
    """
    fewest, terms_of_it = min((_rarest(concept) for concept in concepts), key=lambda rarest: rarest[0])
    if fewest >= _RARE:
        return among
    rare = Posting.objects.filter(term__in=terms_of_it).values("entry_id")
    return rare if among is None else rare.filter(entry__in=among)


def _rarest(concept: Concept) -> tuple[float, list[int]]:
    """How many pages may have a concept, at most, and the terms without one of which no page has it."""
    if any(one.within or not one.terms for one in concept):
        return math.inf, []
    rarest = [min((_pages_with(term), term) for term in one.terms) for one in concept]
    return sum(pages for pages, _term in rarest), [term for _pages, term in rarest]


def _pages_with(term: int) -> int:
    """Counted as far as it matters."""
    return freshness.remembered(("pages with", term), lambda: (_counted(term),))[0]


def _counted(term: int) -> int:
    return Posting.objects.filter(term=term)[:_RARE].count()


def _having_some(concepts: Sequence[Concept], among) -> dict[int, float]:
    """Score by key of the pages that have a part of what was typed: the more of it, the higher."""
    every = set().union(*(one.terms for concept in concepts for one in concept[:1]))
    if len(every) < 2:
        return {}
    rows = _rows(Q(term__in=every), among).filter(found__gte=max(1, math.floor(len(every) * _ENOUGH)))
    return {key: score / len(every) for key, score in _best(rows)}


def _rows(wanted: Q, among) -> QuerySet:
    """Pages with any of the terms, how many of them (``found``), and what these weigh (``score``)."""
    rows = Posting.objects.filter(wanted)
    if among is not None:
        rows = rows.filter(entry__in=among)
    return rows.order_by().values("entry_id").annotate(found=Count("term"), score=Sum("weight"))


def _best(rows: QuerySet) -> list[tuple[int, float]]:
    """Of equals the pages made last; one more than are shown would change nothing."""
    return list(rows.order_by("-score", "-entry_id").values_list("entry_id", "score")[:MAX_RESULTS])


def _worth(concept: Concept):
    """What a page has of a concept: the most that one of its alternatives is worth."""
    worths = [_worth_of(one) for one in concept]
    return Greatest(*worths) if len(worths) > 1 else worths[0]


def _worth_of(one):
    """The mean weight of an alternative's terms where a page has them all, else nothing."""
    has = Q(term__gte=one.within[0], term__lt=one.within[1]) if one.within else Q(term__in=one.terms)
    weight = Sum("weight", filter=has, default=0) * Value(one.weight / max(1, len(one.terms)), FloatField())
    enough = GreaterThanOrEqual(Count("term", filter=has), max(1, len(one.terms)))
    return Case(When(enough, then=weight), default=0.0, output_field=FloatField())


def _parts(concepts: Sequence[Concept]) -> list[str]:
    """The pairs of longer words, to be marked where a page hasn't the whole."""
    return [pair for concept in concepts for pair in terms.pairs(concept[0].said)]


def public_entries(entries: QuerySet[SearchEntry]) -> QuerySet[SearchEntry]:
    """Without pages that went out of sight since: the index follows what is published, not who may read it."""
    entries = entries.filter(page__live=True)
    if freshness.remembered("private", lambda: (PageViewRestriction.objects.exists(),))[0]:
        entries = entries.filter(page__in=Page.objects.public())
    return entries


def _ordered(scores: dict[int, float], concepts: Sequence[Concept], today: date) -> list[SearchEntry]:
    if not scores:
        return []
    entries = list(public_entries(SearchEntry.objects.filter(pk__in=list(scores))).only(*_SHOWN))
    words = [concept[0].said for concept in concepts]
    whole = "".join(words)
    ranks = {entry.pk: scores[entry.pk] * _factor(entry, today) + _title(entry, words[0], whole) for entry in entries}
    return sorted(entries, key=lambda entry: (-ranks[entry.pk], len(entry.title), -entry.pk))


def _factor(entry: SearchEntry, today: date) -> float:
    age = max(0, (today - entry.shown_on).days) if entry.shown_on else math.inf
    return _KINDS.get(entry.kind, 1.0) * (1 + _NEW * 0.5 ** (age / _HALF_LIFE))


def _title(entry: SearchEntry, first: str, whole: str) -> float:
    """What a title adds that begins with the first word, or is nothing but what was typed."""
    title = "".join(terms.normal(entry.title).split())
    return (_BEGINS if title.startswith(first) else 0) + (_IS_TITLE if title == whole else 0)
