"""Money, ledgers, digests, accounts, layouts and answers of the bank, as pure rules."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.payments.enums import FundMove, LineState, RowFate
from services.payments.rules import ledger
from services.payments.rules.accounts import NotAnAccount, account_number, holder_name, looks_mistyped, same_person
from services.payments.rules.digest import Line, sums_of
from services.payments.rules.layouts import faults_of
from services.payments.rules.money import is_sum, read_sum, to_fen
from services.payments.rules.results import ResultRow, Sent, judge
from tests.factories.payments import COLUMNS, RESULTS, card_number

yuan = st.decimals(min_value=Decimal("0.01"), max_value=Decimal("99999.99"), places=2)


@pytest.mark.parametrize(
    ("amount", "rounded"), [("1.005", "1.01"), ("1.004", "1.00"), ("2.675", "2.68"), ("0.005", "0.01"), ("7", "7.00")]
)
def test_rounding_is_half_up_to_the_fen(amount, rounded):
    assert str(to_fen(Decimal(amount))) == rounded


def test_a_float_is_no_money():
    with pytest.raises(TypeError):
        to_fen(0.1)


@pytest.mark.parametrize("amount", ["0", "-1", "0.001", "NaN", "Infinity", "10000000000"])
def test_what_is_no_sum_is_not_taken_for_one(amount):
    assert not is_sum(Decimal(amount))


@pytest.mark.parametrize(
    ("cell", "read"),
    [
        (500, "500.00"),
        (500.5, "500.50"),
        ("1,234.56", "1234.56"),
        ("¥500元", "500.00"),
        (" 500.00 ", "500.00"),
        (0.1 + 0.2, None),
        ("500.005", None),
        ("1,23", None),
        ("伍佰", None),
        ("", None),
        (None, None),
        (True, None),
        (-500, None),
        ("5e2", None),
        (0, None),
    ],
)
def test_a_cell_is_read_as_a_sum_or_not_at_all(cell, read):
    assert read_sum(cell) == (Decimal(read) if read else None)


@given(yuan)
def test_a_sum_written_as_a_number_is_read_as_itself(amount):
    assert read_sum(float(amount)) == amount


@given(st.lists(st.tuples(st.sampled_from(list(FundMove)), yuan), max_size=30))
def test_whatever_is_tried_a_balance_never_leaves_its_bounds_and_replays(tried):
    balance, entries = ledger.Balance(), []
    for key, (move, amount) in enumerate(tried):
        try:
            balance = ledger.after(balance, move, amount)
        except ledger.Impossible:
            continue
        entries.append(ledger.Entry(key, move, amount, balance))
        assert min(balance.budget, balance.committed, balance.spent, balance.left) >= 0
    assert ledger.replay(entries) == (balance, [])


def test_a_ledger_that_was_tampered_with_is_noticed():
    first = ledger.after(ledger.Balance(), FundMove.BUDGET, Decimal(100))
    second = ledger.after(first, FundMove.COMMIT, Decimal(60))
    lines = [
        ledger.Entry(1, FundMove.BUDGET, Decimal(100), first),
        ledger.Entry(2, FundMove.COMMIT, Decimal(50), second),
        ledger.Entry(3, FundMove.SPEND, Decimal(70), second),
    ]
    assert ledger.replay(lines)[1] == [2, 3]


def test_nothing_but_a_budget_moves_by_less_than_zero():
    for move in (FundMove.COMMIT, FundMove.RELEASE, FundMove.SPEND, FundMove.REFUND, "else"):
        with pytest.raises(ledger.Impossible):
            ledger.after(ledger.Balance(Decimal(9), Decimal(1), Decimal(1)), move, Decimal(-1))


lines = st.lists(
    st.builds(Line, st.text("ABC0123456789", min_size=1, max_size=8), yuan, st.text("0123456789abcdef", max_size=4)),
    max_size=12,
    unique_by=lambda line: line.reference,
)


@given(lines, st.randoms())
def test_the_digest_does_not_depend_on_the_order(found, chance):
    shuffled = list(found)
    chance.shuffle(shuffled)
    assert sums_of(shuffled) == sums_of(found)


@given(lines.filter(bool), yuan)
def test_the_digest_tells_every_change(found, more):
    one = found[0]
    for other in (
        Line(one.reference + "X", one.amount, one.account_index),
        Line(one.reference, one.amount + more, one.account_index),
        Line(one.reference, one.amount, one.account_index + "e"),
    ):
        assert sums_of([other, *found[1:]]).digest != sums_of(found).digest


def test_an_account_number_is_read_however_it_is_grouped():
    assert account_number(" 6200 9900-0000 ００００ 012 ") == "6200990000000000012"


@pytest.mark.parametrize(
    ("text", "code"), [("6200ABC", "letters"), ("12345", "length"), ("1" * 20, "length"), ("", "letters")]
)
def test_what_is_no_account_number_is_refused(text, code):
    with pytest.raises(NotAnAccount) as refused:
        account_number(text)
    assert refused.value.code == code


def test_a_wrong_digit_of_a_card_is_noticed_and_a_passbook_is_left_alone():
    number = card_number(7)
    assert not looks_mistyped(number)
    assert looks_mistyped(number[:-1] + str((int(number[-1]) + 1) % 10))
    assert not looks_mistyped("123456789012")


@pytest.mark.parametrize("text", ["=1+1", "@示例", "示例1", "-示例", "", "示例;DROP", "x" * 61])
def test_a_holder_is_a_name_and_nothing_a_spreadsheet_could_compute(text):
    assert holder_name(text) == ""


def test_a_holder_keeps_the_dots_of_her_name():
    assert holder_name(" 阿依•古丽 ") == "阿依·古丽"
    assert same_person("阿依·古丽", "阿依古丽")
    assert not same_person("示例甲", "示例乙")


COMPLETE = [{"field": field, "heading": heading} for field, heading in COLUMNS]


def test_a_complete_layout_has_no_fault():
    assert faults_of(COMPLETE, RESULTS) == []


@pytest.mark.parametrize("field", ["reference", "holder", "number", "amount"])
def test_a_layout_without_what_a_bank_needs_is_refused(field):
    columns = [column for column in COMPLETE if column["field"] != field]
    assert (field, "missing") in faults_of(columns, RESULTS)


def test_what_else_can_be_wrong_with_a_layout():
    twice = [*COMPLETE, {"field": "bank_branch", "heading": "金额"}]
    assert ("bank_branch", "twice") in faults_of(twice, RESULTS)
    assert ("x", "unknown") in faults_of([*COMPLETE, {"field": "x", "heading": "某"}], RESULTS)
    assert ("outcome", "missing") in faults_of(COMPLETE, RESULTS | {"outcome": " "})
    assert ("outcome", "twice") in faults_of(COMPLETE, RESULTS | {"outcome": "金额"})
    assert ("paid", "missing") in faults_of(COMPLETE, RESULTS | {"paid": []})
    assert ("returned", "both") in faults_of(COMPLETE, RESULTS | {"returned": ["成功"]})
    assert ("paid", "many") in faults_of(COMPLETE, RESULTS | {"paid": [str(n) for n in range(30)]})


SENT = {f"R{n}": Sent(n, Decimal("500.00"), LineState.SENT) for n in range(6)}


def row(number: int, reference: str, outcome: str = "成功", amount="500.00", **kwargs) -> ResultRow:
    return ResultRow(number, reference, Decimal(amount) if amount else None, outcome, **kwargs)


def fates(rows, lines=SENT, elsewhere=frozenset()) -> list[RowFate]:
    found = judge(rows, lines=lines, elsewhere=elsewhere, paid=["成功"], returned=["失败"])
    return [one.fate for one in found]


def test_each_row_has_one_fate():
    rows = [
        row(2, "R0"),
        row(3, "R1", "失败"),
        row(4, "R2", "处理中"),
        row(5, "R3", amount="500.01"),
        row(6, "X9"),
        row(7, "OLD"),
        row(8, ""),
        row(9, "R4", amount=""),
        row(10, "R4", ""),
        row(11, "R4", formula=True),
    ]
    assert fates(rows, elsewhere=frozenset({"OLD"})) == [
        *(RowFate.PAID, RowFate.RETURNED, RowFate.UNKNOWN, RowFate.OTHER_AMOUNT, RowFate.NO_SUCH_LINE),
        *(RowFate.OTHER_BATCH, RowFate.NOT_READ, RowFate.NOT_READ, RowFate.NOT_READ, RowFate.FORMULA),
    ]


def test_a_row_said_twice_counts_once_and_two_different_rows_count_for_nothing():
    assert fates([row(2, "R0"), row(3, "R0")]) == [RowFate.PAID, RowFate.ALREADY]
    assert fates([row(2, "R0"), row(3, "R0", "失败")]) == [RowFate.TWICE, RowFate.TWICE]


@pytest.mark.parametrize(
    ("state", "word", "fate"),
    [
        (LineState.PAID, "成功", RowFate.ALREADY),
        (LineState.PAID, "处理中", RowFate.ALREADY),
        (LineState.PAID, "失败", RowFate.CONTRADICTS),
        (LineState.RETURNED, "失败", RowFate.ALREADY),
        (LineState.RETURNED, "成功", RowFate.CONTRADICTS),
        (LineState.UNKNOWN, "处理中", RowFate.ALREADY),
        (LineState.UNKNOWN, "成功", RowFate.PAID),
        (LineState.UNKNOWN, "失败", RowFate.RETURNED),
        (LineState.VOIDED, "成功", RowFate.NEVER_SENT),
        (LineState.TAKEN_OUT, "成功", RowFate.NEVER_SENT),
        (LineState.IN, "成功", RowFate.NEVER_SENT),
    ],
)
def test_what_a_settled_line_hears_again_changes_nothing(state, word, fate):
    assert fates([row(2, "R0", word)], lines={"R0": Sent(0, Decimal("500.00"), state)}) == [fate]


_STATE = {RowFate.PAID: LineState.PAID, RowFate.RETURNED: LineState.RETURNED, RowFate.UNKNOWN: LineState.UNKNOWN}


def _after(rows, lines):
    found = judge(rows, lines=lines, elsewhere=frozenset(), paid=["成功"], returned=["失败"])
    changed = {one.row.reference: _STATE[one.fate] for one in found if one.fate in _STATE}
    return {
        reference: Sent(line.key, line.amount, changed.get(reference, line.state)) for reference, line in lines.items()
    }


answers = st.lists(
    st.builds(
        row,
        st.integers(2, 99),
        st.sampled_from([*SENT, "X9"]),
        st.sampled_from(["成功", "失败", "处理中"]),
        st.sampled_from(["500.00", "500.01"]),
    ),
    max_size=15,
)


@given(answers, st.randoms())
def test_the_order_of_the_rows_does_not_matter(rows, chance):
    shuffled = list(rows)
    chance.shuffle(shuffled)
    assert _after(shuffled, SENT) == _after(rows, SENT)


@given(answers)
def test_the_same_file_again_changes_nothing(rows):
    once = _after(rows, SENT)
    assert _after(rows, once) == once


@given(answers, answers)
def test_no_answer_takes_a_line_back_from_paid_or_returned(first, then):
    once = _after(first, SENT)
    twice = _after(then, once)
    settled = {LineState.PAID, LineState.RETURNED}
    assert all(twice[r].state == line.state for r, line in once.items() if line.state in settled)


@given(st.lists(st.sampled_from(sorted(SENT)), unique=True), st.integers(0, 6))
def test_a_file_in_parts_leads_where_the_whole_leads(references, cut):
    rows = [row(n, reference, ["成功", "失败", "处理中"][n % 3]) for n, reference in enumerate(references)]
    assert _after(rows[cut:], _after(rows[:cut], SENT)) == _after(rows, SENT)
