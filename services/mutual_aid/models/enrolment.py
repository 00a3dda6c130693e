"""Joining as a unit: an enrolment batch (参保批次) and its rows, one a woman."""

from django.conf import settings
from django.core.files.storage import storages
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from services.casework.enums import ScanState
from services.foundation.crypto import SealedJSONField
from services.foundation.references import unguessable
from services.foundation.scope import ScopedManager, ScopedModel
from services.mutual_aid import enums
from services.organizations.enums import ROSTER_READERS, Role

BATCH_READERS = ROSTER_READERS | {Role.FINANCE_OFFICER}


def private_storage():
    return storages["private"]


def paper_path(paper: "BatchPaper", filename: str) -> str:
    """Our own name, never that of the file she chose."""
    return f"mutual_aid/{paper.token[:2]}/{paper.token}.{paper.extension}"


def _yuan(label):
    return models.DecimalField(label, max_digits=12, decimal_places=2, default=0, editable=False)


class EnrolmentBatch(ScopedModel):
    """One unit, one version of the terms, one roster. Nobody is covered before a second person confirmed it.

    ``terms`` is frozen with the batch: a change of terms counts for later batches (T58). The headcounts are those of
    ``headcount_on``, shown with the threshold; ``unit_*`` is the unit's own split of one share where the terms leave it
    to the unit. The ``fee_*`` totals are the sums of the rows. ``unified_from`` is used by schemes with one day for
    all; ``effective_from`` and ``last_day`` are worked out when it takes effect.
    """

    token = models.CharField(max_length=22, unique=True, default=unguessable, editable=False)
    number = models.CharField(_("number"), max_length=40, unique=True, editable=False)
    scheme = models.ForeignKey("mutual_aid.Scheme", on_delete=models.PROTECT, related_name="batches")
    terms = models.ForeignKey("mutual_aid.SchemeTerms", on_delete=models.PROTECT, related_name="batches")
    organization = models.ForeignKey(
        "organizations.Organization", on_delete=models.PROTECT, related_name="+", verbose_name=_("unit")
    )
    path = models.CharField(max_length=255, editable=False)
    kind = models.CharField(_("kind"), max_length=10, choices=enums.BatchKind, default=enums.BatchKind.NEW)
    state = models.CharField(
        _("state"), max_length=10, choices=enums.BatchState, default=enums.BatchState.DRAFT, editable=False
    )
    renews = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="renewed_by")

    headcount_women = models.PositiveIntegerField(_("women on the staff"), null=True, blank=True)
    headcount_staff = models.PositiveIntegerField(_("all staff"), null=True, blank=True)
    headcount_on = models.DateField(_("headcount of"), null=True, blank=True)
    headcount_stated = models.BooleanField(_("the unit states the headcount itself"), default=False)
    file_name = models.CharField(_("workbook"), max_length=120, blank=True)
    persons = models.PositiveIntegerField(_("persons"), default=0, editable=False)
    shares = models.PositiveIntegerField(_("shares"), default=0, editable=False)
    covered_before = models.PositiveIntegerField(
        _("covered already in this period"), default=0, editable=False, help_text=_("They count for the threshold.")
    )

    unit_upper = models.DecimalField(max_digits=9, decimal_places=2, null=True, blank=True)
    unit_unit = models.DecimalField(max_digits=9, decimal_places=2, null=True, blank=True)
    unit_herself = models.DecimalField(max_digits=9, decimal_places=2, null=True, blank=True)
    fee_total = _yuan(_("fee, yuan"))
    fee_upper = _yuan(_("of it the upper union, yuan"))
    fee_unit = _yuan(_("of it the unit, yuan"))
    fee_herself = _yuan(_("of it the women, yuan"))
    paid_on = models.DateField(_("paid on"), null=True, blank=True)
    papers_on = models.DateField(_("papers complete on"), null=True, blank=True)
    unified_from = models.DateField(_("first day for the whole batch"), null=True, blank=True)
    effective_from = models.DateField(_("in force from"), null=True, blank=True, editable=False)
    last_day = models.DateField(_("last day"), null=True, blank=True, editable=False)

    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    submitted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    submitted_at = models.DateTimeField(_("handed in"), null=True, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    decided_at = models.DateTimeField(_("decided"), null=True, blank=True)
    reason = models.TextField(_("reason"), blank=True)
    version = models.PositiveIntegerField(default=1, editable=False)

    objects = ScopedManager.over("path", roles=BATCH_READERS)

    class Meta:
        verbose_name = _("enrolment batch")
        verbose_name_plural = _("enrolment batches")
        ordering = ["-pk"]
        indexes = [
            models.Index(fields=["path", "state"]),
            models.Index(fields=["scheme", "organization", "last_day"]),
            models.Index(fields=["state", "last_day"]),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["scheme", "organization", "kind"],
                condition=Q(state__in=["draft", "submitted", "returned"]),
                name="mutual_aid_one_batch_being_prepared",
            ),
            models.CheckConstraint(
                condition=Q(fee_total=F("fee_upper") + F("fee_unit") + F("fee_herself")),
                name="mutual_aid_fee_parts_make_it_up",
            ),
            models.CheckConstraint(
                condition=Q(state__in=["draft", "returned", "dropped"])
                | (Q(submitted_by__isnull=False) & Q(submitted_at__isnull=False)),
                name="mutual_aid_batch_handed_in",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["confirmed", "effective", "expired"])
                | (Q(decided_by__isnull=False) & ~Q(decided_by=F("submitted_by"))),
                name="mutual_aid_batch_seen_by_a_second",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["effective", "expired"])
                | (Q(effective_from__isnull=False) & Q(last_day__isnull=False)),
                name="mutual_aid_in_force_from_to",
            ),
            models.CheckConstraint(
                condition=Q(last_day__isnull=True) | Q(last_day__gte=F("effective_from")),
                name="mutual_aid_batch_days_in_order",
            ),
            models.CheckConstraint(condition=~Q(state="returned") | ~Q(reason=""), name="mutual_aid_returned_with_why"),
        ]

    def __str__(self) -> str:
        return self.number


class BatchPaper(models.Model):
    """A paper of a batch (§1.4 S16 S17m): headcount report, stamped roster, voucher. Never overwritten: one that is
    taken back keeps its line, its file is purged later. ``name`` is the officer's, the stored name is ours. A file that
    isn't ``clean`` is shown to nobody."""

    token = models.CharField(max_length=22, unique=True, default=unguessable, editable=False)
    batch = models.ForeignKey(EnrolmentBatch, on_delete=models.CASCADE, related_name="papers")
    kind = models.CharField(_("kind"), max_length=20, choices=enums.PaperKind)
    file = models.FileField(_("file"), storage=private_storage, upload_to=paper_path, blank=True)
    name = models.CharField(_("file name"), max_length=120)
    extension = models.CharField(max_length=5)
    content_type = models.CharField(max_length=40)
    size = models.PositiveIntegerField(help_text=_("Bytes."))
    digest = models.CharField(max_length=64)
    scan = models.CharField(max_length=12, choices=ScanState, default=ScanState.WAITING)
    added_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    added_at = models.DateTimeField()
    removed_at = models.DateTimeField(null=True, blank=True)
    purged_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["kind", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["batch", "kind", "digest"],
                condition=Q(removed_at__isnull=True),
                name="mutual_aid_paper_once_a_batch",
            )
        ]

    def __str__(self) -> str:
        return f"#{self.pk}"


class EnrolmentRow(ScopedModel):
    """One woman of a batch. ``findings`` are sealed: one may tell of an illness. To the unit's officer ``look`` says
    no more than that somebody above has to look, whatever the cause.

    ``cover`` is the one that this line opened; where shares add up, ``adds_to`` is the one to which it added.
    ``stated`` is a line of the workbook, masked, that matched nobody. ``most_shares`` is the limit of the terms, kept
    beside the shares so that the database holds to it.
    """

    batch = models.ForeignKey(EnrolmentBatch, on_delete=models.CASCADE, related_name="rows")
    position = models.PositiveIntegerField()
    worker = models.ForeignKey(
        "workers.Worker", null=True, blank=True, on_delete=models.PROTECT, related_name="mutual_aid_rows"
    )
    stated = models.CharField(max_length=60, blank=True)
    state = models.CharField(_("state"), max_length=10, choices=enums.RowState, default=enums.RowState.LOOK)
    shares = models.PositiveSmallIntegerField(_("shares"), default=1)
    most_shares = models.PositiveSmallIntegerField(editable=False)
    renewal = models.BooleanField(_("unbroken renewal"), default=False)
    previous = models.ForeignKey(
        "mutual_aid.Cover", null=True, blank=True, on_delete=models.PROTECT, related_name="renewal_rows"
    )
    retires_at = models.PositiveSmallIntegerField(
        _("retirement age of her post before 2025"), null=True, blank=True, choices=[(50, "50"), (55, "55")]
    )
    health_stated = models.BooleanField(_("she states that she is healthy"), default=False)
    findings = SealedJSONField(null=True, blank=True)
    settled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    settled_because = models.CharField(_("why she may join"), max_length=200, blank=True)
    fee_upper = _yuan(_("upper union, yuan"))
    fee_unit = _yuan(_("unit, yuan"))
    fee_herself = _yuan(_("herself, yuan"))
    cover = models.OneToOneField(
        "mutual_aid.Cover", null=True, blank=True, on_delete=models.PROTECT, related_name="row"
    )
    adds_to = models.ForeignKey(
        "mutual_aid.Cover", null=True, blank=True, on_delete=models.PROTECT, related_name="added_rows"
    )

    objects = ScopedManager.over("batch__path", roles=ROSTER_READERS)

    class Meta:
        ordering = ["position", "pk"]
        constraints = [
            # Two covers of one batch are one woman's where two records of hers were merged; of the covers one is void.
            models.UniqueConstraint(
                fields=["batch", "worker"], condition=~Q(state="covered"), name="mutual_aid_woman_once_a_batch"
            ),
            models.UniqueConstraint(fields=["batch", "position"], name="mutual_aid_line_once_a_batch"),
            models.CheckConstraint(
                condition=~Q(state__in=["ready", "covered"])
                | (Q(worker__isnull=False) & Q(shares__gte=1) & Q(shares__lte=F("most_shares"))),
                name="mutual_aid_row_shares_within_limit",
            ),
            models.CheckConstraint(
                condition=Q(state="covered", cover__isnull=False, adds_to__isnull=True)
                | Q(state="covered", cover__isnull=True, adds_to__isnull=False)
                | (~Q(state="covered") & Q(cover__isnull=True, adds_to__isnull=True)),
                name="mutual_aid_covered_has_a_cover",
            ),
        ]

    def __str__(self) -> str:
        return f"#{self.pk}"
