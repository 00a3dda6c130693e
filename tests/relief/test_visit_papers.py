"""Photos and her signature of a home visit: taken by colleagues, kept with the case, linked to the visit."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from services.casework.actions.documents import attach
from services.casework.errors import UnknownKind
from services.relief.models import HomeVisit
from tests.casework import samples
from tests.casework.notice_world import signed_in
from tests.factories.households import drafted, filled, relief_world, submitted

pytestmark = pytest.mark.django_db


@pytest.fixture
def world():
    return relief_world()


def _shot(salt: str) -> SimpleUploadedFile:
    return SimpleUploadedFile(f"{salt}.jpg", samples.photo(salt=salt), "image/jpeg")


def test_photos_and_her_signature_come_in_with_the_visit_and_belong_to_it(world, settings):
    settings.LANGUAGE_CODE = "en"
    application = drafted(world)
    filled(world, application)
    application = submitted(world, application)
    client, token = signed_in(world.officers["union"]), application.case.token
    url, today = reverse("relief_desk:visit", args=[token]), timezone.localdate().isoformat()
    visit = {"visited_on": today, "companion": "示例己", "met": "本人", "finding": "与申报情况一致", "agrees": "yes"}
    bad = SimpleUploadedFile("屋.jpg", samples.HTML, "image/jpeg")
    refused = client.post(url, visit | {"photos": [_shot("front"), bad]})
    assert refused.status_code == 200 and "屋.jpg" in refused.content.decode()
    assert not HomeVisit.objects.exists()
    answer = client.post(url, visit | {"photos": [_shot("side")], "signature_photo": _shot("signed")})
    assert answer.status_code == 302
    made = HomeVisit.objects.get()
    # The good photo of the refused form is with the case and belongs to the visit as well.
    assert (made.photos.count(), made.signature.kind) == (2, "visit_signature")
    assert "2 among the papers" in client.get(reverse("casework_desk:case", args=[token])).content.decode()


def test_she_is_never_asked_for_the_papers_of_a_visit(world):
    case = drafted(world).case
    page = signed_in(world.her.user).get(reverse("casework:documents", args=[case.token])).content.decode()
    assert "visit_photo" not in page and "visit_signature" not in page
    with pytest.raises(UnknownKind):
        attach(case, kind="visit_photo", upload=_shot("hers"), by=world.her.user, now=timezone.now())


def test_what_was_found_at_a_visit_is_kept_while_it_is_written(world):
    application = drafted(world)
    filled(world, application)
    application = submitted(world, application)
    client, url = signed_in(world.officers["union"]), reverse("relief_desk:visit", args=[application.case.token])
    assert client.post(url, {"finding": "与申报", "agrees": "no"}, HTTP_X_KEEP="1").status_code == 200
    form = client.get(url).context["form"]
    assert (form["finding"].value(), form["agrees"].value(), HomeVisit.objects.count()) == ("与申报", "no", 0)
