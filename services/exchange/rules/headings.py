"""Recognising which line of a sheet holds the headings, and which column is which.

Every cell of the first rows is compared with every known name of every column, in four steps of decreasing trust:
the same, the same but for filler words, one inside the other, nearly the same. The line that explains most wins.
"""

import difflib
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from services.foundation.sheets import Column
from services.foundation.spelling import plain

SEARCHED_ROWS = 30
# A second line of headings has to explain this much more than the first alone.
_TWO_LINES = 0.5
SAME, FILLED, INSIDE, NEAR = 1.0, 0.95, 0.8, 0.7
_FILLER = re.compile(
    r"^(女职工|女会员|职工|员工|人员|会员|本人|个人|现|所在|所属|填报|基层)+|(必填|选填|可选|信息|情况|全称|栏|项)+$"
)
# A heading with one of these speaks of somebody or something else, unless the column's own name has the word.
_OTHERS = [
    "配偶",
    "丈夫",
    "爱人",
    "紧急",
    "联系人",
    "家属",
    "家庭",
    "子女",
    "孩子",
    "儿子",
    "女儿",
    "父",
    "母",
    "监护",
    "负责人",
    "填表",
    "填报",
    "经办",
    "审核",
    "推荐",
    "介绍人",
    "单位电话",
    "办公",
    "固定",
    "座机",
    "开户",
    "银行",
    "原",
    "曾用",
    "上级",
    "主管",
    "法人",
    "主任",
    "证件类型",
    "是否",
]
_LONGEST = 40
_BRACKETS = re.compile(rf"[(\[{{<【〔「『《](.{{0,{_LONGEST}}}?)[)\]}}>】〕」』》]")
_LEADING = re.compile(r"^(\d{1,2}[.、):]|[一二三四五六七八九十]{1,3}[、.]|[(]\d{1,2}[)])")
# Needed by nobody, so not worth a notice.
_ORNAMENTS = frozenset(["序号", "序", "编号", "no", "行号", "项目", "序列", "号"])


@dataclass(frozen=True, slots=True)
class Header:
    """Where the headings stand. ``places`` maps column keys to column numbers; ``first`` is the first data row."""

    row: int
    first: int
    places: Mapping[str, int]
    unknown: tuple[str, ...]
    missing: tuple[str, ...]
    score: float
    texts: Mapping[int, object]
    twice: tuple[str, ...] = ()


def heading_forms(text) -> tuple[str, ...]:
    """The comparable forms of a heading: without brackets' contents, then with them."""
    folded = _LEADING.sub("", plain(text).strip())
    forms = []
    for form in (_BRACKETS.sub("", folded), folded):
        bare = re.sub(r"[\W_]+", "", form).lower()
        if bare and bare not in forms:
            forms.append(bare)
    return tuple(forms)


class Recogniser:
    """Knows one sheet's columns by all their names; ``labels`` are a column's own in other languages, by its key."""

    def __init__(self, columns: Sequence[Column], labels: Mapping[str, Sequence[str]] | None = None):
        self.columns = columns
        self.names: list[tuple[str, str, int]] = []
        for column in columns:
            texts = [str(column.label), *column.synonyms, *(labels or {}).get(column.key, ())]
            for rank, label in enumerate(texts):
                self.names.extend((form, column.key, rank) for form in heading_forms(label)[:1])
        self.exact = {form: (key, rank) for form, key, rank in reversed(self.names)}
        self.required = [c.key for c in columns if c.required]
        self._seen: dict[str, dict[str, float]] = {}

    def scores(self, text) -> dict[str, float]:
        """How well a text names each column it may name; earlier synonyms win by a hair."""
        if not isinstance(text, str):
            return {}
        raw = plain(text)
        if not raw or len(raw) > _LONGEST or sum(map(str.isdigit, raw)) * 2 >= len(raw):
            return {}
        if raw not in self._seen:
            found: dict[str, float] = {}
            for form in heading_forms(raw):
                for key, score in self._score_form(form).items():
                    found[key] = max(score, found.get(key, 0))
            self._seen[raw] = found
        return self._seen[raw]

    def _score_form(self, form: str) -> dict[str, float]:
        if form in self.exact:
            key, rank = self.exact[form]
            return {key: SAME - rank / 1000}
        found: dict[str, float] = {}
        stripped = _FILLER.sub("", form)
        others = [word for word in _OTHERS if word in form]
        for name, key, rank in self.names:
            score = _compare(form, stripped, others, name)
            if score:
                found[key] = max(found.get(key, 0), score - rank / 1000)
        return found

    def match(self, texts: Mapping[int, Sequence[str]]) -> tuple[dict[str, int], float]:
        """Give each column its best cell, one to one; a cell may come in several readings."""
        pairs = []
        for place, readings in texts.items():
            best: dict[str, float] = {}
            for reading in readings:
                for key, score in self.scores(reading).items():
                    best[key] = max(score, best.get(key, 0))
            pairs.extend((score, -place, key) for key, score in best.items())
        places: dict[str, int] = {}
        taken: set[int] = set()
        total = 0.0
        for score, place, key in sorted(pairs, reverse=True):
            if key not in places and -place not in taken:
                places[key] = -place
                taken.add(-place)
                total += score
        return places, total

    def find(self, rows: Sequence[tuple[int, Mapping[int, object]]]) -> Header | None:
        """The line (or two lines) of headings among the first rows, or None."""
        candidates = []
        for index, (number, cells) in enumerate(rows[:SEARCHED_ROWS]):
            candidates.append(self.headings_in(number, cells))
            if index + 1 < len(rows) and rows[index + 1][0] == number + 1:
                below = rows[index + 1][1]
                candidates.append(self._candidate(number, number + 2, self._stacked(cells, below), {**cells, **below}))
        best = max(
            candidates, key=lambda h: (round(h.score - _TWO_LINES * (h.first - h.row - 1), 2), -h.row), default=None
        )
        if best is None or len(best.places) < min(2, len(self.columns)):
            return None
        return best

    def headings_in(self, number: int, cells: Mapping[int, object]) -> Header:
        """What one line would be as a line of headings."""
        return self._candidate(number, number + 1, {place: [text] for place, text in cells.items()}, cells)

    @staticmethod
    def _stacked(top: Mapping[int, object], below: Mapping[int, object]) -> dict[int, list[str]]:
        """Readings of a two-line heading: the lower word, the upper one above nothing, or both run together."""
        texts: dict[int, list[str]] = {}
        carried = ""
        for place in sorted({*top, *below}):
            if place in top:
                carried = plain(top[place])
            if place in below:
                texts[place] = [plain(below[place]), carried + plain(below[place])]
            else:
                texts[place] = [plain(top[place])]
        return texts

    def _candidate(self, number, first, texts, cells) -> Header:
        places, score = self.match(texts)
        known = set(places.values())
        unknown = tuple(
            plain(value) for place, value in sorted(cells.items()) if place not in known and _worth_naming(value)
        )
        missing = tuple(key for key in self.required if key not in places)
        twice = self._twice(texts, places)
        texts = {place: cells[place] for place in known if place in cells}
        return Header(number, first, places, unknown, missing, score, texts, twice)

    def _twice(self, texts: Mapping[int, Sequence[str]], places: Mapping[str, int]) -> tuple[str, ...]:
        """All the required columns, when each has a second heading just as good: a list in two halves."""
        others = [readings for place, readings in texts.items() if place not in places.values()]
        found = tuple(
            key for key in self.required if any(self.scores(r).get(key, 0) >= FILLED for rs in others for r in rs)
        )
        return found if len(found) > 1 and len(found) == len(self.required) else ()

    @staticmethod
    def repeats(header: Header, cells: Mapping[int, object]) -> bool:
        """The heading line printed again further down: at least half of its words in their places."""
        same = sum(1 for place, text in header.texts.items() if cells.get(place) == text)
        return same >= 2 and same * 2 >= len(header.texts)


def _compare(form: str, stripped: str, others: Sequence[str], name: str) -> float:
    """How much a heading resembles one name of a column, below sameness."""
    if len(stripped) >= 2 and stripped != "人数" and stripped == _FILLER.sub("", name):
        return FILLED
    if any(word not in name for word in others):
        return 0
    short, long = sorted((form, name), key=len)
    if len(short) >= 2 and short in long and len(short) / len(long) >= 0.4:
        return INSIDE * (0.75 + 0.25 * len(short) / len(long))
    # A slip of the pen leaves nearly all characters in place; the cheap test spares the thorough one.
    if len(short) >= 4 and len(long) - len(short) <= 2 and len(set(short) & set(long)) * 4 >= len(set(long)) * 3:
        ratio = difflib.SequenceMatcher(None, form, name, autojunk=False).ratio()
        if ratio >= 0.75:
            return NEAR * ratio
    return 0


def _worth_naming(value) -> bool:
    forms = heading_forms(value)
    return bool(forms) and forms[0] not in _ORNAMENTS
