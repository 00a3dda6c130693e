"""Laws and rules (政策法规): who issued them, whether they are in force, their clauses, and what rests on each."""

from datetime import date

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel, MultiFieldPanel, PageChooserPanel
from wagtail.fields import RichTextField
from wagtail.models import Orderable
from wagtail.search import index

from cms_pages.forms import PolicyForm, clause_number
from cms_pages.models.listing_page import ListingPage
from cms_pages.models.public_page import BodyPage
from services.foundation import clock


class Rank(models.TextChoices):
    """By the standing of what was issued, the highest first."""

    LAW = "law", _("Law")
    REGULATION = "regulation", _("Administrative regulation")
    LOCAL = "local", _("Local regulation")
    RULE = "rule", _("Ministerial rule or normative document")
    UNION = "union", _("Rule of the trade union")


class PolicyPage(BodyPage):
    """``status(day)`` is never typed: it follows from the three days."""

    base_form_class = PolicyForm

    rank = models.CharField(_("rank"), max_length=12, choices=Rank, default=Rank.RULE)
    issuing_body = models.CharField(_("issued by"), max_length=80)
    number = models.CharField(pgettext_lazy("of a document", "document number"), max_length=60, blank=True)
    issued_on = models.DateField(_("issued on"))
    in_force_from = models.DateField(_("in force from"))
    repealed_on = models.DateField(
        _("repealed from"), null=True, blank=True, help_text=_("The first day on which it no longer counts.")
    )
    replaced_by = models.ForeignKey(
        "cms_pages.PolicyPage",
        verbose_name=_("what counts instead"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )

    content_panels = [
        *BodyPage.content_panels,
        FieldRowPanel([FieldPanel("rank"), FieldPanel("issuing_body"), FieldPanel("number")]),
        MultiFieldPanel(
            [
                FieldRowPanel([FieldPanel("issued_on"), FieldPanel("in_force_from"), FieldPanel("repealed_on")]),
                PageChooserPanel("replaced_by"),
            ],
            heading=_("When it counts"),
        ),
        InlinePanel("clauses", heading=_("Clauses"), label=pgettext_lazy("of a law", "Clause"), max_num=300),
        FieldPanel("body"),
        *BodyPage.filing_panels,
        BodyPage.english_panel,
    ]
    search_fields = [
        *BodyPage.search_fields,
        index.SearchField("issuing_body"),
        index.SearchField("number"),
        index.SearchField("clause_words"),
        index.FilterField("issued_on"),
    ]
    parent_page_types = ["cms_pages.PolicyIndexPage"]
    subpage_types = []
    template = "cms_pages/policy_page.html"
    page_description = _("A law or rule with its clauses and the services that rest on them.")

    class Meta:
        verbose_name = _("law or rule")
        verbose_name_plural = _("laws and rules")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(repealed_on__isnull=True) | models.Q(repealed_on__gt=models.F("in_force_from")),
                name="cms_policy_period",
                violation_error_message=_("It can't be repealed before it comes into force."),
            )
        ]

    def clean(self):
        super().clean()
        errors = {}
        if self.issued_on and self.in_force_from and self.in_force_from < self.issued_on:
            errors["in_force_from"] = _("It can't be in force before it is issued.")
        if self.in_force_from and self.repealed_on and self.repealed_on <= self.in_force_from:
            errors["repealed_on"] = _("It can't be repealed before it comes into force.")
        if self.replaced_by_id and not self.repealed_on:
            errors["repealed_on"] = _("Since when does the other one count instead?")
        if errors:
            raise ValidationError(errors)

    def clause_words(self) -> str:
        """The clauses, for the search."""
        return "\n".join(f"{one.number} {one.text}" for one in self.clauses.all())

    def status(self, day: date) -> str:
        """``coming``, ``in_force`` or ``repealed`` on that day."""
        if self.repealed_on and day >= self.repealed_on:
            return "repealed"
        return "in_force" if day >= self.in_force_from else "coming"

    def clauses_relied_on(self) -> dict[str, list[str]]:
        """Clause numbers that service guides name, with the titles of these guides."""
        named: dict[str, list[str]] = {}
        if self.pk:
            for number, title in self.bases_here.values_list("clause", "page__title").order_by("page__title"):
                named.setdefault(number, []).append(title)
        return named

    def get_context(self, request, *args, **kwargs):
        context = super().get_context(request, *args, **kwargs)
        guides: dict[str, list] = {}
        for base in self.bases_here.filter(page__live=True).select_related("page").order_by("page__path"):
            guides.setdefault(base.clause, []).append(base.page)
        clauses = [{"clause": one, "guides": guides.pop(one.number, [])} for one in self.clauses.all()]
        instead = self.replaced_by if self.replaced_by_id and self.replaced_by.live else None
        more = {page.pk: page for pages in guides.values() for page in pages}
        status = self.status(clock.today())
        return context | {"clauses": clauses, "guides": list(more.values()), "status": status, "instead": instead}


class Clause(Orderable):
    """One clause. Guides name it by its number, so that a link holds when the law is published anew.

    The form keeps numbers apart, not a constraint: two that change places are saved one after the other.
    """

    page = ParentalKey(PolicyPage, on_delete=models.CASCADE, related_name="clauses")
    number = models.CharField(
        pgettext_lazy("of a clause", "number"), max_length=20, help_text=_("As it is cited, for example 第三十一条.")
    )
    text = RichTextField(pgettext_lazy("of a clause", "text"), features=["bold", "ol", "ul"])

    panels = [FieldPanel("number"), FieldPanel("text")]

    class Meta(Orderable.Meta):
        verbose_name = pgettext_lazy("of a law", "clause")

    def __str__(self) -> str:
        return self.number

    def clean(self):
        self.number = clause_number(self.number)

    @property
    def anchor(self) -> str:
        return anchor_of(self.number)


def anchor_of(number: str) -> str:
    """The name by which an address points at a clause."""
    return f"c-{clause_number(number)}"


class PolicyIndexPage(ListingPage):
    parent_page_types = ["cms_pages.HomePage"]
    subpage_types = ["cms_pages.PolicyPage"]
    template = "cms_pages/policy_index_page.html"
    year_field = "issued_on"
    kind_field = "rank"
    kind_label = _("rank")

    class Meta:
        verbose_name = _("library of laws and rules")
        verbose_name_plural = _("libraries of laws and rules")

    def entries(self) -> models.QuerySet:
        """What counts first, of that the highest in rank; newest first."""
        gone = models.Case(models.When(repealed_on__lte=clock.today(), then=1), default=0)
        ranks = [models.When(rank=rank, then=place) for place, rank in enumerate(Rank.values)]
        found = PolicyPage.objects.child_of(self).live().public().defer_streamfields()
        return found.order_by(gone, models.Case(*ranks), "-issued_on", "-pk")

    def get_context(self, request, *args, **kwargs):
        context = super().get_context(request, *args, **kwargs)
        today = clock.today()
        for policy in context["entries"]:
            policy.shown_status = policy.status(today)
        return context
