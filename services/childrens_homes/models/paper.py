"""Scanned papers and photos beside an application, a letter, a milestone, a rule or an activity, privately stored."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from services.casework.enums import ScanState
from services.casework.models import private_storage
from services.childrens_homes.enums import READERS
from services.foundation.references import unguessable
from services.foundation.scope import ScopedManager, ScopedModel

ABOUT = ("application", "letter", "milestone", "regulation", "activity")


def paper_path(paper: "Paper", filename: str) -> str:
    """Our own name: nothing of the home or of the file that was chosen stands in it."""
    return f"childrens_homes/{paper.token[:2]}/{paper.token}.{paper.extension}"


def _about_one_thing() -> Q:
    found = Q()
    for name in ABOUT:
        found |= Q(**{f"{one}__isnull": one != name for one in ABOUT})
    return found


class Paper(ScopedModel):
    """About exactly one thing. One that is taken back keeps its line, its file is deleted; one that isn't ``clean`` is
    shown to nobody.

    ``agreed_at``: when somebody last stood in for it that the guardian of every child that can be recognised in a photo
    of an activity agrees to photos. Without it there is no such photo, which the database insists on.
    """

    token = models.CharField(max_length=22, unique=True, default=unguessable, editable=False)
    organization = models.ForeignKey("organizations.Organization", on_delete=models.PROTECT, related_name="+")
    application = models.ForeignKey(
        "childrens_homes.SiteApplication", null=True, blank=True, on_delete=models.PROTECT, related_name="papers"
    )
    letter = models.ForeignKey(
        "childrens_homes.Letter", null=True, blank=True, on_delete=models.PROTECT, related_name="papers"
    )
    milestone = models.ForeignKey(
        "childrens_homes.MilestoneDone", null=True, blank=True, on_delete=models.PROTECT, related_name="papers"
    )
    regulation = models.ForeignKey(
        "childrens_homes.RegulationDoc", null=True, blank=True, on_delete=models.PROTECT, related_name="papers"
    )
    activity = models.ForeignKey(
        "childrens_homes.CareActivity", null=True, blank=True, on_delete=models.PROTECT, related_name="papers"
    )
    agreed_at = models.DateTimeField(null=True, blank=True)
    file = models.FileField(_("file"), storage=private_storage, upload_to=paper_path, blank=True)
    name = models.CharField(_("file name"), max_length=120)
    extension = models.CharField(max_length=5)
    content_type = models.CharField(max_length=40)
    size = models.PositiveIntegerField(help_text=_("Bytes."))
    digest = models.CharField(max_length=64)
    scan = models.CharField(max_length=12, choices=ScanState, default=ScanState.WAITING)
    added_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    added_at = models.DateTimeField()
    removed_at = models.DateTimeField(null=True, blank=True)
    purged_at = models.DateTimeField(null=True, blank=True)

    objects = ScopedManager.over("organization__path", roles=READERS)

    class Meta:
        verbose_name = pgettext_lazy("children's homes", "paper")
        verbose_name_plural = pgettext_lazy("children's homes", "papers")
        ordering = ["-added_at", "-pk"]
        constraints = [
            models.CheckConstraint(condition=_about_one_thing(), name="homes_paper_about_one_thing"),
            models.CheckConstraint(
                condition=Q(activity__isnull=True) | Q(agreed_at__isnull=False), name="homes_activity_photo_agreed"
            ),
        ]
        indexes = [
            models.Index(
                fields=["scan"], condition=Q(scan__in=["waiting", "quarantined"]), name="homes_paper_waits_for_scan"
            )
        ]

    def __str__(self) -> str:
        return f"#{self.pk}"
