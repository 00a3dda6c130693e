"""Questions and answers (常见问题): a page for each group, a row for each question, so that every one can be found."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel, InlinePanel, PageChooserPanel
from wagtail.fields import RichTextField
from wagtail.models import Orderable
from wagtail.search import index

from cms_pages.blocks import RICH_FEATURES
from cms_pages.models.listing_page import ListingPage
from cms_pages.models.public_page import ReadingPage

LONGEST_WORDS = 40


class FaqPage(ReadingPage):
    content_panels = [
        *ReadingPage.content_panels,
        InlinePanel("questions", heading=_("Questions"), label=_("Question"), min_num=1, max_num=60),
        *ReadingPage.filing_panels,
        ReadingPage.english_panel,
    ]
    search_fields = [*ReadingPage.search_fields, index.SearchField("question_words")]
    parent_page_types = ["cms_pages.FaqIndexPage"]
    subpage_types = []
    template = "cms_pages/faq_page.html"
    page_description = _("A group of questions with their answers.")

    class Meta:
        verbose_name = _("group of questions")
        verbose_name_plural = _("groups of questions")

    def question_words(self) -> str:
        """Questions and answers, for the search."""
        return "\n".join(f"{one.question} {one.answer}" for one in self.questions.all())

    def get_context(self, request, *args, **kwargs):
        context = super().get_context(request, *args, **kwargs)
        return context | {"questions": self.questions.select_related("guide")}


class FaqEntry(Orderable):
    """One question. Its address is its group's with ``#q`` and its key."""

    page = ParentalKey(FaqPage, on_delete=models.CASCADE, related_name="questions")
    question = models.CharField(_("question"), max_length=100, help_text=_("In the words in which women ask it."))
    answer = RichTextField(_("answer"), features=RICH_FEATURES)
    guide = models.ForeignKey(
        "cms_pages.ServiceGuidePage",
        verbose_name=_("service it is about"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )

    panels = [FieldPanel("question"), FieldPanel("answer"), PageChooserPanel("guide")]

    class Meta(Orderable.Meta):
        verbose_name = _("question")

    def __str__(self) -> str:
        return self.question

    @property
    def anchor(self) -> str:
        return f"q{self.pk}"


class FaqIndexPage(ListingPage):
    parent_page_types = ["cms_pages.HomePage"]
    subpage_types = ["cms_pages.FaqPage"]
    template = "cms_pages/faq_index_page.html"

    class Meta:
        verbose_name = _("list of questions")
        verbose_name_plural = _("lists of questions")

    def entries(self) -> models.QuerySet:
        """In the order in which editors put them, each with its questions."""
        return FaqPage.objects.child_of(self).live().public().order_by("path").prefetch_related("questions")

    def get_context(self, request, *args, **kwargs):
        words = " ".join(request.GET.get("q", "").replace("\0", "").split())[:LONGEST_WORDS]
        return super().get_context(request, *args, **kwargs) | {"words": words, "found": self.found(words)}

    def found(self, words: str) -> list[FaqEntry] | None:
        """Questions that hold every word in themselves or their answer, at most fifty; ``None`` without words."""
        if not words:
            return None
        pages = FaqPage.objects.child_of(self).live().public()
        entries = FaqEntry.objects.filter(page__in=pages).select_related("page")
        for word in words.split():
            entries = entries.filter(models.Q(question__icontains=word) | models.Q(answer__icontains=word))
        return list(entries.order_by("page__path", "sort_order")[:50])
