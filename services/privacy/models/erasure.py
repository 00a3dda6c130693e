"""Proof that what a notice promised was done: what kind, how many, until which day. Append-only; names nobody."""

from django.core.validators import MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from services.privacy.models.access import AppendOnly


class Erasure(models.Model):
    """``kind`` is a code of ``registry.terms``, ``years`` those of its rule at that time; every matter that had ended
    by ``until`` and that nothing held back was due. Which ones they were stands nowhere."""

    kind = models.CharField(_("what was erased"), max_length=40)
    years = models.PositiveSmallIntegerField(_("years kept"))
    until = models.DateField(_("ended by"))
    matters = models.PositiveIntegerField(_("matters"), validators=[MinValueValidator(1)])
    rows = models.PositiveIntegerField(_("records"))
    files = models.PositiveIntegerField(_("papers and photos"))
    at = models.DateTimeField(_("at"))

    objects = AppendOnly.as_manager()

    class Meta:
        verbose_name = _("proof of erasure")
        verbose_name_plural = _("proofs of erasure")
        ordering = ["-at", "-pk"]

    def __str__(self) -> str:
        return f"#{self.pk}"

    def save(self, *args, **kwargs):
        if self.pk:
            raise TypeError("proofs of erasure are append-only")
        super().save(*args, **kwargs)

    def delete(self, *args, **kwargs):
        raise TypeError("proofs of erasure are append-only")
