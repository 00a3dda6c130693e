"""Notices (通知公告): what changes, what is wanted by when; over after their last day, but still found."""

from datetime import date

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from wagtail.admin.panels import FieldPanel, FieldRowPanel
from wagtail.search import index

from cms_pages.models.listing_page import ListingPage
from cms_pages.models.public_page import BodyPage
from services.foundation import clock


class NoticeKind(models.TextChoices):
    ANNOUNCEMENT = "announcement", _("Announcement")
    CALL = "call", _("Call to take part")
    CHANGE = "change", _("Change of time or place")
    RESULT = "result", pgettext_lazy("of a notice", "Results")


def counting(today: date, *, on: str = "") -> models.Q:
    """Notices that count on a day; ``on`` leads to them from a query of something else."""
    until = f"{on}valid_until"
    return models.Q(**{f"{until}__isnull": True}) | models.Q(**{f"{until}__gte": today})


class NoticePage(BodyPage):
    kind = models.CharField(_("kind of notice"), max_length=12, choices=NoticeKind, default=NoticeKind.ANNOUNCEMENT)
    date = models.DateField(_("date"), help_text=_("As printed above the text."))
    number = models.CharField(_("reference number"), max_length=40, blank=True)
    valid_until = models.DateField(
        _("counts until"),
        null=True,
        blank=True,
        help_text=_("After this day it is marked as over and leaves the home page. Empty: it counts on."),
    )
    pinned = models.BooleanField(
        _("above the others"), default=False, help_text=_("As long as it counts. For what nobody may miss.")
    )

    content_panels = [
        *BodyPage.content_panels,
        FieldRowPanel([FieldPanel("kind"), FieldPanel("number")]),
        FieldRowPanel([FieldPanel("date"), FieldPanel("valid_until")]),
        FieldPanel("pinned"),
        FieldPanel("body"),
        *BodyPage.filing_panels,
        BodyPage.english_panel,
    ]
    search_fields = [*BodyPage.search_fields, index.SearchField("number"), index.FilterField("date")]
    parent_page_types = ["cms_pages.NoticeIndexPage", "cms_pages.SectionPage", "cms_pages.TemplateFolder"]
    subpage_types = []
    template = "cms_pages/notice_page.html"
    page_description = _("Something that changes, is wanted or was decided, until a day.")

    class Meta:
        verbose_name = _("notice to everybody")
        verbose_name_plural = _("notices to everybody")

    def clean(self):
        super().clean()
        if self.date and self.valid_until and self.valid_until < self.date:
            raise ValidationError({"valid_until": _("This day lies before the date of the notice.")})

    def get_context(self, request, *args, **kwargs):
        over = self.valid_until is not None and self.valid_until < clock.today()
        return super().get_context(request, *args, **kwargs) | {"over": over}


class NoticeIndexPage(ListingPage):
    parent_page_types = ["cms_pages.HomePage"]
    subpage_types = ["cms_pages.NoticePage"]
    template = "cms_pages/notice_index_page.html"
    year_field = "date"
    kind_field = "kind"
    kind_label = _("kind of notice")

    class Meta:
        verbose_name = _("list of notices")
        verbose_name_plural = _("lists of notices")

    def entries(self) -> models.QuerySet:
        """What is pinned here and counts first, then the newest: an organisation pins in its own section alone."""
        here = models.Q(pinned=True, path__startswith=self.path)
        first = models.Case(models.When(counting(clock.today()) & here, then=0), default=1)
        found = self.everywhere(NoticePage)
        return found.order_by(first, "-date", "-pk")

    def get_context(self, request, *args, **kwargs):
        return super().get_context(request, *args, **kwargs) | {"today": clock.today()}
