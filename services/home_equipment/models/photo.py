"""Photos of deliveries, of items and of what was mended, in private storage."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from services.casework.enums import ScanState
from services.casework.models import private_storage
from services.foundation.references import unguessable
from services.foundation.scope import ScopedManager, ScopedModel
from services.home_equipment import enums


def photo_path(photo: "Photo", filename: str) -> str:
    """Our own name: nothing of the home or of the file that was chosen stands in it."""
    return f"equipment/{photo.token[:2]}/{photo.token}.{photo.extension}"


class Photo(ScopedModel):
    """Hangs on exactly one thing. Drawn anew when it came, so that it holds no place and no camera; a file that isn't
    ``clean`` is shown to nobody."""

    token = models.CharField(max_length=22, unique=True, default=unguessable, editable=False)
    place = models.ForeignKey("organizations.Organization", on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(_("kind"), max_length=10, choices=enums.PhotoKind)
    order = models.ForeignKey(
        "home_equipment.DeliveryOrder", null=True, blank=True, on_delete=models.PROTECT, related_name="photos"
    )
    asset = models.ForeignKey(
        "home_equipment.AssetItem", null=True, blank=True, on_delete=models.PROTECT, related_name="photos"
    )
    task = models.ForeignKey(
        "home_equipment.RepairTask", null=True, blank=True, on_delete=models.PROTECT, related_name="photos"
    )
    file = models.FileField(_("file"), storage=private_storage, upload_to=photo_path, blank=True)
    name = models.CharField(_("file name"), max_length=120)
    extension = models.CharField(max_length=5)
    content_type = models.CharField(max_length=40)
    size = models.PositiveIntegerField(help_text=_("Bytes."))
    digest = models.CharField(max_length=64)
    scan = models.CharField(max_length=12, choices=ScanState, default=ScanState.WAITING)
    added_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    added_at = models.DateTimeField()
    removed_at = models.DateTimeField(null=True, blank=True)
    purged_at = models.DateTimeField(null=True, blank=True)

    objects = ScopedManager.over("place__path", roles=enums.READERS)

    class Meta:
        verbose_name = _("photo of equipment")
        verbose_name_plural = _("photos of equipment")
        ordering = ["added_at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(order__isnull=False, asset__isnull=True, task__isnull=True)
                | Q(order__isnull=True, asset__isnull=False, task__isnull=True)
                | Q(order__isnull=True, asset__isnull=True, task__isnull=False),
                name="equipment_photo_of_one_thing",
            ),
        ]
        indexes = [
            models.Index(
                fields=["scan"], condition=Q(scan__in=["waiting", "quarantined"]), name="equipment_waiting_for_scan"
            )
        ]

    def __str__(self) -> str:
        return f"#{self.pk}"
