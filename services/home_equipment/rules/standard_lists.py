"""The two lists of the plan, E01-E14, as this city's first version: every word of it is data that staff may change.

Source: the city's construction plan for homes for left-behind children (DOMAIN-children-privacy A1, E01-E14 and
A1.08-A1.10); where it is ambiguous, its typo table T8 and T9. Standing in plain Python it can be compared with the
table line by line.
"""

from dataclasses import dataclass

SCHOOL, PRESCHOOL = "school", "preschool"

BY_PROVINCE = "为中小学……配备电脑2台,配备电视机、DVD机、电子钢琴各1台,亲情电话1部……(由省妇联、省财政厅负责配送)"
BOOKS = "选配适合少年儿童阅读的书刊、电子出版物300种左右"
SPORTS = "配备适量的篮球、足球、排球、乒乓球、羽毛球、跳绳、跳棋、象棋等体育器材"
BY_COUNTY = "书架2个、课桌10张、凳子20把(由县区配套解决)"
NURSERY = (
    "村幼儿园……配备电子钢琴1台,室外活动器械和适量的玩具、幼儿读物、桌凳及幼儿安全防护设施(由省妇联、省财政厅负责配送)"
)
PLAQUE = "悬挂由省妇联统一制作的……留守儿童之家标识牌"

ABOUT = "「左右」: 允许 10% 的差额; 「种」按品种计, 不按册计 (T8)"
SOME = "原文「适量」, 未规定数量: 按每类至少 1 件掌握, 可由市妇联修改 (T9)"
UNSAID = "原文未规定数量: 按至少 1 件(套)掌握, 可由市妇联修改 (T9)"
BALLS = ("篮球", "足球", "排球", "乒乓球", "羽毛球", "跳绳", "跳棋", "象棋")


@dataclass(frozen=True, slots=True)
class Line:
    """``minimum`` None: the plan names no quantity (适量), and ``each_kind`` says what is asked of every kind."""

    code: str
    name: str
    category: str
    unit: str
    supplier: str
    minimum: int | None = None
    tolerance: int = 0
    each_kind: int = 1
    kinds: tuple[str, ...] = ()
    by_lot: bool = False
    applicable: bool = True
    phrase: str = ""
    reading: str = ""


def _absent(code: str, name: str, category: str, unit: str) -> Line:
    """A dash of the table: not asked of this profile, which is something else than nought."""
    return Line(code, name, category, unit, "province", applicable=False)


_SCHOOL = (
    Line("E01", "电脑", "electronics", "machine", "province", 2, phrase=BY_PROVINCE),
    Line("E02", "电视机", "electronics", "machine", "province", 1, phrase=BY_PROVINCE),
    Line("E03", "DVD机", "electronics", "machine", "province", 1, phrase=BY_PROVINCE),
    Line("E04", "电子钢琴", "instrument", "machine", "province", 1, phrase=BY_PROVINCE),
    Line("E05", "亲情电话", "electronics", "phone", "province", 1, phrase=BY_PROVINCE),
    Line("E06", "书刊、电子出版物", "books", "title", "province", 300, 10, by_lot=True, phrase=BOOKS, reading=ABOUT),
    Line("E07", "体育器材和棋类", "sports", "piece", "province", kinds=BALLS, by_lot=True, phrase=SPORTS, reading=SOME),
    Line("E08", "书架", "furniture", "piece", "county", 2, phrase=BY_COUNTY),
    Line("E09", "课桌", "furniture", "top", "county", 10, phrase=BY_COUNTY),
    Line("E10", "凳子", "furniture", "seat", "county", 20, phrase=BY_COUNTY),
    _absent("E11", "室外活动器械", "outdoor", "set"),
    _absent("E12", "玩具", "toys", "piece"),
    _absent("E13", "幼儿安全防护设施", "safety", "set"),
    Line("E14", "标识牌", "plaque", "piece", "province", 1, phrase=PLAQUE),
)

_PRESCHOOL = (
    _absent("E01", "电脑", "electronics", "machine"),
    _absent("E02", "电视机", "electronics", "machine"),
    _absent("E03", "DVD机", "electronics", "machine"),
    Line("E04", "电子钢琴", "instrument", "machine", "province", 1, phrase=NURSERY),
    _absent("E05", "亲情电话", "electronics", "phone"),
    Line("E06", "幼儿读物", "books", "title", "province", by_lot=True, phrase=NURSERY, reading=SOME),
    _absent("E07", "体育器材和棋类", "sports", "piece"),
    _absent("E08", "书架", "furniture", "piece"),
    Line("E09", "桌", "furniture", "top", "province", phrase=NURSERY, reading=SOME),
    Line("E10", "凳", "furniture", "seat", "province", phrase=NURSERY, reading=SOME),
    Line("E11", "室外活动器械", "outdoor", "set", "province", phrase=NURSERY, reading=UNSAID),
    Line("E12", "玩具", "toys", "piece", "province", by_lot=True, phrase=NURSERY, reading=SOME),
    Line("E13", "幼儿安全防护设施", "safety", "set", "province", phrase=NURSERY, reading=UNSAID),
    Line("E14", "标识牌", "plaque", "piece", "province", 1, phrase=PLAQUE),
)


LISTS: dict[str, tuple[Line, ...]] = {SCHOOL: _SCHOOL, PRESCHOOL: _PRESCHOOL}
