"""A decided claim is never changed by what is learnt later of a cover; it is marked, so that somebody looks (D15)."""

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _

from services.mutual_aid.enums import CoverChange
from services.mutual_aid.models import Claim, Cover

# A claim's own doing is nothing new about it.
_OWN = frozenset({CoverChange.ENDED_BY_CLAIM, CoverChange.CLAIM_UNDONE})


def flag_changed(cover: Cover, change: str) -> None:
    """The history of a cover was rewritten: claims decided on it are marked."""
    if change not in _OWN:
        _mark(Claim.objects.unscoped().filter(cover=cover, decided_on__isnull=False))


def flag_opened(covers: list[Cover]) -> None:
    """Covers were opened: a claim of the same woman and scheme that was refused may have been covered after all."""
    schemes, women = {cover.scheme_id for cover in covers}, {cover.worker_id for cover in covers}
    _mark(Claim.objects.unscoped().filter(scheme__in=schemes, case__worker__in=women, case__stage="refused"))


def _mark(claims) -> None:
    with translation.override(settings.LANGUAGE_CODE):
        claims.update(flagged=_("What is known of her cover has changed since the decision."))
