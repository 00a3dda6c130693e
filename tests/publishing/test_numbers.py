"""What counts as a personal number in a text, and what doesn't."""

from datetime import date

import polib
import pytest
from django.conf import settings as configured
from hypothesis import given, settings
from hypothesis import strategies as st

from services.foundation.identifiers import check_character
from services.publishing.rules.lists import lists_in_text
from services.publishing.rules.numbers import find_numbers
from tests.publishing.samples import CARD, IDENTITY, MOBILE

TODAY = date(2026, 11, 30)
CATALOGUE = configured.BASE_DIR / "locale" / "zh_Hans" / "LC_MESSAGES" / "django.po"
WIDE = {ord("0") + n: 0xFF10 + n for n in range(10)} | {ord("X"): 0xFF38}


def kinds(text: str, **more) -> list[str]:
    return [hit.kind for hit in find_numbers(text, today=TODAY, **more)]


@pytest.mark.parametrize(
    "text",
    [
        IDENTITY,
        f"身份证号：{IDENTITY}，请核对",
        f"{IDENTITY[:6]} {IDENTITY[6:14]} {IDENTITY[14:]}",
        f"{IDENTITY[:6]}-{IDENTITY[6:14]}-{IDENTITY[14:]}",
        " ".join(IDENTITY),
        "\u200b".join(IDENTITY),
        f"{IDENTITY[:6]}\n{IDENTITY[6:14]}\n{IDENTITY[14:]}",
        IDENTITY.translate(WIDE),
        IDENTITY.lower(),
        f"居民身份证 {IDENTITY[:6]}{IDENTITY[8:17]}",
    ],
)
def test_an_identity_number_is_found_however_it_is_written(text):
    assert kinds(text) == ["identity"]


@pytest.mark.parametrize(
    "text",
    [
        MOBILE,
        f"+86 {MOBILE}",
        f"86{MOBILE}",
        "199-0000-0001",
        "199 0000 0001",
        " ".join(MOBILE),
        MOBILE.translate(WIDE),
    ],
)
def test_a_mobile_number_is_found_however_it_is_written(text):
    assert kinds(text) == ["mobile"]


def test_every_number_of_a_list_is_found_and_none_is_shown():
    found = find_numbers(f"{MOBILE}\n19900000002\n{IDENTITY} {CARD}", today=TODAY)
    assert [hit.kind for hit in found] == ["mobile", "mobile", "identity", "bank_card"]
    assert [hit.masked for hit in found][:2] == ["199****0001", "199****0002"]
    assert not any(number in hit.masked for hit in found for number in (MOBILE, IDENTITY, CARD))


def test_a_card_of_another_network_needs_words_beside_it():
    foreign = "4012888888881881"
    assert kinds(foreign) == []
    assert kinds(f"工资卡号 {foreign}") == kinds(foreign, context="银行账号") == ["bank_card"]
    assert kinds(" ".join(CARD[i : i + 4] for i in range(0, 19, 4))) == ["bank_card"]


@pytest.mark.parametrize(
    "text",
    [
        "咨询电话 0990-1234567，时间 2026-11-30 08:30—17:30",
        "统一社会信用代码 91990000MA0000000X，邮编 990000",
        "标准 GB 11643-1999；文号：示总工发〔2026〕12 号；热线 12351、400-800-1234",
        "体检套餐 350 元，互助金 15000.00 元，合计 13,500,000,000 元",
        "订单 20261130123456789012，条码 6901234567892",
        IDENTITY[:17] + ("0" if IDENTITY[17] != "0" else "1"),
        "110101190013012345",
        "3.14159265358979323846",
    ],
)
def test_ordinary_figures_hold_nothing_back(text):
    assert kinds(text) == []


@settings(max_examples=50, deadline=None)
@given(
    st.sampled_from(["110105", "310101", "650102", "990000"]),
    st.dates(date(1930, 1, 1), date(2020, 1, 1)),
    st.integers(0, 999),
    st.sampled_from(["", " ", "-", "\u3000", "·", "\u200b"]),
    st.text("公示名单见附件。\n", max_size=8),
)
def test_no_valid_number_passes(area, born, order, between, around):
    first = f"{area}{born:%Y%m%d}{order:03d}"
    number = first + check_character(first)
    parts = between.join((number[:6], number[6:14], number[14:]))
    assert kinds(f"{around}{parts}{around}") == ["identity"]


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("本月慰问：张小花 500元；李小梅 800元；王小兰 1000元。", "named_amounts"),
        ("张小花、乳腺癌；李小梅、宫颈癌；王小兰、尿毒症", "named_illness"),
    ],
)
def test_a_list_of_names_in_a_paragraph_is_found(text, kind):
    assert [found.kind for found in lists_in_text(text)] == [kind]


@pytest.mark.parametrize(
    "text",
    [
        "高温津贴 300元；交通补贴 200元；安全奖 100元；方案一 500元",
        "免费筛查宫颈癌、乳腺癌，高危型HPV 请到医院复查。",
        "张*花 500元；李*梅 800元；王*兰 1000元",
    ],
)
def test_allowances_illnesses_and_masked_names_are_no_list(text):
    assert lists_in_text(text) == []


def test_ordinary_chinese_is_left_alone():
    """Every sentence of the interface, twenty to a page: some five hundred pages of what unions write about."""
    texts = [entry.msgstr or entry.msgstr_plural[0] for entry in polib.pofile(str(CATALOGUE))]
    pages = ["\n".join(texts[start : start + 20]) for start in range(0, len(texts), 20)]
    held = [page for page in pages if find_numbers(page, today=TODAY) or lists_in_text(page)]
    assert len(pages) > 400
    assert held == []
