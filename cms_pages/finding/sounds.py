"""How titles sound: initials (mftj for 免费体检) and syllables written together (tijian), by pypinyin."""

from cms_pages import terms

# So many syllables are written together at most, and so many initials make one term; more are several terms.
_LONGEST = 4


def _syllables(run: str) -> list[str]:
    from pypinyin import lazy_pinyin  # not before it is needed: its dictionary takes 0.3 s and 50 MB

    return [syllable for syllable in lazy_pinyin(run, errors="ignore") if syllable]


def syllables_term(written: str) -> int:
    return terms.of_word(f"syllables {written}")


def initials_terms(letters: str) -> set[int]:
    """What a title must have all of for its initials to hold these letters in a row."""
    size = min(len(letters), _LONGEST)
    return {_initials_term(part) for part in _stretches(letters, size)}


def _initials_term(letters: str) -> int:
    return terms.of_word(f"initials {letters}")


def _stretches(whole, size: int) -> list:
    return ["".join(whole[start : start + size]) for start in range(len(whole) - size + 1)]


def of_title(title: str) -> set[int]:
    """The terms under which a title is found by its sound."""
    found = set()
    for piece, chinese in terms.pieces(terms.normal(title)):
        if not chinese or len(piece) < 2:
            continue
        syllables = _syllables(piece)
        firsts = [syllable[0] for syllable in syllables]
        for size in range(2, _LONGEST + 1):
            found.update(map(syllables_term, _stretches(syllables, size)))
            found.update(map(_initials_term, _stretches(firsts, size)))
    return found


def as_heard(run: str) -> set[int]:
    """Terms of a run by its sound alone: finds 免费体检 for 免費體檢 and for a slip of the keyboard."""
    return set(map(syllables_term, _stretches(_syllables(run), 2)))
