"""The demo: every programme at several stages, women who can sign in, no paper in two cases, a second start at once."""

from collections import defaultdict
from io import StringIO

import pytest
from django.core.management import call_command
from django.db import transaction
from django.test import override_settings
from django.utils import timezone

from cms_pages.finding import indexing, searching
from portal.management.commands.load_demo import up_to_date
from services.accounts.models import User
from services.casework.enums import Stage
from services.casework.models import Case, Complaint, Document, Recheck, RecheckItem
from services.casework.queries import appeal_until
from services.mutual_aid.models import Benefit
from services.relief.enums import AwardState, ProgrammeKind
from services.relief.models import Application, Award, Programme
from services.workers.models import Worker

pytestmark = pytest.mark.together

PAYING = set(ProgrammeKind.values) - {ProgrammeKind.FILING}


@pytest.fixture(scope="module")
def demo(django_db_setup, django_db_blocker, tmp_path_factory):
    """Loaded once for all tests of this module, and taken back afterwards; what it printed."""
    printed = StringIO()
    here = override_settings(VAR_DIR=tmp_path_factory.mktemp("var"))
    with django_db_blocker.unblock(), here, transaction.atomic():
        call_command("load_demo", stdout=printed)
        yield printed
        transaction.set_rollback(True)


def test_every_programme_has_applications_at_several_stages(demo):
    stages = defaultdict(set)
    rows = Application.objects.unscoped().values_list("programme__kind", "case__stage")
    for kind, stage in rows:
        stages[kind].add(stage)
    assert set(stages) == set(ProgrammeKind.values)
    assert {Stage.BEING_PAID, Stage.CLOSED, Stage.IN_REVIEW, Stage.RETURNED, Stage.REFUSED} <= stages["single_parent"]
    assert {Stage.DRAFT, Stage.CLOSED, Stage.IN_REVIEW, Stage.RETURNED, Stage.REFUSED} <= stages["study_aid"]
    assert all(len(found) > 1 for found in stages.values()), stages


def test_money_of_every_programme_has_arrived(demo):
    assert set(Award.objects.unscoped().filter(state=AwardState.PAID).values_list("kind", flat=True)) == PAYING


def test_study_aid_differs_by_stage_and_by_the_file_and_takes_applications_today(demo):
    sums = set(Award.objects.unscoped().filter(kind=ProgrammeKind.STUDY_AID).values_list("amount", flat=True))
    assert sums == {2000, 3000, 4000, 5000}
    study = Programme.objects.get(kind=ProgrammeKind.STUDY_AID, state="active")
    assert study.opens_on <= timezone.localdate() <= study.closes_on


def test_benefits_of_mutual_aid_are_due_and_paid_and_a_refusal_can_still_be_appealed(demo):
    assert {"due", "paid"} <= set(Benefit.objects.unscoped().values_list("state", flat=True))
    refused = Case.objects.unscoped().filter(service="mutual_aid", stage=Stage.REFUSED)
    assert any(appeal_until(case) >= timezone.localdate() for case in refused.select_related("route"))


def test_complaints_and_second_looks_are_done_and_wait_for_somebody(demo):
    assert set(Complaint.objects.unscoped().values_list("state", flat=True)) == {"open", "answered"}
    assert {one.is_drawn for one in Recheck.objects.unscoped()} == {True, False}
    assert {bool(one) for one in RecheckItem.objects.values_list("outcome", flat=True)} == {True, False}


def test_no_paper_lies_in_two_cases(demo):
    digests = list(Document.objects.values_list("digest", flat=True))
    assert len(digests) > 200 and len(set(digests)) == len(digests)


def test_everybody_in_the_printed_table_is_there(demo):
    rows = [line for line in demo.getvalue().splitlines() if "http://127.0.0.1" in line]
    names = {line.split("http://127.0.0.1:8000/")[1].split()[1] for line in rows}
    phones = {name for name in names if name.isdigit()}
    assert len(phones) >= 9 and len(names - phones) >= 8
    assert phones <= {worker.phone for worker in Worker.objects.unscoped()}
    users = User.objects.filter(username__in=names - phones)
    assert users.count() == len(names - phones) and all(user.check_password("Mumian-Demo-2026") for user in users[:1])


def test_what_is_public_is_found_from_the_first_minute_on(demo):
    assert indexing.lagging() == ([], [])
    found = searching.find("体检", today=timezone.localdate()).entries
    assert "免费体检项目通知：六件事请提前知道" in {entry.title for entry in found}


def test_a_second_start_finds_everything_there(demo):
    printed, before = StringIO(), Application.objects.unscoped().count()
    assert up_to_date()
    call_command("load_demo", stdout=printed)
    assert "kept as it was left" in printed.getvalue()
    assert Application.objects.unscoped().count() == before
