"""Was she covered on D, as known on K: the history of covers, and what the database itself refuses."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import IntegrityError, connection, transaction

from services.mutual_aid import errors, queries
from services.mutual_aid.actions.covers import declare_void, end_by_claim, rewrite
from services.mutual_aid.actions.follow_tree import follow
from services.mutual_aid.enums import CoverChange, CoverState
from services.mutual_aid.models import Cover, CoverVersion
from services.mutual_aid.rules.standing import standing
from tests.factories.mutual_aid import cover_of, scheme_in_force
from tests.factories.organizations import small_tree
from tests.factories.workers import WorkerFactory
from tests.mutual_aid.texts import INVASIVE

pytestmark = pytest.mark.django_db

ENROLLED = datetime(2024, 2, 1, 1, 0, tzinfo=UTC)
CORRECTED = datetime(2024, 6, 10, 1, 0, tzinfo=UTC)
MAY_3 = date(2024, 5, 3)


@pytest.fixture
def her():
    return WorkerFactory()


@pytest.fixture
def version():
    return scheme_in_force()


@pytest.fixture
def cover(her, version):
    return cover_of(her, version, shares=2, now=ENROLLED)


def test_covered_on_may_3_as_known_on_june_10_and_for_what(her, version, cover):
    """D15: shares were corrected on 10 June; what was known before is still told as it was known."""
    rewrite(cover, change=CoverChange.CORRECTED, by=None, now=CORRECTED, shares=1, reason="示例：份数录入有误")
    before = queries.cover_on(her, version.scheme, MAY_3, at=CORRECTED - timedelta(seconds=1))
    after = queries.cover_on(her, version.scheme, MAY_3, at=CORRECTED)
    assert (before.shares, after.shares, after.pk) == (2, 1, queries.cover_on(her, version.scheme, MAY_3).pk)
    terms = queries.terms_of(queries.version_for(version.scheme.code))
    told = {
        at: next(one for one in standing(terms, queries.plain_cover(at), MAY_3).given if one.grade == INVASIVE)
        for at in (before, after)
    }
    assert [told[at].amount for at in (before, after)] == [20000, 10000]
    assert told[after].source == "示例互助保障办法"


@pytest.mark.parametrize(
    ("day", "known", "covered"),
    [
        (date(2024, 1, 1), ENROLLED, True),
        (date(2023, 12, 31), ENROLLED, False),
        (date(2024, 12, 31), ENROLLED, True),
        (date(2025, 1, 1), ENROLLED, False),
        (MAY_3, ENROLLED - timedelta(microseconds=1), False),
        (MAY_3, None, True),
    ],
)
def test_both_ends_of_both_axes(her, version, cover, day, known, covered):
    assert (queries.cover_on(her, version.scheme, day, at=known) is not None) is covered


def test_a_back_dated_enrolment_was_not_known_before(her, version):
    cover_of(her, version, first=date(2024, 1, 1), now=CORRECTED)
    assert queries.cover_on(her, version.scheme, MAY_3) is not None
    assert queries.cover_on(her, version.scheme, MAY_3, at=CORRECTED - timedelta(days=1)) is None


def test_a_cover_ended_by_a_claim_covers_the_day_of_the_diagnosis_and_no_day_after(her, version, cover):
    end_by_claim(cover, on=MAY_3, by=None, now=CORRECTED)
    assert queries.cover_on(her, version.scheme, MAY_3) is not None
    assert queries.cover_on(her, version.scheme, MAY_3 + timedelta(days=1)) is None
    assert queries.cover_on(her, version.scheme, MAY_3 + timedelta(days=1), at=ENROLLED) is not None
    changes = [one.change for one in queries.history_of(cover)]
    assert changes == [CoverChange.ENROLLED, CoverChange.ENDED_BY_CLAIM]


def test_a_void_cover_never_counted_and_makes_room(her, version, cover):
    declare_void(cover, reason="示例：重复参保", by=None, now=CORRECTED)
    assert queries.cover_on(her, version.scheme, MAY_3) is None
    assert queries.cover_on(her, version.scheme, MAY_3, at=ENROLLED) is not None
    with pytest.raises(errors.CoverOver):
        rewrite(cover, change=CoverChange.CORRECTED, by=None, now=CORRECTED, shares=1)
    assert cover_of(her, version, number="BZ-2", now=CORRECTED).pk != cover.pk


def test_saying_the_same_again_writes_nothing(cover):
    first = rewrite(cover, change=CoverChange.CORRECTED, by=None, now=CORRECTED, shares=1)
    assert rewrite(cover, change=CoverChange.CORRECTED, by=None, now=CORRECTED, shares=1).pk == first.pk
    assert queries.history_of(cover).count() == 2


def test_two_changes_in_one_moment_follow_each_other(cover):
    rewrite(cover, change=CoverChange.CORRECTED, by=None, now=ENROLLED, shares=1)
    rewrite(cover, change=CoverChange.CORRECTED, by=None, now=ENROLLED, shares=3)
    moments = list(queries.history_of(cover).values_list("known_from", flat=True))
    assert len(set(moments)) == 3
    assert moments == sorted(moments)


def test_days_that_cross_are_refused(cover):
    with pytest.raises(errors.DaysCross):
        rewrite(cover, change=CoverChange.CORRECTED, by=None, now=CORRECTED, last_day=date(2023, 1, 1))
    assert queries.history_of(cover).count() == 1


@pytest.mark.parametrize(
    ("first", "last"),
    [
        (date(2024, 12, 31), date(2025, 12, 30)),
        (date(2023, 1, 1), date(2024, 1, 1)),
        (date(2024, 6, 1), date(2024, 6, 1)),
        (date(2023, 1, 1), date(2030, 1, 1)),
    ],
)
def test_nobody_has_two_covers_of_one_scheme_on_one_day(her, version, cover, first, last):
    with pytest.raises(errors.CoveredAlready):
        cover_of(her, version, first=first, last=last, number="BZ-2")
    assert Cover.objects.own(worker=her).count() == 1


def test_the_next_period_another_scheme_and_another_woman_are_free(her, version, cover):
    cover_of(her, version, first=date(2025, 1, 1), last=date(2025, 12, 31), number="BZ-2", renews=cover)
    cover_of(her, scheme_in_force(), number="BZ-3")
    cover_of(WorkerFactory(organization=her.organization), version, number="BZ-4")
    assert queries.covers_of(her).count() == 3


def test_a_rewritten_cover_may_not_reach_into_the_next(her, version, cover):
    cover_of(her, version, first=date(2025, 1, 1), last=date(2025, 12, 31), number="BZ-2")
    with pytest.raises(errors.CoveredAlready):
        rewrite(cover, change=CoverChange.CORRECTED, by=None, now=CORRECTED, last_day=date(2025, 1, 1))
    assert queries.history_of(cover).count() == 1


def test_shares_within_the_limit_of_the_terms(her, version):
    with pytest.raises(IntegrityError), transaction.atomic():
        cover_of(her, version, shares=4)
    with pytest.raises(IntegrityError), transaction.atomic():
        cover_of(her, version, shares=0)


@pytest.mark.parametrize(
    "change",
    [
        {"shares": 1},
        {"last_day": date(2024, 2, 2)},
        {"state": CoverState.VOID},
        {"known_from": datetime(2020, 1, 1, tzinfo=UTC)},
        {"known_until": CORRECTED, "shares": 1},
        {"change": CoverChange.CORRECTED},
    ],
)
def test_history_is_written_once(cover, change):
    with pytest.raises(IntegrityError), transaction.atomic():
        CoverVersion.objects.own(cover=cover).update(**change)


def test_what_is_closed_stays_closed(cover):
    rewrite(cover, change=CoverChange.CORRECTED, by=None, now=CORRECTED, shares=1)
    old = CoverVersion.objects.own(cover=cover, known_until__isnull=False)
    for moment in (None, CORRECTED + timedelta(days=1)):
        with pytest.raises(IntegrityError), transaction.atomic():
            old.update(known_until=moment)
    if connection.vendor == "postgresql":
        with pytest.raises(IntegrityError), transaction.atomic():
            old.delete()


def test_a_cover_has_one_present_version(cover):
    present = queries.present_version(cover)
    present.pk, present.state = None, CoverState.VOID
    with pytest.raises(IntegrityError), transaction.atomic():
        present.save(force_insert=True)


def test_a_cover_of_any_day_is_one_query(her, version, cover, django_assert_num_queries):
    with django_assert_num_queries(1):
        assert queries.cover_on(her, version.scheme, MAY_3, at=CORRECTED).cover.number == cover.number


def test_covers_follow_the_tree():
    tree = small_tree()
    cover = cover_of(WorkerFactory(organization=tree["unit_a"]))
    town, was = tree["town_a"], tree["town_a"].path
    town.move(tree["county_b"], pos="last-child")
    town.refresh_from_db()
    follow(town, was=was, by=None)
    tree["unit_a"].refresh_from_db()
    assert Cover.objects.unscoped().get(pk=cover.pk).path == tree["unit_a"].path
