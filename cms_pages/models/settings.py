"""What the footer of every page says about the federation, edited under Settings."""

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, PageChooserPanel
from wagtail.contrib.settings.models import BaseSiteSetting, register_setting

from services.publishing.forms.words import refuse_numbers


@register_setting(icon="site", order=10)
class SiteDetails(BaseSiteSetting):
    contact_phone = models.CharField(_("telephone"), max_length=30, blank=True)
    contact_hours = models.CharField(_("hours"), max_length=80, blank=True)
    address = models.CharField(_("address"), max_length=120, blank=True)
    privacy_page = models.ForeignKey(
        "wagtailcore.Page",
        verbose_name=_("page about privacy"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    accessibility_page = models.ForeignKey(
        "wagtailcore.Page",
        verbose_name=_("page about accessibility"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )

    panels = [
        FieldPanel("contact_phone"),
        FieldPanel("contact_hours"),
        FieldPanel("address"),
        PageChooserPanel("privacy_page"),
        PageChooserPanel("accessibility_page"),
    ]

    class Meta:
        verbose_name = _("site details")
        verbose_name_plural = _("site details")

    def clean(self):
        """It stands on every page: the telephone of an office, never somebody's own number."""
        super().clean()
        errors = {}
        for name in ("contact_phone", "contact_hours", "address"):
            try:
                refuse_numbers(getattr(self, name))
            except ValidationError as error:
                errors[name] = error
        if errors:
            raise ValidationError(errors)
