"""What her own page on her data says of outreach."""

from collections.abc import Iterator

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from services.outreach.models import Interest
from services.privacy.registry import HeldData


def consequences(user) -> Iterator[str]:
    yield _("You aren't told any more of what your union publishes. What you book or apply for is answered as always.")


def _kinds(user) -> list[str]:
    return [_("The topics you chose")] if Interest.objects.filter(user=user).exists() else []


INTERESTS = HeldData(title=gettext_lazy("News from your union"), kinds=_kinds, subjects=lambda user: [])
