"""Plain rules of messages."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from services.messaging import rules
from services.messaging.registry import messages

CHINA = ZoneInfo("Asia/Shanghai")


def at(hour: int, minute: int = 0, day: int = 23) -> datetime:
    return datetime(2026, 11, day, hour, minute, tzinfo=CHINA)


@pytest.mark.parametrize(
    ("moment", "quiet", "allowed"),
    [
        (at(20, 59), (21, 8), at(20, 59)),
        (at(21, 0), (21, 8), at(8, day=24)),
        (at(23, 59), (21, 8), at(8, day=24)),
        (at(0, 0), (21, 8), at(8)),
        (at(7, 59), (21, 8), at(8)),
        (at(8, 0), (21, 8), at(8)),
        (at(13, 0), (12, 14), at(14)),
        (at(14, 0), (12, 14), at(14)),
        (at(3, 0), (0, 0), at(3, 0)),
    ],
)
def test_quiet_hours_end_in_the_morning(moment, quiet, allowed):
    assert rules.next_allowed(moment, quiet) == allowed


def test_a_failed_message_is_tried_four_times_more_then_given_up():
    waits = [rules.retry_after(n) for n in range(1, 6)]
    assert waits == [timedelta(minutes=1), timedelta(minutes=5), timedelta(minutes=30), timedelta(hours=2), None]


@pytest.mark.parametrize(
    ("value", "safe"),
    [
        ("市第一医院", "市第一医院"),
        ("8.30 分", "8.30 分"),
        ("点击 https://evil.example/x?y 领奖", "点击 … 领奖"),
        ("请访问 evil.com/a 领奖", "请访问 … 领奖"),
        ("www.evil.cn", "…"),
        ("写信到 a@evil.cn", "写信到 …"),
        ("javascript://x", "…"),
        ("第一行\r\nBcc: x", "第一行 Bcc: x"),
        ("隐\u200b形\u202e字", "隐形字"),
        ("  多  空\u3000格 ", "多 空 格"),
    ],
)
def test_values_lose_links_line_breaks_and_invisible_characters(value, safe):
    assert rules.safe_value(value) == safe


def test_values_are_cut_to_eighty_characters():
    assert rules.safe_value("长" * 200) == "长" * 79 + "…"


def test_a_value_that_looks_like_a_slot_stays_as_it_is():
    assert rules.fill("{title} {date}", {"title": "{date}", "date": "今天"}) == "{date} 今天"


def test_unknown_slots_and_stray_braces_are_found():
    assert rules.unknown_slots("{a} {b} {c}", ("a",)) == ["b", "c"]
    assert rules.stray_braces("{a} {B}")
    assert rules.stray_braces("{a.__class__}")
    assert not rules.stray_braces("{a} 好")


@pytest.mark.parametrize("text", ["两癌筛查", "ＨＰＶ 检测", "hpv", "您的体检结果", "困难补助", "Cancer", "妇科门诊"])
def test_telling_words_are_found_whatever_their_width_or_case(text):
    assert rules.forbidden_words(text) != []


def test_no_registered_message_tells_a_bystander_anything():
    told = {
        (spec.key, language): found
        for spec in messages
        for language, texts in spec.texts.items()
        if (found := [word for text in texts for word in rules.forbidden_words(text)])
    }
    assert told == {}


def test_every_registered_message_is_complete():
    faults = []
    for spec in messages:
        if set(spec.texts) != {"zh-hans", "en"}:
            faults.append((spec.key, "languages", sorted(spec.texts)))
        for language, (subject, body) in spec.texts.items():
            unknown = rules.unknown_slots(subject + body, spec.slots)
            if unknown or rules.stray_braces(subject + body) or not body:
                faults.append((spec.key, language, unknown))
            if set(spec.slots) - {"name", "phone", "id_number"} != set(spec.slots):
                faults.append((spec.key, "slots", spec.slots))
    assert faults == []
