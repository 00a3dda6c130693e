"""Terms after which matters are erased: the days, and the page of the proofs."""

from datetime import date

import pytest
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from services.foundation import clock
from services.organizations.enums import Role
from services.privacy.models import Erasure
from services.privacy.registry import terms
from services.privacy.rules import ended_by, years_after
from tests.factories.organizations import small_tree
from tests.privacy.test_desk import appointed, desk_of


@given(st.dates(date(2000, 1, 1), date(2090, 1, 1)), st.integers(1, 30))
def test_the_last_day_that_is_over_is_over_and_the_next_is_not(today, years):
    last = ended_by(today, years)
    assert years_after(last, years) <= today
    assert years_after(date.fromordinal(last.toordinal() + 1), years) > today


@pytest.mark.django_db
def test_the_administrators_of_the_whole_read_what_was_erased():
    Erasure.objects.create(
        kind="relief_paid", years=10, until=date(2020, 1, 1), matters=7, rows=70, files=3, at=clock.now()
    )
    Erasure.objects.create(kind="gone", years=1, until=date(2020, 1, 1), matters=1, rows=1, files=0, at=clock.now())
    page = reverse("privacy_desk:erasures")
    tree = small_tree()
    shown = desk_of(appointed(Role.PLATFORM_ADMINISTRATOR, tree["city"])).get(page).content.decode()
    assert str(terms["relief_paid"].label) in shown
    assert "gone" in shown
    assert desk_of(appointed(Role.AUDITOR, tree["city"])).get(page).status_code == 403
