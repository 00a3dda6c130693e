"""An officer narrows the bookings, finds a woman by her number, cancels two with a reason, and takes the list along."""

import pytest
from django.urls import reverse

from services.bookings.models import Booking
from services.exchange.models import Export
from services.organizations.enums import Role
from tests.factories.organizations import small_tree
from tests.screening.people import booked, post, programme_at

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.journey]
PHONE = "19900009876"  # far from those that the factory counts up to


@pytest.fixture
def tree():
    tree = small_tree()
    _programme, session, root = programme_at(tree["city"], code="hers")
    for number in range(33):
        booked(session, tree["unit_a"], root, name=f"示例{number}")
    booked(session, tree["unit_c"], root, name="示例桂兰", phone=PHONE)
    return tree


def test_from_the_list_to_the_file(walker, tree):
    page = walker.page
    walker.sign_in(post(tree["city"], Role.FEDERATION_OFFICER))
    walker.open(reverse("screening_desk:bookings"))
    walker.look("desk-bookings-first")
    walker.follow("下一页", "Next")
    assert page.locator("input[name=booking]").count() == 4
    walker.look("desk-bookings-last")
    walker.follow("上一页", "Previous")
    assert page.locator("input[name=booking]").count() == 30

    page.fill("#find-text", PHONE)
    walker.go(page.locator(".desk-find button"))
    assert page.locator("input[name=booking]").count() == 1
    assert PHONE not in page.url
    walker.look("desk-bookings-found")

    walker.open(reverse("screening_desk:bookings") + "?union=T-A")
    page.locator("input[name=booking]").nth(0).check()
    page.locator("input[name=booking]").nth(2).check()
    walker.press("取消预约…", "Cancel bookings…")
    assert page.locator(".desk-page tbody tr").count() == 2
    walker.look("desk-bookings-preview")
    walker.press("确认取消这些预约", "Cancel these bookings")
    assert (
        page.locator(".desk-page tbody tr").count() == 2
        and Booking.objects.unscoped().filter(state="cancelled").count() == 0
    )
    page.fill("[name=reason]", "体检点临时停诊，请另选时间。")
    walker.press("确认取消这些预约", "Cancel these bookings")
    assert Booking.objects.unscoped().filter(state="cancelled").count() == 2
    walker.look("desk-bookings-outcome")
    walker.follow("返回列表", "Back to the list")
    assert "union=T-A" in page.url

    walker.go(page.locator("[data-desk-export]").first)
    walker.look("desk-export-ask")
    walker.press("生成文件", "Make the file")
    walker.look("desk-export-ready")
    with page.expect_download() as taken:
        page.get_by_role("link", name=walker.in_language("下载文件", "Download the file"), exact=True).click()
    assert taken.value.suggested_filename.endswith(".xlsx")
    assert Export.objects.get().rows == 33
