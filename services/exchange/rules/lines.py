"""Which lines below the headings are rows, and which are blanks, sums, signatures or remarks."""

import re
from collections.abc import Mapping, Sequence

from services.foundation.spelling import label_key, plain

_CLOSING = re.compile(
    r"^(合计|总计|小计|共计|累计|总人数|合\s*计|本页|本表|以上|以下空白|此页|制表|填表|填报|审核|复核|核对|经办|负责人|单位负责人|"
    r"分管领导|主管领导|工会主席|主席签字|联系人|联系电话|单位\(?盖章|盖章|备注[::]|注[::]|说明|填写说明|附注|第\s*\d+\s*页|total|subtotal|sum)",
    re.IGNORECASE,
)
_REMARK = 25
# 教务处小计, 总务处 合计: 3人
_SUBTOTAL = re.compile(r"^.{1,20}?(小\s*计|合\s*计|共\s*计|总\s*计)\s*[::]?\s*[\d人名]*$")
_EXAMPLE = frozenset(["示例", "例", "例子", "样例", "范例", "举例", "填写示例", "示例行", "填写样例", "example"])


_DITTO = frozenset(plain(mark) for mark in ("同上", "〃", "″", '"', "”", "“", "ditto"))
_DITTO_STARTS = frozenset('同〃″′"”“dD \u3000\xa0\t\n')


def is_ditto(value: object) -> bool:
    """A mark that says: as in the line above."""
    if not isinstance(value, str) or value[:1] not in _DITTO_STARTS:  # asked of every cell: most are told at a glance
        return False
    return plain(value).replace(" ", "").strip(".。,") in _DITTO


def is_blank(cells: Mapping[int, object], places: Sequence[int]) -> bool:
    """No column that counts has anything in it; a pre-printed running number is not enough."""
    return not any(_filled(cells.get(place)) for place in places)


def _filled(value: object) -> bool:
    return value is not None and (not isinstance(value, str) or bool(plain(value)))


def is_closing(cells: Mapping[int, object], required: Sequence[int], places: Sequence[int]) -> bool:
    """A line of sums, signatures, remarks or a caption: it reads like one, and lacks what every row must have."""
    if all(_filled(cells.get(place)) for place in required):
        return False
    filled = [(place, text) for place in sorted(cells) if (text := plain(cells[place]))]
    if not filled:
        return False
    texts = [text for _, text in filled]
    if len(filled) == 1 and filled[0][0] not in required and not texts[0].isdigit():
        return True
    if _SUBTOTAL.match(texts[0]):
        return all(_is_number_like(text) for text in texts[1:])
    if _CLOSING.match(texts[0]) or (len(texts) > 1 and _CLOSING.match(texts[1]) and texts[0].isdigit()):
        return len(filled) <= max(2, len(places) // 2 + 1) or all(_is_number_like(t) for t in texts[1:])
    return len(filled) == 1 and len(texts[0]) >= _REMARK


def is_example(cells: Mapping[int, object], places: Sequence[int]) -> bool:
    """The line that shows how to fill the table in: it says so, in front of her columns or in one of them."""
    last = max(places, default=-1)
    return any(place <= last and label_key(value) in _EXAMPLE for place, value in cells.items())


def _is_number_like(text: str) -> bool:
    return bool(re.fullmatch(r"[\d.,%]+\s*(人|名|个|元)?", text))
