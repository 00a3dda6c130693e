"""What mutual aid holds about a signed-in woman, in words, and the records that a look can be recorded on."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from services.mutual_aid.models import Claim, CoverVersion
from services.mutual_aid.queries.claiming import claims_kept

TITLE = gettext_lazy("Your mutual-aid cover and claims")


def kinds_held(user) -> list[str]:
    """Without a value; nothing where there is none."""
    kinds = []
    if CoverVersion.objects.own(worker__user=user).exists():
        kinds.append(_("Your covers: from when to when, how many shares"))
    if claims_kept(user):
        kinds.append(_("Your claims: the diagnosis, hospital and treatment that you stated, how they were judged"))
    return kinds


def subjects_held(user) -> list[tuple[str, int]]:
    return [(Claim._meta.label_lower, key) for key in claims_kept(user)]
