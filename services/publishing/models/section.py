"""Which part of the page tree, and which collection of files, belongs to which organisation."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Section(models.Model):
    """Posts at the organisation, or above it, carry rights over this part; see ``actions.rights``."""

    page = models.OneToOneField(
        "wagtailcore.Page", on_delete=models.CASCADE, related_name="section", verbose_name=_("page it begins at")
    )
    organization = models.OneToOneField(
        "organizations.Organization",
        on_delete=models.PROTECT,
        related_name="pages_section",
        verbose_name=_("organisation"),
    )
    collection = models.OneToOneField(
        "wagtailcore.Collection", on_delete=models.PROTECT, related_name="+", editable=False
    )

    class Meta:
        verbose_name = _("section")
        verbose_name_plural = _("sections")

    def __str__(self) -> str:
        return self.page.title
