"""Text without end, of one sign over and over: what reads cells, values and log lines goes through it once (T26).

Counted in processor time, so that a busy machine changes nothing. What goes through it once takes a fraction of a
second; what begins anew at every sign would take minutes.
"""

import time
from contextlib import suppress
from datetime import date
from functools import partial

import pytest

from cms_pages.search_backend import index_text, query_text
from services.exchange.rules.headings import heading_forms
from services.foundation import spelling
from services.foundation.identifiers import fold, parse_mobile
from services.foundation.masking import redact
from services.foundation.sheets import CellRefused
from services.messaging.rules import holds_address, safe_value
from services.screening.rules.preferred_dates import read_wishes

LENGTH, SECONDS = 60_000, 20
READERS = {
    "a cell taken for a formula": spelling.looks_like_formula,
    "a name": spelling.person_name,
    "a day": spelling.day,
    "a line": partial(spelling.line, longest=200),
    "a label": spelling.label_key,
    "a heading": heading_forms,
    "wishes for days": partial(read_wishes, today=date(2026, 11, 29)),
    "a value in a message": safe_value,
    "the words of a message": holds_address,
    "a log line": redact,
    "a mobile number": parse_mobile,
    "what is folded": fold,
    "what is indexed": index_text,
    "what is searched": query_text,
}
UNITS = (" ", "a", "1", "-", "(", "<", ".", "·", "字", "a ", "1/", "a.", "a@", "周 ", "1月1日至")
BEGINNINGS = ("", "+", "示例", "1月1日")


@pytest.mark.parametrize("reader", READERS.values(), ids=READERS)
def test_text_without_end_is_gone_through_once(reader):
    began = time.process_time()
    for unit in UNITS:
        for beginning in BEGINNINGS:
            with suppress(CellRefused, ValueError):
                reader(beginning + (unit * LENGTH)[:LENGTH] + "!")
    assert time.process_time() - began < SECONDS


@pytest.mark.parametrize(
    ("text", "formula"),
    [
        ("+cmd|' /C calc'!A0", True),
        ("-A1+SUM(B1)", True),
        ("-2+A1!B1", True),
        ("+8619900001234", False),
        ("-5", False),
        ("-(无)", False),
        ("+A1", False),
        ("=1", True),
        ("@x", True),
        ("-1(a", False),
    ],
)
def test_a_formula_behind_a_sign_is_known_by_a_name_and_what_is_done_with_it(text, formula):
    assert spelling.looks_like_formula(text) is formula


@pytest.mark.parametrize(
    "address",
    [
        "https://evil.example/a",
        "1http://evil",
        "www.evil",
        f"{'a' * 200}@evil.example",
        f"{'x' * 63}.evil.com",
        "--evil.com:80/x",
        "a.b.c.evil.cn?x=1",
    ],
)
def test_an_address_of_any_length_is_found(address):
    assert holds_address(address)
    assert "evil" not in safe_value(f"领奖 {address} 了")
