"""Public pages below the lists that every installation begins with."""

from datetime import date, datetime, timedelta

from django.core.files.base import ContentFile
from django.utils import timezone
from django.utils.html import escape
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.images.tests.utils import get_test_image_file

from cms_pages.models import (
    ActivityIndexPage,
    ActivityKind,
    ActivityPage,
    ArticleIndexPage,
    ArticlePage,
    CampaignIndexPage,
    CampaignPage,
    Clause,
    FaqEntry,
    FaqIndexPage,
    FaqPage,
    NoticeIndexPage,
    NoticePage,
    PolicyIndexPage,
    PolicyPage,
    ServiceGuidePage,
    ServiceIndexPage,
    StoryIndexPage,
    StoryPage,
    TemplateFolder,
    TrainingForm,
    TrainingIndexPage,
    TrainingPage,
    TrainingSession,
)
from services.publishing.actions.files import look_into


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


def training(
    title: str = "主任培训班", *, starts: int = 3, form: str = "class", sessions: int = 2, live=True, **fields
):
    """A training of one day, so many days from today; each session is credited with three hours."""
    day = timezone.localdate() + timedelta(days=starts)
    fields |= {"starts_on": day, "ends_on": day, "form": TrainingForm.objects.get(slug=form)}
    noon = timezone.make_aware(datetime(day.year, day.month, day.day, 12))
    rows = [
        TrainingSession(
            sort_order=number,
            title=f"第{number}讲",
            speaker="示例丙",
            speaker_post="示例党校",
            starts_at=noon + timedelta(hours=2 * number),
            ends_at=noon + timedelta(hours=2 * number + 1, minutes=30),
            hours=3,
        )
        for number in range(sessions)
    ]
    return _add(TrainingIndexPage.objects.get(), TrainingPage(title=title, sessions=rows, **fields), live=live)


def notice(title: str = "体检点搬迁", *, days: int = 0, valid: int | None = None, live=True, **fields) -> NoticePage:
    """A notice of so many days ago that counts so many days from today, or for good."""
    today = timezone.localdate()
    fields["date"] = today - timedelta(days=days)
    fields["valid_until"] = None if valid is None else today + timedelta(days=valid)
    return _add(NoticeIndexPage.objects.get(), NoticePage(title=title, **fields), live=live)


def policy(title: str = "示例市筛查办法", *, clauses: tuple[str, ...] = ("第三条",), live=True, **fields) -> PolicyPage:
    """A rule in force since 2024 with clauses of these numbers."""
    fields = {"issuing_body": "示例市总工会", "issued_on": date(2024, 1, 2), "in_force_from": date(2024, 2, 1)} | fields
    rows = [
        Clause(sort_order=n, number=number, text=f"<p>{escape(number)}的内容</p>") for n, number in enumerate(clauses)
    ]
    return _add(PolicyIndexPage.objects.get(), PolicyPage(title=title, clauses=rows, **fields), live=live)


def questions(title: str = "体检问答", *pairs: tuple[str, str], live=True, **fields) -> FaqPage:
    rows = [
        FaqEntry(sort_order=number, question=question, answer=f"<p>{escape(answer)}</p>")
        for number, (question, answer) in enumerate(pairs or (("要空腹吗", "要空腹"),))
    ]
    return _add(FaqIndexPage.objects.get(), FaqPage(title=title, questions=rows, **fields), live=live)


def story(title: str = "一根针", *, live=True, **fields) -> StoryPage:
    today = timezone.localdate()
    fields = {"person": "示例甲", "workplace": "示例服装厂", "date": today, "agreed_on": today} | fields
    return _add(StoryIndexPage.objects.get(), StoryPage(title=title, **fields), live=live)


def activity(title: str = "走访慰问", *, days: int = 1, live=True, **fields) -> ActivityPage:
    fields = {"kind": ActivityKind.VISIT, "date": timezone.localdate() - timedelta(days=days)} | fields
    return _add(ActivityIndexPage.objects.get(), ActivityPage(title=title, **fields), live=live)


def page_template(title: str = "三八活动（模板）", *, day: date = date(2026, 3, 2), **fields) -> CampaignPage:
    """A campaign among the page templates, of eight days, with one thing on the second of them at nine."""
    second = timezone.make_aware(datetime(day.year, day.month, day.day, 9)) + timedelta(days=1)
    fields.setdefault("body", [("schedule", {"entries": [{"starts": second, "title": "读书会"}]})])
    page = CampaignPage(title=title, starts_on=day, ends_on=day + timedelta(days=7), **fields)
    page = _add(TemplateFolder.objects.get(), page, live=False)
    page.save_revision()
    return page


def picture(title: str = "木棉花", description: str = "一朵木棉花"):
    """An image of 640 × 480 pixels in the library."""
    file = get_test_image_file()
    return get_image_model().objects.create(title=title, description=description, file=file)


def document(name: str = "讲义.txt", content: bytes = b"x"):
    """A document of the library that was looked into, as happens right after the upload."""
    file = ContentFile(content, name=name)
    made = get_document_model().objects.create(title=name.partition(".")[0], file=file)
    look_into(made.pk, now=timezone.now())
    return made
