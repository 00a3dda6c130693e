"""What the notice of mutual aid promises about time is done: covers three years, what was paid ten (PIPL 19, 47)."""

from datetime import date, timedelta
from io import StringIO

import pytest
from django.core.management import call_command
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from services.casework.models import CaseEvent, Document
from services.figures.actions import fold
from services.figures.models import Cell
from services.mutual_aid.models import Assessment, Benefit, Claim, Cover, CoverVersion, Nomination
from services.mutual_aid.rules.retention import term_of
from services.payments.models import Account, FundLine, FundSource, Payable
from services.privacy.actions import erase_ended
from services.privacy.registry import terms
from services.workers.enums import NOBODY
from tests.factories.claims import at_decision, claims_world, decided, fresh, refused, sent
from tests.factories.payments import Office

pytestmark = pytest.mark.django_db


@pytest.fixture
def world():
    return claims_world()


@pytest.fixture
def paid(world) -> Claim:
    claim = decided(world)
    office = Office(world.tree["city"])
    office.fund = world.fund
    office.answered(Payable.objects.unscoped().get())
    return fresh(claim)


def _over(world, *, years: int, days: int = 1):
    """So many years and days after the last day of her cover, which comes after everything else."""
    last = CoverVersion.objects.own(cover=world.cover, known_until=None).values_list("last_day", flat=True).get()
    last = max(last, timezone.localdate(world.now))
    moment = timezone.localtime(world.now).replace(year=last.year, month=last.month, day=last.day)
    return moment.replace(year=moment.year + years) + timedelta(days=days)


def test_a_cover_is_kept_three_years_and_what_was_paid_on_it_ten():
    last, ended, paid_on = date(2020, 5, 1), date(2020, 9, 1), date(2021, 1, 1)
    assert term_of(last, [], None) == (3, last)
    assert term_of(last, [ended], None) == (3, ended)
    assert term_of(last, [ended], paid_on) == (10, paid_on)


def test_a_cover_without_a_claim_names_nobody_after_three_years(world):
    assert erase_ended(now=_over(world, years=3, days=-1)) == []
    token = world.cover.token
    [proof] = erase_ended(now=_over(world, years=3))
    assert (proof.kind, proof.years, proof.matters) == ("mutual_aid", 3, 1)
    cover = Cover.objects.unscoped().get()
    assert (cover.worker.state, cover.token == token) == (NOBODY, False)
    assert {one.worker for one in CoverVersion.objects.unscoped()} == {cover.worker}
    assert erase_ended(now=_over(world, years=4)) == []


def test_covers_of_one_day_are_still_one_a_person(world):
    for _ in range(3):
        world.woman()
    assert sum(proof.matters for proof in erase_ended(now=_over(world, years=3, days=40))) == 4
    assert Cover.objects.unscoped().values("worker").distinct().count() == 4


def test_what_was_claimed_in_vain_goes_with_its_cover(world):
    refused(world, at_decision(world, sent(world)))
    erase_ended(now=_over(world, years=3))
    claim = Claim.objects.unscoped().select_related("case__worker").get()
    assert (claim.particulars, claim.statement, claim.words, claim.case.worker.state) == ({}, "", "", NOBODY)
    assert claim.case.stage == "refused"
    assert not Assessment.objects.exists()
    assert not Document.objects.exists()


def test_a_claim_that_is_open_keeps_its_cover(world):
    sent(world)
    assert erase_ended(now=_over(world, years=20)) == []


class TestPaid:
    def test_it_is_kept_ten_years(self, world, paid):
        assert erase_ended(now=_over(world, years=9)) == []
        [proof] = erase_ended(now=_over(world, years=10, days=366))
        assert (proof.kind, proof.years) == ("mutual_aid_paid", 10)

    def test_nothing_of_the_illness_and_nobody_is_left(self, world, paid):
        before = Benefit.objects.unscoped().get().disease_index
        erase_ended(now=_over(world, years=11))
        benefit = Benefit.objects.unscoped().select_related("worker").get()
        assert (benefit.worker.state, benefit.disease_index == before) == (NOBODY, False)
        assert Payable.objects.unscoped().get().worker.state == NOBODY
        assert not Account.objects.filter(worker=world.her).exists()
        assert not Nomination.objects.unscoped().exists()
        assert {(one.reason, one.note) for one in CaseEvent.objects.all()} == {("", "")}
        assert fresh(paid).findings_of_staff == {}

    def test_sums_ledger_and_figures_stay(self, world, paid):
        def held():
            fold()
            fund = FundSource.objects.unscoped().get(pk=world.fund.pk)
            cells = Cell.objects.values_list("organization", "count", "period", "dimension", "key", "total")
            lines = list(FundLine.objects.values_list("pk", "move", "amount", "spent_after"))
            return fund.spent, lines, sorted(cells), Benefit.objects.unscoped().values_list("amount", "state").get()

        before = held()
        erase_ended(now=_over(world, years=11))
        assert held() == before
        call_command("check_figures", stdout=StringIO())
        call_command("check_funds", stdout=StringIO())

    def test_the_emptied_case_its_cover_and_the_lists_it_counts_in_open_on_the_desk(self, world, paid):
        erase_ended(now=_over(world, years=11))
        client = Client()
        client.force_login(world.officers["county"], backend="services.accounts.backends.StaffPassword")
        cover = Cover.objects.unscoped().get()
        pages = [
            reverse("casework_desk:case", args=[fresh(paid).case.token]),
            reverse("mutual_aid_joining:covers"),
            reverse("mutual_aid_joining:cover", args=[cover.token]),
            reverse("claims_desk:benefits"),
        ]
        answers = [client.get(page) for page in pages]
        assert [answer.status_code for answer in answers] == [200] * 4
        assert all(world.her.name not in answer.content.decode() for answer in answers)


def test_both_terms_are_told():
    assert {terms["mutual_aid"].years, terms["mutual_aid_paid"].years} == {3, 10}
