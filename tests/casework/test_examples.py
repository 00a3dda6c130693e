"""What a good photo of a paper looks like: kept by staff, shown to her where it is asked for or missing (D16)."""

import pytest
from django.core.exceptions import PermissionDenied
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from PIL import Image

from services.casework import actions, errors
from services.casework.actions.examples import keep_example
from services.casework.demo_examples import DRAWN, PICTURES
from services.casework.models import ExamplePicture
from services.casework.queries.examples import examples_for
from services.casework.registry import AskedPaper
from services.mutual_aid.enums import DocumentKind as AidPaper
from services.organizations.enums import Role
from services.relief.enums import DocumentKind as ReliefPaper
from tests.casework import samples
from tests.casework.notice_world import signed_in
from tests.casework.papers import KINDS

pytestmark = pytest.mark.django_db


def kept(organization, by, **more) -> ExamplePicture:
    given = {"service": "allowance", "subject_code": "", "item": "income", "words": "示例：四个角都拍到"} | more
    picture = given.pop("picture", None) or ContentFile(samples.photo(turned=6), name="a.jpg")
    return keep_example(organization=organization, picture=picture, by=by, now=timezone.now(), **given)


def test_the_nearest_of_her_own_programme_is_shown(world):
    case = world.submitted()
    city, unit = world.tree["city"], world.tree["unit_a"]
    officers = world.officers
    far = kept(city, officers["city"])
    assert examples_for(case) == {"income": far}
    near = kept(world.tree["county_a"], officers["county"])
    assert examples_for(case) == {"income": near}
    own = kept(city, officers["city"], subject_code=case.subject_code)
    kept(world.tree["county_b"], officers["city"])
    assert examples_for(case) == {"income": own}
    with pytest.raises(PermissionDenied):
        kept(unit, officers["union"])


def test_it_is_drawn_anew_and_replaces_the_one_before_with_its_file(world, django_capture_on_commit_callbacks):
    city, by = world.tree["city"], world.officers["city"]
    with django_capture_on_commit_callbacks(execute=True):
        first = kept(city, by)
        storage, name = first.file.storage, first.file.name
    assert storage.exists(name)
    with storage.open(name) as stored:
        assert not Image.open(stored).getexif()
    with django_capture_on_commit_callbacks(execute=True):
        second = kept(city, by, words="另一句")
    assert second.pk == first.pk and second.words == "另一句" and not storage.exists(name)
    with pytest.raises(errors.DocumentRefused):
        kept(city, by, picture=ContentFile(samples.HTML, name="a.jpg"))
    assert ExamplePicture.objects.count() == 1


def test_she_sees_it_where_she_adds_papers_and_where_they_are_asked_for(world, allowance, monkeypatch):
    monkeypatch.setattr(allowance, "document_kinds", lambda case: KINDS, raising=False)
    example = kept(world.tree["city"], world.officers["city"])
    url = reverse("casework:example", args=[example.token])
    case = world.draft()
    her = signed_in(case.worker.user)
    assert url in her.get(reverse("casework:documents", args=[case.token])).text
    case = actions.submit(case, by=case.worker.user, now=world.now)
    asked = [actions.AskedItem("income", "请补充收入证明")]
    actions.return_case(case, items=asked, by=world.officers["union"], now=world.now)
    page = her.get(reverse("casework:supply", args=[case.token])).text
    assert url in page and "示例：四个角都拍到" in page
    picture = Client().get(url)
    assert picture["Content-Type"] == "image/jpeg" and b"".join(picture.streaming_content)[:2] == b"\xff\xd8"
    assert Client().get(reverse("casework:example", args=["nobody"])).status_code == 404


def test_staff_keep_and_drop_one_at_the_desk(world, allowance, monkeypatch):
    asked = [AskedPaper("spring", "示例补助", "income", "收入证明")]
    monkeypatch.setattr(allowance, "papers_asked", lambda: asked, raising=False)
    city, desk = world.tree["city"], signed_in(world.officers["city"])
    form = {"organization": city.code, "paper": "allowance|spring|income", "words": "示例"}
    url = reverse("casework_desk:example_add")

    def send(data: bytes, **more):
        return desk.post(url, form | {"picture": SimpleUploadedFile("a.jpg", data, "image/jpeg")} | more)

    assert send(samples.photo()).context["form"].errors["invented"]
    assert send(samples.HTML, invented="on").context["form"].errors["picture"]
    assert send(samples.photo(), invented="on").status_code == 302
    example = ExamplePicture.objects.get()
    assert (example.service, example.subject_code, example.item) == ("allowance", "spring", "income")
    listed = desk.get(reverse("casework_desk:examples")).text
    assert "收入证明" in listed and "示例补助" in listed
    drop = reverse("casework_desk:example_drop", args=[example.token])
    assert signed_in(world.officers["county"]).get(drop).status_code == 404
    desk.post(drop)
    assert not ExamplePicture.objects.exists()
    grassroots = signed_in(world.officer("unit_a", role=Role.GRASSROOTS_OFFICER))
    assert grassroots.get(url).status_code == 403


def test_our_drawings_are_of_papers_that_programmes_can_ask_for():
    kinds = {"relief": ReliefPaper.values, "mutual_aid": AidPaper.values}
    for service, items in DRAWN.items():
        assert set(items) <= set(kinds[service])
        for item in items:
            with Image.open(PICTURES / f"{item}.jpg") as drawn:
                assert drawn.format == "JPEG" and min(drawn.size) >= 700
            assert "示例" in (PICTURES / f"{item}.svg").read_text(encoding="utf-8")
