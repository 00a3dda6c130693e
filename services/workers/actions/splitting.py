"""When a union is split: women at work go over by the post that the roster states."""

from collections.abc import Collection

from django.db.models import Count
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext

from services.organizations.models import Organization
from services.organizations.registry import Divider
from services.workers.enums import WorkerState
from services.workers.models import Worker


def _at_work(organization: Organization):
    return Worker.objects.unscoped().filter(organization=organization, state=WorkerState.ACTIVE)


def parts(organization: Organization) -> list[tuple[str, str]]:
    """Posts with how many women hold them; who states none is a part of her own. One query."""
    found = _at_work(organization).order_by("position").values_list("position").annotate(Count("pk"))
    unstated = pgettext("roster", "Post not stated")
    return [(f"={post}", f"{post or unstated} ({number})") for post, number in found]


def hand_over(organization: Organization, *, into: Organization, parts: Collection[str], **_more) -> int:
    """One statement, however many women; who has left stays where she was."""
    posts = [part.removeprefix("=") for part in parts]
    return _at_work(organization).filter(position__in=posts).update(organization=into)


BY_POST = Divider(
    _("women on the roster who go over, by their post"),
    _("Whoever isn't chosen here stays."),
    parts,
    hand_over,
)
