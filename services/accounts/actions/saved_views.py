"""Keep a list as it is filtered, give it another name, drop it. Everybody keeps her own."""

from django.db import transaction
from django.http import QueryDict

from services.accounts import errors
from services.accounts.models import SavedView, User
from services.accounts.registry import saved_lists

MOST = 40
# Characters of a kept address, as the column holds them; and how many of one are looked at.
LONGEST = 1000
_MOST_READ = 10_000
# Where in a list one was is no part of the view, and what was looked for there names somebody.
_LEFT_OUT = ("p", "_w_filter_fragment", "count", "export", "q", "person")


def stated(query: str) -> str:
    """What of an address says how the list is filtered."""
    parameters = QueryDict(query[:_MOST_READ], mutable=True)
    for name in _LEFT_OUT:
        parameters.pop(name, None)
    for name in [name for name, values in parameters.lists() if not any(values)]:
        del parameters[name]
    return parameters.urlencode()


@transaction.atomic
def keep_view(user: User, *, listing: str, name: str, query: str) -> SavedView:
    """The same name again takes the place of what was kept under it. Locks her account.

    Raises ``NoSuchList``, ``NameMissing``, ``TooManyViews``, ``ViewTooLong``: cut, it would keep another filter.
    """
    if saved_lists.get(listing) is None:
        raise errors.NoSuchList()
    name, query = _named(name), stated(query)
    if len(query) > LONGEST:
        raise errors.ViewTooLong()
    User.objects.select_for_update(of=("self",)).get(pk=user.pk)
    hers = SavedView.objects.filter(user=user)
    if hers.count() >= MOST and not hers.filter(listing=listing, name=name).exists():
        raise errors.TooManyViews(most=MOST)
    kept, _made = SavedView.objects.update_or_create(user=user, listing=listing, name=name, defaults={"query": query})
    return kept


@transaction.atomic
def rename_view(view: SavedView, *, name: str) -> SavedView:
    """Raises ``NameMissing``, ``NameTaken``."""
    name = _named(name)
    User.objects.select_for_update(of=("self",)).get(pk=view.user_id)
    others = SavedView.objects.filter(user=view.user_id, listing=view.listing, name=name).exclude(pk=view.pk)
    if others.exists():
        raise errors.NameTaken(name=name)
    view.name = name
    view.save(update_fields=["name"])
    return view


def drop_view(view: SavedView) -> None:
    """Dropping it twice changes nothing."""
    SavedView.objects.filter(pk=view.pk).delete()


def _named(name: str) -> str:
    name = " ".join(name.split())[:40]
    if not name:
        raise errors.NameMissing()
    return name
