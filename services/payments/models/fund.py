"""Fund sources: what may be spent, what is promised, what is paid, and the ledger that replays them."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from services.foundation.scope import ScopedManager, ScopedModel
from services.organizations.enums import Role
from services.payments.enums import FundKind, FundMove

FUND_READERS = frozenset({Role.FINANCE_OFFICER, Role.FEDERATION_OFFICER, Role.CASE_OFFICER, Role.AUDITOR})


class FundSource(ScopedModel):
    """One budget of one year. The database never lets promised and paid together pass the budget.

    Sums are in yuan. Only ``actions.funds`` writes them, each change with its line in the ledger.
    """

    code = models.SlugField(_("code"), max_length=40)
    year = models.PositiveSmallIntegerField(_("year"))
    name = models.CharField(_("name"), max_length=80)
    kind = models.CharField(_("whose money"), max_length=15, choices=FundKind)
    organization = models.ForeignKey(
        "organizations.Organization", on_delete=models.PROTECT, related_name="+", verbose_name=_("kept by")
    )
    budget = models.DecimalField(_("budget"), max_digits=14, decimal_places=2, default=0, editable=False)
    committed = models.DecimalField(_("promised"), max_digits=14, decimal_places=2, default=0, editable=False)
    spent = models.DecimalField(_("paid"), max_digits=14, decimal_places=2, default=0, editable=False)
    closed_at = models.DateTimeField(null=True, blank=True, editable=False)

    objects = ScopedManager.over("organization__path", roles=FUND_READERS)

    class Meta:
        verbose_name = _("fund source")
        verbose_name_plural = _("fund sources")
        ordering = ["-year", "code"]
        constraints = [
            models.UniqueConstraint(fields=["organization", "code", "year"], name="payments_fund_once_a_year"),
            models.CheckConstraint(
                condition=Q(budget__gte=0) & Q(committed__gte=0) & Q(spent__gte=0),
                name="payments_fund_never_below_zero",
            ),
            models.CheckConstraint(
                condition=Q(budget__gte=F("committed") + F("spent")), name="payments_fund_within_budget"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name} {self.year}"

    @property
    def left(self):
        """Yuan that may still be promised."""
        return self.budget - self.committed - self.spent


class FundLine(models.Model):
    """Append-only, and the database says so. ``*_after`` are the sums that stood once the line was written: replaying
    rebuilds the fund. ``amount`` is above zero but for a budget that was cut."""

    fund = models.ForeignKey(FundSource, on_delete=models.PROTECT, related_name="ledger")
    move = models.CharField(max_length=10, choices=FundMove)
    amount = models.DecimalField(max_digits=14, decimal_places=2)
    payable = models.ForeignKey(
        "payments.Payable", null=True, blank=True, on_delete=models.PROTECT, related_name="ledger"
    )
    budget_after = models.DecimalField(max_digits=14, decimal_places=2)
    committed_after = models.DecimalField(max_digits=14, decimal_places=2)
    spent_after = models.DecimalField(max_digits=14, decimal_places=2)
    reason = models.CharField(max_length=200, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["pk"]
        indexes = [models.Index(fields=["fund", "-at"])]
        constraints = [
            models.CheckConstraint(
                condition=Q(committed_after__gte=0)
                & Q(spent_after__gte=0)
                & Q(budget_after__gte=F("committed_after") + F("spent_after")),
                name="payments_ledger_within_budget",
            ),
            models.CheckConstraint(condition=Q(move="budget") | Q(amount__gt=0), name="payments_moves_above_zero"),
        ]

    def __str__(self) -> str:
        return f"#{self.pk}"
