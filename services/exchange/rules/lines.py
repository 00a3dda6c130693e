"""Which lines below the headings are rows, and which are blanks, sums, signatures or remarks."""

import re
from collections.abc import Mapping, Sequence

from services.foundation.spelling import plain

_CLOSING = re.compile(
    r"^(合计|总计|小计|共计|累计|总人数|合\s*计|本页|本表|以上|以下空白|此页|制表|填表|填报|审核|复核|核对|经办|负责人|单位负责人|"
    r"分管领导|主管领导|工会主席|主席签字|联系人|联系电话|单位\(?盖章|盖章|备注[::]|注[::]|说明|填写说明|附注|total|subtotal|sum)",
    re.IGNORECASE,
)
_REMARK = 25


def is_blank(cells: Mapping[int, object], places: Sequence[int]) -> bool:
    """No column that counts has anything in it; a pre-printed running number is not enough."""
    return not any(_filled(cells.get(place)) for place in places)


def _filled(value: object) -> bool:
    return value is not None and (not isinstance(value, str) or bool(plain(value)))


def is_closing(cells: Mapping[int, object], required: Sequence[int], places: Sequence[int]) -> bool:
    """A line of sums, signatures or remarks: it starts like one, and lacks what every row must have."""
    if all(_filled(cells.get(place)) for place in required):
        return False
    filled = [(place, text) for place in sorted(cells) if (text := plain(cells[place]))]
    if not filled:
        return False
    texts = [text for _, text in filled]
    if _CLOSING.match(texts[0]) or (len(texts) > 1 and _CLOSING.match(texts[1]) and texts[0].isdigit()):
        return len(filled) <= max(2, len(places) // 2 + 1) or all(_is_number_like(t) for t in texts[1:])
    return len(filled) == 1 and len(texts[0]) >= _REMARK


def _is_number_like(text: str) -> bool:
    return bool(re.fullmatch(r"[\d.,%]+\s*(人|名|个|元)?", text))
