"""A woman worker's record (女职工), held once for all services."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from services.foundation import masking
from services.foundation.crypto import BlindIndexField, SealedField, blind_index
from services.foundation.references import unguessable
from services.foundation.scope import ScopedManager, ScopedModel
from services.organizations.enums import ROSTER_READERS
from services.workers.enums import NOBODY, EmploymentType, MaritalStatus, WorkerState


class WorkerManager(ScopedManager):
    """Without the stand-ins: they are on no roster and in no count of women. Rows that name one still find it."""

    def get_queryset(self):
        return super().get_queryset().exclude(state=NOBODY)


class Worker(ScopedModel):
    """Identity and phone numbers are sealed; ``*_index`` find them, ``*_last4`` help to tell people apart.

    A record in the state ``NOBODY`` is a stand-in: what is kept for its sum or its count, once its term is over, names
    one instead of the woman, so that it still counts at her union. ``stand_ins`` alone finds them.
    """

    token = models.CharField(max_length=22, default=unguessable, editable=False)
    organization = models.ForeignKey(
        "organizations.Organization",
        on_delete=models.PROTECT,
        related_name="workers",
        verbose_name=_("union"),
        db_index=False,  # the index with the state begins with it
    )
    user = models.OneToOneField(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="worker",
        editable=False,
    )
    name = models.CharField(_("name"), max_length=60)
    id_number = SealedField(_("identity number"))
    id_index = BlindIndexField()
    id_last4 = models.CharField(max_length=4, editable=False)
    birth_date = models.DateField(_("date of birth"))
    phone = SealedField(_("mobile number"), blank=True, default="")
    phone_index = BlindIndexField(default="")
    phone_last4 = models.CharField(max_length=4, blank=True, default="", editable=False)
    position = models.CharField(_("post"), max_length=60, blank=True)
    employment_type = models.CharField(_("form of employment"), max_length=20, choices=EmploymentType, blank=True)
    hired_on = models.DateField(_("hired on"), null=True, blank=True)
    joined_on = models.DateField(_("member since"), null=True, blank=True)
    marital_status = models.CharField(
        _("marital status"), max_length=10, choices=MaritalStatus, default=MaritalStatus.UNKNOWN
    )
    note = models.CharField(_("note"), max_length=200, blank=True)
    state = models.CharField(_("state"), max_length=10, choices=WorkerState, default=WorkerState.ACTIVE)
    left_on = models.DateField(_("left the unit on"), null=True, blank=True, editable=False)
    created_at = models.DateTimeField(auto_now_add=True)
    updated_at = models.DateTimeField(auto_now=True)

    objects = WorkerManager.over("organization__path", roles=ROSTER_READERS)
    stand_ins = models.Manager()

    class Meta:
        verbose_name = _("woman worker")
        verbose_name_plural = _("women workers")
        ordering = ["pk"]
        # Declared here, as ``unique=True`` and ``db_index=True`` give a text a second index on PostgreSQL, for
        # patterns: digests and tokens are only ever looked up whole, and a roster of 100,000 pays for each index.
        constraints = [
            models.UniqueConstraint(fields=["token"], name="workers_worker_token_once"),
            models.UniqueConstraint(fields=["id_index"], name="workers_worker_identity_once"),
        ]
        indexes = [
            models.Index(fields=["organization", "state"]),
            models.Index(fields=["phone_index"]),
            # For patterns: the beginning of a name finds her on PostgreSQL whatever its language; so does all of it.
            models.Index(fields=["name"], opclasses=["varchar_pattern_ops"], name="workers_worker_name_begins"),
        ]

    def __str__(self) -> str:
        return f"#{self.pk}"

    def fill_derived(self) -> None:
        """Bring indexes and last digits in line with the sealed values; bulk writers call it, ``save`` does."""
        self.id_index, self.id_last4 = blind_index(self.id_number), self.id_number[-4:]
        self.phone_index, self.phone_last4 = blind_index(self.phone), self.phone[-4:]

    @staticmethod
    def index_of(value: str) -> str:
        """What ``id_index`` or ``phone_index`` holds for a normalised number."""
        return blind_index(value)

    def save(self, *args, **kwargs):
        self.fill_derived()
        super().save(*args, **kwargs)

    @property
    def masked_name(self) -> str:
        return masking.mask_name(self.name)

    @property
    def masked_id_number(self) -> str:
        return masking.mask_identity(self.id_number)

    @property
    def masked_phone(self) -> str:
        return masking.mask_phone(self.phone) if self.phone else ""
