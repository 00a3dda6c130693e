"""What happened to her application, in her words, where it stands now, and what is still to come."""

from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from services.casework.enums import OVER, Handling, Stage, Verb
from services.casework.models import Case, CaseEvent
from services.casework.wording import STEPS_HERS, Standing

_WORDS = {
    "open": _("You began the application"),
    Verb.SUBMIT: _("You sent the application"),
    Verb.RESUBMIT: _("You sent what was missing"),
    Verb.PASS_STEP: _("One step of the check is done"),
    Verb.PUBLISH: _("The public notice began, with your personal data hidden"),
    Verb.END_NOTICE: _("The public notice ended"),
    Verb.OBJECT: _("Somebody raised a question during the public notice"),
    Verb.SETTLE_OBJECTION: _("The question was looked into"),
    Verb.APPROVE: _("Your application was approved"),
    Verb.REFUSE: _("Your application was not approved"),
    Verb.WITHDRAW: _("You withdrew the application"),
    Verb.START_PAYMENT: _("The payment began"),
    Verb.CLOSE: _("Everything that was granted has been given"),
    Verb.APPEAL: _("You asked for another look"),
    Verb.UPHOLD: _("It was looked at again; the decision stays"),
    Verb.REOPEN: _("It is being reviewed again"),
    Handling.HERS_AGAIN: _("You took the application into your own hands"),
}
# The same, done for her by whoever she let act for her.
_FOR_HER = {
    "open": _("Your representative began the application for you"),
    Verb.SUBMIT: _("Your representative sent the application for you"),
    Verb.RESUBMIT: _("Your representative sent what was missing"),
    Verb.APPEAL: _("Your representative asked for another look"),
    Verb.WITHDRAW: _("Your representative dropped the draft"),
}
# The steps still to come are shown while they lie ahead for certain.
_ON_ITS_WAY = frozenset({Stage.IN_REVIEW, Stage.NOTICE, Stage.RETURNED})


@dataclass(frozen=True, slots=True)
class Entry:
    """``state`` is done, current or later; ``at`` is empty for what is still to come."""

    title: str
    state: str
    at: datetime | None = None
    note: str = ""


def story_of(case: Case, standing: Standing) -> list[Entry]:
    """Oldest first. What colleagues did among themselves isn't in it. One query, and one for the steps."""
    entries = [entry for event in case.events.all() if (entry := _told(event))]
    if case.stage in OVER:
        return entries
    entries.append(Entry(standing.hers, "current", note=standing.by_when))
    return entries + [Entry(title, "later") for title in _ahead(case)]


def _told(event: CaseEvent) -> Entry | None:
    if event.verb == Verb.RETURN:
        title = _asked(event)
    else:
        represented = event.for_whom_id or event.details.get("represented")
        title = (_FOR_HER if represented else {}).get(event.verb) or _WORDS.get(event.verb)
    return Entry(title, "done", event.at, event.reason) if title else None


def _asked(event: CaseEvent) -> str:
    count = event.details.get("count", 1)
    return ngettext("%(count)s more thing was asked for", "%(count)s more things were asked for", count) % {
        "count": count
    }


def _ahead(case: Case) -> list[str]:
    """The steps behind the present one, in the order of the route."""
    if case.stage not in _ON_ITS_WAY:
        return []
    return [STEPS_HERS[step.kind] for step in case.route.steps.all() if step.position > (case.position or 0)]
