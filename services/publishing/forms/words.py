"""What short public texts may not hold."""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from services.foundation import clock
from services.publishing.enums import LeakKind
from services.publishing.rules.numbers import find_numbers


def refuse_numbers(text: str) -> None:
    """``ValidationError`` when a short public text, such as a title or a file's name, holds a personal number."""
    hits = find_numbers(text or "", today=clock.today())
    if hits:
        said = ", ".join(f"{LeakKind(hit.kind).label} {hit.masked}" for hit in hits)
        raise ValidationError(_("This becomes public and holds %(what)s. Take it out.") % {"what": said})
