"""What relief holds about a signed-in woman, in words, and the records that a look can be recorded on."""

from django.utils.translation import gettext as _

from services.relief.models import Household


def kinds_held(user) -> list[str]:
    """Without a value; nothing when there is no file of hers."""
    if not _files_of(user):
        return []
    return [
        _("The members of your household, what comes in and what must go out, the causes of hardship"),
        _("Your applications, how they were judged, and what was awarded"),
    ]


def subjects_held(user) -> list[tuple[str, int]]:
    return [(Household._meta.label_lower, key) for key in _files_of(user)]


def _files_of(user) -> list[int]:
    if not getattr(user, "is_worker", False):
        return []
    return list(Household.objects.own(worker__user=user).values_list("pk", flat=True))
