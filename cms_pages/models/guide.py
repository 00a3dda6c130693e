"""Service guides (办事指南): who may, with what, how, whom to call, and how the service stands right now."""

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel, MultiFieldPanel, PageChooserPanel
from wagtail.fields import RichTextField, StreamField
from wagtail.models import Orderable
from wagtail.search import index

from cms_pages import live
from cms_pages.blocks import RICH_FEATURES, BodyBlock, StepsBlock
from cms_pages.forms import GuideForm, clause_number
from cms_pages.models.listing_page import ListingPage
from cms_pages.models.policy import Clause, anchor_of
from cms_pages.models.public_page import ReadingPage
from services.foundation import clock


class GuideService(models.TextChoices):
    """Services other than screening that tell how they stand; the value is the label of the app."""

    RELIEF = "relief", _("Help when money is short")
    MUTUAL_AID = "mutual_aid", pgettext_lazy("service of a guide", "Mutual aid")


class ServiceGuidePage(ReadingPage):
    shows_live_state = True
    base_form_class = GuideForm

    programme = models.ForeignKey(
        "screening.Programme",
        verbose_name=_("screening programme"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text=_("Its sign-up window and places left are shown live, with the button to book."),
    )
    # The column came later: without a value it is added and no row is written.
    service = models.CharField(  # noqa: DJ001
        _("other service"),
        max_length=12,
        choices=GuideService,
        blank=True,
        null=True,
        help_text=_("What it offers at present is shown live, with the button that leads into it."),
    )
    eligibility = RichTextField(
        _("who may take part"),
        features=RICH_FEATURES,
        blank=True,
        help_text=_("In plain words. The exact rules are those of the programme's terms."),
    )
    documents = RichTextField(_("what to bring"), features=RICH_FEATURES, blank=True)
    steps = StreamField(
        [("steps", StepsBlock())],
        verbose_name=_("how it goes"),
        blank=True,
        max_num=1,
        help_text=_("Two to nine steps."),
    )
    body = StreamField(BodyBlock(), verbose_name=_("more"), blank=True)
    contact_office = models.CharField(_("office"), max_length=80, blank=True)
    contact_phone = models.CharField(_("telephone"), max_length=30, blank=True)
    contact_hours = models.CharField(_("hours"), max_length=80, blank=True)

    content_panels = [
        *ReadingPage.content_panels,
        FieldPanel("programme"),
        FieldPanel("service"),
        FieldPanel("eligibility"),
        FieldPanel("documents"),
        FieldPanel("steps"),
        FieldPanel("body"),
        MultiFieldPanel(
            [
                FieldPanel("contact_office"),
                FieldRowPanel([FieldPanel("contact_phone"), FieldPanel("contact_hours")]),
            ],
            heading=_("Whom to call"),
        ),
        InlinePanel(
            "bases",
            heading=_("What it rests on"),
            label=pgettext_lazy("of a service", "Legal basis"),
            max_num=12,
            help_text=_(
                "The clauses that give her this. On the page of the law, each clause leads back to this guide."
            ),
        ),
        *ReadingPage.filing_panels,
        ReadingPage.english_panel,
    ]
    search_fields = [
        *ReadingPage.search_fields,
        index.SearchField("eligibility"),
        index.SearchField("documents"),
        index.SearchField("steps"),
        index.SearchField("body"),
        index.SearchField("basis_words"),
    ]
    parent_page_types = ["cms_pages.ServiceIndexPage"]
    subpage_types = []
    template = "cms_pages/service_guide_page.html"
    page_description = _("How to get one service, with its live state.")

    class Meta:
        verbose_name = _("service guide")
        verbose_name_plural = _("service guides")

    def get_context(self, request, *args, **kwargs):
        context = super().get_context(request, *args, **kwargs)
        now = clock.now()
        shown = {"state": live.state_of(self.programme_id, now=now), "offered": live.offered(self.service, now=now)}
        return context | shown | {"as_of": now, "bases": self._bases}

    def clean(self):
        super().clean()
        if self.programme_id and self.service:
            raise ValidationError({"service": _("Choose a screening programme or another service, not both.")})

    def basis_words(self) -> str:
        """The laws it rests on, for the search."""
        return "\n".join(f"{base.policy.title} {base.clause}" for base in self.bases.all())

    def _bases(self) -> list[dict]:
        """Each clause with its text, in two queries; of a law that isn't public nothing is shown."""
        bases = [base for base in self.bases.select_related("policy") if base.policy.live]
        texts = {
            (clause.page_id, clause.number): clause.text
            for clause in Clause.objects.filter(page__in=[base.policy_id for base in bases])
        }
        return [{"basis": base, "text": texts.get((base.policy_id, base.clause), "")} for base in bases]


class GuideBasis(Orderable):
    """A clause that a service rests on: the law, and the number of the clause in it."""

    page = ParentalKey(ServiceGuidePage, on_delete=models.CASCADE, related_name="bases")
    policy = models.ForeignKey(
        "cms_pages.PolicyPage",
        verbose_name=_("law or rule"),
        on_delete=models.CASCADE,
        related_name="bases_here",
    )
    clause = models.CharField(
        _("number of the clause"),
        max_length=20,
        help_text=_("As it stands on the page of the law, for example 第三十一条."),
    )
    means = models.CharField(
        _("what it gives her"), max_length=120, blank=True, help_text=_("In one plain sentence, to her.")
    )

    panels = [PageChooserPanel("policy"), FieldPanel("clause"), FieldPanel("means")]

    class Meta(Orderable.Meta):
        verbose_name = pgettext_lazy("of a service", "legal basis")

    def __str__(self) -> str:
        return f"{self.policy} {self.clause}"

    def clean(self):
        self.clause = clause_number(self.clause)

    @property
    def anchor(self) -> str:
        return anchor_of(self.clause)


class ServiceIndexPage(ListingPage):
    shows_live_state = True

    parent_page_types = ["cms_pages.HomePage"]
    subpage_types = ["cms_pages.ServiceGuidePage"]
    template = "cms_pages/service_index_page.html"

    class Meta:
        verbose_name = _("list of services")
        verbose_name_plural = _("lists of services")

    def entries(self) -> models.QuerySet:
        """In the order in which editors put them."""
        return ServiceGuidePage.objects.child_of(self).live().public().defer_streamfields().order_by("path")

    def get_context(self, request, *args, **kwargs):
        context = super().get_context(request, *args, **kwargs)
        now = clock.now()
        states = live.states_by_programme(now=now)
        firsts = live.first_of_each({guide.service for guide in context["entries"]}, now=now)
        for guide in context["entries"]:
            guide.state, guide.first = states.get(guide.programme_id), firsts.get(guide.service)
        return context | {"as_of": now}
