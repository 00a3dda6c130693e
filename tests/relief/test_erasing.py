"""What the notice of relief promises about time is done: the person goes, sums and counts stay (PIPL 19, 47)."""

from datetime import date, timedelta
from io import StringIO

import pytest
from django.core.files.base import ContentFile
from django.core.management import call_command
from django.db import DatabaseError, connection, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from services.casework import actions as casework
from services.casework.enums import ObjectionAbout
from services.casework.models import Case, CaseEvent, Document, Objection, private_storage
from services.figures.actions import fold
from services.figures.models import Cell
from services.payments.models import Account, Batch, FundLine, FundSource, Payable
from services.payments.queries.agreement import agreement_of
from services.privacy.actions import erase_ended
from services.privacy.models import Erasure
from services.relief.actions import forgetting
from services.relief.models import Assessment, Award, HomeVisit, Household, Member, MoneyLine
from services.relief.rules.retention import Ended, term_of
from services.workers.enums import NOBODY
from services.workers.models import Worker
from tests.factories.households import answered, approved, at_decision, drafted, fresh, on_file, relief_world
from tests.factories.notices import line_on, standing_notice
from tests.factories.payments import Office

pytestmark = pytest.mark.django_db


@pytest.fixture
def world():
    return relief_world()


@pytest.fixture
def paid(world):
    """An emergency of hers that was granted and paid; no file stays open for it."""
    begun = drafted(world, code="emergency")
    answered(world, begun)
    application = approved(world, at_decision(world, begun))
    office = Office(world.tree["city"])
    office.fund = world.fund
    office.answered(Payable.objects.unscoped().get())
    return fresh(application)


@pytest.fixture
def refused(world):
    begun = drafted(world, code="emergency")
    answered(world, begun)
    application = at_decision(world, begun)
    casework.refuse(application.case, by=world.officers["county"], now=world.now, reason="收入超过标准")
    return fresh(application)


def _in(world, *, years: int, days: int = 1):
    day = timezone.localtime(world.now)
    return day.replace(year=day.year + years) + timedelta(days=days)


def _paper(case: Case) -> Document:
    paper = Document(case=case, worker=case.worker, kind="proof", name="证明.jpg", extension="jpg", size=3)
    paper.content_type, paper.digest, paper.uploaded_at = "image/jpeg", "d" * 64, case.created_at
    paper.file.save("x.jpg", ContentFile(b"abc"), save=True)
    return paper


class TestTheRule:
    ON, PAID_ON = date(2020, 5, 1), date(2022, 6, 1)

    @pytest.mark.parametrize(
        ("ended", "term"),
        [
            (Ended(ON, nothing=True, open=True, left=None, last_paid=date(2024, 1, 1)), (3, ON)),
            (Ended(ON, nothing=False, open=True, left=None, last_paid=date(2020, 6, 1)), None),
            (
                Ended(ON, nothing=False, open=False, left=date(2023, 2, 1), last_paid=date(2022, 6, 1)),
                (10, date(2022, 6, 1)),
            ),
            (Ended(ON, nothing=False, open=False, left=date(2023, 2, 1), last_paid=None), (3, date(2023, 2, 1))),
            (Ended(ON, nothing=False, open=False, left=None, last_paid=None), (3, ON)),
        ],
        ids=["came to nothing", "file open", "paid", "on file and never paid", "without a file"],
    )
    def test_the_term_is_that_of_the_notice(self, ended, term):
        assert term_of(ended) == term


class TestWhatIsDue:
    def test_paid_relief_is_kept_ten_years_after_the_payment_and_not_a_day_longer(self, world, paid):
        assert erase_ended(now=_in(world, years=10, days=-1)) == []
        [proof] = erase_ended(now=_in(world, years=10))
        assert (proof.kind, proof.years, proof.matters) == ("relief_paid", 10, 1)

    def test_what_came_to_nothing_is_kept_three_years(self, world, refused):
        assert erase_ended(now=_in(world, years=3, days=-1)) == []
        [proof] = erase_ended(now=_in(world, years=3))
        assert (proof.kind, proof.matters) == ("relief_nothing", 1)

    def test_the_lines_of_the_batch_name_no_account_of_hers(self, world, paid):
        erase_ended(now=_in(world, years=10))
        [account] = Account.objects.all()
        assert (account.holder, account.number, account.worker.state) == ("", "", NOBODY)

    def test_an_open_file_is_kept_whatever_its_age(self, world):
        on_file(world)
        assert erase_ended(now=_in(world, years=30)) == []

    def test_what_is_under_objection_is_kept_until_it_is_settled(self, world, paid):
        line = line_on(standing_notice(world.tree["county_a"]), paid.case)
        objection = Objection.objects.create(
            reference="R-1",
            line=line,
            about=ObjectionAbout.values[0],
            text="不实",
            received_at=world.now,
            due_on=world.now.date(),
        )
        assert erase_ended(now=_in(world, years=10)) == []
        objection.state, objection.outcome, objection.settled_at = "settled", "unfounded", world.now
        objection.save()
        assert len(erase_ended(now=_in(world, years=10))) == 1
        objection.refresh_from_db()
        assert objection.text == ""

    def test_what_is_not_paid_yet_is_kept(self, world, paid):
        Payable.objects.unscoped().update(state="unknown")
        assert erase_ended(now=_in(world, years=10)) == []
        assert fresh(paid).case.worker == world.her

    def test_a_second_night_finds_nothing(self, world, paid):
        erase_ended(now=_in(world, years=10))
        assert erase_ended(now=_in(world, years=10, days=2)) == []

    def test_one_that_cannot_be_erased_leaves_the_others_and_no_half(self, world, paid, monkeypatch, caplog):
        other = world.woman("unit_b")
        begun = drafted(world, other, code="emergency")
        Case.objects.own(pk=begun.case_id).update(stage="withdrawn", stage_since=world.now)

        def broken(*args, **kwargs):
            raise ValueError("示例甲 11010119900101")

        monkeypatch.setattr(forgetting, "forget_payables", broken)
        erase_ended(now=_in(world, years=10))
        assert fresh(paid).answers != {}
        assert Erasure.objects.count() == 0
        assert "示例甲" not in caplog.text
        assert "ValueError" in caplog.text


class TestWhatGoes:
    def test_nothing_leads_to_her_any_more(self, world, paid, django_capture_on_commit_callbacks):
        paper = _paper(paid.case)
        token = paid.case.token
        with django_capture_on_commit_callbacks(execute=True):
            erase_ended(now=_in(world, years=10))
        application = fresh(paid)
        assert (application.answers, application.event_index, application.household) == ({}, "", None)
        assert application.case.worker.state == NOBODY
        assert application.case.token != token
        assert Award.objects.unscoped().get().worker.state == NOBODY
        assert Payable.objects.unscoped().get().worker.state == NOBODY
        assert not Account.objects.filter(worker=world.her).exists()
        assert not Assessment.objects.exists()
        assert not Household.objects.unscoped().exists()
        assert not Member.objects.exists()
        assert not MoneyLine.objects.exists()
        assert not Document.objects.exists()
        assert not private_storage().exists(paper.file.name)
        assert set(CaseEvent.objects.filter(by_staff=False).values_list("by", flat=True)) <= {None}
        assert {(one.reason, one.note) for one in CaseEvent.objects.all()} == {("", "")}

    def test_files_stay_where_the_transaction_fails(self, world, paid):
        paper = _paper(paid.case)
        with pytest.raises(RuntimeError), transaction.atomic():
            erase_ended(now=_in(world, years=10))
            raise RuntimeError
        assert private_storage().exists(paper.file.name)
        assert fresh(paid).case.worker == world.her

    def test_the_visitors_report_and_its_photos_go_with_a_closed_file(self, world):
        household = on_file(world)
        Household.objects.own(pk=household.pk).update(
            state="exited", exit_reason="better", exited_on=timezone.localdate(world.now)
        )
        assert HomeVisit.objects.exists()
        [proof] = erase_ended(now=_in(world, years=3))
        assert (proof.kind, Household.objects.unscoped().count(), HomeVisit.objects.count()) == ("relief_nothing", 0, 0)

    def test_a_refused_application_keeps_that_it_was_refused_without_the_words(self, world, refused):
        erase_ended(now=_in(world, years=3))
        case = fresh(refused).case
        assert (case.stage, case.reason) == ("refused", "—")

    def test_her_record_is_hers_still(self, world, paid):
        erase_ended(now=_in(world, years=10))
        assert Worker.objects.unscoped().get(pk=world.her.pk).name == world.her.name

    def test_the_stand_in_is_on_no_roster(self, world, paid):
        before = Worker.objects.unscoped().count()
        erase_ended(now=_in(world, years=10))
        assert Worker.objects.unscoped().count() == before
        assert Worker.stand_ins.filter(state=NOBODY).count() == 1


class TestWhatStays:
    def test_sums_and_the_ledger_are_untouched_and_agree(self, world, paid):
        def held():
            fund = FundSource.objects.unscoped().get(pk=world.fund.pk)
            lines = list(FundLine.objects.values_list("pk", "move", "amount", "payable", "spent_after"))
            payable = Payable.objects.unscoped().values_list("amount", "state", "fund", "paid_at", "case_number").get()
            award = Award.objects.unscoped().values_list("amount", "state", "year", "organization", "decided_at").get()
            batch = agreement_of(Batch.objects.unscoped().get())
            return fund.budget, fund.committed, fund.spent, lines, payable, award, batch

        before = held()
        erase_ended(now=_in(world, years=10))
        assert held() == before

    def test_every_figure_is_as_before_and_equals_its_recount(self, world, paid):
        def cells():
            fold()
            return sorted(Cell.objects.values_list("organization", "count", "period", "dimension", "key", "total"))

        before = cells()
        assert before
        erase_ended(now=_in(world, years=10))
        assert cells() == before
        call_command("check_figures", stdout=StringIO())
        call_command("check_funds", stdout=StringIO())

    def test_the_emptied_case_and_the_lists_it_counts_in_open_on_the_desk(self, world, paid):
        erase_ended(now=_in(world, years=10))
        client = Client()
        client.force_login(world.officers["county"], backend="services.accounts.backends.StaffPassword")
        case = fresh(paid).case
        pages = [reverse("casework_desk:case", args=[case.token]), reverse("relief_desk:awards")]
        answers = [client.get(page) for page in pages]
        assert [answer.status_code for answer in answers] == [200, 200]
        assert all(world.her.name not in answer.content.decode() for answer in answers)


class TestTheProof:
    def test_it_counts_and_names_nobody(self, world, paid):
        [proof] = erase_ended(now=_in(world, years=10))
        assert proof.until == timezone.localdate(world.now) + timedelta(days=1)
        assert proof.rows > 5
        assert world.her.name not in str(vars(proof))

    def test_it_is_never_changed_nor_deleted(self, world, paid):
        [proof] = erase_ended(now=_in(world, years=10))
        for change in (proof.save, proof.delete, Erasure.objects.all().delete):
            with pytest.raises(TypeError):
                change()
        with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("UPDATE privacy_erasure SET matters = 9")

    def test_a_dry_run_says_what_would_go_and_changes_nothing(self, world, paid, monkeypatch):
        later = _in(world, years=10)
        monkeypatch.setattr("services.foundation.clock.now", lambda: later)
        told = StringIO()
        call_command("erase_ended", "--dry-run", stdout=told)
        assert any(line.startswith("1\t") for line in told.getvalue().splitlines())
        assert fresh(paid).case.worker == world.her
        call_command("erase_ended", stdout=told)
        assert fresh(paid).case.worker.state == NOBODY
