"""What editors keep once and use on many pages: topics, and the forms that training takes."""

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import get_language, pgettext_lazy
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.search import index

from services.publishing.forms.words import refuse_numbers


class Named(index.Indexed, models.Model):
    """Abstract: a name in both languages, a short word for addresses, a place in the list."""

    name = models.CharField(pgettext_lazy("of a topic", "name"), max_length=20, unique=True)
    name_en = models.CharField(_("name in English"), max_length=60, blank=True)
    slug = models.SlugField(
        _("word in addresses"), max_length=40, unique=True, help_text=_("Letters a to z, digits and hyphens.")
    )
    position = models.PositiveSmallIntegerField(_("place in the list"), default=0)

    panels = [FieldPanel("name"), FieldPanel("name_en"), FieldPanel("slug"), FieldPanel("position")]
    # What the desk's list is ordered by, it must be able to filter by as well.
    search_fields = [
        index.SearchField("name"),
        index.AutocompleteField("name"),
        index.SearchField("name_en"),
        index.FilterField("position"),
        index.FilterField("name"),
    ]

    class Meta:
        abstract = True
        ordering = ["position", "name"]

    def __str__(self) -> str:
        return self.name_en if get_language() == "en" and self.name_en else self.name

    def clean(self):
        errors = {}
        for name in ("name", "name_en", "slug"):
            try:
                refuse_numbers(getattr(self, name))
            except ValidationError as refused:
                errors[name] = refused
        if errors:
            raise ValidationError(errors)


class Topic(Named):
    """主题: what a page is about, across its kinds."""

    class Meta(Named.Meta):
        verbose_name = _("topic")
        verbose_name_plural = _("topics")


class TrainingForm(Named):
    """培训形式: 会议式, 培训班, 座谈会; others are added as they come."""

    class Meta(Named.Meta):
        verbose_name = _("form of training")
        verbose_name_plural = _("forms of training")
