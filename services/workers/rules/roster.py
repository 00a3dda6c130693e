"""One line of a women workers' roster: read, folded into one spelling, and judged.

Sources: GB 11643-1999 (identity number), Labour Law art. 15 (nobody under 16 is employed), DOMAIN-services §2.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from services.foundation import masking, spelling
from services.foundation.identifiers import (
    InvalidIdentityNumber,
    fold,
    parse_identity_number,
    parse_mobile,
    whole_years,
)
from services.foundation.sheets import CellRefused, Fault

YOUNGEST = 16
# Excel keeps 15 digits of a number; a longer identity number typed as a number has lost its end.
_ROUNDED_FROM = 10**15

EMPLOYMENT_WORDS = {
    "established": "在编 编制 编制内 编内 有编制 事业编 事业编制 行政编 公务员 正式 正式工 正式职工 在编在岗",
    "contract": "合同制 合同 合同工 劳动合同 劳动合同制 聘用 聘用制 聘任 聘任制 签订劳动合同 固定期限合同 编外 全日制",
    "dispatch": "劳务派遣 派遣 派遣工 劳务派遣工 劳务 外派",
    "temporary": "临时 临时工 临时满一年 临时一年以上 临时用工 季节工 短期合同",
    "new_form": "新就业形态 新业态 灵活就业 平台用工 网约 骑手 非全日制",
    "other": "其他 其它 其他形式",
}
MARITAL_WORDS = {
    "single": "未婚 单身 从未结婚 否 未",
    "married": "已婚 初婚 再婚 复婚 有配偶 结婚 是 已",
    "divorced": "离异 离婚 离异未再婚 离婚未再婚",
    "widowed": "丧偶 寡居",
    "unknown": "未说明 未说明的婚姻状况 保密 不便透露",
}
# The digit 2 is a woman in GB/T 2261.1; a bare 1 would be a man there, but clerks also tick a column with it.
FEMALE_WORDS = frozenset({"女", "女性", "女士", "女职工", "女同志", "f", "female", "2", "2女", "女2"})
MALE_WORDS = frozenset({"男", "男性", "男士", "男职工", "男同志", "m", "male", "1男", "男1"})
_SCIENTIFIC = re.compile(r"\d(?:\.(\d+))?[eE]\+?10")
_DIGITS_BEHIND_THE_POINT = 10
# The heading written once more in front of the number: 身份证号:990000….
_ID_LABEL = re.compile(r"^(居民|公民)?身份(证|证号|证号码|号码)[::]?(?=\d)")
_ONE_MOBILE = re.compile(r"(?<!\d)1[3-9]\d{9}(?!\d)")
_NO_PHONE = frozenset({"", "无", "没有", "暂无", "不详", "无手机", "没有手机", "-", "--", "/"})


def _by_word(words: Mapping[str, str]) -> dict[str, str]:
    return {spelling.label_key(word): code for code, line in words.items() for word in (*line.split(), code)}


_EMPLOYMENT, _MARITAL = _by_word(EMPLOYMENT_WORDS), _by_word(MARITAL_WORDS)


@dataclass(slots=True)
class Person:
    """A line that could be read. Empty text and None mean: the roster doesn't say."""

    number: int
    union: str = ""
    name: str = ""
    id_number: str = ""
    birth_date: date | spelling.Month | None = None
    phone: str = ""
    position: str = ""
    employment_type: str = ""
    hired_on: date | None = None
    joined_on: date | None = None
    marital_status: str = ""
    note: str = ""


def identity_cell(value) -> str:
    """The text of an identity number, '' when empty. Code ``float_id`` for one that Excel has rounded."""
    if isinstance(value, int | float) and abs(value) >= _ROUNDED_FROM:
        raise CellRefused("float_id")
    text = _ID_LABEL.sub("", fold(spelling.plain(value)).strip("'‘’`"))
    if re.fullmatch(r"\d(\.\d+)?[eE]\+?\d+", text):
        raise CellRefused("float_id")
    if text.startswith(("=", "@")):
        raise CellRefused("formula")
    return text


def phone_cell(value) -> str:
    """A mobile number, '' when empty. Codes: ``formula``, ``float_phone``, ``short_phone``, ``phone_shape``."""
    text = fold(spelling.plain(value))
    if match := _SCIENTIFIC.fullmatch(text):
        if len(match[1] or "") != _DIGITS_BEHIND_THE_POINT:
            raise CellRefused("float_phone")
        text = text[0] + match[1]
    if text in _NO_PHONE:
        return ""
    if text.startswith(("=", "@")):
        raise CellRefused("formula")
    try:
        return parse_mobile(text)
    except ValueError:
        digits = re.sub(r"\D", "", text)
        # One number with words around it, 手机1990000…(本人); figures beside it may be a second number.
        if len(digits) == 11 and _ONE_MOBILE.search(text):
            return digits
        short = 0 < len(digits) < 11 and digits.startswith("1") and not re.search(r"[^\d\s()+-]", text)
        raise CellRefused("short_phone" if short else "phone_shape", digits=len(digits)) from None


def _sex(value) -> str:
    word = spelling.label_key(value)
    if word in MALE_WORDS:
        raise CellRefused("male")
    if word and word not in FEMALE_WORDS:
        raise CellRefused("sex_word")
    return word


def _first_day(when: date | spelling.Month | None) -> date | None:
    """A month stands for its first day: rosters keep no more of when somebody was hired or joined."""
    return when.first if isinstance(when, spelling.Month) else when


_READERS: dict[str, Callable[[Any], Any]] = {
    "union": lambda value: spelling.line(value, longest=120),
    "birth_date": spelling.day_or_month,
    "position": lambda value: spelling.line(value, longest=60),
    "employment_type": lambda value: spelling.choose(value, _EMPLOYMENT, code="employment_word"),
    "hired_on": lambda value: _first_day(spelling.day_or_month(value)),
    "joined_on": lambda value: _first_day(spelling.day_or_month(value)),
    "marital_status": lambda value: spelling.choose(value, _MARITAL, code="marital_word"),
    "note": lambda value: spelling.line(value, longest=200),
    "sex": _sex,
}
_KEPT_ANSWERS = 20_000


class RosterReader:
    """Reads lines as of a day. Values that repeat down a column are worked out once."""

    def __init__(self, *, today: date, allow_invented: bool):
        self.today, self.allow_invented = today, allow_invented
        self._answers: dict[str, dict[Any, tuple[Any, CellRefused | None]]] = {key: {} for key in _READERS}

    def read(self, number: int, cells: Mapping[str, Any]) -> tuple[Person, list[Fault]]:
        """The person and everything wrong with her line; dates and sex are judged where they could be read."""
        person = Person(number)
        faults: list[Fault] = []
        for key, value in cells.items():
            if key in self._answers:
                answer, refused = self._answer(key, value)
                if refused:
                    faults.append(Fault(key, refused.code, refused.context, shown(key, value)))
                elif key != "sex":
                    setattr(person, key, answer)
        self._read_name(person, cells.get("name"), faults)
        self._read_identity(person, cells.get("id_number"), faults)
        self._read_phone(person, cells.get("phone"), faults)
        if isinstance(person.birth_date, spelling.Month):
            person.birth_date = None
        self._judge_dates(person, faults)
        return person, faults

    def _answer(self, key, value):
        kept = self._answers[key]
        found = kept.get(value)
        if found is None:
            if len(kept) > _KEPT_ANSWERS:
                kept.clear()
            try:
                found = (_READERS[key](value), None)
            except CellRefused as refused:
                found = (None, refused)
            kept[value] = found
        return found

    @staticmethod
    def _read_name(person: Person, value, faults: list[Fault]) -> None:
        try:
            person.name = spelling.person_name(value)
        except CellRefused as refused:
            faults.append(Fault("name", refused.code, refused.context))
            return
        if not person.name:
            faults.append(Fault("name", "no_name"))

    def _read_identity(self, person: Person, value, faults: list[Fault]) -> None:
        try:
            text = identity_cell(value)
            if not text:
                raise CellRefused("no_id")
            identity = parse_identity_number(text, today=self.today, allow_invented=self.allow_invented)
        except InvalidIdentityNumber as invalid:
            code = invalid.code if invalid.code in ("fifteen", "checksum") else f"id_{invalid.code}"
            faults.append(Fault("id_number", code, {"length": len(text)}, shown("id_number", value)))
            return
        except CellRefused as refused:
            faults.append(Fault("id_number", refused.code, {}, shown("id_number", value)))
            return
        person.id_number = identity.number
        if identity.sex == "M":
            faults.append(Fault("id_number", "male", {}, shown("id_number", value)))
        elif whole_years(identity.born, self.today) < YOUNGEST:
            faults.append(Fault("id_number", "under_16", {"age": YOUNGEST}, shown("id_number", value)))
        if person.birth_date in (None, spelling.Month(identity.born.year, identity.born.month)):
            person.birth_date = identity.born
        elif person.birth_date != identity.born:
            faults.append(Fault("birth_date", "born_mismatch", {}, "****"))

    @staticmethod
    def _read_phone(person: Person, value, faults: list[Fault]) -> None:
        try:
            person.phone = phone_cell(value)
        except CellRefused as refused:
            faults.append(Fault("phone", refused.code, refused.context, shown("phone", value)))

    def _judge_dates(self, person: Person, faults: list[Fault]) -> None:
        for key in ("hired_on", "joined_on"):
            when = getattr(person, key)
            if when is None:
                continue
            if when > self.today:
                faults.append(Fault(key, "future_join", {}, when.isoformat()))
            elif person.birth_date and when <= person.birth_date:
                faults.append(Fault(key, "before_birth", {}, when.isoformat()))


def shown(key: str, value) -> str:
    """A cell's value made fit for a screen: personal numbers masked, the rest redacted and cut short."""
    text = spelling.plain(value)
    if key == "id_number":
        return masking.mask_identity(fold(text).upper())
    if key == "phone":
        return masking.mask_phone(fold(text))
    if key in ("name", "birth_date"):
        return masking.HIDDEN if text else ""
    return masking.redact(text)[:40]
