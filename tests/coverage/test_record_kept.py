"""What is kept of a record though two work on it at once, or somebody would take it away."""

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from services.coverage.models import Paper
from tests.coverage.office import Office
from tests.factories.coverage import RequirementsFactory
from tests.factories.enrolment import photo
from tests.screening.people import BACKEND

pytestmark = pytest.mark.django_db


@pytest.fixture
def office():
    return Office()


def client_of(user) -> Client:
    client = Client()
    client.force_login(user, backend=BACKEND)
    return client


def url(name, *args):
    return reverse(f"coverage_records:{name}", args=args)


def test_two_who_correct_the_same_term_see_each_other(office):
    office.approved()
    page, above = url("correct", office.union.code, 1), client_of(office.above)
    shown = above.get(page).context["form"]
    stands = {name: shown[name].value() or "" for name in shown.fields}
    first = stands | {"approval_number": "示例批字1号", "reason": "补录"}
    assert above.post(page, first).status_code == 302
    late = above.post(page, stands | {"approval_number": "示例批字2号", "reason": "补录"})
    assert "示例批字1号" in late.context["form"].non_field_errors()[0]
    assert "补录" not in late.context["form"].non_field_errors()[0]
    again = late.context["form"]["as_opened"].value()
    wins = stands | {"approval_number": "示例批字2号", "reason": "补录", "as_opened": again}
    assert above.post(page, wins).status_code == 302


def test_two_who_edit_the_same_requirements_see_each_other(office):
    made = RequirementsFactory(organization=office.county, valid_from=office.today + timedelta(days=9))
    page, above = url("requirements_edit", made.pk), client_of(office.above)
    shown = above.get(page).context["form"]
    stands = {name: shown[name].value() or "" for name in shown.fields}
    stands["term_years"], stands["reminder_days"] = "3, 5", "90, 30, 0"
    assert above.post(page, stands | {"committee_from": 20}).status_code == 302
    late = above.post(page, stands | {"committee_from": 30}).context["form"].non_field_errors()
    assert "20" in late[0] and "90" not in late[0]
    made.refresh_from_db()
    assert made.committee_from == 20


def test_a_term_of_the_union_that_ends_in_forty_years_is_refused_beside_its_field(office):
    far = {"union_term_ends_on": (office.today + timedelta(days=40 * 365)).isoformat()}
    answer = client_of(office.officer).post(url("state_union", office.union.code), far)
    assert list(answer.context["form"].errors) == ["union_term_ends_on"]
    near = {"union_term_ends_on": (office.today + timedelta(days=4 * 365)).isoformat()}
    assert client_of(office.officer).post(url("state_union", office.union.code), near).status_code == 302


def test_the_paper_of_an_election_that_counts_is_taken_back_above_the_union_alone(office):
    office.approved()
    code, officer, above = office.union.code, client_of(office.officer), client_of(office.above)
    upload = SimpleUploadedFile("批复.jpg", photo(90).read(), content_type="image/jpeg")
    officer.post(url("paper_add", code), {"kind": "approval", "file": upload})
    paper = Paper.objects.unscoped().get()
    for client, stays in ((officer, True), (above, False)):
        assert client.post(url("paper_remove", code, paper.token)).status_code == 302
        assert Paper.objects.unscoped().filter(removed_at__isnull=True).exists() is stays
