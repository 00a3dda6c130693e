"""The index of search: what was indexed of each page, its terms, and words that mean the same."""

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel

from cms_pages import terms


class SearchEntry(models.Model):
    """One live page as it is found: its words without mark-up, and what readers narrow results by.

    ``topics`` holds their words in addresses between bars. ``published_at`` is the page's own: where it differs, the
    index lags behind.
    """

    page = models.OneToOneField("wagtailcore.Page", primary_key=True, on_delete=models.CASCADE, related_name="+")
    kind = models.CharField(max_length=60)
    title = models.CharField(max_length=400)
    summary = models.TextField(blank=True)
    body = models.TextField(blank=True)
    organization = models.ForeignKey(
        "organizations.Organization", null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    topics = models.CharField(max_length=400, blank=True)
    shown_on = models.DateField(null=True)
    published_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("entry of the search index")
        verbose_name_plural = _("entries of the search index")
        indexes = [models.Index(fields=["-shown_on"], name="cms_search_newest")]

    def __str__(self) -> str:
        return self.title


class Posting(models.Model):
    """A page has a term, which weighs so much: 12 in the title, else 4 in the introduction, else 1
    in the text, and 1 more for each further part that has it.

    The key is all there is to a row, so the database answers from it alone. A page has a term once: whoever writes
    holds the lock of its entry. Rows go with the entry (``indexing``), not by a cascade that would load them.
    """

    pk = models.CompositePrimaryKey("term", "entry_id", "weight")
    term = models.BigIntegerField()
    weight = models.SmallIntegerField()
    entry = models.ForeignKey(SearchEntry, on_delete=models.DO_NOTHING, db_constraint=False, related_name="+")

    class Meta:
        verbose_name = _("term of a page")
        verbose_name_plural = _("terms of pages")


class Synonyms(models.Model):
    """Words any of which finds the pages that use another of them."""

    words = models.CharField(
        _("words"),
        max_length=200,
        help_text=_("Two or more that mean the same, with commas between them, for example 两癌, 宫颈癌, 乳腺癌."),
    )

    panels = [FieldPanel("words")]

    class Meta:
        verbose_name = _("words that mean the same")
        verbose_name_plural = _("words that mean the same")
        ordering = ["words"]

    def __str__(self) -> str:
        return self.words

    @property
    def group(self) -> list[str]:
        """The words in their normal form, each once."""
        parts = self.words.replace("，", ",").replace("、", ",").split(",")
        return list(dict.fromkeys(filter(None, ("".join(terms.normal(part).split()) for part in parts))))

    def clean(self):
        super().clean()
        if len(self.group) < 2 or any(len(word) < 2 for word in self.group):
            raise ValidationError(
                {"words": _("Give two or more words of at least two characters, with commas between.")}
            )
