"""Public pages below the lists that every installation begins with."""

from datetime import timedelta

from django.utils import timezone
from wagtail.images import get_image_model
from wagtail.images.tests.utils import get_test_image_file

from cms_pages.models import (
    ArticleIndexPage,
    ArticlePage,
    CampaignIndexPage,
    CampaignPage,
    ServiceGuidePage,
    ServiceIndexPage,
)


def _add(parent, page, *, live: bool):
    page.live = live
    parent.add_child(instance=page)
    if live:
        page.save_revision().publish()
        page.refresh_from_db()
    return page


def article(title: str = "免费体检项目通知", *, live: bool = True, **fields) -> ArticlePage:
    """An article of today, published unless ``live`` is false."""
    fields.setdefault("date", timezone.localdate())
    return _add(ArticleIndexPage.objects.get(), ArticlePage(title=title, **fields), live=live)


def campaign(
    title: str = "健康主题月", *, starts: int = -5, ends: int = 5, live: bool = True, **fields
) -> CampaignPage:
    """A campaign that starts and ends so many days from today."""
    today = timezone.localdate()
    fields |= {"starts_on": today + timedelta(days=starts), "ends_on": today + timedelta(days=ends)}
    return _add(CampaignIndexPage.objects.get(), CampaignPage(title=title, **fields), live=live)


def guide(title: str = "免费筛查指南", *, live: bool = True, **fields) -> ServiceGuidePage:
    """A service guide; ``programme`` makes it show how the service stands."""
    return _add(ServiceIndexPage.objects.get(), ServiceGuidePage(title=title, **fields), live=live)


def picture(title: str = "木棉花"):
    """An image of 640 × 480 pixels in the library."""
    return get_image_model().objects.create(title=title, file=get_test_image_file())
