"""How the organisations below a federation lie to each other, as it drew them itself: the tiles of its map."""

from django.conf import settings
from django.db import models


class Arrangement(models.Model):
    """``rows`` from north to south, in each the keys of organisations from west to east; None is an empty place. All
    rows are equally long. A drawing and no survey: nothing is computed from it."""

    organization = models.OneToOneField("organizations.Organization", on_delete=models.PROTECT, related_name="+")
    rows = models.JSONField()
    drawn_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    drawn_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"#{self.organization_id}"
