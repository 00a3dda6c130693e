"""A grassroots officer enrols forty of her members: ticked on the roster, previewed, carried out, printed."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from services.bookings.enums import BookingState
from services.bookings.models import Booking, Session
from services.organizations.enums import Role
from services.screening.models import Enrolment, ProgrammeTerms
from services.workers.models import Worker
from tests.factories.bookings import SessionFactory, VenueFactory
from tests.factories.workers import WorkerFactory
from tests.races.scene import scene
from tests.screening.her_world import at
from tests.screening.people import post
from tests.screening.test_group_files import workbook_of

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.journey]

ALL = 40


@pytest.fixture
def stage():
    """Thirty-six who fit, two without an account, one too young, one whose membership nobody wrote down."""
    stage = scene(capacity=15)
    Session.objects.filter(pk=stage.session.pk).update(starts_at=at(7, 8), ends_at=at(7, 11))
    stage.session.venue.name = "示例市妇幼保健院东院"
    stage.session.venue.save()
    venue = VenueFactory(name="示例市妇幼保健院西院")
    for day in (8, 9):
        SessionFactory(offering=stage.offering, venue=venue, starts_at=at(day, 14), ends_at=at(day, 17), capacity=15)
    ProgrammeTerms.objects.update(paper_consent=True)
    women = stage.women(36)
    for number, her in enumerate(women):
        name = f"示例{'甲乙丙丁戊己'[number % 6]}{'兰梅竹菊'[number % 4]}"
        Worker.objects.unscoped().filter(pk=her.pk).update(name=name)
    unit = stage.tree["unit_a"]
    WorkerFactory(organization=unit, name="示例纸上", phone="19900008001")
    WorkerFactory(organization=unit, name="示例未应", phone="19900008002")
    WorkerFactory(organization=unit, name="示例年轻", birth_date=timezone.localdate() - timedelta(days=24 * 365))
    WorkerFactory(organization=unit, name="示例缺项", joined_on=None)
    return stage


def test_forty_women_from_the_roster_to_the_notice(walker, stage):
    walker.sign_in(post(stage.tree["unit_a"], Role.GRASSROOTS_OFFICER))
    page, code = walker.page, stage.programme.code
    walker.open(reverse("screening_desk:programme", args=[code]))
    walker.go(page.locator("a.screening-door", has_text=walker.in_language("集体报名", "Enrol a group")))
    assert page.locator(".enrol-list li").count() == ALL
    walker.look("enrol-choose")
    page.fill("[name=wishes]", "大后天")
    for box in page.locator("[name=who]").all():
        box.check()
    walker.press("预览勾选的人", "Preview the ticked women")
    assert page.locator("[name=who]:checked").count() == ALL
    walker.look("enrol-choose-repair")
    page.fill("[name=wishes]", f"{at(8, 8):%m/%d}下午")
    walker.press("预览勾选的人", "Preview the ticked women")
    walker.heading("40 人中有 38 人符合", "38 of 40 women fit")
    walker.look("enrol-preview")
    assert not Booking.objects.unscoped().exists()
    sign_one_form(walker)
    walker.go(page.locator("button[name=do][value=fitting]"))
    walker.heading("40 人中有 38 人已有名额", "38 of 40 women have a place")
    walker.look("enrol-result")
    states = list(Booking.objects.unscoped().values_list("state", flat=True))
    assert (states.count(BookingState.CONFIRMED), states.count(BookingState.OFFERED)) == (37, 1)
    walker.follow("打印通知单（A4）", "Notice to print (A4)")
    assert page.locator("tbody tr").count() == 38
    walker.look("enrol-notice")


def sign_one_form(walker) -> None:
    page = walker.page
    page.locator(".enrol-ticks li", has_text="示例纸上").locator("input[type=checkbox]").check()
    page.fill("[name=signed_on]", f"{timezone.localdate():%Y-%m-%d}")
    walker.press("登记这些同意书", "Record these forms")
    assert page.locator("[name=seen]:checked").count() == 0
    assert page.locator("[name=signed]:checked").count() == 1
    page.check("[name=seen]")
    walker.press("登记这些同意书", "Record these forms")
    assert page.locator("#plan-offer").inner_text().endswith("(1)")


def test_a_workbook_with_lines_that_match_nobody(walker, stage, tmp_path):
    walker.sign_in(post(stage.tree["unit_a"], Role.GRASSROOTS_OFFICER))
    page = walker.page
    women = list(Worker.objects.unscoped().filter(user__isnull=False).order_by("pk")[:3])
    lines = [[her.name, her.phone, "周三, 改天"] for her in women] + [["示例路人", "19900009999", ""]]
    file = tmp_path / "名单.xlsx"
    file.write_bytes(workbook_of(["姓名", "手机号", "希望日期"], lines).getvalue())
    walker.open(reverse("screening_desk:enrol_file", args=[stage.programme.code, "T-A-1-1"]))
    walker.press("读取并预览", "Read and preview")
    assert page.locator(".error-message").count() == 1
    walker.look("enrol-file")
    page.set_input_files("[name=file]", str(file))
    walker.press("读取并预览", "Read and preview")
    walker.heading("4 人中有 3 人符合", "3 of 4 women fit")
    walker.look("enrol-file-preview")
    assert Enrolment.objects.unscoped().get().file_name == "名单.xlsx"
