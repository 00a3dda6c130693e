"""What waits for an officer in the records of unions. Everything is derived by query; nothing is stored."""

from datetime import timedelta

from django.urls import reverse
from django.utils.translation import ngettext

from services.coverage import policies
from services.coverage.enums import TermStanding, TermState
from services.coverage.queries import records
from services.foundation import clock
from services.foundation.scope import scope_of
from services.foundation.todos import Todo
from services.organizations.enums import Role

# An election is decided on within this time; after that the line on the desk is overdue.
LATE_DECISION = timedelta(days=15)
# Whose own terms these are; whoever stands above sees them in the list.
_OWN = frozenset({Role.GRASSROOTS_OFFICER})


def todos_for(user) -> list[Todo]:
    """Three queries at most, and none for somebody without a post in it."""
    scope = scope_of(user)
    decides, files = scope.paths(roles=policies.DECIDERS), scope.paths(roles=_OWN)
    found: list[Todo] = []
    if decides:
        waiting = records.waiting_for_decision(user, decides)
        text = ngettext(
            "%(count)s women workers' committee waits for your approval",
            "%(count)s women workers' committees wait for your approval",
            waiting["n"],
        )
        late = bool(waiting["since"] and waiting["since"] < clock.now() - LATE_DECISION)
        found += _todo(waiting["n"], text, f"step={TermState.ELECTED}", since=waiting["since"], overdue=late)
    if files:
        found += _own(files)
    return found


def _own(paths: tuple[str, ...]) -> list[Todo]:
    back, ends = records.returned_to(paths), records.ending_at(paths)
    returned = ngettext(
        "%(count)s election was returned: correct it and hand it in again",
        "%(count)s elections were returned: correct them and hand them in again",
        back["n"],
    )
    overdue = ngettext(
        "%(count)s term of office is over and has no successor",
        "%(count)s terms of office are over and have no successor",
        ends["overdue"],
    )
    ending = ngettext("%(count)s term of office ends soon", "%(count)s terms of office end soon", ends["ending"])
    return [
        *_todo(back["n"], returned, f"step={TermState.RETURNED}", since=back["since"]),
        *_todo(ends["overdue"], overdue, f"term={TermStanding.OVERDUE}", overdue=True),
        *_todo(ends["ending"], ending, f"term={TermStanding.ENDING}"),
    ]


def _todo(count: int, text: str, query: str, *, since=None, overdue: bool = False) -> list[Todo]:
    if not count:
        return []
    url = f"{reverse('coverage_records:list')}?{query}"
    return [Todo(text % {"count": count}, url, overdue=overdue, since=since)]
