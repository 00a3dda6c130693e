"""What was typed and not saved yet."""

from django.db import models

from services.foundation.crypto import SealedJSONField


class KeptTyping(models.Model):
    """What was typed on a page and not saved yet, sealed, so that nothing typed is lost (D20): by page, as typed.

    ``base`` is what the page held when she began to type. Rows with a ``key`` were posted while she was signed out;
    the key lies in that browser's session. Gone as soon as the page is saved or the case is handed in.
    """

    case = models.ForeignKey("casework.Case", on_delete=models.CASCADE, related_name="kept")
    page = models.CharField(max_length=40)
    key = models.CharField(max_length=22, blank=True, default="")
    values = SealedJSONField(default=dict)
    base = models.CharField(max_length=32, blank=True, default="")
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["case", "page", "key"], name="casework_kept_once")]

    def __str__(self) -> str:
        return f"#{self.pk}"
