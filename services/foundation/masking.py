"""Masks for people's data. They fail closed: a value of an unexpected shape is hidden whole.

The identity mask keeps 1 + 2 characters, never area and suffix around the birth date: with a birth date
beside it the common 6 + 4 mask gives the number away (DOMAIN: trap M1).
"""

import re

HIDDEN = "****"
_COMPOUND = (  # noqa: SIM905 - a list of 32 lines reads worse
    "欧阳 太史 端木 上官 司马 东方 独孤 南宫 万俟 闻人 夏侯 诸葛 尉迟 公羊 赫连 澹台 皇甫 宗政 濮阳 公冶 太叔 申屠 "
    "公孙 慕容 仲孙 钟离 长孙 宇文 司徒 鲜于 司空 令狐"
).split()


def mask_identity(value: str) -> str:
    """``9***************0X``; anything that is not 18 characters becomes ``****``."""
    if not re.fullmatch(r"\d{17}[\dX]", value or "", re.ASCII):
        return HIDDEN
    return f"{value[0]}{'*' * 15}{value[-2:]}"


def mask_phone(value: str) -> str:
    """``199****0001``; anything that is not 11 digits becomes ``****``."""
    if not re.fullmatch(r"1\d{10}", value or "", re.ASCII):
        return HIDDEN
    return f"{value[:3]}****{value[-4:]}"


def mask_name(value: str) -> str:
    """``张*``, ``张*明``, ``欧阳*``, ``阿依古丽·***``; one character or none becomes ``*``."""
    name = (value or "").strip()
    if "·" in name:
        return f"{name.split('·', 1)[0]}·***"
    if len(name) < 2:
        return "*"
    family = name[:2] if name[:2] in _COMPOUND and len(name) > 2 else name[:1]
    rest = len(name) - len(family)
    return family + ("*" if rest == 1 else "*" * (rest - 1) + (name[-1] if len(family) == 1 else "*"))


def mask_bank_card(value: str) -> str:
    """``**** **** **** 3256``; anything that is not 12-19 digits becomes ``****``."""
    if not re.fullmatch(r"\d{12,19}", value or "", re.ASCII):
        return HIDDEN
    return f"**** **** **** {value[-4:]}"


def mask_email(value: str) -> str:
    """``d****@example.org``."""
    local, at, domain = (value or "").partition("@")
    return f"{local[:1]}****@{domain}" if local and at and domain else HIDDEN


_IN_TEXT = (
    (re.compile(r"(?<!\d)[1-9]\d{16}[\dXx](?![\dXx])"), "[id]"),
    (re.compile(r"(?<!\d)1[3-9]\d{9}(?!\d)"), "[phone]"),
    (re.compile(r"(?<!\d)\d{16,19}(?!\d)"), "[card]"),
)


def redact(text: str) -> str:
    """Free text with everything shaped like an identity, phone or card number replaced."""
    for pattern, label in _IN_TEXT:
        text = pattern.sub(label, text)
    return text
