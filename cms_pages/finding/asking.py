"""From what she typed to what is looked for: concepts, each with the words that may stand for it."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from cms_pages import terms
from cms_pages.finding import sounds

# What people wrap a question in; it stands on every page or on none.
_WRAPPING = (
    *("请问一下", "请问", "我想要", "我想", "我要", "想要", "怎么样", "怎么办", "怎么", "怎样", "如何", "为什么"),
    *("在哪里", "在哪儿", "哪里", "哪儿", "在哪", "什么时候", "是什么", "有什么", "什么", "有多少", "多少", "有没有"),
    *("可不可以", "可以", "能不能", "是不是", "需不需要", "向谁", "找谁", "吗", "呢", "么", "的"),
)
_WRAPPED = re.compile("|".join(_WRAPPING))
_LETTERS = re.compile(r"[a-z]{2,24}")
_MOST_CONCEPTS, _MOST_WORDS = 8, 8
# A page that says the same in other words counts for less than one that uses hers.
_OTHER_WORDS, _BY_SOUND = 0.8, 0.7


@dataclass(frozen=True, slots=True)
class Alternative:
    """One way to say a concept. A page has it when it has all ``terms``, or one in the half-open range ``within``.

    ``weight`` is what it counts for beside her own words.
    """

    said: str
    terms: frozenset[int] = frozenset()
    within: tuple[int, int] | None = None
    weight: float = 1.0


Concept = tuple[Alternative, ...]


def concepts_of(typed: str, synonyms: Mapping[str, Iterable[str]]) -> list[Concept]:
    """What a page must have all of; empty when nothing was typed that an index holds.

    ``synonyms`` gives for a word, in its normal form, the other words of its group.
    """
    found: dict[str, Concept] = {}
    for piece, chinese in terms.pieces(terms.normal(typed)):
        for word in _words(piece, synonyms) if chinese else [piece]:
            found.setdefault(word, _concept(word, chinese, synonyms))
    return list(found.values())[:_MOST_CONCEPTS]


def _words(run: str, synonyms) -> list[str]:
    """A run cut where a question is wrapped around it and where a word begins or ends that has other words."""
    if run in synonyms:
        return [run]
    parts = [part for part in _WRAPPED.split(run) if part] or [run]
    return [word for part in parts for word in _cut(part, synonyms)]


def _cut(part: str, synonyms) -> list[str]:
    longest = max(map(len, synonyms), default=0)
    words, start, at = [], 0, 0
    while at < len(part):
        length = next((n for n in range(min(longest, len(part) - at), 1, -1) if part[at : at + n] in synonyms), 0)
        if length:
            words += [part[start:at], part[at : at + length]]
            at = start = at + length
        else:
            at += 1
    words.append(part[start:])
    return [word for word in words if word]


def _concept(word: str, chinese: bool, synonyms) -> Concept:
    own = _said(word, 1.0)
    others = [_said(other, _OTHER_WORDS) for other in synonyms.get(word, ())]
    if not chinese and _LETTERS.fullmatch(word):
        others.append(Alternative(word, frozenset(sounds.initials_terms(word)), weight=_BY_SOUND))
        others.append(Alternative(word, frozenset({sounds.syllables_term(word)}), weight=_BY_SOUND))
    return (own, *others[: _MOST_WORDS - 1])


def _said(word: str, weight: float) -> Alternative:
    runs = terms.pieces(terms.normal(word))
    if len(word) == 1 and runs and runs[0][1]:
        return Alternative(word, within=terms.beginning_with(word), weight=weight)
    wanted = set()
    for piece, chinese in runs:
        if not chinese:
            wanted.add(terms.of_word(piece))
        elif len(piece) > 1:
            wanted |= terms.of_run(piece)
    return Alternative(word, frozenset(wanted), weight=weight)


def by_sound(typed: str) -> list[Concept]:
    """The same by the sound of its Chinese runs: for what was typed in other characters."""
    runs = [piece for piece, chinese in terms.pieces(terms.normal(typed)) if chinese and len(piece) > 1]
    heard = [(run, frozenset(sounds.as_heard(run))) for run in runs]
    return [(Alternative(run, found, weight=_BY_SOUND),) for run, found in heard if found][:_MOST_CONCEPTS]
