"""The order of a draw, repeated by two programs that share nothing with the product; what each change does to it."""

import hashlib
import subprocess
import sys
from collections import Counter
from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.bookings import actions
from services.bookings.models import DrawEntry
from services.bookings.rules.draw import (
    ALPHABET,
    Announced,
    digest,
    drawn_order,
    entry_number,
    frozen_text,
    public_digits,
)
from tests.bookings.draw_world import NUMBER, draw_world
from tests.house.sources import ROOT

SCRIPT = ROOT / "static" / "draw" / "check_draw.py"
FROZEN = datetime(2026, 11, 30, 10, 0, tzinfo=UTC)
ANNOUNCED = Announced("token", 1, "closing value", "where", date(2026, 12, 1), 6)
numbers = st.text(ALPHABET, min_size=8, max_size=8).map(lambda text: f"{text[:4]}-{text[4:]}")
lists = st.lists(numbers, unique=True, min_size=1, max_size=40)
public_numbers = st.text("0123456789", min_size=6, max_size=6)


def repeated(frozen: bytes, number: str) -> list[str]:
    """The whole rule once more, from the published bytes alone."""
    _head, _, body = frozen.decode().partition("entries ")
    count, *entries = body.split()
    assert int(count) == len(entries)
    fingerprint = hashlib.sha256(frozen).hexdigest()
    keyed = {hashlib.sha256(f"{fingerprint}|{number}|{entry}".encode()).hexdigest(): entry for entry in entries}
    return [keyed[key] for key in sorted(keyed)]


@given(lists, public_numbers)
def test_anybody_who_has_the_list_and_the_number_finds_the_same_order(entries, number):
    text = frozen_text(ANNOUNCED, entries, frozen_at=FROZEN)
    assert drawn_order(digest(text), number, entries) == repeated(text.encode(), number)


@given(lists, public_numbers)
def test_the_order_holds_every_entry_once_however_the_list_was_handed_over(entries, number):
    order = drawn_order("d", number, entries)
    assert sorted(order) == sorted(entries)
    assert drawn_order("d", number, reversed(entries)) == order


@given(lists, st.data())
def test_another_entry_on_the_list_is_another_fingerprint(entries, data):
    changed = list(entries)
    place = data.draw(st.integers(0, len(entries) - 1))
    changed[place] = data.draw(numbers.filter(lambda number: number not in entries))
    assert digest(frozen_text(ANNOUNCED, changed, frozen_at=FROZEN)) != digest(
        frozen_text(ANNOUNCED, entries, frozen_at=FROZEN)
    )


@given(lists)
def test_the_text_is_the_same_in_whatever_order_the_entries_came(entries):
    assert frozen_text(ANNOUNCED, reversed(entries), frozen_at=FROZEN) == frozen_text(
        ANNOUNCED, entries, frozen_at=FROZEN
    )


def test_an_entry_that_stands_on_the_list_twice_is_refused():
    with pytest.raises(ValueError, match="twice"):
        frozen_text(ANNOUNCED, ["AAAA-AAAA", "AAAA-AAAA"], frozen_at=FROZEN)


def test_a_line_break_in_what_was_announced_adds_no_line():
    wordy = Announced("t", 1, "closing\nvalue", "page\n1", date(2026, 12, 1), 6)
    assert len(frozen_text(wordy, ["AAAA-AAAA"], frozen_at=FROZEN).splitlines()) == 10


@given(st.lists(numbers, unique=True, min_size=10, max_size=200), public_numbers, st.data())
def test_who_is_passed_over_moves_nobody_else(entries, number, data):
    gone = data.draw(st.sampled_from(entries))
    order = drawn_order("d", number, entries)
    assert [entry for entry in order if entry != gone] == drawn_order("d", number, set(entries) - {gone})


def test_over_many_numbers_every_entry_comes_first_about_as_often():
    entries = [f"AAAA-AAA{letter}" for letter in "BCDEFGHJ"]
    firsts = Counter(drawn_order("d", f"{number:06d}", entries)[0] for number in range(4000))
    expected = 4000 / len(entries)
    # Chi-square with 7 degrees of freedom: above 29.9 once in ten thousand fair draws, and this one is fixed.
    assert sum((firsts[entry] - expected) ** 2 / expected for entry in entries) < 29.9


@pytest.mark.parametrize("typed", ["387637", "3,876.37", " 3 876.37 ", "３８７６．３７", "3876-37", "3，876.37"])
def test_the_digits_count_and_nothing_else(typed):
    assert public_digits(typed, digits=6) == "387637"


@pytest.mark.parametrize("typed", ["38763", "3876377", "38763x", "", "٣٨٧٦٣٧", "三八七六三七", "-1.5e10"])
def test_what_isnt_the_announced_number_is_no_number(typed):
    assert public_digits(typed, digits=6) is None


@given(st.text(max_size=60), st.integers(4, 40))
def test_whatever_is_typed_is_the_announced_digits_or_nothing(typed, digits):
    number = public_digits(typed, digits=digits)
    assert number is None or (len(number) == digits and set(number) <= set("0123456789"))


def test_entry_numbers_use_no_letter_that_is_mistaken_for_another():
    assert not set("01OIL") & set(entry_number(lambda alphabet: alphabet[-1]) + ALPHABET)


@pytest.mark.django_db
class TestThePublishedFiles:
    def test_a_thirty_line_program_finds_the_published_order(self, client, tmp_path):
        world = draw_world(capacity=2)
        world.enter(9)
        world.freeze()
        world.number()
        gone = DrawEntry.objects.unscoped().first()
        actions.leave_draw(gone, by=gone.worker.user, now=world.day)
        world.start()
        world.give()
        files = []
        for name in ("list.txt", "order.txt"):
            answer = client.get(f"/draws/{world.draw.token}/{name}")
            assert answer.status_code == 200
            (tmp_path / name).write_bytes(answer.content)
            files.append(str(tmp_path / name))
        done = subprocess.run(
            [sys.executable, str(SCRIPT), files[0], NUMBER, files[1]], capture_output=True, text=True, check=False
        )
        assert done.returncode == 0, done.stderr
        first, *order = done.stdout.splitlines()
        assert first.split()[1] == world.draw.frozen_digest
        assert [line.split()[1] for line in order] == [line.entry.number for line in world.lines()]
        assert repeated((tmp_path / "list.txt").read_bytes(), NUMBER) == [line.entry.number for line in world.lines()]
        assert f"{gone.number} withdrawn" in (tmp_path / "order.txt").read_text()

    def test_the_program_has_thirty_lines_at_most_and_needs_nothing_of_ours(self):
        lines = SCRIPT.read_text().splitlines()
        assert len(lines) <= 30
        assert {line for line in lines if line.startswith(("import", "from"))} == {
            "import hashlib",
            "import re",
            "import sys",
        }

    @pytest.mark.parametrize("spoil", [lambda text: text.replace("-", "", 1), lambda text: text + "AAAA-AAAA\n"])
    def test_the_program_notices_a_list_that_was_tampered_with(self, tmp_path, spoil, client):
        world = draw_world()
        world.enter(12)
        world.run()
        (tmp_path / "list.txt").write_text(spoil(world.draw.frozen_text), newline="")
        (tmp_path / "order.txt").write_bytes(client.get(f"/draws/{world.draw.token}/order.txt").content)
        done = subprocess.run(
            [sys.executable, str(SCRIPT), str(tmp_path / "list.txt"), NUMBER, str(tmp_path / "order.txt")],
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 1

    def test_one_entry_more_changes_the_published_fingerprint(self):
        world = draw_world()
        world.enter(3)
        before = digest(_text_now(world))
        world.enter(1)
        assert digest(_text_now(world)) != before


def _text_now(world) -> str:
    numbers_now = DrawEntry.objects.unscoped().filter(offering=world.offering).values_list("number", flat=True)
    return frozen_text(ANNOUNCED, numbers_now, frozen_at=FROZEN)
