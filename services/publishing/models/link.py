"""Links on public pages that lead nowhere, as the last check found them."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from services.publishing.enums import LinkFaultKind


class LinkFault(models.Model):
    """``place`` is where on the page (``rules.scanning.Place``), ``target`` what is linked, as far as it is known."""

    page = models.ForeignKey(
        "wagtailcore.Page",
        on_delete=models.CASCADE,
        related_name="link_faults",
        verbose_name=pgettext_lazy("of a site", "page"),
    )
    kind = models.CharField(_("fault"), max_length=20, choices=LinkFaultKind)
    target = models.CharField(_("leads to"), max_length=500)
    place = models.JSONField(editable=False)
    since = models.DateTimeField(_("since"))

    class Meta:
        verbose_name = _("broken link")
        verbose_name_plural = _("broken links")
        ordering = ["-since", "-pk"]
        indexes = [models.Index(fields=["-since", "-id"])]

    def __str__(self) -> str:
        return f"{self.page_id}: {self.kind}"
