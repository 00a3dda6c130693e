"""A sample of decided cases that anybody can draw again, and what a second look at it found (D6)."""

import hashlib
from datetime import timedelta
from fractions import Fraction
from math import comb

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from services.casework import actions, errors
from services.casework.actions import rechecks
from services.casework.models import Recheck, RecheckItem
from services.casework.queries.rechecks import results, waits_for
from services.casework.rules.sampling import Entry, Seen, digits_of, drawn, interval, shares, weighted_rate
from services.casework.todos import todos_for
from tests.casework.notice_world import signed_in
from tests.factories.accounts import WorkerUserFactory
from tests.factories.workers import WorkerFactory


def by_hand(text: str, number: str) -> list[str]:
    """What the published text says, drawn by somebody else's program."""
    digest = hashlib.sha256(text.encode()).hexdigest()
    head = dict(line.split(" ", 1) for line in text.splitlines()[:8])
    lines = [line.split(" ", 1) for line in text.splitlines()[8:]]
    groups: dict[str, list[str]] = {}
    for case, stratum in lines:
        groups.setdefault(stratum, []).append(case)
    wanted, total = max(int(head["wanted"]), len(groups)), len(lines)
    wanted, taken = min(wanted, total), dict.fromkeys(groups, 1)
    while sum(taken.values()) < wanted:
        room = [name for name in groups if taken[name] < len(groups[name])]
        taken[max(room, key=lambda name: (Fraction(len(groups[name]) * wanted, total) - taken[name], name))] += 1

    def key(case: str) -> str:
        return hashlib.sha256(f"{digest}|{number}|{case}".encode()).hexdigest()

    return [case for name in sorted(groups) for case in sorted(groups[name], key=key)[: taken[name]]]


@given(st.lists(st.integers(1, 40), min_size=1, max_size=6), st.integers(1, 80))
def test_no_stratum_is_left_out_and_none_gives_more_than_it_has(numbers, wanted):
    sizes = dict(zip("abcdef", numbers, strict=False))
    given_ = shares(sizes, wanted)
    assert all(1 <= given_[name] <= size for name, size in sizes.items())
    assert sum(given_.values()) == min(max(wanted, len(sizes)), sum(sizes.values()))


def test_another_number_draws_others_and_a_case_less_moves_nobody_within_its_list():
    entries = [Entry(f"HZ-{n:04d}", "approved/A") for n in range(200)]
    first, second = (drawn("d", number, entries, 20) for number in ("387637", "387638"))
    assert first == drawn("d", "387637", reversed(entries), 20)
    assert set(first) != set(second)
    without = [one for one in entries if one != first[0]]
    assert drawn("d", "387637", without, 19) == first[1:]


@pytest.mark.parametrize(
    ("typed", "digits"), [("3,876.37", "387637"), ("３８７６", "3876"), ("12", ""), ("12a4", ""), ("1" * 13, "")]
)
def test_what_counts_as_the_number(typed, digits):
    assert digits_of(typed) == digits


def test_rates_are_weighted_and_intervals_exact():
    assert weighted_rate([Seen(90, 9, 0), Seen(10, 5, 5)]) == Fraction(1, 10)
    assert weighted_rate([Seen(90, 9, 0), Seen(10, 0, 0)]) is None
    assert interval(Seen(10, 0, 0)) is None and interval(Seen(10, 10, 3)) == (3, 3)
    low, high = interval(Seen(100, 20, 2))
    tail = sum(Fraction(comb(low - 1, k) * comb(101 - low, 20 - k), comb(100, 20)) for k in range(2, 21))
    assert tail <= Fraction(1, 40) and low <= 10 <= high


def decided(world, count: int) -> None:
    for number in range(count):
        her = WorkerFactory(organization=world.tree["unit_a"], user=WorkerUserFactory())
        case = world.verified(her)
        if number % 3:
            actions.approve(case, by=world.officers["county"], now=world.now)
        else:
            actions.refuse(case, by=world.officers["county"], now=world.now, reason="材料与规定不符")


def frozen(world, **more) -> Recheck:
    today = timezone.localdate(world.now)
    asked = {"first_day": today, "last_day": today, "wanted": 4, "source": "示例指数收盘价"} | more
    return rechecks.freeze_list(
        organization=world.tree["city"],
        service="allowance",
        number_on=asked.pop("number_on", today + timedelta(days=3)),
        by=world.officers["city"],
        now=world.now,
        **asked,
    )


def drawn_by(world, recheck, number="387637") -> Recheck:
    later = world.now + timedelta(days=3)
    return rechecks.draw_sample(recheck, number=number, by=world.officers["city_two"], now=later)


def test_it_is_frozen_before_the_number_is_known_and_drawn_by_somebody_else_once(world):
    with pytest.raises(errors.NothingDecided):
        frozen(world)
    decided(world, 7)
    with pytest.raises(errors.NumberKnown):
        frozen(world, number_on=timezone.localdate(world.now))
    recheck = frozen(world)
    assert recheck.frame_size == 7
    with pytest.raises(PermissionDenied):
        rechecks.draw_sample(recheck, number="387637", by=world.officers["city"], now=world.now + timedelta(days=3))
    with pytest.raises(errors.NumberNotYet):
        rechecks.draw_sample(recheck, number="387637", by=world.officers["city_two"], now=world.now)
    drawn_by(world, recheck)
    numbers = list(recheck.items.values_list("case__number", flat=True))
    assert numbers == by_hand(recheck.frame, "387637") and len(numbers) == 4
    drawn_by(world, recheck, "3,876.37")
    assert recheck.items.count() == 4
    with pytest.raises(errors.DrawnAlready):
        drawn_by(world, recheck, "999999")


def test_a_list_that_was_changed_draws_nothing(world):
    decided(world, 3)
    recheck = frozen(world)
    Recheck.objects.own(pk=recheck.pk).update(frame=recheck.frame.replace("wanted 4", "wanted 1"))
    with pytest.raises(errors.ListChanged):
        drawn_by(world, recheck)


def test_whoever_had_a_hand_in_it_doesnt_look_and_what_is_found_is_counted(world):
    decided(world, 6)
    recheck = drawn_by(world, frozen(world, wanted=6))
    item = recheck.items.first()
    reviewer, now = world.officers["city_two"], world.now
    world.officers["county"].assignments.update(organization=world.tree["city"])
    involved = type(reviewer).objects.get(pk=world.officers["county"].pk)
    with pytest.raises(PermissionDenied):
        rechecks.record_second_look(item, outcome="right", words="", by=involved, now=now)
    assert not waits_for(involved).exists()
    assert any(item.case.number in str(todo.text) for todo in todos_for(reviewer))
    with pytest.raises(errors.FindingMissing):
        rechecks.record_second_look(item, outcome="wrong", words=" ", by=reviewer, now=now)
    for one in recheck.items.all():
        outcome = "wrong" if one == item else "right"
        rechecks.record_second_look(one, outcome=outcome, words="收入计算有误", by=reviewer, now=now)
    strata, rate = results(recheck)
    assert [one.seen.faulty for one in strata] == [1, 0] and rate == round(100 / 6, 1)
    with pytest.raises(errors.LookedAtAlready):
        rechecks.record_second_look(item, outcome="right", words="", by=world.officers["city"], now=now)
    item.refresh_from_db()
    assert (item.outcome, item.words, item.looked_by) == ("wrong", "收入计算有误", reviewer)
    gone = recheck.items.last()
    rechecks.record_second_look(gone, outcome="not_possible", words="档案已移交", by=reviewer, now=now)
    assert sum(one.lost for one in results(recheck)[0]) == 1 and recheck.items.count() == 6


def test_from_the_empty_list_to_the_finding_at_the_desk(world):
    decided(world, 3)
    desk, colleague = signed_in(world.officers["city"]), signed_in(world.officers["city_two"])
    today = timezone.localdate(world.now)
    asked = {
        "organization": world.tree["city"].code,
        "service": "allowance",
        "first_day": f"{today}",
        "last_day": f"{today}",
        "wanted": "2",
        "source": "示例指数收盘价",
        "number_on": f"{timezone.localdate() + timedelta(days=1)}",
    }
    url = reverse("casework_desk:recheck_add")
    assert desk.post(url, asked | {"number_on": f"{today - timedelta(days=900)}"}).status_code == 200
    page = desk.post(url, asked)
    recheck = Recheck.objects.unscoped().get()
    assert page.url == reverse("casework_desk:recheck", args=[recheck.token])
    Recheck.objects.own(pk=recheck.pk).update(number_on=timezone.localdate())
    assert desk.post(page.url, {"number": "387637"}).status_code == 403
    assert desk.get(reverse("casework_desk:recheck_frame", args=[recheck.token])).content.decode() == recheck.frame
    assert colleague.post(page.url, {"number": "12"}).status_code == 200
    colleague.post(page.url, {"number": "387637"})
    item = RecheckItem.objects.first()
    look = reverse("casework_desk:recheck_item", args=[recheck.token, item.place])
    assert item.case.worker.name not in colleague.get(look).text
    colleague.post(look, {"outcome": "right", "words": ""})
    assert RecheckItem.objects.filter(outcome="right").count() == 1
    assert item.case.number in desk.get(page.url).text
    assert desk.get(reverse("casework_desk:rechecks")).status_code == 200
