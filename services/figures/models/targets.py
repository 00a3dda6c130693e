"""What an organisation has set itself to reach."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class Target(models.Model):
    """A target belongs to statistic, organisation and period. A new one is a new line: the latest counts."""

    statistic = models.CharField(max_length=40)
    organization = models.ForeignKey("organizations.Organization", on_delete=models.PROTECT, related_name="+")
    period = models.CharField(max_length=10)
    value = models.DecimalField(_("target"), max_digits=12, decimal_places=1)
    source = models.CharField(_("where the target comes from"), max_length=200)
    set_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    set_at = models.DateTimeField()

    class Meta:
        ordering = ["-pk"]
        indexes = [models.Index(fields=["statistic", "organization", "period"], name="figures_target_of")]

    def __str__(self) -> str:
        return f"{self.statistic} {self.period}: {self.value}"
