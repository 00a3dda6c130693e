"""Money that is owed to a woman, and the account it goes to."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from services.foundation import masking
from services.foundation.crypto import BlindIndexField, SealedField, blind_index
from services.foundation.references import unguessable
from services.foundation.scope import ScopedManager, ScopedModel
from services.payments.enums import PayableState
from services.payments.models.fund import FUND_READERS


class Account(models.Model):
    """Where her money goes. An account that was used is never changed: another one takes its place."""

    worker = models.ForeignKey("workers.Worker", on_delete=models.PROTECT, related_name="accounts")
    holder = SealedField(_("account holder"))
    bank = models.CharField(_("bank"), max_length=60)
    bank_branch = models.CharField(pgettext_lazy("bank", "branch"), max_length=80, blank=True)
    number = SealedField(_("card number"))
    number_index = BlindIndexField(db_index=True)
    number_last4 = models.CharField(max_length=4, editable=False)
    current = models.BooleanField(default=True)
    given_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    given_at = models.DateTimeField()

    class Meta:
        verbose_name = _("bank account")
        verbose_name_plural = _("bank accounts")
        ordering = ["-given_at"]
        constraints = [
            models.UniqueConstraint(fields=["worker"], condition=Q(current=True), name="payments_one_current_account")
        ]

    def __str__(self) -> str:
        return f"#{self.pk}"

    def save(self, *args, **kwargs):
        self.fill_derived()
        super().save(*args, **kwargs)

    def fill_derived(self) -> None:
        """Bring index and last digits in line with the sealed number; bulk writers call it, ``save`` does."""
        self.number_index, self.number_last4 = blind_index(self.number), self.number[-4:]

    @staticmethod
    def index_of(number: str) -> str:
        return blind_index(number)

    @property
    def masked_number(self) -> str:
        return masking.mask_bank_card(self.number)


class Payable(ScopedModel):
    """One sum owed once. ``key`` is the natural key of what it is owed for: raising it again finds this row.

    ``path`` is the tree path of her union; ``organization`` the one whose finance office pays (the fund's).
    """

    token = models.CharField(max_length=22, unique=True, default=unguessable, editable=False)
    key = models.CharField(max_length=80, unique=True, editable=False)
    service = models.CharField(max_length=40, editable=False)
    subject_code = models.CharField(_("for"), max_length=40, editable=False)
    title = models.CharField(_("for"), max_length=120)
    case_number = models.CharField(_("case"), max_length=40, blank=True)
    organization = models.ForeignKey("organizations.Organization", on_delete=models.PROTECT, related_name="+")
    path = models.CharField(max_length=255, editable=False)
    worker = models.ForeignKey("workers.Worker", on_delete=models.PROTECT, related_name="payables")
    account = models.ForeignKey(Account, null=True, blank=True, on_delete=models.PROTECT, related_name="payables")
    fund = models.ForeignKey("payments.FundSource", on_delete=models.PROTECT, related_name="payables")
    amount = models.DecimalField(_("amount"), max_digits=12, decimal_places=2)
    state = models.CharField(_("state"), max_length=10, choices=PayableState, default=PayableState.WAITING)
    attempts = models.PositiveSmallIntegerField(default=0)
    failure = models.CharField(_("why it came back"), max_length=120, blank=True)
    held_because = models.CharField(_("held because"), max_length=200, blank=True)
    raised_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    raised_at = models.DateTimeField(_("raised"))
    changed_at = models.DateTimeField()
    paid_at = models.DateTimeField(_("paid"), null=True, blank=True)
    received = models.BooleanField(_("she says it arrived"), null=True, blank=True)

    objects = ScopedManager.over("organization__path", roles=FUND_READERS)

    class Meta:
        verbose_name = _("payable")
        verbose_name_plural = _("payables")
        ordering = ["-pk"]
        indexes = [
            models.Index(fields=["organization", "state", "id"]),
            models.Index(fields=["worker", "-raised_at"]),
        ]
        constraints = [
            models.CheckConstraint(condition=Q(amount__gt=0), name="payments_owed_is_above_zero"),
            models.CheckConstraint(
                condition=~Q(state="paid") | Q(paid_at__isnull=False), name="payments_paid_at_some_time"
            ),
        ]

    def __str__(self) -> str:
        return f"#{self.pk}"
