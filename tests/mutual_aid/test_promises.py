"""What the database itself refuses, and what it doesn't hold in the clear."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from django.db import IntegrityError, connection, transaction

from services.mutual_aid.enums import BatchState, RowState, VersionState
from services.mutual_aid.models import Benefit, EnrolmentBatch, EnrolmentRow, LadderLine, Nomination, SchemeTerms
from tests.factories.accounts import StaffFactory
from tests.factories.mutual_aid import claim_of, cover_of, decided_claim, scheme_in_force, version_of
from tests.factories.payments import fund_of
from tests.factories.workers import WorkerFactory

pytestmark = pytest.mark.django_db
NOW = datetime(2024, 6, 1, 1, 0, tzinfo=UTC)


@pytest.fixture
def version():
    return scheme_in_force()


@pytest.fixture
def batch(version):
    unit, by = WorkerFactory().organization, StaffFactory()
    return EnrolmentBatch.objects.create(
        number="CB-1", scheme=version.scheme, terms=version, organization=unit, path=unit.path, made_by=by, made_at=NOW
    )


def refused(write) -> bool:
    try:
        with transaction.atomic():
            write()
    except IntegrityError:
        return True
    return False


def changed(rows, **values) -> bool:
    return refused(lambda: rows.update(**values))


@pytest.mark.parametrize(
    "values",
    [
        {"fee_per_share": 0},
        {"fee_upper": -1},
        {"max_shares": 0},
        {"period_months": 0},
        {"period_months": 241},
        {"age_min": 61},
        {"threshold_percent": Decimal("100.01")},
        {"effective_day": 2},
        {"effective_day": None},
        {"max_shares": None},
        {"exclusions": None},
        {"source": ""},
    ],
)
def test_terms_that_cannot_be_are_refused(version, values):
    assert changed(SchemeTerms.objects.filter(pk=version.pk), **values)


def test_one_version_is_in_force(version):
    assert refused(lambda: version_of(version.scheme, version=2))
    draft = version_of(version.scheme, version=2, state=VersionState.DRAFT)
    assert changed(SchemeTerms.objects.filter(pk=draft.pk), state=VersionState.ACTIVE)


@pytest.mark.parametrize("values", [{"day_to": 1}, {"per_share": -1}, {"result": "none"}, {"once": -1}])
def test_lines_that_cannot_be_are_refused(version, values):
    line = version.lines.get(day_from=31, grade="invasive_primary")
    assert changed(LadderLine.objects.filter(pk=line.pk), **values)


def test_a_batch_is_confirmed_by_a_second_person(batch):
    rows, by = EnrolmentBatch.objects.unscoped().filter(pk=batch.pk), batch.made_by
    handed_in = {"submitted_by": by, "submitted_at": NOW}
    assert changed(rows, state=BatchState.SUBMITTED)
    assert changed(rows, state=BatchState.CONFIRMED, decided_by=by, decided_at=NOW, **handed_in)
    assert not changed(rows, state=BatchState.CONFIRMED, decided_by=StaffFactory(), decided_at=NOW, **handed_in)
    assert changed(rows, state=BatchState.EFFECTIVE)
    days = {"effective_from": date(2024, 7, 1), "last_day": date(2024, 6, 30)}
    assert changed(rows, state=BatchState.EFFECTIVE, **days)
    assert not changed(rows, state=BatchState.EFFECTIVE, **days | {"last_day": date(2025, 6, 30)})


def test_the_parts_of_a_fee_make_it_up(batch):
    rows = EnrolmentBatch.objects.unscoped().filter(pk=batch.pk)
    assert changed(rows, fee_total=36, fee_upper=15, fee_unit=10, fee_herself=10)
    assert not changed(rows, fee_total=36, fee_upper=15, fee_unit=10, fee_herself=11)


def test_a_unit_prepares_one_batch_of_a_kind(batch):
    again = {"scheme": batch.scheme, "terms": batch.terms, "organization": batch.organization, "path": batch.path}
    again |= {"made_by": batch.made_by, "made_at": NOW}
    assert refused(lambda: EnrolmentBatch.objects.create(number="CB-2", **again))
    assert not refused(lambda: EnrolmentBatch.objects.create(number="CB-2", kind="addition", **again))


def test_a_row_is_ready_for_a_woman_with_as_many_shares_as_she_may_have(batch):
    def row(position, **values):
        return lambda: EnrolmentRow.objects.create(batch=batch, position=position, most_shares=3, **values)

    her = WorkerFactory()
    assert not refused(row(1, worker=her, state=RowState.READY, shares=3))
    assert refused(row(2, worker=her, state=RowState.LOOK))
    assert refused(row(3, worker=WorkerFactory(), state=RowState.READY, shares=4))
    assert refused(row(4, state=RowState.READY))
    assert not refused(row(5, stated="示例*", shares=9, state=RowState.BARRED))
    assert refused(row(6, worker=WorkerFactory(), state=RowState.COVERED))


def test_findings_on_a_row_are_sealed(batch):
    EnrolmentRow.objects.create(
        batch=batch, position=1, worker=WorkerFactory(), most_shares=3, findings=[{"code": "earlier_disease"}]
    )
    assert "earlier_disease" not in _stored("mutual_aid_enrolmentrow")


def test_a_cover_has_one_claim_under_way(version):
    cover = cover_of(version=version)
    claim_of(cover, live=False)
    claim_of(cover)
    assert refused(lambda: claim_of(cover))


def test_a_claim_holds_no_illness_in_the_clear(version):
    claim = decided_claim(cover_of(version=version), reason="prior_disease", changed_because="病理报告有误")
    claim.statement = "示例：她患乳腺癌"
    claim.save(update_fields=["statement"])
    held = _stored("mutual_aid_claim") + _stored("mutual_aid_assessment")
    for word in ("breast", "invasive", "level_3", "prior_disease", "病理", "乳腺", "diagnosed"):
        assert word not in held
    claim.refresh_from_db()
    assert (claim.reason, claim.particulars["disease"]) == ("prior_disease", "breast")


def test_a_changed_sum_is_seen_by_a_second_person(version):
    claim = claim_of(cover_of(version=version))
    by, rows = StaffFactory(), type(claim).objects.unscoped().filter(pk=claim.pk)
    assert changed(rows, changed_by=by, seconded_by=by)
    assert not changed(rows, changed_by=by, seconded_by=StaffFactory())
    assert changed(rows, amount=-1)
    assert changed(rows, decided_on=date(2024, 7, 1))


def _benefit(claim, **changes) -> Benefit:
    cover, worker = claim.cover, claim.cover.worker
    values = {
        "claim": claim,
        "cover": cover,
        "scheme": claim.scheme,
        "worker": worker,
        "organization": cover.organization,
        "path": cover.path,
        "amount": Decimal(10000),
        "ends_cover": True,
        "disease_index": Benefit.index_of_disease(worker.pk, claim.scheme_id, "breast"),
        "grade_index": Benefit.index_of_grade("invasive_primary"),
        "fund": fund_of(cover.organization, code=f"fund-{claim.pk}"),
        "year": 2024,
        "submitted_at": NOW,
        "decided_at": NOW,
    }
    return Benefit.objects.create(**values | changes)


def test_nothing_is_granted_twice(version):
    cover = cover_of(version=version)
    first, second = claim_of(cover, live=False), claim_of(cover, live=False)
    other = Benefit.index_of_disease(cover.worker_id, cover.scheme_id, "ovary")
    granted = _benefit(first)
    assert refused(lambda: _benefit(second, disease_index=other)), "the cover ended with the first"
    later = cover_of(cover.worker, version, first=date(2025, 1, 1), last=date(2025, 12, 31), number="BZ-9")
    third = claim_of(later)
    assert refused(lambda: _benefit(third)), "the same disease in the next period"
    assert not refused(lambda: _benefit(third, disease_index=other))
    Benefit.objects.unscoped().filter(pk=granted.pk).update(state="cancelled")
    assert not refused(lambda: _benefit(second))


def test_digests_of_one_disease_differ_from_woman_to_woman():
    assert Benefit.index_of_disease(1, 1, "breast") != Benefit.index_of_disease(2, 1, "breast")


def test_she_is_nominated_once_a_year(version):
    cover = cover_of(version=version)
    benefit = _benefit(claim_of(cover))
    common = {"scheme": cover.scheme, "worker": cover.worker, "organization": cover.organization, "path": cover.path}
    common |= {"benefit": benefit, "changed_at": NOW}
    Nomination.objects.create(year=2025, **common)
    assert refused(lambda: Nomination.objects.create(year=2025, **common))
    assert not refused(lambda: Nomination.objects.create(year=2026, **common))


def _stored(table: str) -> str:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT * FROM {table}")  # noqa: S608 - our own names
        return str(cursor.fetchall())
