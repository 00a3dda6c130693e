"""A claim that was refused may still tell of an illness: somebody above looks, the unit reads nothing of it."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from services.mutual_aid.models import EnrolmentRow
from services.mutual_aid.queries.joining import known_of
from tests.factories.enrolment import Unit
from tests.factories.mutual_aid import cover_of, decided_claim, scheme_in_force

pytestmark = pytest.mark.django_db


def _refused(unit, woman, reason: str, number: str = "BZ-before"):
    """A claim of hers under another scheme, refused on a diagnosis of a listed disease."""
    claim = decided_claim(cover_of(woman, scheme_in_force(unit.city), number=number))
    claim.case.stage, claim.case.reason = "refused", "示例"
    claim.case.save(update_fields=["stage", "reason"])
    claim.reason, claim.amount = reason, 0
    claim.save()
    return claim


@pytest.mark.parametrize("reason", ["in_exemption_period", "pre_existing", "time_barred", "late_notice"])
def test_the_line_waits_for_a_look_above_and_is_not_barred(reason):
    unit = Unit({"prior_disease": "bars"})
    women = unit.women(2)
    _refused(unit, women[0], reason)
    batch = unit.handed_in(women)
    row = EnrolmentRow.objects.own(batch=batch, worker=women[0]).get()
    assert (row.state, [one["code"] for one in row.findings]) == ("look", ["earlier_diagnosis"])
    assert EnrolmentRow.objects.own(batch=batch, worker=women[1]).get().state == "ready"


@pytest.mark.parametrize("reason", ["misdiagnosis", "fraud", "not_listed", "docs_missing"])
def test_a_refusal_that_says_nothing_of_an_illness_changes_nothing(reason):
    unit = Unit({"prior_disease": "bars"})
    (woman,) = unit.women(1)
    _refused(unit, woman, reason)
    row = EnrolmentRow.objects.own(batch=unit.handed_in([woman])).get()
    assert row.state == "ready"


def test_many_women_cost_the_queries_of_one():
    unit = Unit()
    women = unit.women(6)
    batch = unit.begun(women)

    def counted(workers) -> int:
        with CaptureQueriesContext(connection) as asked:
            known_of(batch, [one.pk for one in workers])
        return len(asked)

    _refused(unit, women[0], "pre_existing")
    one = counted(women[:1])
    for number, woman in enumerate(women[1:]):
        _refused(unit, woman, "pre_existing", f"BZ-before-{number}")
    assert counted(women) == one == 4
