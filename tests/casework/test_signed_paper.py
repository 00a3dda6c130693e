"""The paper by which she let an officer apply in her name is kept with her authorisation."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from services.casework import actions
from services.casework.models import Authorisation, Case, Document
from tests.casework import samples
from tests.casework.notice_world import signed_in
from tests.factories.casework import MONDAY, AuthorisationFactory

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def on_monday(today_is, settings, tmp_path):
    settings.LANGUAGE_CODE = "en"
    return today_is


@pytest.fixture
def filed(world) -> Case:
    """Filed for her by an officer of her union."""
    officer = world.officers["union_two"]
    AuthorisationFactory(worker=world.her, representative=officer, subject_code="spring", valid_until=MONDAY.date())
    case = actions.open_case(
        service="allowance",
        subject_code="spring",
        worker=world.her,
        route_code=world.route.code,
        by=officer,
        now=MONDAY,
    )
    return actions.submit(case, by=officer, now=MONDAY)


def url(case: Case) -> str:
    return reverse("casework_desk:paper", args=[case.token])


def photo(name: str = "委托书.jpg", data: bytes | None = None) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, data or samples.photo())


def test_a_photo_of_it_is_kept_and_a_better_one_takes_its_place(world, filed):
    desk = signed_in(world.officers["union"])
    page = reverse("casework_desk:case", args=[filed.token])
    assert url(filed) in desk.get(page).content.decode()
    assert desk.post(url(filed), {"file": photo()})["Location"] == page
    first = Authorisation.objects.unscoped().get().paper
    assert (first.worker, first.case, first.uploaded_by) == (world.her, None, world.officers["union"])
    desk.post(url(filed), {"file": photo()})
    assert Document.objects.count() == 1
    desk.post(url(filed), {"file": photo(data=samples.photo(salt="again"))})
    first.refresh_from_db()
    assert first.removed_at is not None and Authorisation.objects.unscoped().get().paper != first
    shown = desk.get(page).content.decode()
    assert reverse("casework_papers:one", args=[Authorisation.objects.unscoped().get().paper.token]) in shown


def test_what_is_no_photo_is_refused_beside_the_field(world, filed):
    desk = signed_in(world.officers["union"])
    answer = desk.post(url(filed), {"file": photo(data=samples.HTML)})
    assert answer.context["form"].errors["file"] and not Document.objects.exists()
    assert desk.post(url(filed), {}).context["form"].errors["file"]


def test_without_an_authorisation_or_the_right_there_is_no_such_page(world, filed):
    own = world.submitted()
    assert signed_in(world.officers["union"]).get(url(own)).status_code == 404
    assert signed_in(world.officer("unit_b")).get(url(filed)).status_code == 404
    auditor = signed_in(world.officer("city", role="auditor"))
    assert auditor.get(url(filed)).status_code == 403
