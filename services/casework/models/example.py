"""What a good photo of a paper looks like (示例照片), shown to her beside what is asked for (D16)."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from services.casework.models.document import private_storage
from services.foundation.references import unguessable


def example_path(example: "ExamplePicture", filename: str) -> str:
    return f"examples/{example.token}.jpg"


class ExamplePicture(models.Model):
    """Kept by an organisation for itself and all below it; ``subject_code`` empty: for every programme of the service.
    Nothing in the picture is anybody's: whoever keeps it says so. It is a drawing of ours, without a camera's notes."""

    token = models.CharField(max_length=22, unique=True, default=unguessable, editable=False)
    organization = models.ForeignKey(
        "organizations.Organization", on_delete=models.PROTECT, related_name="+", verbose_name=_("kept by")
    )
    service = models.CharField(_("service"), max_length=40)
    subject_code = models.CharField(_("applied for"), max_length=40, blank=True)
    item = models.CharField(_("paper"), max_length=40)
    words = models.CharField(_("what it shows"), max_length=160)
    file = models.FileField(_("picture"), storage=private_storage, upload_to=example_path)
    width = models.PositiveSmallIntegerField(editable=False)
    height = models.PositiveSmallIntegerField(editable=False)
    changed_at = models.DateTimeField(editable=False)

    class Meta:
        verbose_name = _("example of a paper")
        verbose_name_plural = _("examples of papers")
        ordering = ["service", "subject_code", "item", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["organization", "service", "subject_code", "item"], name="casework_example_once"
            )
        ]

    def __str__(self) -> str:
        return f"#{self.pk}"
