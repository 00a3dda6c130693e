"""What waits for an officer in the records of unions. Everything is derived by query; nothing is stored."""

from datetime import timedelta

from django.urls import reverse
from django.utils.translation import ngettext

from services.coverage import policies, return_todos
from services.coverage.enums import AssessmentState, TermStanding, TermState
from services.coverage.queries import checklists as assessments
from services.coverage.queries import records
from services.foundation import clock
from services.foundation.scope import scope_of
from services.foundation.todos import Todo
from services.organizations.enums import Role

# An election is decided on within this time; after that the line on the desk is overdue.
LATE_DECISION = timedelta(days=15)
# Whose own terms these are; whoever stands above sees them in the list.
_OWN = frozenset({Role.GRASSROOTS_OFFICER})
_ASSESSMENTS = "coverage_standard:assessments"


def todos_for(user) -> list[Todo]:
    """Seven queries at most, and none for somebody without a post in it."""
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
        found += _to_review(user, decides)
    if files:
        found += _own(files)
    return found + return_todos.todos_for(user)


def _to_review(user, paths: tuple[str, ...]) -> list[Todo]:
    waiting = assessments.waiting_for_review(user, paths)
    text = ngettext(
        "%(count)s self-assessment waits for your review",
        "%(count)s self-assessments wait for your review",
        waiting["n"],
    )
    return _todo(waiting["n"], text, f"state={AssessmentState.SUBMITTED}", since=waiting["since"], of=_ASSESSMENTS)


def _own(paths: tuple[str, ...]) -> list[Todo]:
    again = assessments.given_back_to(paths)
    words = ngettext(
        "%(count)s self-assessment was returned: mend it and hand it up again",
        "%(count)s self-assessments were returned: mend them and hand them up again",
        again,
    )
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
        *_todo(again, words, f"state={AssessmentState.RETURNED}", of=_ASSESSMENTS),
    ]


def _todo(
    count: int, text: str, query: str, *, since=None, overdue: bool = False, of: str = "coverage_records:list"
) -> list[Todo]:
    """``of`` names the list that shows them."""
    if not count:
        return []
    url = f"{reverse(of)}?{query}"
    return [Todo(text % {"count": count}, url, overdue=overdue, since=since)]
