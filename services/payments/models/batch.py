"""A batch goes to the bank as one file and comes back as one or more result files."""

from django.conf import settings
from django.core.files.storage import storages
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from services.foundation.crypto import BlindIndexField
from services.foundation.references import unguessable
from services.foundation.scope import ScopedManager, ScopedModel
from services.payments.enums import BatchState, LineState
from services.payments.models.fund import FUND_READERS

FOLDER = "payments"


def private_storage():
    return storages["private"]


def batch_path(instance, filename: str) -> str:
    return f"{FOLDER}/{instance.token[:2]}/{instance.token}.xlsx"


class BankLayout(models.Model):
    """How one bank's file looks, as data. ``columns`` is an ordered list of ``{"field": code, "heading": text}``;
    ``results`` names the headings of the file that comes back and what its words mean:
    ``{"reference": heading, "amount": heading, "outcome": heading, "reason": heading,
    "paid": [words], "returned": [words]}``. A word in neither list means unknown."""

    code = models.SlugField(_("code"), max_length=40, unique=True)
    name = models.CharField(_("name"), max_length=80)
    organization = models.ForeignKey(
        "organizations.Organization", on_delete=models.PROTECT, related_name="+", verbose_name=_("kept by")
    )
    sheet = models.CharField(_("name of the sheet"), max_length=31, default="Sheet1")
    columns = models.JSONField(_("columns"))
    results = models.JSONField(_("result file"))
    in_use = models.BooleanField(_("in use"), default=True)

    class Meta:
        verbose_name = _("bank file layout")
        verbose_name_plural = _("bank file layouts")
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class Batch(ScopedModel):
    """Put together by one, approved by another. ``total`` and ``count`` are frozen with it; ``digest`` is SHA-256
    over its lines (reference, amount, account index) as they were approved, ``file_digest`` over the bank's file.
    ``layout_kept`` is the layout as it was when the batch was frozen; ``note`` why it was last sent back or cancelled.
    """

    token = models.CharField(max_length=22, unique=True, default=unguessable, editable=False)
    number = models.CharField(_("number"), max_length=40, unique=True, editable=False)
    organization = models.ForeignKey("organizations.Organization", on_delete=models.PROTECT, related_name="+")
    fund = models.ForeignKey("payments.FundSource", on_delete=models.PROTECT, related_name="batches")
    layout = models.ForeignKey(BankLayout, on_delete=models.PROTECT, related_name="+")
    state = models.CharField(_("state"), max_length=10, choices=BatchState, default=BatchState.OPEN)
    count = models.PositiveIntegerField(_("lines"), default=0)
    total = models.DecimalField(_("total"), max_digits=14, decimal_places=2, default=0)
    digest = models.CharField(max_length=64, blank=True)
    file = models.FileField(storage=private_storage, upload_to=batch_path, blank=True)
    file_digest = models.CharField(max_length=64, blank=True)
    file_written_at = models.DateTimeField(null=True, blank=True)
    layout_kept = models.JSONField(default=dict, blank=True, editable=False)
    note = models.CharField(_("note"), max_length=200, blank=True)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField(_("begun"))
    frozen_at = models.DateTimeField(null=True, blank=True)
    approved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    approved_at = models.DateTimeField(null=True, blank=True)
    sent_at = models.DateTimeField(null=True, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)

    objects = ScopedManager.over("organization__path", roles=FUND_READERS)

    class Meta:
        verbose_name = _("payment batch")
        verbose_name_plural = _("payment batches")
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(approved_by__isnull=True) | ~Q(approved_by=F("made_by")), name="payments_four_eyes"
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["approved", "sent", "closed"]) | Q(approved_by__isnull=False),
                name="payments_sent_once_approved",
            ),
            models.CheckConstraint(
                condition=Q(file_digest="") | Q(approved_by__isnull=False), name="payments_file_once_approved"
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["sent", "closed"]) | ~Q(file_digest=""), name="payments_sent_has_a_file"
            ),
        ]

    def __str__(self) -> str:
        return self.number


class BatchLine(models.Model):
    """One try at paying one payable. ``reference`` goes to the bank and comes back; nobody can be paid by it twice.

    ``result`` holds the bank's words, or why the line was taken out, voided or settled by hand.
    """

    batch = models.ForeignKey(Batch, on_delete=models.PROTECT, related_name="lines")
    payable = models.ForeignKey("payments.Payable", on_delete=models.PROTECT, related_name="lines")
    reference = models.CharField(max_length=40, unique=True)
    amount = models.DecimalField(max_digits=12, decimal_places=2)
    account = models.ForeignKey("payments.Account", on_delete=models.PROTECT, related_name="+")
    account_index = BlindIndexField()
    added_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    state = models.CharField(max_length=10, choices=LineState, default=LineState.IN)
    result = models.CharField(max_length=120, blank=True)
    result_file = models.ForeignKey(
        "payments.ResultFile", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    settled_at = models.DateTimeField(null=True, blank=True)
    settled_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["pk"]
        indexes = [models.Index(fields=["batch", "state"])]
        constraints = [
            models.UniqueConstraint(
                fields=["payable"], condition=Q(state__in=["in", "sent", "unknown"]), name="payments_in_flight_once"
            ),
            models.UniqueConstraint(fields=["payable"], condition=Q(state="paid"), name="payments_paid_once"),
        ]

    def __str__(self) -> str:
        return self.reference


class ResultFile(models.Model):
    """What the bank said. The same bytes are read once; ``outcome`` holds the rows that changed nothing, and why."""

    batch = models.ForeignKey(Batch, on_delete=models.PROTECT, related_name="results")
    token = models.CharField(max_length=22, unique=True, default=unguessable, editable=False)
    digest = models.CharField(max_length=64)
    file = models.FileField(storage=private_storage, upload_to=batch_path)
    name = models.CharField(max_length=120)
    rows = models.PositiveIntegerField(default=0)
    applied = models.PositiveIntegerField(default=0)
    outcome = models.JSONField(default=list)
    uploaded_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    uploaded_at = models.DateTimeField()

    class Meta:
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(fields=["batch", "digest"], name="payments_result_read_once"),
            models.CheckConstraint(condition=Q(applied__lte=F("rows")), name="payments_no_more_applied_than_read"),
        ]

    def __str__(self) -> str:
        return f"#{self.pk}"
