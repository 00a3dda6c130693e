"""Training of women cadres (培训): in which form, when, by whom, with which papers, for how many hours."""

from decimal import Decimal

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.forms import Select
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel
from wagtail.fields import StreamField
from wagtail.models import Orderable
from wagtail.search import index

from cms_pages.blocks import FilesBlock
from cms_pages.models.listing_page import ListingPage
from cms_pages.models.offered import OffersActivity
from cms_pages.models.public_page import BodyPage, period_panels
from services.foundation import clock

MOST_HOURS = Decimal(24)


class TrainingPage(OffersActivity, BodyPage):
    # Empty only where a form was deleted: a draft that names one that is gone must still open.
    form = models.ForeignKey(
        "cms_pages.TrainingForm",
        verbose_name=_("form of training"),
        null=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    starts_on = models.DateField(_("from"))
    ends_on = models.DateField(_("until"))
    place = models.CharField(pgettext_lazy("where something happens", "place"), max_length=80, blank=True)
    audience = models.CharField(_("for whom"), max_length=120, blank=True)
    materials = StreamField(
        [("files", FilesBlock())],
        verbose_name=_("papers to read"),
        blank=True,
        max_num=1,
        help_text=_("Slides and hand-outs, from the documents of this site."),
    )

    content_panels = [
        *BodyPage.content_panels,
        # Of a few; and Wagtail's chooser would keep the language of whoever opened it first.
        FieldRowPanel([FieldPanel("form", widget=Select), FieldPanel("audience")]),
        period_panels(),
        FieldPanel("activity"),
        InlinePanel("sessions", heading=_("Sessions"), label=pgettext_lazy("of a training", "Session"), max_num=40),
        FieldPanel("materials"),
        FieldPanel("cover"),
        FieldPanel("body"),
        *BodyPage.filing_panels,
        BodyPage.english_panel,
    ]
    search_fields = [
        *BodyPage.search_fields,
        index.SearchField("place"),
        index.SearchField("audience"),
        index.SearchField("session_words"),
        index.FilterField("form"),
        index.FilterField("starts_on"),
    ]
    parent_page_types = ["cms_pages.TrainingIndexPage", "cms_pages.SectionPage", "cms_pages.TemplateFolder"]
    subpage_types = []
    template = "cms_pages/training_page.html"
    page_description = _("A meeting, class or symposium with its sessions and papers.")

    class Meta:
        verbose_name = _("training")
        verbose_name_plural = _("trainings")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(starts_on__lte=models.F("ends_on")),
                name="cms_training_period",
                violation_error_message=_("A training must start before it ends."),
            )
        ]

    def clean(self):
        super().clean()
        if self.starts_on and self.ends_on and self.starts_on > self.ends_on:
            raise ValidationError({"ends_on": _("A training must start before it ends.")})

    def session_words(self) -> str:
        """Titles and speakers, for the search."""
        return "\n".join(f"{one.title} {one.speaker} {one.speaker_post}" for one in self.sessions.all())

    def phase(self, today) -> str:
        """``coming``, ``running`` or ``over`` on that day."""
        if today < self.starts_on:
            return "coming"
        return "running" if today <= self.ends_on else "over"

    def get_context(self, request, *args, **kwargs):
        context = super().get_context(request, *args, **kwargs)
        sessions = list(self.sessions.all())
        hours = sum((one.hours for one in sessions if one.hours), Decimal(0))
        return context | {"sessions": sessions, "hours": hours, "phase": self.phase(clock.today())} | self.offered()


class TrainingSession(Orderable):
    """One part of a training. ``hours`` are hours of training (学时) as they are credited, not minutes on the clock."""

    page = ParentalKey(TrainingPage, on_delete=models.CASCADE, related_name="sessions")
    starts_at = models.DateTimeField(_("Starts"))
    ends_at = models.DateTimeField(_("Ends"))
    title = models.CharField(pgettext_lazy("of a session", "subject"), max_length=80)
    speaker = models.CharField(_("speaker"), max_length=40, blank=True)
    speaker_post = models.CharField(_("where she or he works"), max_length=80, blank=True)
    place = models.CharField(pgettext_lazy("where something happens", "place"), max_length=80, blank=True)
    hours = models.DecimalField(
        _("hours of training"),
        max_digits=4,
        decimal_places=1,
        null=True,
        blank=True,
        validators=[MinValueValidator(Decimal("0.5")), MaxValueValidator(MOST_HOURS)],
        help_text=_("As they are credited. Empty: none are."),
    )

    panels = [
        FieldPanel("title"),
        FieldRowPanel([FieldPanel("starts_at"), FieldPanel("ends_at")]),
        FieldRowPanel([FieldPanel("speaker"), FieldPanel("speaker_post")]),
        FieldRowPanel([FieldPanel("place"), FieldPanel("hours")]),
    ]

    class Meta(Orderable.Meta):
        verbose_name = pgettext_lazy("of a training", "session")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(starts_at__lt=models.F("ends_at")),
                name="cms_session_period",
                violation_error_message=_("A session must start before it ends."),
            ),
            models.CheckConstraint(
                condition=models.Q(hours__isnull=True) | models.Q(hours__gt=0), name="cms_session_hours"
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def clean(self):
        if self.starts_at and self.ends_at and self.starts_at >= self.ends_at:
            raise ValidationError({"ends_at": _("A session must start before it ends.")})


class TrainingIndexPage(ListingPage):
    parent_page_types = ["cms_pages.HomePage"]
    subpage_types = ["cms_pages.TrainingPage"]
    template = "cms_pages/training_index_page.html"
    year_field = "starts_on"
    kind_field = "form"
    kind_label = _("form of training")

    class Meta:
        verbose_name = _("list of trainings")
        verbose_name_plural = _("lists of trainings")

    def entries(self) -> models.QuerySet:
        """Those not over yet in the order in which they start, then the past ones, newest first."""
        ahead = models.Q(ends_on__gte=clock.today())
        over = models.Case(models.When(ahead, then=0), default=1)
        start = models.Case(models.When(ahead, then="starts_on"))
        found = self.everywhere(TrainingPage)
        return found.select_related("form").order_by(over, start, "-starts_on", "-pk")

    def get_context(self, request, *args, **kwargs):
        return super().get_context(request, *args, **kwargs) | {"today": clock.today()}
