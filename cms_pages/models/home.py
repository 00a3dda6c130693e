"""The home page: what is on, what can I get, where is mine; below that, what editors put there in their order."""

from collections.abc import Callable
from datetime import date

from django.db.models import Case, Exists, OuterRef, Q, QuerySet, When
from django.db.models.functions import Length, Substr
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.admin.panels import FieldPanel
from wagtail.fields import StreamField
from wagtail.models import Page

from cms_pages import freshness, live
from cms_pages.blocks import CalloutBlock, ParagraphBlock
from cms_pages.home_figures import HomeFigures, home_figures
from cms_pages.models.activity import ActivityPage
from cms_pages.models.article import ArticlePage
from cms_pages.models.campaign import CampaignPage
from cms_pages.models.notice import NoticePage, counting
from cms_pages.models.public_page import PublicPage
from cms_pages.models.section import SectionPage
from cms_pages.models.story import StoryPage
from cms_pages.models.training import TrainingPage, TrainingSession
from services.foundation import clock


class ListSectionBlock(blocks.StructBlock):
    """A heading over the newest pages of one kind."""

    title = blocks.CharBlock(label=_("Heading"), max_length=30)
    count = blocks.IntegerBlock(label=_("How many"), min_value=1, max_value=6, default=3)


class HomeSections(blocks.StreamBlock):
    """Every list is the same block under the name of what it lists; each may stand once, in any order."""

    services = ListSectionBlock(label=_("Services open now"), icon="calendar-check")
    notices = ListSectionBlock(label=_("Notices that count"), icon="warning")
    campaigns = ListSectionBlock(label=_("Campaigns running or coming"), icon="date")
    trainings = ListSectionBlock(label=_("Trainings running or coming"), icon="group")
    articles = ListSectionBlock(label=_("Newest articles"), icon="doc-full")
    activities = ListSectionBlock(label=_("Newest activity records"), icon="image")
    stories = ListSectionBlock(label=_("Newest role-model stories"), icon="user")
    figures = ListSectionBlock(label=_("Figures of this year"), icon="list-ol")
    callout = CalloutBlock()
    text = ParagraphBlock()

    class Meta:
        block_counts = {
            name: {"max_num": 1}
            for name in (
                *("services", "notices", "campaigns", "trainings", "articles", "activities", "stories", "figures"),
            )
        }


class HomePage(PublicPage):
    shows_live_state = True

    sections = StreamField(HomeSections(), verbose_name=_("sections below the three questions"), blank=True)

    content_panels = [*PublicPage.content_panels, FieldPanel("sections"), PublicPage.english_panel]
    parent_page_types = ["wagtailcore.Page"]
    subpage_types = [
        "cms_pages.SectionPage",
        *(
            f"cms_pages.{kind}IndexPage"
            for kind in ("Service", "Notice", "Campaign", "Training", "Article", "Policy", "Faq", "Story", "Activity")
        ),
    ]
    max_count = 1
    template = "cms_pages/home_page.html"

    class Meta:
        verbose_name = _("home page")
        verbose_name_plural = _("home pages")

    def get_context(self, request, *args, **kwargs):
        context = super().get_context(request, *args, **kwargs)
        now, today = clock.now(), clock.today()
        counts = {section.block_type: section.value["count"] for section in self.sections if "count" in section.value}
        # The first campaign stands under one of the three questions, whatever the sections are.
        wanted = {"campaigns": 1} | {name: number for name, number in counts.items() if name in _LISTED}
        lists = freshness.remembered(
            ("newest", today, *sorted(wanted.items())),
            lambda: {name: list(self._newest(name, today)[:number]) for name, number in wanted.items()},
        )
        return context | {
            **{name: lists.get(name, []) for name in _LISTED},
            "services": live.open_states(now=now)[: counts.get("services", 1)],
            "figures": self._figures(today).told(counts["figures"]) if "figures" in counts else [],
            "as_of": now,
            "today": today,
        }

    def _newest(self, name: str, today: date) -> QuerySet:
        model, chosen = _LISTED[name]
        return chosen(model.objects.live().public().descendant_of(self).defer_streamfields(), today)

    def _figures(self, today: date) -> HomeFigures:
        def shown(model) -> QuerySet:
            return model.objects.live().public().descendant_of(self)

        return freshness.remembered(
            ("figures", today),
            lambda: home_figures(
                today,
                trainings=shown(TrainingPage),
                sessions=TrainingSession.objects.all(),
                activities=shown(ActivityPage),
            ),
        )


def _not_over(pages: QuerySet, today: date) -> QuerySet:
    """The first to start first."""
    return pages.filter(ends_on__gte=today).order_by("starts_on", "pk")


def _counting(pages: QuerySet, today: date) -> QuerySet:
    """What is pinned in the list of notices first; an organisation pins in its own section alone."""
    above = Substr(OuterRef("path"), 1, Length(OuterRef("path")) - Page.steplen)
    pinned = Q(pinned=True) & ~Exists(SectionPage.objects.filter(path=above))
    first = Case(When(pinned, then=0), default=1)
    return pages.filter(counting(today)).order_by(first, "-date", "-pk")


def _newest_first(pages: QuerySet, today: date) -> QuerySet:
    return pages.order_by("-date", "-pk")


def _pictured(pages: QuerySet, today: date) -> QuerySet:
    return _newest_first(pages, today).select_related("cover")


_LISTED: dict[str, tuple[type, Callable]] = {
    "notices": (NoticePage, _counting),
    "campaigns": (CampaignPage, _not_over),
    "trainings": (TrainingPage, lambda pages, today: _not_over(pages, today).select_related("form")),
    "articles": (ArticlePage, _newest_first),
    "activities": (ActivityPage, _pictured),
    "stories": (StoryPage, _pictured),
}
