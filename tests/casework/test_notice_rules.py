"""What a public notice shows of a person: masked, and less where few would share it."""

import hashlib
import random
from collections import Counter
from datetime import date, timedelta

import pytest

from services.casework.rules.notice import (
    FIELDS,
    Entry,
    count_masks,
    draw,
    fingerprint,
    line_number,
    public_fields,
    public_name,
    shorter_mask,
)
from services.casework.rules.objection import is_open, is_overdue, may_extend, names_of, tidy_reference
from tests.factories.workers import identity_number

K = 3
FAMILY = ["张", "王", "李", "赵", "欧阳", "司马", "陈", "阿依古丽·", "仇"]
GIVEN = "梅兰芳秀英华丽静敏燕玲娜雪琴霞萍红月晓慧"
UNITS = [(f"示例第{n}工会", f"示例第{n % 5}镇总工会") for n in range(40)]


def invented(number: int, chance: random.Random) -> dict:
    """A person with everything that must never be seen."""
    born = date(1966, 1, 1) + timedelta(days=chance.randrange(12_000))
    name = chance.choice(FAMILY) + "".join(chance.sample(GIVEN, chance.choice([1, 2, 2, 2, 3])))
    return {
        "name": name,
        "id": identity_number(born, number),
        "phone": f"1990000{number % 10_000:04d}",
        "born": born,
        "places": chance.choice(UNITS),
        "token": f"{chance.getrandbits(128):032x}",
    }


@pytest.fixture(scope="module")
def people() -> list[dict]:
    chance = random.Random(20260308)
    return [invented(number, chance) for number in range(10_000)]


def entries(people, **more):
    shown = {"category": "深度困难", "programme": "两节送温暖", "amount": "6 元"} | more
    return [Entry(n, one["name"], one["places"], shown, one["token"]) for n, one in enumerate(people)]


def test_of_ten_thousand_people_nothing_can_be_put_together_again(people):
    lines = draw(entries(people), k=K)
    assert len(lines) == len(people) == len({line.key for line in lines})
    for line in lines:
        one = people[line.key]
        seen = "|".join([line.masked_name, *line.shown.values()])
        assert one["name"] not in seen + line.unit
        assert not any(char.isdigit() for char in line.masked_name)
        digits = "".join(char for char in seen if char.isdigit())
        assert digits == "6"  # the sum, and not one digit of hers
        assert one["id"][-4:] not in seen and one["phone"][-4:] not in seen and str(one["born"].year) not in seen


def test_a_workplace_is_shown_only_where_at_least_k_share_it_with_the_masked_name(people):
    lines = draw(entries(people), k=K)
    shared = Counter((line.unit, line.masked_name) for line in lines)
    assert {pair: count for pair, count in shared.items() if pair[0] and count < K} == {}
    assert {line.coarse for line in lines} == {True, False}
    rare = [line for line in lines if shared[line.unit, line.masked_name] < K]
    assert all(line.unit == "" and line.masked_name == shorter_mask(line.masked_name) for line in rare)


def test_few_people_lose_workplace_and_second_character():
    alone = [Entry(1, "张晓梅", ("甲厂工会", "东河镇总工会"), {}, "a")]
    (line,) = draw(alone, k=K)
    assert (line.masked_name, line.unit, line.coarse) == ("张**", "", True)


def test_the_next_wider_place_is_tried_before_it_is_left_out():
    spread = [Entry(n, f"张{c}梅", (f"第{n}厂工会", "东河镇总工会"), {}, str(n)) for n, c in enumerate("晓小雪")]
    assert [(line.masked_name, line.unit, line.coarse) for line in draw(spread, k=K)] == [
        ("张*梅", "东河镇总工会", True)
    ] * 3


def test_those_who_share_workplace_and_mask_keep_both():
    alike = [Entry(n, f"张{c}梅", ("甲厂工会",), {}, str(n)) for n, c in enumerate("晓小雪")]
    assert {(line.unit, line.coarse) for line in draw(alike, k=K)} == {("甲厂工会", False)}


def test_a_small_notice_shows_what_the_roster_hides_her_among():
    """Alone on the notice, but one of three of her union whose names are masked alike."""
    alone = [Entry(1, "张晓梅", ("甲厂工会", "东河镇总工会"), {}, "a")]
    in_union = {("甲厂工会", "张*梅"): 3}
    in_town = {("甲厂工会", "张*梅"): 2, ("东河镇总工会", "张*梅"): 3}
    anywhere = in_town | {("东河镇总工会", "张*梅"): 2, ("", "张*梅"): 3}
    nowhere = anywhere | {("", "张*梅"): 2}
    assert [
        (line.masked_name, line.unit, line.coarse)
        for population in (in_union, in_town, anywhere, nowhere)
        for line in draw(alone, k=K, population=population)
    ] == [
        ("张*梅", "甲厂工会", False),
        ("张*梅", "东河镇总工会", True),
        ("张*梅", "", True),
        ("张**", "", True),
    ]


def test_the_roster_counts_each_woman_once_in_each_place_and_only_for_masks_on_the_notice():
    women = [
        ("张晓梅", ("甲厂工会", "东河镇总工会", "")),
        ("张小梅", ("乙厂工会", "东河镇总工会", "")),
        ("王芳", ("",)),
    ]
    assert count_masks(women, {"张*梅"}) == {
        ("甲厂工会", "张*梅"): 1,
        ("乙厂工会", "张*梅"): 1,
        ("东河镇总工会", "张*梅"): 2,
        ("", "张*梅"): 2,
    }
    assert not count_masks([("19900001234", ("甲厂工会",))] * 3, {"*"})


def test_of_ten_thousand_women_those_of_a_small_notice_are_each_hidden_among_k(people):
    """A notice of a hundred drawn from the roster of all: whatever pair of place and mask it shows fits k women."""
    chosen = entries(people)[::100]
    roster = [(one["name"], (*one["places"], "")) for one in people]
    fits = Counter((place, public_name(name)) for name, places in roster for place in places)
    lines = draw(chosen, k=K, population=count_masks(roster, {public_name(entry.name) for entry in chosen}))
    assert all(fits[line.unit, line.masked_name] >= K for line in lines if line.masked_name.count("*") < 2 or line.unit)
    bare = draw(chosen, k=K)
    assert sum(line.masked_name.endswith("**") for line in lines) < sum(
        line.masked_name.endswith("**") for line in bare
    )
    assert {line.key for line in lines} == {entry.key for entry in chosen}


def test_a_notice_of_a_union_of_its_own_names_no_place():
    own = [Entry(n, f"张{c}梅", (), {}, str(n)) for n, c in enumerate("晓小雪")]
    assert {(line.masked_name, line.unit, line.coarse) for line in draw(own, k=K)} == {("张*梅", "", False)}


def test_same_masks_get_numbers_of_their_own_in_an_order_that_tells_nothing():
    alike = [
        Entry(n, f"张{c}梅", ("甲厂工会",), {}, tie) for n, (c, tie) in enumerate(zip("晓小雪", "cab", strict=True))
    ]
    lines = draw(alike, k=K)
    assert [line.key for line in lines] == [1, 2, 0]
    assert draw(reversed(alike), k=K) == lines
    numbers = [line_number("GS-T-26-000001-4", position) for position, _line in enumerate(lines, start=1)]
    assert len(set(numbers)) == 3 and numbers[0] == "GS-T-26-000001-4-0001"


@pytest.mark.parametrize(
    ("name", "seen"),
    [
        ("张梅", "张*"),
        ("张晓梅", "张*梅"),
        ("欧阳娜", "欧阳*"),
        ("欧阳娜娜", "欧阳**"),
        ("阿依古丽·买买提", "阿依古丽·***"),
        ("阿依古丽•买买提", "阿依古丽·***"),
        ("Mary Jane", "M***"),
        ("梅", "*"),
        ("", "*"),
        ("19900001234", "*"),
        ("１９９００００１２３４", "*"),
        ("990000198503120043·梅", "*"),
        ("张梅19900001234", "*"),
        ("<script>alert(1)</script>", "*"),
        ("·买买提", "*"),
    ],
)
def test_names_are_masked_and_what_is_no_name_is_hidden_whole(name, seen):
    assert public_name(name) == seen


def test_a_mask_never_holds_the_name():
    for name in ("张梅", "张晓梅", "欧阳娜", "阿依古丽·买买提", "Ann", "梅"):
        for mask in (public_name(name), shorter_mask(public_name(name))):
            assert name not in mask


def test_only_three_fields_have_a_way_in():
    values = dict.fromkeys(("id_number", "phone", "address", "bank", "child", "diagnosis", *FIELDS), "示例")
    assert list(public_fields(values, name="张晓梅")) == ["category", "programme", "amount"]


@pytest.mark.parametrize(
    "text",
    [
        "大病救助",
        "乳腺癌",
        "HPV 阳性",
        "hpv",
        "Cancer relief",
        "990000198503120043",
        "990000 1985 0312 0043",
        "９９００００１９８５０３１２００４３",
        "电话 199-0000-1234",
        "张晓梅家庭",
        "很长" * 40,
    ],
)
def test_a_field_that_may_tell_on_her_is_left_out(text):
    assert public_fields({"programme": text, "amount": "3,000.00 元"}, name="张晓梅") == {"amount": "3,000.00 元"}


def test_the_fingerprint_changes_with_anything_that_is_seen():
    before = draw([Entry(1, "张晓梅", (), {"amount": "100 元"}, "a")], k=1)
    same = draw([Entry(1, "张小梅", (), {"amount": "100 元"}, "b")], k=1)
    other = draw([Entry(1, "张晓梅", (), {"amount": "200 元"}, "a")], k=1)
    assert fingerprint(before) == fingerprint(same) != fingerprint(other)


def test_the_window_has_both_its_days_and_no_other():
    days = {"standing": True, "begins_on": date(2026, 2, 27), "ends_on": date(2026, 3, 3)}
    assert [is_open(date(2026, 2, 26) + timedelta(days=n), **days) for n in range(7)] == [False, *[True] * 5, False]
    assert not is_open(date(2026, 3, 1), **days | {"standing": False})


def test_time_is_extended_twice_at_most_and_not_without_end():
    assert may_extend(extensions=0, days=1) and may_extend(extensions=1, days=20)
    assert not may_extend(extensions=2, days=1)
    assert not may_extend(extensions=0, days=0) and not may_extend(extensions=0, days=21)


def test_overdue_is_what_is_open_after_its_day():
    assert is_overdue(date(2026, 3, 4), due_on=date(2026, 3, 3), is_open=True)
    assert not is_overdue(date(2026, 3, 3), due_on=date(2026, 3, 3), is_open=True)
    assert not is_overdue(date(2026, 3, 4), due_on=date(2026, 3, 3), is_open=False)


def test_one_form_gives_one_reference_and_one_code():
    first, again, other = (names_of(digest * 32, 2026) for digest in (b"a", b"a", b"b"))
    assert first == again != other
    reference, code = first
    assert tidy_reference(f" {reference.lower()} ") == reference and len(code) == 10
    assert tidy_reference(reference[:-1] + str((int(reference[-1]) + 1) % 10)) == ""
    assert tidy_reference("YY-1") == tidy_reference("") == ""


def test_reference_and_code_hold_more_than_64_bits_together():
    """T09: neither is enough alone, and a pair is not come upon by trying."""
    pairs = [names_of(hashlib.sha256(str(n).encode()).digest(), 2026) for n in range(2_000)]
    references, codes = zip(*pairs, strict=True)
    assert len(set(references)) == len(set(codes)) == 2_000
    free = max(len(reference.split("-")[2]) for reference in references)
    assert 10**free * 10 ** len(codes[0]) > 2**64
